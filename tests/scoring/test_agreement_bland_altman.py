"""Bias and limits of agreement against Bland and Altman's own example, and how often their intervals are right."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import linregress

from scoring.agreement import Agreement, LimitInterval, Status, bland_altman, concordance_correlation, moments
from scoring.agreement.bland_altman import interval_in_sds
from scoring.agreement.result import Z_95

CASES = json.loads((Path(__file__).parent / "agreement_cases.json").read_text())["cases"]
PEFR = next(case for case in CASES if case["id"] == "bland-altman-1986-pefr")
WRIGHT, MINI = PEFR["data"]["wright_first"], PEFR["data"]["mini_first"]
FIRST_READINGS = list(zip(WRIGHT, MINI, strict=True))
MULTIPLIER_2, MULTIPLIER_196 = "multiplier 2 (as in the 1986 paper)", "multiplier 1.96"


def holds(number: Any, expected: dict[str, Any]) -> bool:
    """Whether it is the case's value, and its printed value where one is given."""
    printed = "published" not in expected or number == pytest.approx(
        expected["published"], abs=expected["published_tol"]
    )
    return printed and number == pytest.approx(expected["value"], abs=expected["tol"])


def bounds(answer: Agreement) -> tuple[float | None, float | None]:
    return answer.low, answer.high


def test_the_peak_flow_meters_of_1986():
    """Printed there: bias -2.1 (-22.0 to 17.8), limits -79.7 and 75.5, and -114.3 to -45.1, 40.9 to 110.1."""
    answer = bland_altman(FIRST_READINGS, multiplier=2, interval=LimitInterval.APPROXIMATE_1986)
    assert holds(answer.bias.estimate, PEFR["expected"]["bias"])
    assert holds(bounds(answer.bias), PEFR["expected"]["bias ci95"])
    expected = PEFR["expected"][MULTIPLIER_2]
    assert holds((answer.lower.estimate, answer.upper.estimate), expected["loa"])
    assert holds(bounds(answer.lower), expected["lower limit ci95"])
    assert holds(bounds(answer.upper), expected["upper limit ci95"])
    t = PEFR["expected"]["t"]["value"]
    assert answer.upper.high is not None
    assert answer.upper.estimate is not None
    assert holds((answer.upper.high - answer.upper.estimate) / t, expected["se of a limit, sqrt(3 s^2/n)"])


@pytest.mark.parametrize(
    ("interval", "named"),
    [
        (LimitInterval.APPROXIMATE_1986, "(t, 1986 se)"),
        (LimitInterval.APPROXIMATE, "(t, 1999 se)"),
        (LimitInterval.EXACT, "(exact, noncentral t, Carkeet 2015)"),
    ],
)
def test_the_same_with_1_96_and_each_interval(interval: LimitInterval, named: str):
    answer, expected = bland_altman(FIRST_READINGS, interval=interval), PEFR["expected"][MULTIPLIER_196]
    assert holds((answer.lower.estimate, answer.upper.estimate), expected["loa"])
    assert holds(bounds(answer.lower), expected[f"lower limit ci95 {named}"])
    assert holds(bounds(answer.upper), expected[f"upper limit ci95 {named}"])


def test_the_standard_error_of_1999():
    _, high = interval_in_sds(17, 1.96, LimitInterval.APPROXIMATE)
    se = (high - 1.96) * PEFR["expected"]["sd"]["value"] / PEFR["expected"]["t"]["value"]
    assert holds(se, PEFR["expected"][MULTIPLIER_196]["se of a limit, s*sqrt(1/n+1.96^2/(2(n-1)))"])


def test_what_else_is_printed_of_the_meters():
    expected, sums = PEFR["expected"], moments.sums_of(WRIGHT, MINI)
    answer = bland_altman(FIRST_READINGS).bias
    assert answer.high is not None
    assert answer.estimate is not None
    se = (answer.high - answer.estimate) / expected["t"]["value"]
    assert holds(answer.n, expected["n"])
    assert holds(float(moments.sd_difference(sums)), expected["sd"])
    assert holds(se, expected["se bias"])
    assert holds(concordance_correlation(FIRST_READINGS).estimate, expected["lin ccc (1/n moments)"])


def test_the_exact_interval_is_the_default_and_its_multiplier_is_told():
    answer = bland_altman(FIRST_READINGS)
    assert "mean difference - 1.96 SD" in answer.lower.method
    assert "Carkeet 2015" in answer.lower.method


@pytest.mark.parametrize("n", [5, 12, 40])
def test_the_exact_interval_holds_the_limit_in_95_percent_of_samples(n: int):
    """Half of the misses on either side, which the approximations do not achieve."""
    low, high = of_samples(n, LimitInterval.EXACT)
    assert low == pytest.approx(0.025, abs=0.004)
    assert high == pytest.approx(0.025, abs=0.004)


