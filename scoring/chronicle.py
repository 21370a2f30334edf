"""Audit events of a study -> plain values, in the order in which they were committed: that of the chain."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import F, Q

from readers.models import AuditEvent
from scoring.dossier.trail import Event

# An export must not change the next one, nor whoever looks the trail through.
NOT_OF_THE_DATA = Q(action__startswith="export.") | Q(action__startswith="audit.")


def events(study_code: str, *, until: int | None = None) -> Iterator[Event]:
    """All but those of exports; up to and with the number `until` of the chain.

    What this very transaction wrote has no link yet, and comes last.
    """
    found = AuditEvent.objects.filter(study_code=study_code).exclude(NOT_OF_THE_DATA)
    if until is not None:
        found = found.filter(link__seq__lte=until)
    linked = found.select_related("actor", "link").order_by(F("link__seq").asc(nulls_last=True), "pk")
    for row in linked.iterator(chunk_size=1000):
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


def time_of(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
