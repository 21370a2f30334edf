"""Positive and negative agreement, PABAK and the two indices, against published two by two tables.

Papers print the positives first; here grade 0 comes first, as in every table of ours.
"""

from collections.abc import Callable
from math import sqrt

import numpy as np
import pytest

from scoring.agreement import (
    Agreement,
    CrossTable,
    Status,
    bias_index,
    brennan_prediger,
    cross_table,
    negative_agreement,
    pabak,
    positive_agreement,
    prevalence_index,
    wilson_interval,
)
from scoring.agreement.categorical import kappa_max
from scoring.agreement.dichotomy import dichotomy

# Feinstein and Cicchetti 1990, J Clin Epidemiol 43:543-549, and Cicchetti and Feinstein 1990, 43:551-558: 85 %
# agreement both times. [[both negative, only second positive], [only first positive, both positive]]
BALANCED = CrossTable.of([[45, 6], [9, 40]])
LOPSIDED = CrossTable.of([[5, 5], [10, 80]])
# Gwet 2002, Statistical Methods for Inter-Rater Reliability Assessment.
PARADOX = CrossTable.of([[0, 2], [5, 118]])

Statistic = Callable[[CrossTable], Agreement]
ALL: list[Statistic] = [positive_agreement, negative_agreement, pabak, prevalence_index, bias_index]


@pytest.mark.parametrize(
    ("table", "positive", "negative"),
    [(BALANCED, 0.84210526, 0.85714286), (LOPSIDED, 0.91428571, 0.4), (PARADOX, 0.97119342, 0.0)],
)
def test_positive_and_negative_agreement_tell_the_two_tables_apart(table: CrossTable, positive: float, negative: float):
    assert positive_agreement(table).estimate == pytest.approx(positive, abs=5.1e-9)
    assert negative_agreement(table).estimate == pytest.approx(negative, abs=5.1e-9)


@pytest.mark.parametrize(
    ("table", "prevalence", "bias", "adjusted", "highest"),
    [
        (BALANCED, -0.05, 0.03, 0.7, 0.93990385),
        (LOPSIDED, 0.75, 0.05, 0.7, 0.77272727),
        (PARADOX, 0.944, 0.024, 0.888, 0.56140351),
    ],
)
def test_the_indices_of_byrt_and_others(
    table: CrossTable, prevalence: float, bias: float, adjusted: float, highest: float
):
    """Byrt, Bishop, Carlin 1993, J Clin Epidemiol 46:423-429; highest kappa: Cohen 1960."""
    assert prevalence_index(table).estimate == pytest.approx(prevalence, abs=1e-12)
    assert bias_index(table).estimate == pytest.approx(bias, abs=1e-12)
    assert pabak(table).estimate == pytest.approx(adjusted, abs=1e-12)
    assert kappa_max(table.counts) == pytest.approx(highest, abs=5.1e-9)


def test_the_standard_error_of_positive_agreement_as_it_is_printed():
    """Graham and Bull 1998, J Clin Epidemiol 51:763-771: sqrt(4 a (b + c) (a + b + c)) / (2a + b + c)^2."""
    answer = positive_agreement(BALANCED)
    assert answer.estimate is not None
    half_width = 1.959964 * sqrt(4 * 40 * 15 * 55) / 95**2
    assert (answer.low, answer.high) == pytest.approx((answer.estimate - half_width, answer.estimate + half_width))


def test_the_standard_error_of_positive_agreement_is_the_spread_of_many_samples():
    shares = np.array([0.45, 0.06, 0.09, 0.40])
    samples = np.random.default_rng(5).multinomial(400, shares, size=20_000).reshape(-1, 2, 2)
    seen = dichotomy(samples).positive_agreement.std()
    assert dichotomy(400 * shares.reshape(2, 2)).positive_agreement_se == pytest.approx(seen, rel=0.02)


def test_the_interval_of_pabak_is_wilsons_on_its_scale():
    low, high = wilson_interval(85, 100)
    answer = pabak(BALANCED)
    assert (answer.low, answer.high) == pytest.approx((2 * low - 1, 2 * high - 1))


def test_the_interval_of_the_bias_index_is_walds_of_paired_proportions():
    """Fleiss, Levin, Paik 2003, Statistical Methods for Rates and Proportions: sqrt(b + c - (b - c)^2 / n) / n."""
    answer = bias_index(LOPSIDED)
    half_width = 1.959964 * sqrt(15 - 25 / 100) / 100
    assert (answer.low, answer.high) == pytest.approx((0.05 - half_width, 0.05 + half_width))


def test_any_grade_above_0_is_positive():
    graded = CrossTable.of([[45, 2, 3, 1], [4, 10, 5, 0], [5, 4, 6, 1], [0, 5, 0, 9]])
    assert [statistic(graded).estimate for statistic in ALL] == [statistic(BALANCED).estimate for statistic in ALL]
    assert "a grade above 0 is positive" in positive_agreement(graded).method


def test_the_counts_say_who_found_something():
    assert positive_agreement(LOPSIDED).counts == {
        "both_positive": 80,
        "only_first_positive": 10,
        "only_second_positive": 5,
        "both_negative": 5,
    }


def test_an_empty_site_has_no_positive_agreement():
    table = cross_table([(0, 0)] * 10, n_grades=4)
    answer = positive_agreement(table)
    assert (answer.estimate, answer.status) == (None, Status.NO_VARIATION)
    assert answer.sentence == "Not estimable (no variation): neither reader gave a positive grade."
    assert (negative_agreement(table).estimate, pabak(table).estimate) == (1.0, 1.0)


def test_a_positive_agreement_of_0_has_no_interval():
    answer = negative_agreement(PARADOX)
    assert (answer.estimate, answer.low, answer.status) == (0.0, None, Status.NOT_ESTIMABLE)
    assert answer.sentence == "The interval is not estimable (standard error 0)."


def test_an_interval_below_0_is_clipped_and_marked():
    answer = positive_agreement(CrossTable.of([[20, 2], [2, 1]]))
    assert answer.low == 0.0
    assert answer.sentence.startswith("Clipped: the lower limit -0.")
    assert answer.sentence.endswith("is shown as 0.")


def test_plain_brennan_prediger_of_two_grades_is_pabak_with_its_interval():
    one, other = brennan_prediger(LOPSIDED), pabak(LOPSIDED)
    assert (one.estimate, one.low, one.high) == (other.estimate, other.low, other.high)


@pytest.mark.parametrize("statistic", ALL)
@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_pairs_show_counts_only(statistic: Statistic, n: int):
    answer = statistic(cross_table([(0, 0), (1, 1)][:n], n_grades=2))
    assert (answer.low, answer.status, answer.counts["both_negative"]) == (None, Status.TOO_FEW, min(n, 1))


@pytest.mark.parametrize("statistic", ALL)
def test_pairs_left_out_are_told(statistic: Statistic):
    answer = statistic(CrossTable.of([[45, 6], [9, 40]], n_excluded=2))
    assert answer.n_excluded == 2
    assert answer.sentence == "2 pairs left out: not assessable by a reader."
