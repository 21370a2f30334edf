"""Percent agreement and Wilson's interval against published numbers."""

import pytest

from scoring.agreement import CrossTable, Status, cross_table, percent_agreement, wilson_interval


@pytest.mark.parametrize(
    ("successes", "n", "printed"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_wilsons_interval_is_that_of_newcombe(successes: int, n: int, printed: tuple[float, float]):
    """Newcombe 1998, Stat Med 17:857-872, table I, method 3."""
    assert wilson_interval(successes, n) == pytest.approx(printed, abs=5.1e-5)


def test_the_interval_of_all_ends_at_exactly_1():
    low, high = wilson_interval(40, 40)
    assert (round(low, 4), high) == (0.9124, 1.0)


def test_the_interval_of_none_begins_at_exactly_0():
    assert wilson_interval(0, 41)[0] == 0.0


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_it_refuses_what_is_not_a_proportion(successes: int, n: int):
    with pytest.raises(ValueError, match="not a proportion"):
        wilson_interval(successes, n)


def test_percent_agreement_is_the_diagonal():
    """SAS/STAT PROC FREQ documentation, two dermatologists."""
    answer = percent_agreement(CrossTable.of([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]))
    assert answer.estimate == 45 / 88
    assert (answer.low, answer.high) == wilson_interval(45, 88)
    assert answer.counts == {"equal": 45, "different": 43}


def test_the_same_grade_throughout_is_full_agreement_with_an_interval():
    answer = percent_agreement(cross_table([(0, 0)] * 10, n_grades=4))
    assert (answer.estimate, answer.status) == (1.0, Status.OK)
    assert (answer.low, answer.high) == wilson_interval(10, 10)


@pytest.mark.parametrize(("n", "estimate"), [(0, None), (1, 1.0), (2, 1.0)])
def test_fewer_than_three_pairs_have_no_interval(n: int, estimate: float | None):
    answer = percent_agreement(cross_table([(1, 1)] * n, n_grades=4))
    assert (answer.estimate, answer.low, answer.high, answer.status) == (estimate, None, None, Status.TOO_FEW)


def test_the_pairs_left_out_are_told():
    answer = percent_agreement(cross_table([(0, 0)] * 5 + [(None, 1)], n_grades=4))
    assert (answer.n, answer.n_excluded, answer.sentence) == (5, 1, "1 pair left out: not assessable by a reader.")
