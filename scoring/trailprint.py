"""The audit trail as a page that prints: what was asked for, who printed it when, and where the chain ended."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from readers import chain, verifying
from readers.models import User
from scoring import disclosure, trail
from scoring.trail import MOST_PRINTED, Filter
from studies.models import Study


def page(study: Study, asked: Filter, *, may_see_facts: bool, actor: User, now: datetime) -> str:
    """One page that needs nothing beside itself, the oldest event first."""
    sentence = disclosure.withheld(study)
    found = trail.matching(study, asked, is_withheld=sentence is not None)
    events = list(reversed(found[:MOST_PRINTED]))
    return render_to_string(
        "scoring/trail.html",
        {
            "study": study,
            "events": trail.shown(study, events, is_withheld=sentence is not None, may_see_facts=may_see_facts),
            "withheld": sentence,
            "asked": told(asked),
            "count": found.count(),
            "most": MOST_PRINTED,
            "head": chain.head(),
            "verified": verifying.verified_up_to(),
            "actor": actor,
            "now": now,
            "version": settings.VERSION,
        },
    )


def told(asked: Filter) -> list[tuple[str, Any]]:
    """The filter in words; nothing where all was asked for."""
    named = {
        "Action": asked.action,
        "Object": asked.object,
        "Person": asked.person,
        "From": asked.since,
        "To": asked.until,
        "In the reason": asked.text,
    }
    return [(name, value) for name, value in named.items() if value]
