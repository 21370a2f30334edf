"""Gwet's AC1 and AC2, Scott's pi and Brennan and Prediger's coefficient against published tables."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scoring.agreement import (
    Agreement,
    CrossTable,
    Status,
    Weights,
    brennan_prediger,
    cross_table,
    gwet_ac,
    scott_pi,
    wilson_interval,
)
from scoring.agreement.categorical import brennan_prediger_se, gwet_se

# Gwet, Handbook of Inter-Rater Reliability, 4th ed. 2014; vignette of the R package irrCAC.
ABSTRACTORS = CrossTable.of([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
# Gwet 2002, Statistical Methods for Inter-Rater Reliability Assessment.
PARADOX = CrossTable.of([[118, 5], [2, 0]])
OPPOSED = CrossTable.of([[0, 5], [5, 0]])

Statistic = Callable[..., Agreement]
ALL: list[Statistic] = [gwet_ac, scott_pi, brennan_prediger]


def test_ac1_of_the_abstractors_to_the_seventh_digit():
    answer = gwet_ac(ABSTRACTORS)
    assert answer.estimate == pytest.approx(0.8493305, abs=5.1e-8)
    assert gwet_se(ABSTRACTORS.counts) == pytest.approx(0.04321747, abs=5.1e-9)
    assert (answer.low, answer.high) == pytest.approx((0.764, 0.935), abs=5.1e-4)


@pytest.mark.parametrize(("weights", "printed"), [(Weights.LINEAR, 0.900), (Weights.QUADRATIC, 0.940)])
def test_ac2_of_the_abstractors(weights: Weights, printed: float):
    answer = gwet_ac(ABSTRACTORS, weights=weights)
    assert answer.estimate == pytest.approx(printed, abs=5.1e-4)
    assert answer.name == f"AC2 ({weights} weights)"


def test_scotts_pi_of_the_abstractors():
    assert scott_pi(ABSTRACTORS).estimate == pytest.approx(0.7962397, abs=5.1e-8)


def test_brennan_prediger_of_the_abstractors():
    assert brennan_prediger(ABSTRACTORS).estimate == pytest.approx(0.835, abs=5.1e-4)


def test_ac1_keeps_its_head_where_kappa_is_below_0():
    assert gwet_ac(PARADOX).estimate == pytest.approx(0.94, abs=5.1e-3)


def test_the_variance_of_ac1_as_it_is_printed():
    """Gwet 2008, Br J Math Stat Psychol 61:29-48, for two readers: a difference of two squares."""
    shares = ABSTRACTORS.counts / 100
    mean = (shares.sum(axis=0) + shares.sum(axis=1)) / 2
    observed, chance = np.trace(shares), (mean * (1 - mean)).sum() / 2
    ac = (observed - chance) / (1 - chance)
    term = np.eye(3) - 2 * (1 - ac) / 2 * (1 - (mean[:, None] + mean[None, :]) / 2)
    variance = ((shares * term**2).sum() - (observed - 2 * (1 - ac) * chance) ** 2) / (100 * (1 - chance) ** 2)
    assert gwet_se(ABSTRACTORS.counts) == pytest.approx(np.sqrt(variance), abs=1e-14)


def test_the_interval_of_plain_brennan_prediger_is_wilsons_on_its_scale():
    answer = brennan_prediger(ABSTRACTORS)
    low, high = wilson_interval(89, 100)
    assert (answer.low, answer.high) == pytest.approx(((3 * low - 1) / 2, (3 * high - 1) / 2))


def test_the_interval_of_weighted_brennan_prediger_is_gwets():
    answer = brennan_prediger(ABSTRACTORS, weights=Weights.LINEAR)
    se = brennan_prediger_se(ABSTRACTORS.counts, np.array([[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]))
    assert answer.estimate is not None
    # The 97.5 % point of t with 99 degrees of freedom is 1.984217.
    assert answer.low == pytest.approx(answer.estimate - 1.984217 * se, abs=1e-7)
    assert "t (n - 1)" in answer.method


def test_an_empty_site_has_an_ac1_of_1_and_says_why():
    answer = gwet_ac(cross_table([(0, 0)] * 10, n_grades=4))
    assert (answer.estimate, answer.low, answer.status) == (1.0, None, Status.NO_VARIATION)
    assert "1 by construction" in answer.sentence


def test_an_empty_site_has_no_pi_but_a_brennan_prediger():
    table = cross_table([(0, 0)] * 10, n_grades=4)
    assert (scott_pi(table).estimate, scott_pi(table).status) == (None, Status.NO_VARIATION)
    assert brennan_prediger(table).estimate == 1.0
    assert brennan_prediger(table).low == pytest.approx((4 * wilson_interval(10, 10)[0] - 1) / 3)


def test_one_constant_reader_makes_pi_and_ac_not_0():
    """Only kappa is 0 by construction then: its readers may each have shares of their own."""
    table = cross_table([(0, 0)] * 9 + [(0, 1)], n_grades=2)
    assert scott_pi(table).estimate == pytest.approx(-0.05263158, abs=5.1e-9)
    assert gwet_ac(table).estimate == pytest.approx(0.88950276, abs=5.1e-9)


@pytest.mark.parametrize("statistic", ALL)
def test_complete_opposition_is_minus_1(statistic: Statistic):
    assert statistic(OPPOSED).estimate == -1.0


@pytest.mark.parametrize("statistic", [gwet_ac, scott_pi])
@pytest.mark.parametrize("weights", Weights)
def test_perfect_agreement_is_exactly_1_without_interval(statistic: Statistic, weights: Weights):
    answer = statistic(cross_table([(0, 0), (1, 1), (2, 2), (0, 0)], n_grades=4), weights=weights)
    assert (answer.estimate, answer.low, answer.status) == (1.0, None, Status.NOT_ESTIMABLE)
    assert "standard error 0" in answer.sentence


@pytest.mark.parametrize("statistic", ALL)
@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_pairs_show_counts_only(statistic: Statistic, n: int):
    answer = statistic(cross_table([(0, 0), (1, 1)][:n], n_grades=4), weights=Weights.LINEAR)
    assert (answer.estimate, answer.status, answer.counts["equal"]) == (None, Status.TOO_FEW, n)


@pytest.mark.parametrize("statistic", ALL)
@pytest.mark.parametrize("weights", [Weights.UNWEIGHTED, Weights.QUADRATIC])
def test_pairs_left_out_are_told(statistic: Statistic, weights: Weights):
    table = CrossTable.of(ABSTRACTORS.counts, n_excluded=1)
    assert statistic(table, weights=weights).sentence.endswith("1 pair left out: not assessable by a reader.")


@pytest.mark.parametrize("statistic", [scott_pi, brennan_prediger])
def test_weights_that_count_nothing_leave_nothing_to_estimate(statistic: Statistic):
    weights: Any = np.ones((3, 3))
    answer = statistic(ABSTRACTORS, weights=weights)
    assert (answer.estimate, answer.status) == (None, Status.NOT_ESTIMABLE)
    assert answer.sentence.startswith("Not estimable: the weights count no difference")
