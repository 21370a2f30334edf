"""What a case holds - participant, series with their slices, facts - as exports and the audit trail have it."""

from typing import Any

from studies import frames
from studies.models import Case, Exam, ExamFacts, Series
from studies.stacks import in_space

NOTHING: dict[str, Any] = {"has_facts": False, "shifted_day": None}


def told(case: Case) -> dict[str, Any]:
    return {
        "state": str(case.state),
        "subject": case.exam.subject.pseudonym,
        "exam": told_of(case.exam, frames.shown(case)),
    }


def told_of(exam: Exam, shown: list[Series]) -> dict[str, Any]:
    """An exam as dossier.ExamRecord, but for its day, which says nothing without the participant's first one.

    shown   its series, with their slices, in the order in which readers have them
    """
    series = [series_told(one, number) for number, one in enumerate(shown, start=1)]
    facts: ExamFacts | None = getattr(exam, "facts", None)
    return {"uid": exam.uid, "series": series, **(facts_told(facts) if facts else NOTHING)}


def series_told(one: Series, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "label": frames.label_of(one),
        "role": str(one.role),
        "plane": str(one.plane),
        "uid": one.uid,
        "frame": one.frame,
        "slices": [
            {"uid": it.uid, "position": [float(mm) for mm in it.position]} for it in in_space(list(one.instances.all()))
        ],
    }


def facts_told(facts: ExamFacts) -> dict[str, Any]:
    return {
        "has_facts": True,
        "age_years": facts.age_years,
        "sex": str(facts.sex),
        "shifted_day": facts.shifted_day,
        "centre": facts.centre.name if facts.centre else "",
        "vendor": str(facts.vendor),
        "field_strength_t": facts.field_strength_t,
    }
