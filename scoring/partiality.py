"""Whether an adjudicator leans: to one side of the screen, to one reader, to the higher or the lower grade. Pure.

Which reading stands left is drawn for each item, so whoever decides by the images alone takes left and right alike.
Readers do differ, and so may how often each is followed; which of two grades is right is for the images to say. A
preference is therefore something to look into, never a fault.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

from scipy.special import bdtrc, betaincinv

from scoring.agreement import Agreement, Status, Test
from scoring.agreement.rates import agreed_items_overruled
from scoring.agreement.result import Verdict

SIDES = ("left", "right")
LEVEL = 0.05
LEAST = 6  # decisions: all of five for one side would still be p = 0.06
SHARE = "share of the decisions for one of the two readings; exact 95 % interval (Clopper and Pearson 1934)"
TEST = "exact two-sided binomial test against 1/2; of as many decisions, those by more grades weigh more"
FEW = f"With fewer than {LEAST} decisions no preference could show."
NONE = "Nothing to tell: no such decision."


@dataclass(frozen=True)
class Decision:
    """One decided item, with what stood left and right.

    choice      "left" or "right"; whatever else is an answer of the adjudicator's own
    readers     whose reading stood left, and right
    grades      what they said; None is not assessable. Of whole readings, their sums
    grade       what was decided
    is_agreed   both readings said the same: that tells nothing of a preference
    """

    adjudicator: str
    choice: str
    readers: tuple[str, str]
    grades: tuple[int | None, int | None]
    grade: int | None
    is_agreed: bool = False

    @property
    def is_between_two(self) -> bool:
        return self.choice in SIDES and not self.is_agreed

    @property
    def is_graded(self) -> bool:
        """One of the two readings has the higher grade."""
        return None not in self.grades and self.grades[0] != self.grades[1]

    @property
    def taken(self) -> str:
        """Whose reading was followed."""
        return self.readers[0 if self.choice == "left" else 1]

    @property
    def steps(self) -> int:
        """Grades between the two readings; 0 where one has none."""
        left, right = self.grades
        return 0 if left is None or right is None else abs(left - right)


def whole(decided: list[Decision]) -> Decision:
    """Readings that are taken whole are one decision, however many items differ: their sums stand for the grades."""
    first = decided[0]
    turned = [one.grades if one.readers == first.readers else one.grades[::-1] for one in decided if one.is_graded]
    left, right = (sum(grades[side] or 0 for grades in turned) for side in (0, 1))
    return Decision(
        adjudicator=first.adjudicator,
        choice=first.choice,
        readers=first.readers,
        grades=(left, right),
        grade=left if first.choice == "left" else right,
        is_agreed=all(one.is_agreed for one in decided),
    )


@dataclass(frozen=True)
class Preference:
    """One question about many decisions, each of which went towards `toward` or towards `away`."""

    about: str
    toward: str
    away: str
    share: Agreement
    test: Test

    @property
    def is_flagged(self) -> bool:
        return self.test.p is not None and self.test.p < LEVEL

    def to_json(self) -> dict[str, Any]:
        named = {"about": self.about, "toward": self.toward, "away": self.away, "is_flagged": self.is_flagged}
        return {**named, "share": self.share.to_json(), "test": self.test.to_json()}


def partiality(decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """A row for each adjudicator, then one for all together where there are several."""
    by_name: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_name.setdefault(decision.adjudicator, []).append(decision)
    rows = [row(name, by_name[name]) for name in sorted(by_name, key=lambda name: (len(name), name))]
    return [*rows, row("All", decisions)] if len(rows) > 1 else rows


def row(name: str, decisions: Sequence[Decision]) -> dict[str, Any]:
    agreed = [one for one in decisions if one.is_agreed]
    n_overruled = sum(one.grade != one.grades[0] for one in agreed)
    return {
        "adjudicator": name,
        "n_decisions": len(decisions),
        "n_other": sum(not one.is_agreed and not one.is_between_two for one in decisions),
        "overruled": agreed_items_overruled(n_overruled, len(agreed)).to_json() if agreed else None,
        "preferences": [one.to_json() for one in preferences(decisions)],
    }


def preferences(decisions: Iterable[Decision]) -> list[Preference]:
    """Side, severity, and each two readers; a decision for a grade of the adjudicator's own is in none."""
    between = [one for one in decisions if one.is_between_two]
    graded = [one for one in between if one.is_graded]
    pairs = sorted({in_order(one.readers) for one in between}, key=lambda pair: [(len(name), name) for name in pair])
    return [
        preference("side", "left", "right", between, lambda one: one.choice == "left"),
        preference("severity", "higher", "lower", graded, is_higher),
        *(of_readers(pair, [one for one in between if in_order(one.readers) == pair]) for pair in pairs),
    ]


