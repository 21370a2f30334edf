"""Cohen's kappa against published tables, and where it cannot be estimated."""

from math import sqrt

import numpy as np
import pytest

from scoring.agreement import Agreement, CrossTable, Status, cohen_kappa, cross_table
from scoring.agreement.kappa import kappa_and_se
from scoring.agreement.weights import Matrix, Weights, agreement_weights

# SAS/STAT PROC FREQ documentation: skin condition terrible, poor, marginal, clear, by two dermatologists.
DERMATOLOGISTS = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
# Gwet, Handbook of Inter-Rater Reliability, 4th ed. 2014; vignette of the R package irrCAC.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
# Cohen 1968, Psychol Bull 70:213-220: personality disorder, neurosis, psychosis; proportions times N = 200.
COHEN_1968 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]


def kappa_of(counts: list[list[int]], weights: Weights = Weights.UNWEIGHTED) -> Agreement:
    return cohen_kappa(CrossTable.of(counts), weights=weights)


def from_disagreement(penalties: list[list[int]]) -> Matrix:
    """Cohen's 1968 weights count disagreement: 0 for the same category, more for worse."""
    return 1 - np.array(penalties) / np.max(penalties)


@pytest.mark.parametrize(
    ("weights", "printed", "interval"),
    [(Weights.UNWEIGHTED, 0.3449, (0.2030, 0.4868)), (Weights.LINEAR, 0.5082, (0.3798, 0.6366))],
)
def test_kappa_and_interval_of_the_dermatologists(weights: Weights, printed: float, interval: tuple[float, float]):
    answer = kappa_of(DERMATOLOGISTS, weights)
    assert answer.estimate == pytest.approx(printed, abs=5.1e-5)
    assert (answer.low, answer.high) == pytest.approx(interval, abs=5.1e-5)


@pytest.mark.parametrize(("weights", "printed"), [(Weights.UNWEIGHTED, 0.0724), (Weights.LINEAR, 0.0655)])
def test_standard_error_of_the_dermatologists(weights: Weights, printed: float):
    _, se = kappa_and_se(CrossTable.of(DERMATOLOGISTS), agreement_weights(weights, 4))
    assert se == pytest.approx(printed, abs=5.1e-5)


def test_kappa_of_the_abstractors_to_the_seventh_digit():
    kappa, se = kappa_and_se(CrossTable.of(ABSTRACTORS), agreement_weights(Weights.UNWEIGHTED, 3))
    assert kappa == pytest.approx(0.7964094, abs=5.1e-8)
    assert se == pytest.approx(0.05891072, abs=5.1e-9)


@pytest.mark.parametrize(("weights", "printed"), [(Weights.LINEAR, 0.843), (Weights.QUADRATIC, 0.892)])
def test_weighted_kappa_of_the_abstractors(weights: Weights, printed: float):
    assert kappa_of(ABSTRACTORS, weights).estimate == pytest.approx(printed, abs=5.1e-4)


def test_plain_kappa_of_cohen_1968():
    assert kappa_of(COHEN_1968).estimate == pytest.approx(0.492, abs=5.1e-4)


@pytest.mark.parametrize(
    ("penalties", "printed"),
    [([[0, 1, 3], [1, 0, 6], [3, 6, 0]], 0.348), ([[0, 1, 4], [1, 0, 6], [2, 2, 0]], 0.353)],
)
def test_weighted_kappa_of_cohen_1968(penalties: list[list[int]], printed: float):
    kappa, _ = kappa_and_se(CrossTable.of(COHEN_1968), from_disagreement(penalties))
    assert kappa == pytest.approx(printed, abs=5.1e-4)


@pytest.mark.parametrize(("counts", "printed"), [([[40, 9], [6, 45]], 0.70), ([[80, 10], [5, 5]], 0.32)])
def test_the_same_agreement_has_two_kappas(counts: list[list[int]], printed: float):
    """Feinstein and Cicchetti 1990, J Clin Epidemiol 43:543-549: 85 % agreement both times."""
    assert kappa_of(counts).estimate == pytest.approx(printed, abs=5.1e-3)


