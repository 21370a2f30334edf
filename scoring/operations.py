"""What browsers send, merged into a reading: each change once, in its order, and nothing overwritten unseen.

A *thing* is what a change is about: the answer to an item, its comment, or one pin. The changes of a thing form a
chain without a clock, for each names the one it came after:

    comes after the last applied one of its thing   -> APPLIED
    comes after one that is not the last any more   -> SUPERSEDED: kept, not applied; the reader is told what stands
    comes after one that has not arrived yet        -> EARLY: not kept, to be sent again
    says what no instrument knows                   -> REFUSED: not kept, with a sentence for the reader

A key that is known gets the outcome it got before, whatever has happened since: a lost answer does no harm.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import JSONField, Value

from readers.errors import Refusal
from readers.models import User
from scoring import desks, submission
from scoring.forms import Form, Thing
from scoring.models import Operation, OperationKind, Outcome, Reading

EARLY, REFUSED = "early", "refused"
OUTCOMES = [*Outcome.values, EARLY, REFUSED]
MESSAGES = {
    Outcome.APPLIED: "",
    Outcome.SUPERSEDED: "Something else has been said here in the meantime. Choose which of the two counts.",
    EARLY: "A change that was made before this one has not arrived yet. Send that one first.",
}
Change = dict[str, Any]  # an operation as OperationInput gives it


@dataclass(frozen=True)
class Merged:
    """What became of one operation; and, if it was not applied, what stands instead."""

    key: UUID
    outcome: str
    message: str
    current: dict[str, Any] | None


@transaction.atomic
def merge(reading: Reading, *, desk: UUID, operations: list[Change], actor: User, now: datetime) -> list[Merged]:
    """Take over what a desk has changed, in the order it is sent. Sent again, it is answered again and not applied.

    Raises Conflict, and applies nothing, when something of it is new and the reading is signed or open elsewhere.
    """
    reading = submission.locked(reading)
    ledger = Ledger(reading)
    if any(change["key"] not in ledger.outcomes for change in operations):
        submission.refuse_if_signed(reading)
        desks.keep(reading, desk=desk, now=now)
    form = Form(reading, with_images=any(change["kind"] == OperationKind.PIN for change in operations))
    return [take(change, form=form, ledger=ledger, desk=desk, actor=actor, now=now) for change in operations]


class Ledger:
    """What has arrived so far: the outcome of every key, and the last applied operation of each thing."""

    def __init__(self, reading: Reading) -> None:
        self.outcomes: dict[UUID, str] = {}
        self.last: dict[Thing, UUID] = {}
        columns = ("key", "outcome", "kind", "item__code", "pin")
        for key, outcome, kind, item, pin in reading.operations.values_list(*columns):
            self.enter(key, outcome, Thing(kind, item, pin))

    def enter(self, key: UUID, outcome: str, thing: Thing) -> None:
        self.outcomes[key] = outcome
        if outcome == Outcome.APPLIED:
            self.last[thing] = key

    def verdict(self, thing: Thing, after: UUID | None) -> str:
        """What becomes of a new change, as far as its place in the chain goes."""
        if after == self.last.get(thing):
            return Outcome.APPLIED
        return Outcome.SUPERSEDED if after is None or after in self.outcomes else EARLY


def last_of(reading: Reading) -> dict[Thing, UUID]:
    """The last applied operation of each thing: what its next change comes after."""
    return Ledger(reading).last


def take(change: Change, *, form: Form, ledger: Ledger, desk: UUID, actor: User, now: datetime) -> Merged:
    """One operation: answered as before if its key is known, else applied, kept, or sent back."""
    thing, message = Thing(change["kind"], change["item"], change["pin"]), ""
    outcome = ledger.outcomes.get(change["key"])
    if outcome is None:
        outcome = ledger.verdict(thing, change["after"])
        try:
            settle(change, thing, outcome, form=form, ledger=ledger, desk=desk, actor=actor, now=now)
        except Refusal as refusal:
            outcome, message = REFUSED, refusal.sentence
    return told(change["key"], outcome, message, thing=thing, form=form, ledger=ledger)


def settle(
    change: Change,
    thing: Thing,
    outcome: str,
    *,
    form: Form,
    ledger: Ledger,
    desk: UUID,
    actor: User,
    now: datetime,
) -> None:
    """Do with a new operation what its place in the chain says. Raises Refusal before anything is written."""
    if outcome == EARLY:
        return
    value = form.checked(thing, change["value"])
    if outcome == Outcome.APPLIED:
        form.write(thing, value, actor=actor, now=now)
    keep(change, value, form=form, outcome=outcome, desk=desk, now=now)
    ledger.enter(change["key"], outcome, thing)


def keep(change: Change, value: Any, *, form: Form, outcome: str, desk: UUID, now: datetime) -> None:
    """The operation itself, with its value as it was checked."""
    Operation.objects.create(
        reading=form.reading,
        key=change["key"],
        kind=change["kind"],
        item=form.items[change["item"]],
        pin=change["pin"],
        value=Value(None, JSONField()) if value is None else value,  # a pin taken out: JSON's null, not SQL's
        after=change["after"],
        outcome=outcome,
        desk=desk,
        made_at=change["made_at"],
        received_at=now,
    )


def told(key: UUID, outcome: str, message: str, *, thing: Thing, form: Form, ledger: Ledger) -> Merged:
    """The answer to an operation. What was not applied is told with what stands, if there can be such a thing."""
    current = None
    if outcome != Outcome.APPLIED and form.has(thing):
        current = {"value": form.standing(thing), "operation": ledger.last.get(thing)}
    return Merged(key, outcome, message or MESSAGES.get(outcome, ""), current)
