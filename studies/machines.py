"""Machines that speak DICOMweb for one study: made, known by their token, ended.

A token is 256 random bits, told once. Only its SHA-256 is kept, which is enough for bits nobody can guess.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from readers import audit
from readers.models import User
from studies.locks import refuse_if_locked
from studies.models import MachineAccount, Study

SEEN_EVERY = timedelta(minutes=1)  # `last_used_at` is no finer: not every request is worth a write


@dataclass(frozen=True)
class Made:
    """A new machine account, and its token: it is shown once, kept nowhere."""

    machine: MachineAccount
    token: str


@transaction.atomic
def make(study: Study, *, name: str, may_store: bool, may_fetch: bool, actor: User) -> Made:
    refuse_if_locked(study)
    token = secrets.token_urlsafe(32)
    rights = {"may_store": may_store, "may_fetch": may_fetch}
    machine = MachineAccount.objects.create(study=study, name=name, **rights, token_sha256=digest(token), made_by=actor)
    audit.record("machine.made", machine, actor=actor, study=study, after={"name": name, **rights})
    return Made(machine, token)


@transaction.atomic
def end(machine: MachineAccount, *, actor: User) -> None:
    """End a machine account: from its next request on its token opens nothing."""
    machine.ended_at = timezone.now()
    machine.save(update_fields=["ended_at"])
    audit.record("machine.ended", machine, actor=actor, study=machine.study, before={"name": machine.name})


def machines(study: Study) -> QuerySet[MachineAccount]:
    """The machines that may speak for a study today."""
    return study.machines.filter(ended_at=None).select_related("study", "made_by")


def of_token(token: str, *, now: datetime) -> MachineAccount | None:
    """The machine a token belongs to, unless it was ended."""
    sha256 = digest(token)
    found = MachineAccount.objects.filter(token_sha256=sha256, ended_at=None).select_related("study", "made_by").first()
    if found is None or not hmac.compare_digest(found.token_sha256, sha256):
        return None
    if found.last_used_at is None or now - found.last_used_at > SEEN_EVERY:
        MachineAccount.objects.filter(pk=found.pk).update(last_used_at=now)
    return found


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
