"""Agreement weights by name and of one's own."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scoring.agreement import Agreement, CrossTable, Status, Weights, brennan_prediger, cohen_kappa, gwet_ac, scott_pi
from scoring.agreement.weights import matrix_of

# Cohen 1968, Psychol Bull 70:213-220: personality disorder, neurosis, psychosis; proportions times N = 200.
COHEN_1968 = CrossTable.of([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
PENALTIES = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])
ASYMMETRIC = np.array([[0, 1, 4], [1, 0, 6], [2, 2, 0]])
ALL: list[Callable[..., Agreement]] = [cohen_kappa, scott_pi, gwet_ac, brennan_prediger]


@pytest.mark.parametrize(("penalties", "printed"), [(PENALTIES, 0.348), (ASYMMETRIC, 0.353)])
def test_weighted_kappa_of_cohen_1968(penalties: Any, printed: float):
    answer = cohen_kappa(COHEN_1968, weights=1 - penalties / penalties.max())
    assert answer.estimate == pytest.approx(printed, abs=5.1e-4)
    assert answer.name == "kappa (weights of one's own)"


def test_asymmetric_weights_punish_one_reader_more():
    """Swapping the readers changes kappa, unless the weights are swapped with them."""
    weights, swapped = 1 - ASYMMETRIC / 6, CrossTable.of(COHEN_1968.counts.T)
    kappa = cohen_kappa(COHEN_1968, weights=weights).estimate
    assert cohen_kappa(swapped, weights=weights).estimate != pytest.approx(kappa, abs=1e-3)
    assert cohen_kappa(swapped, weights=weights.T).estimate == pytest.approx(kappa, abs=1e-12)


def test_the_method_prints_the_weights_row_by_row():
    method = cohen_kappa(COHEN_1968, weights=[[1, 0.5, 0], [0.5, 1, 0.25], [0, 0.25, 1]]).method
    assert "agreement weights 1 0.5 0 / 0.5 1 0.25 / 0 0.25 1, q = 3" in method


@pytest.mark.parametrize("statistic", ALL)
@pytest.mark.parametrize("weights", Weights)
def test_a_matrix_gives_what_its_name_gives(statistic: Callable[..., Agreement], weights: Weights):
    by_name, by_matrix = (statistic(COHEN_1968, weights=one) for one in (weights, matrix_of(weights, 3)))
    assert by_matrix.estimate == by_name.estimate


def test_with_weights_of_ones_own_kappa_can_lie_below_minus_1():
    """Extremes that only ever meet their opposite, when the middle costs nothing: nothing is clipped then."""
    table = CrossTable.of([[0, 0, 5], [0, 90, 0], [5, 0, 0]])
    answer = cohen_kappa(table, weights=[[1, 1, 0], [1, 1, 1], [0, 1, 1]])
    assert answer.estimate == pytest.approx(-19)
    assert answer.low is not None
    assert answer.low < -19


def test_weights_that_count_no_difference_between_the_used_grades_leave_nothing_to_estimate():
    answer = cohen_kappa(CrossTable.of([[4, 2, 0], [1, 3, 0], [0, 0, 0]]), weights=[[1, 1, 0], [1, 1, 0], [0, 0, 1]])
    assert (answer.estimate, answer.status) == (None, Status.NOT_ESTIMABLE)


@pytest.mark.parametrize("statistic", ALL)
@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        (np.eye(4), "Weights of 3 grades are 3 rows of 3 numbers"),
        (np.ones((3, 2)), "Weights of 3 grades are 3 rows of 3 numbers"),
        ([1, 0, 0], "Weights of 3 grades are 3 rows of 3 numbers"),
        (PENALTIES, "1 on the diagonal"),
        (np.eye(3) * 2, "1 on the diagonal"),
        (np.eye(3) - 0.5 + 0.5 * np.eye(3), "0 to 1 elsewhere"),
        ([[1, 0, float("nan")], [0, 1, 0], [0, 0, 1]], "0 to 1 elsewhere"),
        ("radical", "radical"),
    ],
)
def test_it_refuses_what_are_no_weights(statistic: Callable[..., Agreement], weights: Any, sentence: str):
    with pytest.raises(ValueError, match=sentence):
        statistic(COHEN_1968, weights=weights)
