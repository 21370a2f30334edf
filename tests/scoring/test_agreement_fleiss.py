"""Fleiss' kappa of many readers against published tables."""

from typing import Any

import numpy as np
import pytest

from scoring.agreement import CrossTable, Status, fleiss_kappa, fleiss_kappa_of_counts, scott_pi

# Fleiss 1971, Psychol Bull 76:378-382, table 1: how many of six psychiatrists gave each of 30 patients the diagnosis
# depression, personality disorder, schizophrenia, neurosis, other. Data "diagnoses" of the R package irr.
PSYCHIATRISTS = [
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0],
    [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0],
    [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1], [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0],
    [0, 2, 0, 4, 0], [1, 0, 2, 0, 3], [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0],
    [1, 0, 0, 4, 1], [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
]  # fmt: skip
# The worked example of the article "Fleiss' kappa" of Wikipedia: 14 readers, 10 cases, 5 grades.
FOURTEEN = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


def graded(counts: list[list[int]]) -> list[list[int | None]]:
    """Each case's grades in order; which reader gave which does not matter."""
    return [[grade for grade, times in enumerate(case) for _ in range(times)] for case in counts]


def test_kappa_of_the_psychiatrists():
    assert fleiss_kappa_of_counts(PSYCHIATRISTS).estimate == pytest.approx(0.430, abs=5.1e-4)


def test_kappa_of_fourteen_readers():
    answer = fleiss_kappa_of_counts(FOURTEEN)
    assert answer.estimate == pytest.approx(0.210, abs=5.1e-4)
    assert answer.counts == {"cases": 10, "readings": 140}
    assert "q = 5 grades, 14 readings a case" in answer.method


def test_ratings_give_what_their_counts_give():
    of_counts = fleiss_kappa_of_counts(FOURTEEN)
    assert fleiss_kappa(graded(FOURTEEN), n_grades=5) == of_counts


def test_the_standard_error_is_that_of_leaving_cases_out():
    """The jackknife needs no formula; with 30 cases it comes within a few per cent."""
    answer = fleiss_kappa_of_counts(PSYCHIATRISTS)
    left_out = [fleiss_kappa_of_counts(PSYCHIATRISTS[:at] + PSYCHIATRISTS[at + 1 :]).estimate for at in range(30)]
    jackknife = np.std(np.array(left_out, dtype=float)) * np.sqrt(29)
    assert answer.low is not None
    assert answer.high is not None
    # The 97.5 % point of t with 29 degrees of freedom is 2.04523.
    assert (answer.high - answer.low) / 2 / 2.04523 == pytest.approx(jackknife, rel=0.05)


def test_of_two_readers_it_is_scotts_pi():
    table = CrossTable.of([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(table.counts[i, j])]
    assert fleiss_kappa(pairs, n_grades=3).estimate == pytest.approx(scott_pi(table).estimate, abs=1e-12)


def test_a_case_that_one_reader_could_not_assess_is_left_out():
    answer = fleiss_kappa([*graded(FOURTEEN), [None, *[0] * 13]], n_grades=5)
    assert (answer.n, answer.n_excluded) == (10, 1)
    assert answer.estimate == fleiss_kappa_of_counts(FOURTEEN).estimate
    assert answer.sentence == "1 pair left out: not assessable by a reader."


def test_one_grade_throughout_is_no_variation():
    answer = fleiss_kappa([[0, 0, 0]] * 5, n_grades=4)
    assert (answer.estimate, answer.status) == (None, Status.NO_VARIATION)


def test_perfect_agreement_is_exactly_1_without_interval():
    answer = fleiss_kappa([[0, 0, 0], [1, 1, 1], [0, 0, 0], [3, 3, 3]], n_grades=4)
    assert (answer.estimate, answer.low, answer.status) == (1.0, None, Status.NOT_ESTIMABLE)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_cases_show_counts_only(n: int):
    answer = fleiss_kappa([[0, 0, 1], [1, 1, 1]][:n], n_grades=2)
    assert (answer.estimate, answer.status, answer.n) == (None, Status.TOO_FEW, n)


@pytest.mark.parametrize(
    "ratings", [[[0, 1, 2], [0, 1]], [[0, 4, 1]] * 3, [[0, -1, 1]] * 3, [[0.5, 0, 1]] * 3, [[0]] * 3]
)
def test_it_refuses_what_are_no_ratings(ratings: Any):
    with pytest.raises(ValueError, match=r"readings of each case|not on a scale of 0 to 3"):
        fleiss_kappa(ratings, n_grades=4)


@pytest.mark.parametrize("counts", [[1, 2, 3], [[3], [3]], [[1, -1], [0, 0]], [[1.5, 0.5]], [[2, 1], [1, 1]], [[1, 0]]])
def test_it_refuses_what_are_no_counts(counts: Any):
    with pytest.raises(ValueError, match="Fleiss' kappa needs"):
        fleiss_kappa_of_counts(counts)
