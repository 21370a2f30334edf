"""What readers report about the images, until the coordinator has seen to it. No other reader ever learns of it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from readers import audit
from readers.errors import Conflict, Refusal
from readers.models import User
from scoring.models import Problem, ProblemKind, ProblemState, Reading
from studies import frames
from studies.models import Study

MOST_REPORTS = 100  # of one reading
ABOUT_THE_PATIENT = ProblemKind.IDENTITY


@transaction.atomic
def report(
    reading: Reading,
    *,
    key: Any,
    kind: str,
    series: int | None,
    slice: int | None,
    text: str,
    actor: User,
    now: datetime,
) -> Problem:
    """Put a report before the coordinator. The same key is the same report, however often it arrives.

    series, slice   the place: number of the series, and its slice counted from 0 in spatial order; or none
    """
    related = Reading.objects.select_related("case__study")
    reading = related.select_for_update(no_key=True, of=["self"]).get(pk=reading.pk)
    if known := reading.problems.filter(key=key).first():
        return known
    text = text.strip()
    check_place(reading, series, slice)
    check_text(reading, kind, text)
    problem = Problem.objects.create(
        reading=reading, key=key, kind=kind, series=series, slice=slice, text=text, reported_at=now
    )
    after = {"reading": reading.code, "kind": kind, "series": series, "slice": slice}
    after |= {"text": text_to_keep(problem), "reported_at": now.isoformat()}
    audit.record("problem.reported", problem, actor=actor, study=reading.case.study, after=after)
    return problem


def text_to_keep(problem: Problem) -> str:
    """What exports and the audit trail have of the text, for they are for ever: not what may say who the patient is."""
    return "" if problem.kind == ABOUT_THE_PATIENT else problem.text


def check_place(reading: Reading, series: int | None, slice: int | None) -> None:
    if series is None and slice is None:
        return
    n_slices = frames.slice_counts(reading.case).get(series or 0)
    if n_slices is None:
        raise Refusal("no_such_series", "Say which series it is, one of those that are shown.")
    if slice is not None and not 0 <= slice < n_slices:
        raise Refusal("no_such_slice", f"This series has {n_slices} slices.")


def check_text(reading: Reading, kind: str, text: str) -> None:
    if kind == ProblemKind.OTHER and not text:
        raise Refusal("no_text", "Say in a few words what it is.")
    if reading.problems.count() >= MOST_REPORTS:
        raise Refusal("too_many_reports", f"{MOST_REPORTS} problems are reported already. The coordinator has them.")


@transaction.atomic
def close(problem: Problem, *, note: str, actor: User, now: datetime) -> Problem:
    """The coordinator has seen to it. The note says what was done; no reader is shown it."""
    related = Problem.objects.select_related("reading__case__study")
    problem = related.select_for_update(no_key=True, of=["self"]).get(pk=problem.pk)
    if problem.state == ProblemState.CLOSED:
        raise Conflict("problem_closed", "This problem has been closed already.")
    problem.state, problem.note = ProblemState.CLOSED, note.strip()
    problem.closed_by, problem.closed_at = actor, now
    problem.save()
    study = problem.reading.case.study
    audit.record("problem.closed", problem, actor=actor, study=study, after={"state": "closed"}, reason=problem.note)
    return problem


def own(reading: Reading) -> QuerySet[Problem]:
    """What was reported from this reading, as it was reported: what became of it is not told."""
    return reading.problems.order_by("pk")


def queue(study: Study) -> list[Problem]:
    """Every report of a study: what is open before what is closed, what tells of a patient first, then the newest."""
    found = Problem.objects.filter(reading__case__study=study)
    ordered = found.select_related("reading__case__exam", "reading__reader", "closed_by").order_by("-pk")
    return sorted(ordered, key=lambda one: (one.state == ProblemState.CLOSED, one.kind != ABOUT_THE_PATIENT))


def series_label(problem: Problem) -> str | None:
    """What the series is called where the reader saw it."""
    if problem.series is None:
        return None
    return frames.label_of(frames.shown(problem.reading.case)[problem.series - 1])
