"""Agreement as it may be seen: all of it, or the reason why nothing of it (disclosure.py)."""

from typing import Any

from django.http import Http404

from scoring import behind as readings_behind
from scoring import handouts, reliability
from scoring.disclosure import withheld
from scoring.models import ReliabilityReport
from studies.models import Study

NOTHING: dict[str, Any] = {
    "computed_at": None, "is_current": False, "n_cases": 0, "input_sha256": "", "version": "", "readers": [],
    "items": [], "regions": [], "presence": [], "sums": [], "subtotals": [], "pairs": [], "against_pool": [],
    "repeats": [], "drift": [], "adjudication_rate": None, "adjudicators": [], "partiality": [],
    "clinical": None, "methods": [], "design": {"kind": "none", "sentence": ""},
}  # fmt: skip


def agreement(study: Study) -> dict[str, Any]:
    """The newest report as it may be shown: all of it, or the reason why nothing of it."""
    if sentence := withheld(study):
        return {"state": "withheld", "withheld": sentence, **NOTHING}
    report = reliability.newest(study)
    if report is None:
        return {"state": "none", "withheld": None, **NOTHING}
    return {"state": "ready", "withheld": None, **NOTHING, **reliability.as_shown(report)}


def behind(study: Study, what: str) -> dict[str, Any]:
    """The readings behind a number; 404 while agreement is withheld, or if there is nothing of that name.

    They are today's: whether the newest report is still made of the same ones is said beside them.
    """
    if withheld(study):
        raise Http404
    return {**readings_behind.readings(study, what), "is_current": reliability.is_current(study)}


def file(study: Study, name: str) -> handouts.File:
    """A file of the newest report; 404 while it is withheld, or if there is none of that name."""
    report: ReliabilityReport | None = None if withheld(study) else reliability.newest(study)
    if report is None:
        raise Http404
    return handouts.file(report, name)
