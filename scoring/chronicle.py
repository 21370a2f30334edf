"""Audit events of a study -> plain values, in the order in which they were committed: that of the chain."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import Q

from readers import chain
from readers.models import AuditEvent
from scoring.dossier.trail import Event

# An export must not change the next one, nor whoever looks the trail through.
NOT_OF_THE_DATA = Q(action__startswith="export.") | Q(action__startswith="audit.")


def events(study_code: str, *, until: int | None = None) -> Iterator[Event]:
    """All but those of exports and reviews; up to and with the number `until` of the chain."""
    found = chain.events(study_code).exclude(NOT_OF_THE_DATA)
    if until is not None:
        found = found.filter(link__seq__lte=until)
    for row in found.iterator(chunk_size=1000):
        yield plain(row)


def plain(row: AuditEvent) -> Event:
    return Event(
        seq=row.link.seq if hasattr(row, "link") else row.pk,
        at=time_of(row.at),
        actor=row.actor.username if row.actor else "",
        action=row.action,
        object_type=row.object_type,
        object_key=row.object_key,
        before=row.before,
        after=row.after,
        reason=row.reason,
    )


def time_of(moment: datetime | None) -> str:
    """ISO 8601 in UTC; "" where there is none."""
    return moment.astimezone(UTC).isoformat() if moment else ""
