"""A reading's life: grades saved as they are given, then signed and locked."""

from datetime import datetime
from typing import Any

from django.db import transaction

from readers import audit, jobs, signatures
from readers.errors import Conflict, Refusal
from readers.models import User
from readers.signatures import Intent
from scoring import catalogue
from scoring.models import Item, Reading, ReadingState, Score
from studies.models import Case

MEANING = "I have read this case independently, without knowledge of any other reading. These are my grades."


@transaction.atomic
def save(reading: Reading, *, item: str, grade: int | None, not_assessable: str, actor: User, now: datetime) -> Score:
    """Save the answer to one item: a grade, a reason why there is none, or neither (blank again).

    Only the reading is locked, never the case: one reader's saving must not wait for the other's.
    """
    reading = Reading.objects.select_for_update().get(pk=reading.pk)
    refuse_if_signed(reading)
    question = find_item(reading, item)
    catalogue.check_answer(question, grade, not_assessable)
    score = Score.objects.filter(reading=reading, item=question).first()
    before = answer_of(score) if score else None
    score = score or Score(reading=reading, item=question)
    score.grade, score.not_assessable, score.saved_at = grade, not_assessable, now
    score.save()
    start(reading, now=now)
    audit.record(
        "score.saved",
        reading,
        actor=actor,
        study=reading.case.study,
        before={"item": item, **before} if before else None,
        after={"item": item, **answer_of(score)},
    )
    return score


def start(reading: Reading, *, now: datetime) -> None:
    if reading.state == ReadingState.ASSIGNED:
        reading.state, reading.started_at = ReadingState.STARTED, now
        reading.save(update_fields=["state", "started_at"])


def find_item(reading: Reading, code: str) -> Item:
    item = reading.charter.instrument.items.filter(code=code).first()
    if item is None:
        raise Refusal("no_such_item", f"The instrument of this reading has no item {code}.")
    return item


def answer_of(score: Score) -> dict[str, Any]:
    return {"grade": score.grade, "not_assessable": score.not_assessable}


def refuse_if_signed(reading: Reading) -> None:
    if reading.state == ReadingState.SIGNED:
        raise Conflict("signed", "This reading is signed and locked.")


def sign(reading: Reading, *, password: str, meaning: str, actor: User, now: datetime) -> Reading:
    """Sign a complete reading; from then on it is locked, and when both are in, the case is compared."""
    intent = signatures.intend(actor, password=password, meaning=meaning, expected=MEANING, now=now)
    return lock(reading, intent=intent)


@transaction.atomic
def lock(reading: Reading, *, intent: Intent) -> Reading:
    """The signature itself. The case is locked first, so that two last signatures come one after the other."""
    case = Case.objects.select_for_update().get(pk=reading.case_id)
    reading = Reading.objects.select_for_update().get(pk=reading.pk)
    refuse_if_signed(reading)
    if missing := missing_items(reading):
        named = [{"item": item.code, "label": item.label} for item in missing]
        raise Refusal("incomplete", f"{len(missing)} items have no answer yet.", missing=named)
    reading.signature = signatures.write(intent, content(reading))
    reading.state = ReadingState.SIGNED
    reading.save(update_fields=["signature", "state"])
    audit.record(
        "reading.signed",
        reading,
        actor=intent.signer,
        study=case.study,
        after={"content_sha256": reading.signature.content_sha256, "meaning": intent.meaning},
    )
    jobs.wake("scoring.tasks.compare", case.pk)
    return reading


def missing_items(reading: Reading) -> list[Item]:
    """The items without an answer, in the order of the instrument. Not assessable is an answer; blank is not."""
    answered = {score.item_id for score in reading.scores.all() if score.grade is not None or score.not_assessable}
    return [item for item in reading.charter.instrument.items.all() if item.pk not in answered]


def content(reading: Reading) -> dict[str, Any]:
    """Exactly what is signed."""
    return {
        "reading": reading.code,
        "instrument": reading.charter.instrument.reference,
        "instrument_sha256": reading.charter.instrument.sha256,
        "charter_version": reading.charter.version,
        "scores": [{"item": score.item.code, **answer_of(score)} for score in reading.scores.select_related("item")],
    }
