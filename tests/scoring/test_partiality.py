"""What adjudicators lean to: the exact test, what counts for which question, and what the report says of it."""

from collections import Counter
from math import comb

import numpy as np
import pytest
from scipy.special import bdtrc
from scipy.stats import binomtest

from scoring.partiality import Decision, exact_interval, p_value, partiality, preferences, tied

N, LEVEL = 200, 0.05
AS_IN_THE_COHORT = Counter({1: 162, 2: 36, 3: 2})  # grades between the two readings of a disputed item


def decision(choice, left=1, right=2, *, readers=("R1", "R2"), grade=None, adjudicator="ADJ1", **options):
    taken = {"left": left, "right": right}.get(choice, grade)
    return Decision(adjudicator, choice, readers, (left, right), taken, **options)


def about(decisions):
    return {one.about: one for one in preferences(decisions)}


def alike(n_toward, n):
    return [(place < n_toward, 1) for place in range(n)]


@pytest.mark.parametrize(("n_toward", "n"), [(0, 7), (3, 10), (5, 10), (61, 100), (114, 200), (86, 200), (700, 1300)])
def test_with_equal_steps_it_is_the_exact_binomial_test(n_toward, n):
    assert p_value(alike(n_toward, n)) == pytest.approx(binomtest(n_toward, n).pvalue, abs=1e-12)


@pytest.mark.parametrize(("successes", "n"), [(0, 10), (10, 10), (1, 1), (114, 200)])
def test_the_interval_is_that_of_clopper_and_pearson(successes, n):
    known = binomtest(successes, n).proportion_ci(method="exact")
    assert exact_interval(successes, n) == pytest.approx((known.low, known.high))


def test_of_equal_counts_more_grades_weigh_more_and_neither_side_is_favoured():
    wide_toward = [(True, 2)] * 8 + [(True, 1)] * 2 + [(False, 1)] * 3
    wide_away = [(True, 1)] * 10 + [(False, 2)] * 3
    assert p_value(wide_toward) < p_value(alike(10, 13)) == p_value([(not one, 1) for one, _ in alike(10, 13)])
    assert p_value([(not is_toward, steps) for is_toward, steps in wide_toward]) == p_value(wide_toward)
    assert p_value(wide_away) > p_value(alike(11, 13))


def test_a_fair_adjudicator_is_flagged_in_at_most_five_percent_and_sixty_to_forty_in_eighty_exactly():
    """At n = 200, by the steps of the cohort. Counts alone: 115 or more has size 4.0 % and power 78.7 %, 114 or more
    5.6 % and 82.6 %; of those with just 114, the sum of grades takes the larger part."""
    beyond = 2 * bdtrc(114, N, 0.5)
    n_steps = sum(steps * n for steps, n in AS_IN_THE_COHORT.items())
    chances = {least: tied(AS_IN_THE_COHORT, 114, least) for least in range(n_steps)}
    least = min(least for least, chance in chances.items() if beyond + 2 * chance < LEVEL)
    size = beyond + 2 * chances[least]
    part = chances[least] / tied(AS_IN_THE_COHORT, 114, 0)
    power = at_sixty(range(115, N + 1)) + at_sixty(range(86)) + part * (at_sixty([114]) + at_sixty([86]))
    assert (round(100 * size, 1), round(100 * power, 1)) == (4.9, 80.8)


def at_sixty(counts):
    return sum(comb(N, k) * 0.6**k * 0.4 ** (N - k) for k in counts)


@pytest.mark.parametrize(("lean", "least", "most"), [(0.5, 0.0, LEVEL), (0.6, 0.8, 1.0), (0.4, 0.8, 1.0)])
def test_simulated_adjudicators_are_flagged_as_often_as_they_should_be(lean, least, most):
    random, known = np.random.default_rng(1), {}
    steps = np.array(list(AS_IN_THE_COHORT.elements()))
    flagged = []
    for is_toward in random.random((20_000, N)) < lean:
        told = int(is_toward.sum()), int(steps[is_toward].sum())  # all that p depends on
        if told not in known:
            known[told] = p_value(list(zip(is_toward.tolist(), steps.tolist(), strict=True)))
        flagged.append(known[told] < LEVEL)
    assert least <= np.mean(flagged) <= most


def test_each_question_counts_the_decisions_that_can_answer_it():
    decided = [
        decision("left", 1, 2),
        decision("right", 0, 3, readers=("R2", "R1")),
        decision("right", 2, None),
        decision("other", 1, 3, grade=2),
        decision("own", 1, 3, grade=2),
        decision("left", 2, 2, is_agreed=True),
        decision("other", 2, 2, grade=1, is_agreed=True),
    ]
    found = about(decided)
    assert (found["side"].share.n, found["side"].share.counts["toward"]) == (3, 1)
    assert found["severity"].share.counts == {"toward": 1, "away": 1, "steps_toward": 3, "steps_away": 1}
    assert (found["reader"].toward, found["reader"].share.counts["toward"]) == ("R1", 2)
    [row] = partiality(decided)
    assert (row["n_decisions"], row["n_other"]) == (7, 2)
    assert (row["overruled"]["counts"], row["overruled"]["n"]) == ({"yes": 1, "no": 1}, 2)


def test_each_two_readers_are_a_question_of_their_own():
    decided = [decision("left", readers=pair) for pair in (("R1", "R10"), ("R10", "R2"), ("R2", "R10"))]
    pairs = [(one.toward, one.away, one.share.n) for one in preferences(decided) if one.about == "reader"]
    assert pairs == [("R1", "R10", 1), ("R2", "R10", 2)]


def test_each_adjudicator_has_a_row_and_several_one_together():
    decided = [decision("left", adjudicator=name) for name in ("ADJ10", "ADJ2", "ADJ2")]
    rows = [(row["adjudicator"], row["n_decisions"]) for row in partiality(decided)]
    assert rows == [("ADJ2", 2), ("ADJ10", 1), ("All", 3)]
    assert partiality([]) == []


def test_without_a_decision_there_is_a_sentence_and_no_number():
    side = about([decision("other", 1, 3, grade=2)])["side"]
    assert (side.share.estimate, side.test.p, side.is_flagged) == (None, None, False)
    assert side.share.sentence == side.test.sentence == "Nothing to tell: no such decision."


def test_whoever_always_takes_the_left_is_flagged_from_six_on():
    assert not about([decision("left")] * 5)["side"].is_flagged
    assert "fewer than 6" in about([decision("left")] * 5)["side"].share.sentence
    assert about([decision("left")] * 6)["side"].is_flagged
