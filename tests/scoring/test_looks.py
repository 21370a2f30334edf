"""The blind self-check: what second answers mean, and that being asked hardly tells a reader what is disputed."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.looks import FirstLook, Verdict, classify, draw, sizes, standing
from scoring.rules import Rules
from scoring.triggers import Question, disputed

CODES = [f"VB_C{level}" for level in range(2, 8)]
QUESTIONS = [Question(code, "VB", is_flag=False) for code in CODES]
DEFINITION = {
    "regions": [{"code": "VB", "scale": "grades", "sites": {code[3:]: code[3:] for code in CODES}}],
    "scales": {"grades": [{"value": value} for value in range(4)]},
    "derived": {"total": {"of": ["VB"]}, "not_assessable_rule": {"max_sites": 1}},
}
ANSWERS = st.fixed_dictionaries({code: st.sampled_from([0, 1, 2, 3, None]) for code in CODES})
RULES = st.builds(
    Rules,
    trigger_item_difference=st.sampled_from([None, 1, 2]),
    trigger_total=st.sampled_from([None, 0, 3]),
    trigger_not_assessable=st.booleans(),
)
ALL_ZERO = dict.fromkeys(CODES, 0)


def verdicts(one, other, *, again=({}, {}), rules=None):
    rules = rules or Rules()
    found = disputed(rules, DEFINITION, QUESTIONS, one, other)
    return classify(rules, DEFINITION, QUESTIONS, found, (one, other), again)


@pytest.mark.parametrize(("again", "verdict"), [
    (({"VB_C4": 2}, {"VB_C4": 0}), Verdict.PERSISTS),
    (({"VB_C4": 0}, {"VB_C4": 0}), Verdict.SLIP),
    (({"VB_C4": 2}, {"VB_C4": 2}), Verdict.SLIP),
    (({"VB_C4": 1}, {"VB_C4": 0}), Verdict.UNSTABLE),
    (({"VB_C4": 0}, {"VB_C4": 2}), Verdict.UNSTABLE),
    (({"VB_C4": None}, {"VB_C4": 0}), Verdict.UNSTABLE),
    (({"VB_C4": None}, {"VB_C4": None}), Verdict.SLIP),
    (({"VB_C4": 0}, {}), Verdict.SLIP),
    (({}, {}), Verdict.PERSISTS),
])  # fmt: skip
def test_two_against_none_looked_at_again(again, verdict):
    assert verdicts(ALL_ZERO | {"VB_C4": 2}, ALL_ZERO, again=again) == {"VB_C4": verdict}


def test_within_the_tolerance_of_the_charter_it_is_no_dispute_any_more():
    rules = Rules(trigger_item_difference=2)
    again = ({"VB_C4": 1}, {"VB_C4": 0})
    assert verdicts(ALL_ZERO | {"VB_C4": 2}, ALL_ZERO, again=again, rules=rules) == {"VB_C4": Verdict.SLIP}


def test_a_second_answer_to_what_was_not_disputed_changes_nothing():
    again = ({"VB_C4": 2, "VB_C5": 3}, {"VB_C4": 0, "VB_C6": 3})
    assert verdicts(ALL_ZERO | {"VB_C4": 2}, ALL_ZERO, again=again) == {"VB_C4": Verdict.PERSISTS}


@given(RULES, ANSWERS, ANSWERS)
def test_who_repeats_everything_persists(rules, one, other):
    assert set(verdicts(one, other, again=(one, other), rules=rules).values()) <= {Verdict.PERSISTS}


@given(RULES, ANSWERS, ANSWERS, ANSWERS, ANSWERS)
def test_every_disputed_item_has_one_verdict_and_slips_alone_are_no_dispute(rules, one, other, again, and_other):
    found = disputed(rules, DEFINITION, QUESTIONS, one, other)
    told = classify(rules, DEFINITION, QUESTIONS, found, (one, other), (again, and_other))
    latest = (standing(one, again, found), standing(other, and_other, found))
    still = disputed(rules, DEFINITION, QUESTIONS, *latest)
    assert set(told) == found
    for code, verdict in told.items():
        assert (verdict is Verdict.SLIP) == (code not in still)
        repeated = (one[code], other[code]) == (again[code], and_other[code])
        assert verdict is Verdict.SLIP or (verdict is Verdict.PERSISTS) == repeated


@given(RULES, ANSWERS, ANSWERS, ANSWERS, ANSWERS)
def test_whose_answers_come_first_makes_no_difference(rules, one, other, again, and_other):
    this_way = verdicts(one, other, again=(again, and_other), rules=rules)
    assert verdicts(other, one, again=(and_other, again), rules=rules) == this_way


LOOKS = st.lists(
    st.tuples(ANSWERS, st.sets(st.sampled_from(CODES))).map(lambda drawn: FirstLook(*drawn)), min_size=1, max_size=8
)


@given(LOOKS, st.integers(0, 999))
def test_the_disputed_are_asked_and_as_many_others_and_nothing_twice(looks, seed):
    rng = Random(seed)
    asked = sizes([len(look.disputed) for look in looks], n_items=len(CODES), rng=rng)
    for look, size, items in zip(looks, asked, draw(looks, asked, rng=rng), strict=True):
        assert len(set(items)) == len(items) == size >= 2
        assert set(look.disputed) <= set(items) <= set(CODES)
        if look.disputed:
            assert size == min(2 * len(look.disputed), len(CODES))


def test_without_any_dispute_everybody_is_asked_for_a_few():
    assert set(sizes([0] * 200, n_items=25, rng=Random(1))) == {2, 4, 6}


def test_a_case_without_a_dispute_has_a_number_like_the_others():
    drawn = sizes([5, 0, 0, 0, 3, 0] * 40, n_items=25, rng=Random(1))
    assert set(drawn) == {10, 6}


def test_the_order_in_which_items_are_asked_says_nothing():
    look = FirstLook(ALL_ZERO, ["VB_C2"])
    firsts = Counter(draw([look], [2], rng=Random(seed))[0][0] == "VB_C2" for seed in range(400))
    assert 150 < firsts[True] < 250


# --- what a reader could guess ---


def read(truth, *, sensitivity, rng):
    """One reader's grades: something is seen with the given probability, and graded one off otherwise."""

    def grade(real):
        if real == 0:
            return int(rng.random() < 0.02)
        return real if rng.random() < sensitivity else max(real + rng.choice([-1, -1, 1]), 0) % 4

    return {code: grade(real) for code, real in truth.items()}