def of_readers(pair: tuple[str, str], decisions: Sequence[Decision]) -> Preference:
    return preference("reader", *pair, decisions, lambda one: one.taken == pair[0])


def in_order(readers: tuple[str, str]) -> tuple[str, str]:
    one, other = sorted(readers, key=lambda name: (len(name), name))
    return one, other


def is_higher(decision: Decision) -> bool:
    return decision.grade == max(grade for grade in decision.grades if grade is not None)


def preference(
    about: str, toward: str, away: str, decisions: Sequence[Decision], is_toward: Callable[[Decision], bool]
) -> Preference:
    went = [(is_toward(one), one.steps) for one in decisions]
    return Preference(about, toward, away, share_of(toward, went), test_of(about, went))


Went = Sequence[tuple[bool, int]]  # towards?, by how many grades


def share_of(toward: str, went: Went) -> Agreement:
    n, n_toward = len(went), sum(is_toward for is_toward, _ in went)
    steps = sum(steps for _, steps in went)
    steps_toward = sum(steps for is_toward, steps in went if is_toward)
    verdict = Verdict(Status.TOO_FEW, NONE)
    if n:
        verdict = Verdict(Status.OK, FEW if n < LEAST else "", n_toward / n, *exact_interval(n_toward, n))
    return Agreement(
        name=f"share for {toward}",
        method=SHARE,
        n=n,
        counts={
            "toward": n_toward,
            "away": n - n_toward,
            "steps_toward": steps_toward,
            "steps_away": steps - steps_toward,
        },
        **verdict._asdict(),
    )


def exact_interval(successes: int, n: int) -> tuple[float, float]:
    """Source   Clopper and Pearson 1934, Biometrika 26:404-413, by quantiles of the beta distribution."""
    low = float(betaincinv(successes, n - successes + 1, LEVEL / 2)) if successes else 0.0
    high = float(betaincinv(successes + 1, n - successes, 1 - LEVEL / 2)) if successes < n else 1.0
    return low, high


def test_of(about: str, went: Went) -> Test:
    p = p_value(went) if went else None
    status = Status.OK if went else Status.TOO_FEW
    sentence = "" if went else NONE
    n_toward = float(sum(is_toward for is_toward, _ in went)) if went else None
    return Test(name=about, method=TEST, n=len(went), statistic=n_toward, p=p, status=status, sentence=sentence)


def p_value(went: Went) -> float:
    """How often a fair coin would lean as far, given by how many grades each two readings differ.

    Counts alone come in steps: of 200 decisions, 114 for one side is p = 0.056 and 115 is p = 0.040, so that no test of
    counts keeps 5 % and finds 60 : 40 in 80 %. Where counts tie, the sum of grades on the larger side decides; that is
    as exact, for by how much readings differ was settled before anybody chose. By the grades of the cohort both lines
    hold then (4.9 % and 80.8 %); if all readings differed by one grade, the power would be 78.7 %.
    """
    n, n_toward = len(went), sum(is_toward for is_toward, _ in went)
    if 2 * n_toward == n:
        return 1.0
    most = max(n_toward, n - n_toward)
    leading = 2 * n_toward > n
    steps = sum(steps for is_toward, steps in went if is_toward is leading)
    return float(2 * (bdtrc(most, n, 0.5) + tied(Counter(steps for _, steps in went), most, steps)))


def tied(decisions: Counter[int], most: int, steps: int) -> float:
    """The chance that `most` go to one side, with at least `steps` grades in sum; by steps, how many decisions."""
    *fewer, (last_steps, n_last) = sorted(decisions.items(), key=lambda one: one[1])
    known: dict[tuple[int, int], float] = {(0, 0): 1.0}  # chance of so many to one side, with so many grades in sum
    for each, n in fewer:
        found: dict[tuple[int, int], float] = defaultdict(float)
        for (count, total), chance in known.items():
            for k in range(n + 1):
                found[count + k, total + k * each] += chance * coin(k, n)
        known = found
    return sum(
        chance * coin(most - count, n_last)
        for (count, total), chance in known.items()
        if total + (most - count) * last_steps >= steps
    )


def coin(k: int, n: int) -> float:
    """The chance of k heads in n tosses."""
    return comb(n, k) / 2**n if 0 <= k <= n else 0.0
