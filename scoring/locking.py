"""Locking a study: reading is over, nothing of it is written any more, and the seed of its allotments is unsealed.

The database refuses writes to every table of a locked study (migrations/0010), but for those of STILL_WRITTEN. Two
people open it again (unlocking.py).
"""

from datetime import datetime

from django.db import transaction

from readers import audit, jobs
from readers.errors import Conflict, Refusal
from readers.models import User
from scoring import charter
from scoring.models import (
    Adjudication,
    Consensus,
    ConsensusState,
    Reading,
    ReadingState,
    Reopening,
    ReopeningState,
)
from studies.locks import refuse_if_locked
from studies.models import Study, UploadState

# Tables of a study that are written although it is locked, and why. A test finds every other one refused.
# Two that are refused are so in part: memberships (people leave, and those join who neither read nor adjudicate), and
# machine accounts (they end, and when one was seen is noted).
STILL_WRITTEN = {
    "readers_auditevent": "what happens to a locked study is recorded like everything else",
    "readers_auditlink": "each such event takes its place in the chain",
    "scoring_unlocking": "it is the way to open the study again",
    "scoring_unblinding": "that somebody learned what they must not is a record about the study (ICH E6(R3) 4.1)",
    "scoring_reliabilityreport": "it is computed from what is locked",
    "scoring_export": "it is built from what is locked",
}
UNDER_WAY = (UploadState.RECEIVING, UploadState.RECEIVED, UploadState.IMPORTING)


@transaction.atomic
def lock(study: Study, *, reason: str, actor: User, now: datetime) -> Study:
    """Lock a study in which nothing is left to read or to decide. From then on the database refuses every change."""
    study = Study.objects.select_for_update().get(pk=study.pk)  # waits for what is being written (migrations/0010)
    refuse_if_locked(study)
    charter.in_force(study)
    if not (reason := reason.strip()):
        raise Refusal("no_reason", "Say why the study is locked now.")
    if waiting := unfinished(study):
        raise Conflict("unfinished", waiting)
    study.locked_at, study.locked_by = now, actor
    study.save(update_fields=["locked_at", "locked_by"])
    sealed = charter.seed_of(study)
    after = {"locked_at": now.isoformat(), "seed_sha256": sealed.sha256, "seed": sealed.seed}
    audit.record("study.locked", study, actor=actor, study=study, after=after, reason=reason)
    jobs.wake("scoring.tasks.compute_agreement", study.pk)  # of all of it, for whoever reads on now
    return study


def unfinished(study: Study) -> str | None:
    """What keeps a study from being locked, in a sentence; None if nothing does."""
    if charter.draft_of(study):
        return "An amendment of the charter is being drafted. Bring it into force, or give it up."
    done = (ReadingState.SIGNED, ReadingState.WITHDRAWN)
    if left := Reading.objects.filter(case__study=study).exclude(state__in=done).count():
        return f"{left} reading{are(left)} not signed yet."
    if left := Consensus.objects.filter(case__study=study, state=ConsensusState.CHECKING).count():
        return f"{left} case{'s wait' if left > 1 else ' waits'} for a second look of both readers."
    # Agreed cases that were mixed in, too, or whoever has one left would know; but not one that nobody may decide.
    open_ones = Adjudication.objects.filter(consensus__case__study=study).exclude(state="signed")
    if left := open_ones.exclude(sham__isnull=False, adjudicator=None).count():
        return f"{left} adjudication{are(left)} not signed yet."
    if left := Reopening.objects.filter(reading__case__study=study, state=ReopeningState.ASKED).count():
        return f"{left} request{are(left)} not decided yet, to open a signed reading again. See Requests."
    if left := study.uploads.filter(state__in=UNDER_WAY).count():
        return f"{left} upload{are(left)} not finished yet. Wait for the import, or discard what was broken off."
    return None


def are(n: int) -> str:
    return " is" if n == 1 else "s are"
