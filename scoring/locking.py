"""Locking a study: reading is over, nothing of it is written any more, and the seed of its allotments is unsealed."""

from datetime import datetime

from django.db import transaction

from readers import audit
from readers.errors import Conflict, Refusal
from readers.models import User
from scoring import charter
from scoring.models import Adjudication, Consensus, ConsensusState, Reading, ReadingState
from studies.models import Study


@transaction.atomic
def lock(study: Study, *, reason: str, actor: User, now: datetime) -> Study:
    """Lock a study in which nothing is left to read or to decide. From then on the database refuses every change."""
    study = Study.objects.select_for_update().get(pk=study.pk)
    charter.refuse_if_locked(study)
    charter.in_force(study)
    if not (reason := reason.strip()):
        raise Refusal("no_reason", "Say why the study is locked now.")
    if waiting := unfinished(study):
        raise Conflict("unfinished", waiting)
    study.locked_at, study.locked_by = now, actor
    study.save(update_fields=["locked_at", "locked_by"])
    after = {"seed_sha256": charter.seed_of(study).sha256}
    audit.record("study.locked", study, actor=actor, study=study, after=after, reason=reason)
    return study


def unfinished(study: Study) -> str | None:
    """What keeps a study from being locked, in a sentence; None if nothing does."""
    if charter.draft_of(study):
        return "An amendment of the charter is being drafted. Bring it into force, or give it up."
    done = (ReadingState.SIGNED, ReadingState.WITHDRAWN)
    if left := Reading.objects.filter(case__study=study).exclude(state__in=done).count():
        return f"{left} reading{'s are' if left > 1 else ' is'} not signed yet."
    if left := Consensus.objects.filter(case__study=study, state=ConsensusState.CHECKING).count():
        return f"{left} case{'s wait' if left > 1 else ' waits'} for a second look of both readers."
    if left := Adjudication.objects.filter(consensus__case__study=study).exclude(state="signed").count():
        return f"{left} adjudication{'s are' if left > 1 else ' is'} not signed yet."
    return None
