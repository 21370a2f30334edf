"""Standard error of measurement and smallest detectable change: definitions, a published example, exact intervals."""

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
import pytest

from scoring.agreement import (
    Agreement,
    Status,
    smallest_detectable_change,
    smallest_detectable_change_of_changes,
    standard_error_of_measurement,
)
from scoring.agreement.measurement_error import sd_interval

# Bland and Altman 1986, Lancet i:307-310: peak flow by the Wright meter, first and second reading.
FIRST = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
SECOND = [490, 397, 512, 401, 470, 611, 415, 431, 638, 429, 420, 633, 275, 492, 165, 372, 421]
WRIGHT = list(zip(FIRST, SECOND, strict=True))
SD = float(np.subtract(FIRST, SECOND).std(ddof=1))

STATISTICS = [standard_error_of_measurement, smallest_detectable_change, smallest_detectable_change_of_changes]


def test_the_wright_meter_of_1986_has_a_standard_error_of_15():
    """Printed 15.3 from sqrt(sum d^2 / 2n), which takes the bias for 0; without it, as here, hardly less."""
    answer = standard_error_of_measurement(WRIGHT)
    d = np.subtract(FIRST, SECOND)
    assert sqrt((d**2).sum() / 34) == pytest.approx(15.3, abs=0.05)
    assert answer.estimate == pytest.approx(15.3, abs=0.3)
    assert answer.estimate == pytest.approx(SD / sqrt(2), rel=1e-12)


def test_the_four_smallest_detectable_changes():
    """1.96 SD, over sqrt(k) for the mean of k; of change scores over sqrt(2) too (Bruynesteyn 2005)."""
    assert smallest_detectable_change(WRIGHT).estimate == pytest.approx(1.96 * SD)
    assert smallest_detectable_change(WRIGHT, n_averaged=2).estimate == pytest.approx(1.96 * SD / sqrt(2))
    assert smallest_detectable_change_of_changes(WRIGHT).estimate == pytest.approx(1.96 * SD / sqrt(2))
    assert smallest_detectable_change_of_changes(WRIGHT, n_averaged=2).estimate == pytest.approx(1.96 * SD / 2)


def test_the_method_names_which_of_the_two_conventions_it_is():
    assert "not from change scores" in smallest_detectable_change(WRIGHT).method
    assert "from change scores (Bruynesteyn 2005)" in smallest_detectable_change_of_changes(WRIGHT).method


def test_the_interval_is_that_of_a_standard_deviation():
    """Chi-square of 16 df: 6.908 and 28.845, as every table prints them."""
    answer = smallest_detectable_change(WRIGHT)
    assert answer.low == pytest.approx(1.96 * SD * sqrt(16 / 28.845), rel=1e-4)
    assert answer.high == pytest.approx(1.96 * SD * sqrt(16 / 6.908), rel=1e-4)


@pytest.mark.parametrize("n", [4, 30])
def test_the_interval_holds_the_truth_in_95_percent_of_samples(n: int):
    sd = np.random.default_rng(1997).normal(size=(20_000, n)).std(axis=1, ddof=1)
    low, high = sd_interval(1.0, n - 1)
    assert ((sd * low > 1).mean(), (sd * high < 1).mean()) == pytest.approx((0.025, 0.025), abs=0.004)


@pytest.mark.parametrize("statistic", STATISTICS)
def test_a_constant_difference_is_no_error(statistic: Callable[..., Agreement]):
    answer = statistic([(x, x + 2) for x in (1, 4, 9, 3, 7)])
    assert (answer.estimate, answer.low, answer.status) == (0, None, Status.NOT_ESTIMABLE)
    assert "differ by the same amount in every case" in answer.sentence


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_pairs_show_counts_only(statistic: Callable[..., Agreement], n: int):
    answer = statistic(WRIGHT[:n])
    assert (answer.estimate, answer.status, answer.counts) == (None, Status.TOO_FEW, {"cases": n})


def test_a_case_without_a_value_is_left_out_and_counted():
    answer = standard_error_of_measurement([*WRIGHT, (300, None), (None, None)])
    assert (answer.n, answer.n_excluded) == (17, 2)
    assert answer.estimate == standard_error_of_measurement(WRIGHT).estimate


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize("values", [[(1, 2, 3)] * 5, [(1, float("inf"))] * 5, [[1], [2], [3]]])
def test_it_refuses_what_is_not_two_readers_values(statistic: Callable[..., Agreement], values: Any):
    with pytest.raises(ValueError, match="readers"):
        statistic(values)


@pytest.mark.parametrize("statistic", STATISTICS[1:])
def test_it_refuses_the_mean_of_no_readers(statistic: Callable[..., Agreement]):
    with pytest.raises(ValueError, match="0 readers have no mean"):
        statistic(WRIGHT, n_averaged=0)
