"""The chain that audit events are links of: what is hashed, where it ends, and the events of a study in its order.

The database makes the links (readers/migrations/0003_chained_audit.py); `hash_of` is the same in Python.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F, QuerySet

from readers.models import AuditEvent, AuditLink

FIRST = ""  # what the first link has for the hash before it


@dataclass(frozen=True)
class Head:
    """Where a chain, or a study's part of it, ends: 0 and nothing where there is no event."""

    seq: int
    hash: str
    count: int


def hash_of(seq: int, event: AuditEvent, prev: str) -> str:
    """The hash of an event at this place of the chain."""
    actor = None if event.actor_id is None else str(event.actor_id)
    fields = [str(seq), clock(event.at), actor, event.action, event.study_code, event.object_type, event.object_key]
    return sha256_of([*fields, event.canonical, event.reason, prev])


def sha256_of(fields: Iterable[str | None]) -> str:
    """SHA-256 over fields with the length of each before it, four bytes, big-endian; -1 where there is no value."""
    told = hashlib.sha256()
    for value in fields:
        encoded = None if value is None else value.encode()
        told.update((-1 if encoded is None else len(encoded)).to_bytes(4, "big", signed=True) + (encoded or b""))
    return told.hexdigest()


def clock(at: datetime) -> str:
    """A time in UTC to the microsecond, as 2026-11-29T08:00:00.000000Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def head(study_code: str | None = None) -> Head:
    """The newest link of all, or of a study's events. What is not committed yet has none."""
    links = AuditLink.objects.all() if study_code is None else AuditLink.objects.filter(event__study_code=study_code)
    newest = links.order_by("-seq").first()
    return Head(newest.seq, newest.hash, links.count()) if newest else Head(0, FIRST, 0)


def events(study_code: str) -> QuerySet[AuditEvent]:
    """A study's events in the order of the chain; what this very transaction wrote has no link yet, and comes last."""
    found = AuditEvent.objects.filter(study_code=study_code).select_related("link", "actor")
    return found.order_by(F("link__seq").asc(nulls_last=True), "pk")
