"""Tests of marginal homogeneity and symmetry against published tables."""

from itertools import product
from math import comb

import numpy as np
import pytest

from scoring.agreement import CrossTable, Status, bowker, cross_table, marginals, mcnemar, stuart_maxwell

# SAS/STAT PROC FREQ documentation: skin condition terrible, poor, marginal, clear, by two dermatologists.
DERMATOLOGISTS = CrossTable.of([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]])
# Uebersax, McNemar tests of marginal homogeneity; help page StuartMaxwellTest of the R package DescTools.
UEBERSAX = CrossTable.of([[20, 10, 5], [3, 30, 15], [0, 5, 40]])
# Agresti, Categorical Data Analysis: approval of the prime minister by 1600 voters, asked twice.
PRIME_MINISTER = CrossTable.of([[794, 150], [86, 570]])


def test_mcnemar_of_the_prime_minister():
    answer = mcnemar(PRIME_MINISTER)
    assert answer.statistic == pytest.approx(17.36, abs=5.1e-3)
    assert (answer.df, answer.n) == (1, 1600)
    assert answer.p == pytest.approx(3.099e-5, abs=5.1e-9)


def test_stuart_maxwell_of_uebersax():
    answer = stuart_maxwell(UEBERSAX)
    assert answer.statistic == pytest.approx(13.76, abs=5.1e-3)
    assert answer.df == 2
    assert answer.p == pytest.approx(0.00102573, abs=5.1e-9)


def test_bowker_counts_only_pairs_of_grades_that_met():
    """Terrible and clear never met: SAS and statsmodels count 6 degrees of freedom and have p = 0.6046."""
    answer = bowker(DERMATOLOGISTS)
    assert answer.statistic == pytest.approx(4.53535354, abs=5.1e-9)
    assert (answer.df, answer.p) == (5, pytest.approx(0.4752, abs=5.1e-5))
    assert "the 5 of 6 pairs of different grades that met" in answer.method


def test_few_discordant_pairs_are_tested_exactly():
    """The sum of the binomial probabilities of 2 or fewer of 12, doubled."""
    answer = mcnemar(CrossTable.of([[20, 10], [2, 8]]))
    assert (answer.statistic, answer.df) == (2.0, None)
    assert answer.p == pytest.approx(2 * sum(comb(12, k) for k in range(3)) / 2**12, abs=1e-15)
    assert "exact binomial" in answer.method


@pytest.mark.parametrize(("discordant", "df"), [((12, 12), None), ((12, 13), 1)])
def test_25_discordant_pairs_are_enough_for_chi_squared(discordant: tuple[int, int], df: int | None):
    b, c = discordant
    assert mcnemar(CrossTable.of([[5, b], [c, 5]])).df == df


def test_an_exact_p_is_never_above_1():
    assert mcnemar(CrossTable.of([[20, 6], [6, 8]])).p == 1.0


def test_of_graded_tables_mcnemar_asks_who_found_anything():
    graded = CrossTable.of([[794, 100, 50], [80, 300, 20], [6, 50, 200]])
    assert mcnemar(graded).p == mcnemar(PRIME_MINISTER).p


def test_with_two_grades_all_three_are_one():
    answers = [test(PRIME_MINISTER) for test in (mcnemar, bowker, stuart_maxwell)]
    for answer in answers:
        assert (answer.statistic, answer.df, answer.p) == pytest.approx((17.3559322, 1, 3.099e-5), abs=5.1e-8)


def test_a_grade_nobody_used_changes_nothing():
    wider = CrossTable.of([[20, 0, 10, 5], [0, 0, 0, 0], [3, 0, 30, 15], [0, 0, 5, 40]])
    for test in (bowker, stuart_maxwell):
        one, other = test(UEBERSAX), test(wider)
        assert (other.statistic, other.df, other.p) == pytest.approx((one.statistic, one.df, one.p), abs=1e-12)


def test_grades_that_never_met_are_homogeneous_each_group_by_itself():
    """Two tables of two grades side by side: both statistics and both degrees of freedom add up."""
    blocks = CrossTable.of([[9, 20, 0, 0], [10, 9, 0, 0], [0, 0, 4, 15], [0, 0, 12, 4]])
    answer = stuart_maxwell(blocks)
    assert (answer.statistic, answer.df) == (pytest.approx(100 / 30 + 9 / 27), 2)


def test_grade_for_grade_the_statistic_is_the_usual_one_without_the_last_grade():
    """Stuart 1955, Biometrika 42:412-416, written with the inverse of the first q - 1 rows and columns."""
    counts = DERMATOLOGISTS.counts.astype(float)
    difference = (counts.sum(axis=1) - counts.sum(axis=0))[:3]
    covariance = np.diag(counts.sum(axis=1) + counts.sum(axis=0)) - counts - counts.T
    usual = difference @ np.linalg.solve(covariance[:3, :3], difference)
    assert stuart_maxwell(DERMATOLOGISTS).statistic == pytest.approx(usual, abs=1e-12)


@pytest.mark.parametrize("test", [mcnemar, bowker, stuart_maxwell])
def test_without_a_discordant_pair_there_is_nothing_to_test(test):
    answer = test(cross_table([(0, 0)] * 5 + [(1, 1)] * 5, n_grades=2))
    assert (answer.statistic, answer.df, answer.p) == (None, None, None)
    assert (answer.status, answer.sentence) == (Status.NOT_ESTIMABLE, "Nothing to test: no pair is discordant.")


@pytest.mark.parametrize("test", [mcnemar, bowker, stuart_maxwell])
@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_pairs_are_not_tested(test, n: int):
    answer = test(cross_table([(0, 1), (1, 0)][:n], n_grades=4))
    assert (answer.p, answer.status, answer.n) == (None, Status.TOO_FEW, n)


@pytest.mark.parametrize("test", [mcnemar, bowker, stuart_maxwell])
def test_pairs_left_out_are_told(test):
    answer = test(CrossTable.of(UEBERSAX.counts, n_excluded=1))
    assert (answer.n_excluded, answer.sentence) == (1, "1 pair left out: not assessable by a reader.")


@pytest.mark.parametrize("test", [mcnemar, bowker, stuart_maxwell])
def test_every_small_table_has_an_answer(test):
    """Six of nine cells hold 0, 1 or 2 pairs: all 729 tables."""
    for a, b, c, d, e, f in product(range(3), repeat=6):
        answer = test(CrossTable.of([[a, b, 0], [c, d, 0], [e, 0, f]]))
        assert answer.p is None or 0 <= answer.p <= 1


def test_as_json_it_holds_plain_values():
    assert mcnemar(PRIME_MINISTER).to_json() == {
        "name": "McNemar",
        "method": mcnemar(PRIME_MINISTER).method,
        "n": 1600,
        "n_excluded": 0,
        "statistic": pytest.approx(17.3559322),
        "df": 1,
        "p": pytest.approx(3.099e-5, abs=5.1e-9),
        "status": "ok",
        "sentence": "",
    }


@pytest.mark.parametrize("numbers", [{"statistic": float("nan"), "p": 0.5}, {"statistic": 1.0, "p": None}])
def test_a_test_refuses_numbers_that_are_none(numbers):
    with pytest.raises(ValueError, match="McNemar"):
        marginals.Test(name="McNemar", method="", n=10, **numbers)
