"""Audit events of a study -> plain values, in the order in which they were written."""

from collections.abc import Iterator
from datetime import UTC, datetime

from readers.models import AuditEvent
from scoring.dossier.trail import Event

OF_EXPORTS = "export."  # an export must not change the next one


def events(study_code: str, *, until: int | None = None) -> Iterator[Event]:
    """All but those of exports; up to and with the number `until`."""
    found = AuditEvent.objects.filter(study_code=study_code).exclude(action__startswith=OF_EXPORTS)
    if until is not None:
        found = found.filter(pk__lte=until)
    for row in found.select_related("actor").order_by("pk").iterator(chunk_size=1000):
        yield plain(row)


def plain(row: AuditEvent) -> Event:
    return Event(
        seq=row.pk,
        at=time_of(row.at),
        actor=row.actor.username if row.actor else "",
        action=row.action,
        object_type=row.object_type,
        object_key=row.object_key,
        before=row.before,
        after=row.after,
        reason=row.reason,
    )


def time_of(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
