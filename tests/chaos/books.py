"""The books of a reading, and whether they balance: its values, what browsers sent, and the audit trail.

Each function gives sentences of what is wrong; an empty list is what the tests want to see.
"""

from itertools import groupby
from typing import Any, NamedTuple

from readers.models import AuditEvent
from scoring.models import Operation, Outcome, Reading

BLANK = {"grade": None, "not_assessable": ""}
SAVES = {"answer": "score.saved", "comment": "comment.saved", "pin": "pin.saved"}


class Thing(NamedTuple):
    """The answer to an item, its comment, or one pin."""

    kind: str
    item: str
    pin: str | None = None


def thing_of(operation: Operation) -> Thing:
    return Thing(operation.kind, operation.item.code, str(operation.pin) if operation.pin else None)


def values(reading: Reading) -> dict[Thing, Any]:
    """What the reading says, by thing; of what it does not say, nothing."""
    said: dict[Thing, Any] = {}
    for score in reading.scores.select_related("item"):
        answer = {"grade": score.grade, "not_assessable": score.not_assessable}
        said |= {Thing("answer", score.item.code): answer} if answer != BLANK else {}
        said |= {Thing("comment", score.item.code): {"text": score.comment}} if score.comment else {}
    for pin in reading.pins.filter(is_removed=False).select_related("item"):
        place = {"series": pin.series, "slice": pin.slice, "point": pin.point, "view": pin.view}
        said[Thing("pin", pin.item.code, str(pin.key))] = place
    return said


def operations(reading: Reading) -> list[Operation]:
    """In the order in which they arrived."""
    return list(reading.operations.select_related("item").order_by("pk"))


def applied(reading: Reading) -> list[Operation]:
    return [one for one in operations(reading) if one.outcome == Outcome.APPLIED]


def lost(reading: Reading, *, words: dict[Thing, Any]) -> list[str]:
    """Where the reading says something else than the person said last."""
    there = values(reading)
    wanted = {thing: value for thing, value in words.items() if value not in (None, BLANK, {"text": ""})}
    return [
        f"{reading}: {thing} is {there.get(thing)}, and the person said {wanted.get(thing)}"
        for thing in wanted | there
        if there.get(thing) != wanted.get(thing)
    ]


def unrecorded(reading: Reading, *, promised: dict[str, str]) -> list[str]:
    """Operations the server answered for, by key, that it does not have with that outcome."""
    there = {str(one.key): one.outcome for one in operations(reading)}
    return [
        f"{reading}: operation {key} was answered {outcome} and is {there.get(key)}"
        for key, outcome in promised.items()
        if there.get(key) != outcome
    ]


def doubled(reading: Reading) -> list[str]:
    """Where the audit trail does not tell of each applied operation once, in its order and with its value."""
    told = [
        [event.action, event.after]
        for event in AuditEvent.objects.filter(
            object_type="reading", object_key=reading.code, action__in=[*SAVES.values(), "pin.removed"]
        ).order_by("pk")
    ]
    owed = [event_of(one) for one in applied(reading)]
    return [] if told == owed else [f"{reading}: the audit trail tells {told} of {owed}"]


def event_of(operation: Operation) -> list[Any]:
    """What the audit trail has to say of an applied operation."""
    if operation.value is None:
        return ["pin.removed", None]
    if operation.kind == "comment":
        return ["comment.saved", {"item": operation.item.code, "comment": operation.value["text"]}]
    pin = {"pin": str(operation.pin)} if operation.pin else {}
    return [SAVES[operation.kind], {"item": operation.item.code, **pin, **operation.value}]


def overwritten(reading: Reading) -> list[str]:
    """Where something was put over a value by somebody who had not seen that value."""
    wrong = []
    by_thing = sorted(applied(reading), key=thing_of_sorting)
    for thing, chain in groupby(by_thing, key=thing_of):
        stands = None
        for one in chain:
            if one.after != stands:
                wrong.append(f"{reading}: {thing} {one.key} was made after {one.after} and put over {stands}")
            stands = one.key
    return wrong


def thing_of_sorting(operation: Operation) -> tuple[str, str, str]:
    kind, item, pin = thing_of(operation)
    return kind, item, pin or ""
