"""Opening a signed reading again: asked for by its reader, decided by who does not read the case. Nothing is lost.

While a request waits, the case is not compared (consensus.py).
"""

from datetime import datetime

from django.db import transaction

from readers import audit, jobs
from readers.errors import Conflict, Refusal
from readers.models import User
from readers.signatures import stands_under
from scoring import submission, superseding
from scoring.models import Reading, ReadingState, Reopening, ReopeningState, SignedVersion
from studies.locks import refuse_if_locked
from studies.models import Case, Study


@transaction.atomic
def ask(reading: Reading, *, reason: str, actor: User, now: datetime) -> Reopening:
    """Ask for a signed reading. What the other reader has done plays no part; the answer is always the same."""
    related = Reading.objects.select_related("case__study")
    reading = related.select_for_update(no_key=True, of=["self"]).get(pk=reading.pk)
    refuse_if_locked(reading.case.study)
    if reading.state != ReadingState.SIGNED:
        raise Conflict("not_signed", "This reading is not signed. Change it as it is.")
    if reading.reopenings.filter(state=ReopeningState.ASKED).exists():
        raise Conflict("asked_already", "You have asked for this already. The decision will be shown here.")
    if not (reason := reason.strip()):
        raise Refusal("no_reason", "Say in a few words why this reading must be opened again.")
    asked = Reopening.objects.create(reading=reading, reason=reason, asked_at=now)
    after = {"reopening": asked.code}
    audit.record("reading.reopening_asked", reading, actor=actor, study=reading.case.study, after=after, reason=reason)
    return asked


@transaction.atomic
def decide(reopening: Reopening, *, grant: bool, note: str, actor: User, now: datetime) -> Reopening:
    """Grant or decline. The case is locked first, as for a signature: comparing comes wholly before this, or after."""
    cases = Case.objects.select_related("study").select_for_update(no_key=True, of=["self"])
    case = cases.get(pk=reopening.reading.case_id)
    refuse_if_locked(case.study)
    reading = Reading.objects.select_for_update(no_key=True).get(pk=reopening.reading_id)
    reopening = Reopening.objects.select_for_update(no_key=True).get(pk=reopening.pk)
    if case.readings.filter(reader=actor).exists():
        raise Refusal("reads_the_case", "Who reads a case cannot decide about a reading of it.")
    if reopening.state != ReopeningState.ASKED:
        raise Conflict("decided", "This request has been decided already.")
    reopening.state = ReopeningState.GRANTED if grant else ReopeningState.DECLINED
    reopening.decided_by, reopening.decided_at, reopening.note = actor, now, note.strip()
    reopening.save()
    after = reopen(reading, reopening, actor=actor, now=now) if grant else {"reopening": reopening.code}
    action = "reading.reopened" if grant else "reading.reopening_declined"
    audit.record(action, reading, actor=actor, study=case.study, after=after, reason=reopening.note)
    jobs.wake("scoring.tasks.compare", case.pk)  # which has waited for this
    return reopening


def reopen(reading: Reading, reopening: Reopening, *, actor: User, now: datetime) -> dict[str, object]:
    """Keep what was signed, take the consensus off its case if there is one, then take the signature off the reading.

    Returns what the audit trail says of it.
    """
    if sentence := superseding.why_not(reading):
        raise Conflict("compared", sentence)
    if superseding.would_supersede(reading) and not reopening.note:
        raise Refusal("no_note", "Say why a compared reading is opened again: it takes the consensus of its case away.")
    superseded = superseding.supersede(reading.case, reopening, actor=actor, now=now)
    version = keep(reading, reopening, now=now)
    reading.signature, reading.state = None, ReadingState.STARTED
    reading.save(update_fields=["signature", "state"])
    return {
        "reopening": reopening.code,
        "version": version.number,
        "content_sha256": version.signature.content_sha256,
        "content": version.content,
        "superseded_at": version.superseded_at.isoformat(),
        **({"superseded_consensus": True} if superseded else {}),
    }


def keep(reading: Reading, reopening: Reopening, *, now: datetime) -> SignedVersion:
    """The signed content for good, with its signature. Raises Conflict if it is not what the signature stands under."""
    content, signature = submission.content(reading), reading.signature
    if signature is None or not stands_under(signature, content):
        raise Conflict("not_as_signed", "What is stored is not what was signed. Leave it, and tell your administrator.")
    return SignedVersion.objects.create(
        reading=reading,
        number=reading.versions.count() + 1,
        content=content,
        signature=signature,
        reopening=reopening,
        superseded_at=now,
    )


def state_of(reading: Reading) -> str:
    """What the reader is told of the newest request: asked, declined, or none. Granted, there is nothing to tell."""
    newest = reading.reopenings.first()
    return "none" if newest is None or newest.state == ReopeningState.GRANTED else str(newest.state)


def queue(study: Study) -> list[Reopening]:
    """Every request of a study: what waits first, the longest waiting before the others; then what is decided."""
    found = Reopening.objects.filter(reading__case__study=study)
    related = list(found.select_related("reading__case__study", "reading__reader", "decided_by"))
    waiting = [one for one in related if one.state == ReopeningState.ASKED]
    return [*reversed(waiting), *(one for one in related if one.state != ReopeningState.ASKED)]


def why_not(reopening: Reopening) -> str | None:
    """Why a waiting request cannot be granted; None where it can, or is decided. `decide` asks again."""
    return superseding.why_not(reopening.reading) if reopening.state == ReopeningState.ASKED else None


def supersedes(reopening: Reopening) -> bool:
    """Whether the consensus of the case goes with it: would, while the request waits; did, once it is granted."""
    if reopening.state == ReopeningState.ASKED:
        return superseding.would_supersede(reopening.reading)
    return reopening.superseded.exists()
