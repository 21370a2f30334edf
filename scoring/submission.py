"""A reading's life: grades, comments and pins saved as they are given, then signed and locked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from readers import audit, jobs, signatures
from readers.errors import Conflict, Refusal
from readers.models import User
from readers.signatures import Intent
from scoring import catalogue, practice, sittings
from scoring.models import Item, ItemKind, Pin, Reading, ReadingState, Score
from studies.models import Case

MEANING = "I have read this case independently, without knowledge of any other reading. These are my grades."


@transaction.atomic
def save(reading: Reading, *, item: str, grade: int | None, not_assessable: str, actor: User, now: datetime) -> Score:
    """Save the answer to one item, as a whole act of its own. What a browser sends comes through operations.merge."""
    reading = locked(reading)
    refuse_if_signed(reading)
    question = find_item(reading, item)
    return write_answer(reading, question, grade=grade, not_assessable=not_assessable, actor=actor, now=now)


def locked(reading: Reading) -> Reading:
    """The reading as it is now, held for this transaction.

    Only the reading is locked, never the case: one reader's saving must not wait for the other's.
    """
    related = Reading.objects.select_related("case__study", "charter__instrument")
    return related.select_for_update(no_key=True, of=("self",)).get(pk=reading.pk)


def write_answer(
    reading: Reading, question: Item, *, grade: int | None, not_assessable: str, actor: User, now: datetime
) -> Score:
    """A grade, a reason why there is none, or neither (blank again), in a reading that is locked."""
    catalogue.check_answer(question, grade, not_assessable)
    score = score_of(reading, question)
    before = {"item": question.code, **answer_of(score)} if score.pk else None
    score.grade, score.not_assessable, score.saved_at = grade, not_assessable, now
    score.save()
    start(reading, now=now)
    after = {"item": question.code, **answer_of(score)}
    audit.record("score.saved", reading, actor=actor, study=reading.case.study, before=before, after=after)
    return score


def write_comment(reading: Reading, question: Item, *, text: str, actor: User, now: datetime) -> Score:
    """What a reader writes of an item, in a reading that is locked. It is no answer: a blank item stays blank."""
    score = score_of(reading, question)
    before = {"item": question.code, "comment": score.comment} if score.pk else None
    score.comment, score.saved_at = text, now
    score.save()
    start(reading, now=now)
    after = {"item": question.code, "comment": text}
    audit.record("comment.saved", reading, actor=actor, study=reading.case.study, before=before, after=after)
    return score


def score_of(reading: Reading, question: Item) -> Score:
    """The score of an item, or a new one that says nothing yet."""
    return reading.scores.filter(item=question).first() or Score(reading=reading, item=question)


def put_pin(reading: Reading, question: Item, *, key: UUID, place: dict[str, Any], actor: User, now: datetime) -> Pin:
    """Put a pin, move it, or put it back, in a reading that is locked. A pin stays with the item it was put for."""
    pin = reading.pins.filter(key=key).first() or Pin(reading=reading, key=key, item=question)
    if pin.item_id != question.pk:
        raise Refusal("pin_of_another_item", "This pin belongs to another item. Put a new one.")
    before = pin_told(pin, question) if pin.pk and not pin.is_removed else None
    pin.series, pin.slice, pin.point, pin.view = place["series"], place["slice"], place["point"], place["view"]
    pin.is_removed, pin.saved_at = False, now
    pin.save()
    start(reading, now=now)
    after = pin_told(pin, question)
    audit.record("pin.saved", reading, actor=actor, study=reading.case.study, before=before, after=after)
    return pin


def take_pin(reading: Reading, question: Item, *, key: UUID, actor: User, now: datetime) -> Pin:
    """Take a pin out, in a reading that is locked. The row stays."""
    pin = reading.pins.filter(key=key, item=question, is_removed=False).first()
    if pin is None:
        raise Refusal("no_such_pin", "There is no such pin at this item.")
    pin.is_removed, pin.saved_at = True, now
    pin.save()
    start(reading, now=now)
    before = pin_told(pin, question)
    audit.record("pin.removed", reading, actor=actor, study=reading.case.study, before=before)
    return pin


def start(reading: Reading, *, now: datetime) -> None:
    if reading.state == ReadingState.ASSIGNED:
        reading.state, reading.started_at = ReadingState.STARTED, now
        reading.save(update_fields=["state", "started_at"])


def find_item(reading: Reading, code: str) -> Item:
    item = reading.items().filter(code=code).first()
    if item is None:
        raise Refusal("no_such_item", f"The instrument of this reading has no item {code}.")
    return item


def answer_of(score: Score) -> dict[str, Any]:
    return {"grade": score.grade, "not_assessable": score.not_assessable}


def place_of(pin: Pin) -> dict[str, Any]:
    return {"series": pin.series, "slice": pin.slice, "point": pin.point, "view": pin.view}


def pin_told(pin: Pin, question: Item) -> dict[str, Any]:
    """A pin as the audit trail has it."""
    return {"item": question.code, "pin": str(pin.key), **place_of(pin)}


def refuse_if_signed(reading: Reading) -> None:
    if reading.state == ReadingState.SIGNED:
        raise Conflict("signed", "This reading is signed and locked.")


def sign(reading: Reading, *, password: str, meaning: str, content_sha256: str, actor: User, now: datetime) -> Reading:
    """Sign a complete reading; from then on it is locked, and when both are in, the case is compared.

    content_sha256   of the content that was shown to be signed; if it is another by now, nothing is signed
    """
    intent = signatures.intend(actor, password=password, meaning=meaning, expected=MEANING, now=now)
    return lock(reading, intent=intent, shown_sha256=content_sha256)


@transaction.atomic
def lock(reading: Reading, *, intent: Intent, shown_sha256: str) -> Reading:
    """The signature itself. The case is locked first, so that two last signatures come one after the other."""
    case = Case.objects.select_for_update(no_key=True).get(pk=reading.case_id)
    reading = locked(reading)
    refuse_if_signed(reading)
    signed = content(reading)
    refuse_if_changed(signed, shown_sha256)
    refuse_if_incomplete(reading)
    reading.signature = signatures.write(intent, signed)
    reading.state = ReadingState.SIGNED
    reading.save(update_fields=["signature", "state"])
    audit.record(
        "reading.signed",
        reading,
        actor=intent.signer,
        study=case.study,
        after={**signatures.told(reading.signature), "sittings": sittings.told(reading)},
    )
    if case.study.is_practice:
        practice.qualify(reading, now=intent.at)
    else:
        jobs.wake(f"scoring.tasks.{'evaluate_second_looks' if reading.asked else 'compare'}", case.pk)
    return reading


def refuse_if_changed(signed: dict[str, Any], shown_sha256: str) -> None:
    if signatures.content_sha256(signed) != shown_sha256:
        raise Conflict(
            "changed_since_shown", "The reading has changed since it was shown to you. Look at it again, then sign."
        )


def refuse_if_incomplete(reading: Reading) -> None:
    if missing := missing_items(reading):
        raise Refusal("incomplete", f"{len(missing)} items have no answer yet.", missing=named(missing))
    if missing := items_without_pin(reading):
        sentence = f"{len(missing)} items are graded above 0 and have no pin. Show where you see it."
        raise Refusal("pins_missing", sentence, missing=named(missing))


def named(items: list[Item]) -> list[dict[str, str]]:
    return [{"item": item.code, "label": item.label} for item in items]


def missing_items(reading: Reading) -> list[Item]:
    """The items without an answer, in the order of the instrument. Not assessable is an answer; blank is not."""
    answered = {score.item_id for score in reading.scores.all() if score.grade is not None or score.not_assessable}
    return [item for item in reading.items() if item.pk not in answered]


def items_without_pin(reading: Reading) -> list[Item]:
    """Where the charter wants to be shown what was graded and nothing is: grades above 0 without a pin."""
    if not reading.charter.terms.requires_pins:
        return []
    graded = reading.scores.filter(grade__gt=0, item__kind=ItemKind.GRADE).select_related("item")
    shown = set(reading.pins.filter(is_removed=False).values_list("item", flat=True))
    return [score.item for score in graded if score.item_id not in shown]


def content(reading: Reading) -> dict[str, Any]:
    """Exactly what is signed."""
    scores = reading.scores.select_related("item")
    pins = reading.pins.filter(is_removed=False).select_related("item")
    return {
        "reading": reading.code,
        "instrument": reading.charter.instrument.reference,
        "instrument_sha256": reading.charter.instrument.sha256,
        "charter_version": reading.charter.version,
        "scores": [{"item": score.item.code, **answer_of(score), "comment": score.comment} for score in scores],
        "pins": [{"key": str(pin.key), "item": pin.item.code, **place_of(pin)} for pin in pins],
    }
