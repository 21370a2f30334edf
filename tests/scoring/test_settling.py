"""Three answers to one item become one: what counts, and that nobody's place in the row plays a part."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.settling import Answer, Settled, closest_two_of, median_of

RULES = [median_of, closest_two_of]
REASONS = ["artefact", "not_covered", "anatomy"]
graded = st.integers(0, 3).map(Answer)
said = st.one_of(graded, st.sampled_from(REASONS).map(lambda reason: Answer(None, reason)))
three = st.lists(said, min_size=3, max_size=3)
anywhere = pytest.mark.parametrize("rule", RULES)


def of(*given):
    return [Answer(one) if isinstance(one, int) else Answer(None, one) for one in given]


@pytest.mark.parametrize(("grades", "median", "closest"), [
    ((1, 2, 2), 2, 2),
    ((0, 1, 3), 1, 0.5),
    ((3, 0, 2), 2, 2.5),
    ((0, 1, 2), 1, 1),
    ((0, 0, 3), 0, 0),
])  # fmt: skip
def test_three_grades(grades, median, closest):
    assert median_of(of(*grades), is_flag=False) == Settled(median)
    assert closest_two_of(of(*grades), is_flag=False) == Settled(closest)


@anywhere
def test_two_who_could_assess_it_meet_in_the_middle(rule):
    assert rule(of(1, "artefact", 2), is_flag=False) == Settled(1.5)


@anywhere
def test_one_who_could_assess_it_is_not_enough(rule):
    assert rule(of("artefact", 2, "anatomy"), is_flag=False) == Settled(None, "anatomy + artefact")
    assert rule(of("artefact", "artefact", "artefact"), is_flag=False) == Settled(None, "artefact")


@anywhere
def test_yes_or_no_goes_by_the_majority(rule):
    assert rule(of(1, 0, 1), is_flag=True) == Settled(1)
    assert rule(of(0, "artefact", 0), is_flag=True) == Settled(0)
    assert rule(of(1, "artefact", 0), is_flag=True) == Settled(None, is_resolved=False)


@anywhere
@given(answers=three, is_flag=st.booleans())
def test_nobodys_place_in_the_row_plays_a_part(rule, answers, is_flag):
    [_] = {rule(list(order), is_flag=is_flag) for order in permutations(answers)}


@anywhere
@given(answers=three)
def test_what_counts_lies_between_what_was_said(rule, answers):
    found, grades = rule(answers, is_flag=False), [answer.grade for answer in answers if answer.grade is not None]
    assert (found.grade is None) == (len(grades) < 2)
    assert (found.not_assessable != "") == (found.grade is None)
    if found.grade is not None:
        assert min(grades) <= found.grade <= max(grades)


@anywhere
@given(grade=st.integers(0, 3), other=graded)
def test_two_who_agree_have_it(rule, grade, other):
    assert rule([Answer(grade), other, Answer(grade)], is_flag=False).grade == grade


@given(answers=st.lists(graded, min_size=3, max_size=3))
def test_the_closest_two_never_lie_farther_from_the_middle_than_half_a_gap(answers):
    middle, closest = median_of(answers, is_flag=False).grade, closest_two_of(answers, is_flag=False).grade
    low, centre, high = sorted(answer.grade for answer in answers)
    assert abs(closest - middle) * 2 in (0, min(centre - low, high - centre))
