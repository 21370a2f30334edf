"""Where two readings differ beyond what the charter tolerates. Pure.

Answers come by item code: a grade, or None for not assessable. Whatever is not returned here is settled without an
adjudicator.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scoring import derived
from scoring.rules import Presence, Rules

Answers = Mapping[str, int | None]


@dataclass(frozen=True)
class Question:
    """An item as the triggers see it. `is_flag`: yes or no, outside every sum."""

    code: str
    region: str
    is_flag: bool


def disputed(
    rules: Rules, definition: Mapping[str, Any], questions: Iterable[Question], one: Answers, other: Answers
) -> set[str]:
    """The codes of the items that go to the adjudicator; equal answers never do."""
    differing = [question for question in questions if one[question.code] != other[question.code]]
    return {question.code for question in differing if is_disputed(question, rules, definition, one, other)}


def is_disputed(question: Question, rules: Rules, definition: Mapping[str, Any], one: Answers, other: Answers) -> bool:
    """Whether any trigger of the charter catches an item that differs."""
    left, right = one[question.code], other[question.code]
    if left is None or right is None:
        return rules.trigger_not_assessable
    if question.is_flag:
        return rules.trigger_flags
    least = rules.trigger_item_difference
    if least is not None and abs(left - right) >= least:
        return True
    return presence_differs(question, rules, definition, one, other) or totals_differ(rules, definition, one, other)


def presence_differs(
    question: Question, rules: Rules, definition: Mapping[str, Any], one: Answers, other: Answers
) -> bool:
    """Something to one reader and nothing to the other: at the item, in its region, or in the whole patient."""
    of_total = definition["derived"]["total"]["of"]
    within = {
        Presence.ITEM: lambda code: code == question.code,
        Presence.REGION: lambda code: region_of(code) == question.region,
        Presence.PATIENT: lambda code: region_of(code) in of_total,
    }
    return any(is_seen(one, within[where]) != is_seen(other, within[where]) for where in rules.trigger_presence)


def is_seen(answers: Answers, is_within: Callable[[str], bool]) -> bool:
    return any(grade for code, grade in answers.items() if is_within(code))


def region_of(code: str) -> str:
    """Item codes are the region's, an underscore, the site's (catalogue.items_of)."""
    return code.partition("_")[0]


def totals_differ(rules: Rules, definition: Mapping[str, Any], one: Answers, other: Answers) -> bool:
    if rules.trigger_total is None:
        return False
    left, right = derived.total(definition, one), derived.total(definition, other)
    if left is None or right is None:
        return left != right
    return abs(left - right) > rules.trigger_total