def test_94_percent_agreement_with_a_kappa_below_0():
    """Gwet 2002, Statistical Methods for Inter-Rater Reliability Assessment."""
    answer = kappa_of([[118, 5], [2, 0]])
    assert answer.estimate == pytest.approx(-0.023, abs=5.1e-4)
    assert (answer.counts["positive_first"], answer.counts["positive_second"]) == (2, 5)


def test_both_readers_constant_is_no_variation():
    answer = cohen_kappa(cross_table([(0, 0)] * 10, n_grades=4), weights=Weights.LINEAR)
    assert (answer.estimate, answer.low, answer.high) == (None, None, None)
    assert answer.status is Status.NO_VARIATION
    assert answer.sentence.startswith("Not estimable (no variation)")


@pytest.mark.parametrize("weights", Weights)
@pytest.mark.parametrize("grade", [0, 2])
def test_one_reader_constant_is_exactly_0_without_interval(weights: Weights, grade: int):
    pairs = [(grade, grade)] * 9 + [(grade, 1)]
    answer = cohen_kappa(cross_table(pairs, n_grades=4), weights=weights)
    assert (answer.estimate, answer.low, answer.high) == (0.0, None, None)
    assert answer.status is Status.ONE_READER_CONSTANT


def test_two_readers_constant_on_different_grades_are_0_by_construction():
    answer = cohen_kappa(cross_table([(0, 1)] * 5, n_grades=4))
    assert (answer.estimate, answer.status) == (0.0, Status.ONE_READER_CONSTANT)


@pytest.mark.parametrize("weights", Weights)
def test_perfect_agreement_is_exactly_1_without_interval(weights: Weights):
    answer = cohen_kappa(cross_table([(0, 0), (1, 1), (2, 2), (3, 3), (0, 0)], n_grades=4), weights=weights)
    assert (answer.estimate, answer.low, answer.high) == (1.0, None, None)
    assert answer.status is Status.NOT_ESTIMABLE
    assert "standard error 0" in answer.sentence


def test_complete_opposition_is_minus_1_without_interval():
    answer = kappa_of([[0, 5], [5, 0]])
    assert (answer.estimate, answer.low, answer.status) == (-1.0, None, Status.NOT_ESTIMABLE)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_pairs_show_counts_only(n: int):
    answer = cohen_kappa(cross_table([(0, 0), (1, 1)][:n], n_grades=4))
    assert (answer.estimate, answer.status, answer.counts["equal"]) == (None, Status.TOO_FEW, n)


def test_a_bound_above_1_is_clipped_and_marked():
    table = CrossTable.of([[36, 0], [1, 3]])
    kappa, se = kappa_and_se(table, np.eye(2))
    answer = cohen_kappa(table)
    assert kappa + 1.959964 * se > 1
    assert (answer.high, answer.status) == (1.0, Status.OK)
    assert answer.sentence == f"Clipped: the upper limit {kappa + 1.959964 * se:.2f} is shown as 1."


def test_a_bound_below_minus_1_is_clipped_and_marked():
    answer = kappa_of([[0, 2], [2, 1]])
    assert answer.low == -1.0
    assert answer.sentence.startswith("Clipped: the lower limit -1.")


def test_a_negative_bound_is_shown():
    low = kappa_of([[118, 5], [2, 0]]).low
    assert low == pytest.approx(-0.0474734, abs=1e-6)


def test_the_method_prints_weights_and_number_of_grades():
    method = kappa_of(DERMATOLOGISTS, Weights.LINEAR).method
    assert "1 - |i-j|/(q-1), q = 4" in method


def test_the_standard_error_is_the_published_difference_of_squares():
    """Fleiss, Cohen, Everitt 1969, formula 11, written as they print it."""
    table, weights = CrossTable.of(DERMATOLOGISTS), agreement_weights(Weights.QUADRATIC, 4)
    shares = table.counts / table.n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = (weights * shares).sum(), (weights * np.outer(rows, columns)).sum()
    row_weights, column_weights = weights @ columns, rows @ weights
    inner = weights * (1 - expected) - (row_weights[:, None] + column_weights[None, :]) * (1 - observed)
    numerator = (shares * inner**2).sum() - (observed * expected - 2 * expected + observed) ** 2
    published = sqrt(numerator / table.n) / (1 - expected) ** 2
    assert kappa_and_se(table, weights)[1] == pytest.approx(published, abs=1e-14)
