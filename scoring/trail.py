"""The audit trail of a study as a person reviews it: filtered, page by page, and with values once they may be seen.

Who reviews sees from the first day who did what and when. What was said of an image stays withheld until the charter
discloses agreement: a trail that showed it earlier would be a way round it (disclosure.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from readers import audit, canonical, chain, verifying
from readers.errors import Refusal
from readers.models import AuditEvent, User
from scoring import disclosure, standing
from scoring.standing import Signed
from studies.models import ADMINISTRATOR, Membership, Study

PAGE = 50
MOST_PRINTED = 2000
DENS = "dens"  # who acts where nobody does
REVIEWED = "audit.reviewed"
SIGNED = ("reading.signed", "adjudication.signed")

# What tells nothing of any reading. What is not named here is withheld: a new event is closed until somebody opens it.
OPEN = (
    "study.founded", "study.opened", "charter.amended", "seed.drawn", "study.locked", "account.made", "member.added",
    "member.changed", "member.ended", "machine.made", "machine.ended", "upload.received", "upload.imported",
    "upload.discarded", "upload.abandoned", "case.accepted", "case.refused", "case.subject set", "query.asked",
    "query.answered", "query.closed", "query.withdrawn", "study.unlocking_asked", "study.unlocking_declined",
    "study.unlocked",
    "cases.allotted", "reading.reassigned", "reading.signed", "adjudication.signed", "reminder.asked", "practice.begun",
    "export.requested", "export.built", "export.downloaded", REVIEWED,
)  # fmt: skip
# What is known of exams and participants, the hospital images come from among it: not for everybody who reviews.
FACTS = ("upload.begun", "case.filed", "case.assembled", "series.role corrected", "covariates.entered")


@dataclass(frozen=True)
class Filter:
    """What is asked for; empty for all. `object` is a kind or a code, `text` is looked for in reasons."""

    action: str = ""
    object: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""


def page(study: Study, asked: Filter, *, before: int | None, may_see_facts: bool) -> dict[str, Any]:
    """Fifty events, the newest first, from the number `before` downwards."""
    sentence = disclosure.withheld(study)
    found = matching(study, asked, is_withheld=sentence is not None)
    rows = found.filter(link__seq__lt=before) if before else found
    events = list(rows[: PAGE + 1])
    return {
        "withheld": sentence,
        "count": found.count(),
        "events": shown(study, events[:PAGE], is_withheld=sentence is not None, may_see_facts=may_see_facts),
        "next": events[PAGE - 1].link.seq if len(events) > PAGE else None,
        "head": chain.head(),
        "verified": verifying.verified_up_to(),
        "choices": choices(study),
    }


def matching(study: Study, asked: Filter, *, is_withheld: bool) -> QuerySet[AuditEvent]:
    """The events of a study that are in the chain and fit, the newest first."""
    found = AuditEvent.objects.filter(study_code=study.code, link__isnull=False)
    if asked.action:
        found = found.filter(action=asked.action)
    if asked.object:
        found = found.filter(Q(object_type=asked.object) | Q(object_key=asked.object))
    if asked.person:
        found = found.filter(actor=None) if asked.person == DENS else found.filter(actor__username=asked.person)
    if asked.since:
        found = found.filter(at__gte=midnight(asked.since))
    if asked.until:
        found = found.filter(at__lt=midnight(asked.until + timedelta(days=1)))
    if asked.text:
        found = found.filter(reason__icontains=asked.text)
        found = found.filter(action__in=OPEN) if is_withheld else found  # what is not shown cannot be asked for either
    return found.select_related("link", "actor").order_by("-link__seq")


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def choices(study: Study) -> dict[str, Any]:
    """What can be chosen in the filters: what was done in this study, and who did it."""
    events = AuditEvent.objects.filter(study_code=study.code)
    people = User.objects.filter(acts__in=events).distinct().order_by("full_name")
    return {
        "actions": list(events.order_by("action").values_list("action", flat=True).distinct()),
        "objects": list(events.order_by("object_type").values_list("object_type", flat=True).distinct()),
        "people": [{"username": one.username, "full_name": one.full_name} for one in people],
    }


def shown(
    study: Study, events: Iterable[AuditEvent], *, is_withheld: bool, may_see_facts: bool
) -> list[dict[str, Any]]:
    """Events as rows of the page; the values of those that may not be seen yet stay behind."""
    events, verified, roles = list(events), verifying.verified_up_to(), roles_of(study)
    standings = standings_of(events)
    rows = []
    for event in events:
        is_closed = not may_see_facts if event.action in FACTS else is_withheld and event.action not in OPEN
        rows.append({
            "seq": event.link.seq,
            "at": event.at,
            "hash": event.link.hash,
            "person": event.actor.full_name if event.actor else "Dens",
            "role": role_of(event.actor, roles),
            "action": event.action,
            "object_type": event.object_type,
            "object_key": event.object_key,
            "is_withheld": is_closed,
            "changes": [] if is_closed else changes(event.before, event.after),
            "reason": "" if is_closed else event.reason,
            "is_verified": event.link.seq <= verified,
            "signature": standings.get(event.pk),
        })  # fmt: skip
    return rows


def roles_of(study: Study) -> dict[int, str]:
    """What each person is, or was last, in the study."""
    return dict(Membership.objects.filter(study=study).order_by("began_at").values_list("user", "role"))


def role_of(actor: User | None, roles: dict[int, str]) -> str:
    if actor is None:
        return ""
    return roles.get(actor.pk, ADMINISTRATOR if actor.is_staff else "")


def changes(before: Any, after: Any) -> list[dict[str, str]]:
    """Before and after side by side, one row a part; a part that stayed as it was is left out where others changed."""
    old, new = parts(before), parts(after)
    names = [*old, *(name for name in new if name not in old)]
    rows = [{"name": name, "before": said(old.get(name)), "after": said(new.get(name))} for name in names]
    if before is None or after is None:
        return rows
    return [row for row in rows if row["before"] != row["after"]] or rows


def parts(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    return value if isinstance(value, dict) else {"": value}


def said(value: Any) -> str:
    """A value in words a person reads; nothing for nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else canonical.text(value)


def standings_of(events: list[AuditEvent]) -> dict[int, str]:
    """Of events that are signatures: whether each still stands, was superseded, or is under something else."""
    given = [event for event in events if event.action in SIGNED]
    keys = {event.object_key for event in given}
    found = {(one.object_key, one.signature.content_sha256): str(one.standing) for one in standing.under(keys)}
    lost = str(standing.Standing.ALTERED)
    return {event.pk: found.get((event.object_key, parts(event.after)["content_sha256"]), lost) for event in given}


def signatures(study: Study) -> list[Signed]:
    """All signatures of a study, the oldest first."""
    return sorted(standing.signatures(study), key=lambda one: one.signature.pk)


@transaction.atomic
def review(study: Study, *, seq: int, note: str, actor: User) -> AuditEvent:
    """Sign off that the trail was reviewed up to an event: an event itself, with what was reviewed by its hash."""
    link = AuditEvent.objects.filter(study_code=study.code, link__seq=seq).values_list("link__hash", flat=True).first()
    if link is None:
        raise Refusal("no_such_event", f"This study has no event {seq}. Reload the page and choose one that is shown.")
    after = {"up_to": seq, "hash": link}
    return audit.record(REVIEWED, study, actor=actor, study=study, after=after, reason=note.strip())
