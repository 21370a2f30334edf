"""Lin's concordance against a published example's numbers, quadratic kappa, and the variance of first principles."""

from math import atanh
from typing import Any

import numpy as np
import pytest

from scoring.agreement import Status, Weights, cohen_kappa, concordance_correlation, cross_table, moments

# Bland and Altman 1986, Lancet i:307-310: peak flow by the Wright and the mini Wright meter, first readings.
WRIGHT = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]
METERS = list(zip(WRIGHT, MINI, strict=True))


def test_two_peak_flow_meters():
    """Pearson's r of these readings is printed as 0.94; concordance is never above it."""
    answer = concordance_correlation(METERS)
    assert answer.estimate == pytest.approx(0.94274243, abs=1e-8)
    assert answer.estimate < np.corrcoef(WRIGHT, MINI)[0, 1] == pytest.approx(0.94, abs=0.005)
    assert (answer.name, answer.n, answer.status) == ("CCC", 17, Status.OK)


def test_the_interval_is_symmetric_in_z():
    answer = concordance_correlation(METERS)
    assert answer.estimate is not None
    assert answer.low is not None
    assert answer.high is not None
    assert atanh(answer.high) - atanh(answer.estimate) == pytest.approx(atanh(answer.estimate) - atanh(answer.low))


@pytest.mark.parametrize(("shift", "stretch", "r"), [(0, 1, 0.9), (0.5, 1, 0.7), (1, 1.6, 0.5), (0.3, 0.7, -0.4)])
def test_the_standard_error_is_that_of_the_delta_method(shift: float, stretch: float, r: float):
    """Means, variances and covariance of normal values have a known covariance; Lin 2000 must come from it."""
    values = with_moments(shift, stretch, r)
    answer = concordance_correlation(values)
    assert answer.estimate is not None
    assert answer.high is not None
    se = (atanh(answer.high) - atanh(answer.estimate)) / 1.959963984540054 * (1 - answer.estimate**2)
    assert se == pytest.approx(by_delta_method(values), rel=1e-6)


def with_moments(shift: float, stretch: float, r: float, n: int = 50) -> np.ndarray:
    """Values whose moments over n are exactly these."""
    z = np.random.default_rng(1989).normal(size=(n, 2))
    z -= z.mean(axis=0)
    white = z @ np.linalg.inv(np.linalg.cholesky(z.T @ z / n)).T
    return np.column_stack([white[:, 0], shift + stretch * (r * white[:, 0] + np.sqrt(1 - r**2) * white[:, 1])])


def by_delta_method(values: np.ndarray) -> float:
    (a, c), (_, b) = np.cov(values.T, bias=True)
    point = np.array([*values.mean(axis=0), a, b, c])
    covariance = np.zeros((5, 5))
    covariance[:2, :2] = [[a, c], [c, b]]
    covariance[2:, 2:] = [
        [2 * a * a, 2 * c * c, 2 * a * c],
        [2 * c * c, 2 * b * b, 2 * b * c],
        [2 * a * c, 2 * b * c, a * b + c * c],
    ]

    def concordance(at: np.ndarray) -> float:
        return 2 * at[4] / (at[2] + at[3] + (at[0] - at[1]) ** 2)

    steps = 1e-6 * np.eye(5)
    slope = np.array([(concordance(point + step) - concordance(point - step)) / 2e-6 for step in steps])
    return float(np.sqrt(slope @ covariance @ slope / (len(values) - 2)))


def test_the_interval_holds_the_truth_in_about_95_percent_of_samples():
    """Bivariate normal values with correlation 0.8, equal means and variances: concordance 0.8."""
    random, held = np.random.default_rng(2000), 0
    for _ in range(2_000):
        case = random.normal(size=(30, 1)) * np.sqrt(0.8)
        answer = concordance_correlation(case + random.normal(size=(30, 2)) * np.sqrt(0.2))
        assert answer.low is not None
        assert answer.high is not None
        held += answer.low < 0.8 < answer.high
    assert held / 2_000 == pytest.approx(0.95, abs=0.015)


def test_it_is_quadratically_weighted_kappa():
    """Fleiss and Cohen 1973, Educ Psychol Meas 33:613-619."""
    pairs = [(0, 0), (0, 1), (1, 1), (3, 2), (2, 2), (3, 3), (1, 3), (0, 0)]
    kappa = cohen_kappa(cross_table(pairs, n_grades=4), weights=Weights.QUADRATIC)
    assert concordance_correlation(pairs).estimate == pytest.approx(kappa.estimate, abs=1e-14)


def test_a_constant_offset_lowers_it_and_leaves_an_interval():
    answer = concordance_correlation([(x, x + 2) for x in (1, 4, 9, 3, 7)])
    assert answer.estimate == pytest.approx(2 * 8.16 / (2 * 8.16 + 4))
    assert answer.status is Status.OK


def test_readers_who_vary_together_by_chance_only_are_about_0():
    answer = concordance_correlation([(0, 0), (0, 2), (2, 0), (2, 2)])
    assert (answer.estimate, answer.status) == (0, Status.OK)
    assert answer.low == pytest.approx(-answer.high if answer.high else None)


def test_perfect_agreement_is_exactly_1_without_interval():
    answer = concordance_correlation([(0.1, 0.1), (0.7, 0.7), (2.3, 2.3)])
    assert (answer.estimate, answer.low, answer.status) == (1.0, None, Status.NOT_ESTIMABLE)
    assert answer.sentence == "Perfect agreement: the interval is not estimable."


def test_exactly_opposite_readers_are_minus_1_without_interval():
    answer = concordance_correlation([(x, -x) for x in (-2, -1, 0, 1, 2)])
    assert (answer.estimate, answer.low, answer.status) == (-1.0, None, Status.NOT_ESTIMABLE)


def test_the_same_value_throughout_is_no_variation():
    answer = concordance_correlation([(3, 3)] * 10)
    assert (answer.estimate, answer.status) == (None, Status.NO_VARIATION)


@pytest.mark.parametrize("values", [[(0.1, 0.3), (0.1, 0.7), (0.1, 0.2)], [(1, 3)] * 5])
def test_a_constant_reader_is_exactly_0_without_interval(values: list[tuple[float, float]]):
    answer = concordance_correlation(values)
    assert (answer.estimate, answer.low, answer.status) == (0.0, None, Status.ONE_READER_CONSTANT)


@pytest.mark.parametrize("speck", [1e-160, 1e-9])
def test_a_reader_who_is_as_good_as_constant_has_an_interval_about_0(speck: float):
    answer = concordance_correlation([(1, 0), (0, 0), (0, speck)])
    assert answer.estimate == pytest.approx(0, abs=1e-8)
    assert answer.status in (Status.OK, Status.NOT_ESTIMABLE)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_pairs_show_counts_only(n: int):
    answer = concordance_correlation(METERS[:n])
    assert (answer.estimate, answer.status, answer.counts) == (None, Status.TOO_FEW, {"cases": n})


def test_a_case_without_a_value_is_left_out_and_counted():
    answer = concordance_correlation([*METERS, (float("nan"), 400)])
    assert (answer.n, answer.n_excluded) == (17, 1)
    assert answer.estimate == pytest.approx(float(moments.lin_ccc(moments.sums_of(WRIGHT, MINI))))


@pytest.mark.parametrize("values", [[(1, 2, 3)] * 5, [(1, float("inf"))] * 5, [[1], [2], [3]]])
def test_it_refuses_what_is_not_two_readers_values(values: Any):
    with pytest.raises(ValueError, match="readers"):
        concordance_correlation(values)
