"""Krippendorff's alpha against his own examples."""

from typing import Any

import numpy as np
import pytest

from scoring.agreement import (
    CrossTable,
    Metric,
    Status,
    Weights,
    cross_table,
    krippendorff_alpha,
    krippendorff_alpha_of_table,
    scott_pi,
)
from scoring.agreement.coincidences import squared_distance

# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, https://repository.upenn.edu/asc_papers/43: one row an
# observer. B: two observers, nominal data a to e; C: four observers, values missing.
EXAMPLE_B = [[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]]
EXAMPLE_C = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
ABSTRACTORS = CrossTable.of([[13, 0, 0], [0, 20, 7], [0, 4, 56]])  # Gwet 2014; vignette of the R package irrCAC


def by_unit(observers: list[list[Any]]) -> list[tuple[Any, ...]]:
    return list(zip(*observers, strict=True))


def test_nominal_alpha_of_two_observers():
    assert krippendorff_alpha(by_unit(EXAMPLE_B)).estimate == pytest.approx(0.692, abs=5.1e-4)


@pytest.mark.parametrize(
    ("metric", "printed"),
    [(Metric.NOMINAL, 0.743), (Metric.ORDINAL, 0.815), (Metric.INTERVAL, 0.849), (Metric.RATIO, 0.797)],
)
def test_alpha_of_four_observers_with_values_missing(metric: Metric, printed: float):
    answer = krippendorff_alpha(by_unit(EXAMPLE_C), metric=metric)
    assert answer.estimate == pytest.approx(printed, abs=5.1e-4)
    assert answer.name == f"alpha ({metric})"


def test_a_unit_with_one_value_is_left_out_and_told():
    answer = krippendorff_alpha(by_unit(EXAMPLE_C))
    assert (answer.n, answer.n_excluded) == (11, 1)
    assert answer.counts == {"units": 11, "readers": 4, "values": 40}
    assert answer.sentence.endswith("1 pair left out: fewer than two readers gave a value.")


def test_it_says_that_its_interval_takes_resamples():
    answer = krippendorff_alpha(by_unit(EXAMPLE_B))
    assert (answer.low, answer.high, answer.status) == (None, None, Status.NOT_ESTIMABLE)
    assert answer.sentence == "The interval is not estimable in closed form: it takes resamples of patients."


def test_nan_is_a_missing_value_too():
    values = np.array(EXAMPLE_C, dtype=float).T
    assert krippendorff_alpha(values).estimate == krippendorff_alpha(by_unit(EXAMPLE_C)).estimate


def test_alpha_of_the_abstractors_from_their_table():
    assert krippendorff_alpha_of_table(ABSTRACTORS).estimate == pytest.approx(0.7972585, abs=5.1e-8)


@pytest.mark.parametrize("metric", Metric)
def test_a_table_gives_what_its_pairs_give(metric: Metric):
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(ABSTRACTORS.counts[i, j])]
    of_table = krippendorff_alpha_of_table(cross_table(pairs, n_grades=3), metric=metric).estimate
    assert krippendorff_alpha(pairs, metric=metric).estimate == pytest.approx(of_table, abs=1e-13)


@pytest.mark.parametrize(
    ("metric", "weights"), [(Metric.NOMINAL, Weights.UNWEIGHTED), (Metric.INTERVAL, Weights.QUADRATIC)]
)
def test_alpha_is_scotts_pi_of_a_finite_sample(metric: Metric, weights: Weights):
    pi = scott_pi(ABSTRACTORS, weights=weights).estimate
    assert pi is not None
    alpha = krippendorff_alpha_of_table(ABSTRACTORS, metric=metric).estimate
    assert alpha == pytest.approx(1 - (1 - pi) * 199 / 200, abs=1e-12)


def test_the_ordinal_distance_is_the_printed_sum_of_frequencies():
    """Krippendorff 2011, section D: (sum of n_g for g = c .. k, less (n_c + n_k) / 2) squared."""
    n = np.array([9.0, 13, 10, 5, 3])
    printed = [[(n[min(c, k) : max(c, k) + 1].sum() - (n[c] + n[k]) / 2) ** 2 for k in range(5)] for c in range(5)]
    assert squared_distance(n, Metric.ORDINAL) == pytest.approx(np.array(printed))


def test_the_ratio_of_0_and_0_is_no_distance():
    """By hand: 0 is 1 away from all others; 1 and 2 differ by a third, 1 and 3 by a half, 2 and 3 by a fifth."""
    values = [(0, 0), (0, 0), (1, 2), (3, 3)]
    by_hand = 1 - 7 * (2 / 9) / (32 + 2 / 9 + 4 / 4 + 4 / 25)
    assert krippendorff_alpha(values, metric=Metric.RATIO).estimate == pytest.approx(by_hand, abs=1e-12)


@pytest.mark.parametrize("metric", Metric)
def test_one_value_throughout_is_no_variation(metric: Metric):
    values = [(2, 2, None)] * 6
    answer = krippendorff_alpha(values, metric=metric)
    assert (answer.estimate, answer.status) == (None, Status.NO_VARIATION)


@pytest.mark.parametrize("metric", Metric)
def test_perfect_agreement_is_exactly_1(metric: Metric):
    assert krippendorff_alpha([(1, 1, 1), (2, 2, None), (5, 5, 5)], metric=metric).estimate == 1.0


def test_one_reader_constant_with_one_difference_is_exactly_0():
    """One of twenty values differs, and it had to fall somewhere: no better than chance."""
    assert krippendorff_alpha([(0, 0)] * 9 + [(0, 1)]).estimate == 0.0


@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_units_show_counts_only(n: int):
    for answer in (
        krippendorff_alpha([(0, 0), (1, 1)][:n]),
        krippendorff_alpha_of_table(cross_table([(0, 0), (1, 1)][:n], n_grades=2)),
    ):
        assert (answer.estimate, answer.status, answer.n) == (None, Status.TOO_FEW, n)


@pytest.mark.parametrize("ratings", [[1, 2, 3], [[1], [2], [3]], [[1, float("inf")], [2, 2]]])
def test_it_refuses_what_are_no_ratings(ratings: Any):
    with pytest.raises(ValueError, match="one row a unit"):
        krippendorff_alpha(ratings)


def test_the_ratio_metric_refuses_values_below_0():
    with pytest.raises(ValueError, match="values that start at 0"):
        krippendorff_alpha([(-1, 1), (2, 2), (3, 3)], metric=Metric.RATIO)