def studies(*, sensitivity, burden, n=40):
    """Studies of 60 necks: what one reader said, what is disputed, and what this reader is asked for again."""
    for seed in range(n):
        rng, looks = Random(seed), []
        for _ in range(60):
            share = rng.betavariate(0.5, 0.5 * (1 - burden) / burden)
            truth = {f"{place:02}": rng.choice([1, 1, 2, 3]) * (rng.random() < share) for place in range(25)}
            one, other = (read(truth, sensitivity=sensitivity, rng=rng) for _ in range(2))
            looks.append(FirstLook(one, [code for code in truth if one[code] != other[code]]))
        asked = sizes([len(look.disputed) for look in looks], n_items=25, rng=rng)
        yield from zip(looks, draw(looks, asked, rng=rng), strict=True)


def test_own_grades_are_a_poor_guide_to_what_is_disputed():
    """Whoever takes the higher half of their own grades for the disputed one is right little more often than a coin."""
    rng, right, n = Random(0), 0, 0
    for look, items in studies(sensitivity=0.75, burden=0.15):
        if 0 < 2 * len(look.disputed) <= 25:
            guess = sorted(items, key=lambda code: (-look.answers[code], rng.random()))[: len(look.disputed)]
            right += len(set(guess) & set(look.disputed))
            n += len(look.disputed)
    assert n > 2000
    assert 0.45 < right / n < 0.58


@pytest.mark.parametrize(("sensitivity", "burden"), [(0.9, 0.15), (0.75, 0.15), (0.75, 0.05), (0.5, 0.15)])
def test_being_asked_tells_little_that_the_grade_did_not_tell_before(sensitivity, burden):
    """Of each own grade, at most half of what is asked is disputed, or hardly more than of all that were given it."""
    before, asked = Counter(), Counter()
    for look, items in studies(sensitivity=sensitivity, burden=burden):
        before.update((grade, code in look.disputed) for code, grade in look.answers.items())
        asked.update((look.answers[code], code in look.disputed) for code in items)
    for grade in range(4):
        assert share(asked, grade) < max(0.5, share(before, grade)) + 0.1


def share(count, grade):
    """How much of what was given this grade is disputed."""
    return count[grade, True] / (count[grade, True] + count[grade, False])