def test_the_approximate_interval_of_a_small_sample_lies_too_far_in():
    low, high = of_samples(12, LimitInterval.APPROXIMATE)
    assert low < 0.01
    assert high > 0.05


def of_samples(n: int, interval: LimitInterval) -> tuple[float, float]:
    """How often the limit of normal differences lies below its interval, and how often above."""
    differences = np.random.default_rng(1986).normal(size=(20_000, n))
    sums = moments.sums_of(differences, np.zeros_like(differences))
    low, high = (moments.bias(sums) + m * moments.sd_difference(sums) for m in interval_in_sds(n, 1.96, interval))
    return float((low > 1.96).mean()), float((high < 1.96).mean())


def test_limits_of_many_pairs_have_the_interval_of_large_samples():
    low, high = interval_in_sds(100_000, 1.96, LimitInterval.EXACT)
    assert (low, high) == pytest.approx(interval_in_sds(100_000, 1.96, LimitInterval.APPROXIMATE), abs=1e-4)


def test_the_slope_on_the_mean_is_least_squares():
    answer = bland_altman(FIRST_READINGS)
    line = linregress(np.mean(FIRST_READINGS, axis=1), np.subtract(WRIGHT, MINI))
    assert answer.slope.estimate == pytest.approx(line.slope, rel=1e-9)
    assert answer.slope_p == pytest.approx(line.pvalue, rel=1e-9)
    assert answer.slope.high == pytest.approx(line.slope + 2.131449546 * line.stderr, rel=1e-8)  # t of 15 df
    assert answer.slope.sentence == ""


def test_a_difference_that_grows_with_the_score_is_told():
    answer = bland_altman([(1.2 * x + wobble, x) for x, wobble in zip(range(20), [0.5, -0.5] * 10, strict=True)])
    assert answer.slope_p is not None
    assert answer.slope_p < 0.001
    assert answer.slope.sentence.startswith("The difference depends on the mean (p below 0.001)")
    assert answer.slope.status is Status.OK


def test_equal_readers_have_limits_of_0_without_interval():
    answer = bland_altman([(0, 0)] * 10)
    for part in (answer.bias, answer.lower, answer.upper):
        assert (part.estimate, part.low, part.status) == (0, None, Status.NOT_ESTIMABLE)
        assert part.sentence == "No case differs: the interval is not estimable."
    assert (answer.slope.estimate, answer.slope.status, answer.slope_p) == (None, Status.NO_VARIATION, None)


def test_a_constant_offset_is_bias_and_limits_at_once():
    answer = bland_altman([(x, x + 2) for x in (1, 4, 9, 3, 7)])
    assert [part.estimate for part in (answer.bias, answer.lower, answer.upper)] == [-2, -2, -2]
    assert answer.bias.sentence == "The readers differ by -2 in every case: the interval is not estimable."
    assert (answer.slope.estimate, answer.slope.status) == (0, Status.NOT_ESTIMABLE)


def test_a_constant_reader_puts_all_differences_on_one_line():
    answer = bland_altman([(5, x) for x in (1, 4, 9, 3, 7)])
    assert (answer.slope.estimate, answer.slope.status, answer.slope_p) == (-2, Status.NOT_ESTIMABLE, None)
    assert answer.bias.status is Status.OK


@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_pairs_show_counts_only(n: int):
    answer = bland_altman([(1, 2), (4, 4)][:n])
    for part in (answer.bias, answer.lower, answer.upper, answer.slope):
        assert (part.estimate, part.status, part.counts) == (None, Status.TOO_FEW, {"cases": n})


def test_a_case_without_a_value_is_left_out_and_counted():
    whole, holed = bland_altman(FIRST_READINGS), bland_altman([*FIRST_READINGS, (None, 400)])
    assert holed.upper.high == whole.upper.high
    assert (holed.upper.n, holed.upper.n_excluded) == (17, 1)
    assert holed.upper.sentence == "1 pair left out: a reader has no value."


@pytest.mark.parametrize("values", [[(1, 2, 3)] * 5, [(1, float("inf"))] * 5, [[1], [2], [3]]])
def test_it_refuses_what_is_not_two_readers_values(values: Any):
    with pytest.raises(ValueError, match="readers"):
        bland_altman(values)


@pytest.mark.parametrize("multiplier", [0, -1.96])
def test_it_refuses_limits_on_the_wrong_side(multiplier: float):
    with pytest.raises(ValueError, match="positive number of standard deviations"):
        bland_altman(FIRST_READINGS, multiplier=multiplier)


def test_limits_are_defined_by_1_96_and_intervals_by_the_normal_quantile():
    assert moments.LIMITS == 1.96
    assert moments.LIMITS != Z_95
