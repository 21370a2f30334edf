"""The blind self-check: which items a reader is asked again for, and what their second answers mean. Pure.

What a reader who is asked again can infer. Every compared case is asked again, so that being asked says nothing. In a
case with a dispute half of the items are disputed, and the undisputed ones are chosen by the reader's own first
answers: over all of a reader's cases, of each answer as many undisputed items are asked as disputed ones, as far as
there are some. So what they said themselves, which they may remember, hardly tells the two halves apart. It cannot be
perfect: where most of what a reader graded above 0 is disputed, too few undisputed grades are left to hide it among.
In a simulated study of usual agreement a guess from own answers finds 55 to 57 of 100 disputed items, where a coin
finds 50; where readers differ most, being asked for an item tells hardly more than having graded it did. A test holds
these bounds (tests/scoring/test_looks.py). The number of items says little: the cases without a dispute have numbers
drawn from those of the others.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from scoring import triggers
from scoring.rules import Rules
from scoring.triggers import Answers, Question

FEW = (2, 4, 6)  # items asked of a case where no case of the batch has a dispute to take the number from


class Verdict(StrEnum):
    """What became of an item that was asked again.

    SLIP         the latest answers of both are no dispute any more
    PERSISTS     both say what they said before
    UNSTABLE     an answer has changed, and they still differ
    UNDISPUTED   was never disputed: mixed in, so that nobody can tell
    """

    SLIP = "slip"
    PERSISTS = "persists"
    UNSTABLE = "unstable"
    UNDISPUTED = "undisputed"


@dataclass(frozen=True)
class FirstLook:
    """What one reader said of one case, and which of its items are disputed; none in a decoy."""

    answers: Answers
    disputed: Collection[str]


def classify(
    rules: Rules,
    definition: Mapping[str, Any],
    questions: Iterable[Question],
    disputed: Collection[str],
    firsts: tuple[Answers, Answers],
    seconds: tuple[Answers, Answers],
) -> dict[str, Verdict]:
    """The verdict on each disputed item, by the triggers that made it one.

    seconds   by item code, only what was asked again; a reader who could not be asked has none
    """
    one, other = (standing(first, second, disputed) for first, second in zip(firsts, seconds, strict=True))
    still = triggers.disputed(rules, definition, questions, one, other)
    changed = {code for code in disputed if (one[code], other[code]) != (firsts[0][code], firsts[1][code])}
    return {code: verdict_on(code, still=still, changed=changed) for code in sorted(disputed)}


def standing(first: Mapping[str, Any], second: Mapping[str, Any], disputed: Collection[str]) -> dict[str, Any]:
    """What stands of a reader: the second answer where it was disputed, everywhere else the first."""
    return {**first, **{code: answer for code, answer in second.items() if code in disputed}}


def verdict_on(code: str, *, still: Collection[str], changed: Collection[str]) -> Verdict:
    if code not in still:
        return Verdict.SLIP
    return Verdict.UNSTABLE if code in changed else Verdict.PERSISTS


def sizes(n_disputed: Sequence[int], *, n_items: int, rng: Random) -> list[int]:
    """How many items are asked of each case: twice the disputed, or all there are; without a dispute a like number."""
    known = [min(2 * n, n_items) for n in n_disputed if n] or [min(n, n_items) for n in FEW]
    return [min(2 * n, n_items) if n else rng.choice(known) for n in n_disputed]


def draw(looks: Sequence[FirstLook], sizes: Sequence[int], *, rng: Random) -> list[list[str]]:
    """The items that one reader is asked again for in each of their cases, in random order."""
    chosen = [set(look.disputed) for look in looks]
    told = [look.answers[code] for look in looks for code in sorted(look.disputed)]
    balance(looks, chosen, sizes, Counter(told), rng=rng)
    for look, items, size in zip(looks, chosen, sizes, strict=True):
        while len(items) < size:
            items.add(alike(look, items, told, rng=rng))
    return [rng.sample(sorted(items), k=len(items)) for items in chosen]


def balance(
    looks: Sequence[FirstLook], chosen: list[set[str]], sizes: Sequence[int], wanted: Counter[Any], *, rng: Random
) -> None:
    """Add undisputed items: of each answer as many as are disputed, the rarest answer first.

    They stand beside disputed ones where there is room; what is missing then is asked in the cases without a dispute.
    """
    spare = {answer: spare_of(looks, answer, rng=rng) for answer in wanted}
    for answer in sorted(wanted, key=lambda one: len(spare[one])):
        for case, code in spare[answer]:
            if wanted[answer] and len(chosen[case]) < sizes[case]:
                chosen[case].add(code)
                wanted[answer] -= 1


def spare_of(looks: Sequence[FirstLook], answer: int | None, *, rng: Random) -> list[tuple[int, str]]:
    """Where the reader gave an answer that is not disputed, in random order, cases with another dispute first."""
    places = [
        (case, code)
        for case, look in enumerate(looks)
        for code, given in sorted(look.answers.items())
        if given == answer and code not in look.disputed
    ]
    rng.shuffle(places)
    return sorted(places, key=lambda place: not looks[place[0]].disputed)


def alike(look: FirstLook, taken: Collection[str], told: Sequence[int | None], *, rng: Random) -> str:
    """One more undisputed item, with an answer like that of a disputed one if there is any, or else any."""
    free = [code for code in sorted(look.answers) if code not in taken]
    answer = rng.choice(told) if told else None
    same = [code for code in free if look.answers[code] == answer] if told else []
    return rng.choice(same or free)
