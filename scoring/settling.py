"""What counts of three independent answers to one item: their median, or the mean of the two that lie closest. Pure.

The adjudicator's answer is one of the three, and no more than that. Who could not assess an item has no grade to count:

    all three graded     by the rule
    two graded           the two between them: their mean, which is their median, too
    one or none graded   not assessable, with the reasons of those who could not assess it

A yes-or-no item has no mean: what two of the three say counts. Where one could not assess it and the others differ,
nobody has a majority, and the item is unresolved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean, median

Answers = Sequence["Answer"]


@dataclass(frozen=True)
class Answer:
    """A grade, or the code of a reason why there is none."""

    grade: int | None
    not_assessable: str = ""


@dataclass(frozen=True)
class Settled:
    """What counts: a grade (halves, where two are averaged), or reasons. `is_resolved` False: neither can be told."""

    grade: float | None
    not_assessable: str = ""
    is_resolved: bool = True


def median_of(answers: Answers, *, is_flag: bool) -> Settled:
    """The median of the grades given."""
    return settled(answers, is_flag=is_flag, rule=median)


def closest_two_of(answers: Answers, *, is_flag: bool) -> Settled:
    """The mean of the two grades that lie closest; their median, where both neighbours of the middle lie as close."""
    return settled(answers, is_flag=is_flag, rule=mean_of_closest)


def settled(answers: Answers, *, is_flag: bool, rule: Callable[[Sequence[int]], float]) -> Settled:
    grades = sorted(answer.grade for answer in answers if answer.grade is not None)
    if len(grades) < 2:
        return Settled(None, " + ".join(sorted({answer.not_assessable for answer in answers} - {""})))
    if is_flag and median(grades) not in grades:
        return Settled(None, is_resolved=False)
    return Settled(rule(grades))


def mean_of_closest(grades: Sequence[int]) -> float:
    """Of two or three grades in ascending order."""
    if len(grades) == 2:
        return mean(grades)
    low, middle, high = grades
    if middle - low == high - middle:
        return middle
    return mean([low, middle] if middle - low < high - middle else [middle, high])
