"""Opening a locked study again: one person asks and says why, another one decides. The database wants both."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from readers import audit
from readers.errors import Conflict, Refusal
from readers.models import User
from scoring.models import Unlocking, UnlockingState
from studies.models import Study


@transaction.atomic
def ask(study: Study, *, reason: str, actor: User, now: datetime) -> Unlocking:
    """Ask that a locked study be opened again. Nothing changes until somebody else has decided."""
    study = Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    if study.locked_at is None:
        raise Conflict("not_locked", "This study is not locked.")
    if study.unlockings.filter(state=UnlockingState.ASKED).exists():
        raise Conflict("asked_already", "Somebody has asked for this already. It waits for a second person to decide.")
    if not (reason := reason.strip()):
        raise Refusal("no_reason", "Say why the study must be opened again.")
    asked = Unlocking.objects.create(
        study=study, locked_at=study.locked_at, reason=reason, asked_by=actor, asked_at=now
    )
    after = {"unlocking": asked.code}
    audit.record("study.unlocking_asked", study, actor=actor, study=study, after=after, reason=reason)
    return asked


@transaction.atomic
def decide(unlocking: Unlocking, *, grant: bool, note: str, actor: User, now: datetime) -> Unlocking:
    """Grant or decline what somebody else has asked for. Granted, the study is open when this is over."""
    study = Study.objects.select_for_update(no_key=True).get(pk=unlocking.study_id)
    unlocking = Unlocking.objects.select_for_update(no_key=True).get(pk=unlocking.pk)
    if unlocking.state != UnlockingState.ASKED:
        raise Conflict("decided", "This request has been decided already.")
    if unlocking.asked_by_id == actor.pk:
        raise Refusal("own_request", "You have asked for this yourself. A second person decides.")
    unlocking.state = UnlockingState.GRANTED if grant else UnlockingState.DECLINED
    unlocking.decided_by, unlocking.decided_at, unlocking.note = actor, now, note.strip()
    unlocking.save()
    if grant:
        study.locked_at, study.locked_by = None, None
        study.save(update_fields=["locked_at", "locked_by"])
    action = "study.unlocked" if grant else "study.unlocking_declined"
    after = {"unlocking": unlocking.code, "asked_by": unlocking.asked_by.username, "reason": unlocking.reason}
    before = {"locked_at": unlocking.locked_at.isoformat()}
    audit.record(action, study, actor=actor, study=study, before=before, after=after, reason=unlocking.note)
    return unlocking


def history(study: Study) -> QuerySet[Unlocking]:
    """Every request to open the study again, the newest first."""
    return study.unlockings.select_related("asked_by", "decided_by")


def can_decide(unlocking: Unlocking, user: User) -> bool:
    """Whether it waits for somebody like `user`, who may lock: not for who asked."""
    return unlocking.state == UnlockingState.ASKED and unlocking.asked_by_id != user.pk
