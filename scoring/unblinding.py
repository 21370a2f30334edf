"""Records of unblinding, planned or accidental: who, what, when, why, and what it means for the data."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from readers import audit
from readers.errors import Refusal
from readers.models import User
from scoring.models import Unblinding
from studies.models import Study


@transaction.atomic
def record(
    study: Study,
    *,
    who: str,
    what: str,
    why: str,
    impact: str,
    is_planned: bool,
    happened_on: date,
    actor: User,
    now: datetime,
) -> Unblinding:
    """Write down one unblinding. It is never changed: what is learned later is a further record."""
    if happened_on > now.date() and not is_planned:
        raise Refusal("not_yet", "An accident lies in the past: choose the day it happened, or record a planned one.")
    told: dict[str, Any] = {"who": who.strip(), "what": what.strip(), "why": why.strip(), "impact": impact.strip()}
    if empty := [name for name, text in told.items() if not text]:
        raise Refusal("empty", f"Say something under {', '.join(empty)}: a record without it explains nothing.")
    made = Unblinding.objects.create(
        study=study, is_planned=is_planned, happened_on=happened_on, recorded_by=actor, **told
    )
    after = {**told, "is_planned": is_planned, "happened_on": happened_on.isoformat()}
    audit.record("unblinding.recorded", made, actor=actor, study=study, after=after, reason=told["why"])
    return made
