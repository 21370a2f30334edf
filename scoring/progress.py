"""The case x step matrix a coordinator watches, with each reader's load: completion, never a value."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max

from scoring import charter, forecast, slips, staffing
from scoring.allocation import pool
from scoring.models import Adjudication, Consensus, Reading, ReadingState, SelfCheck, Slip
from studies.models import Case, CaseState, Study

STATES = [("draft", "draft"), ("open", "open"), ("locked", "locked")]  # of a study
CHECKED = (CaseState.READY, CaseState.ALLOTTED)


def matrix(study: Study, *, now: datetime) -> dict[str, Any]:
    """Every case with its steps, the counts above them, and the readers with what is left to them."""
    readings = list(Reading.objects.that_count().filter(case__study=study).select_related("reader", "signature"))
    by_case: dict[int, list[Reading]] = {}
    for reading in readings:
        by_case.setdefault(reading.case_id, []).append(reading)
    consensus = {row.case_id: row.state for row in Consensus.objects.filter(case__study=study)}
    superseded = superseded_of(study)
    adjudication = dict(
        Adjudication.objects.that_count().filter(consensus__case__study=study).values_list("consensus__case", "state")
    )
    again = second_looks_of(study)
    cases = study.cases.select_related("exam__subject")
    rows = [
        steps(case, by_case.get(case.pk, []), consensus.get(case.pk, "none"), adjudication.get(case.pk, "none"))
        | {"superseded": superseded.get(case.pk)}
        | {"self_check": self_check(again.get(case.pk, []))}
        for case in cases
    ]
    loads = loads_of(study, readings, now=now)
    rules = charter.newest(study).terms
    return {
        "cards": cards(rows, rules.readers_per_case),
        "lacking": list(staffing.lacking(study, rules)),
        "cases": rows,
        "readers": loads,
        "finishes_on": latest([row["finishes_on"] for row in loads if row["assigned"] or row["started"]]),
        "state": state_of(study),
    }


def superseded_of(study: Study) -> dict[int | None, dict[str, Any]]:
    """By case, how many of its consensus were superseded by a reading opened again, and when the last one was."""
    gone = Consensus.objects.filter(former_case__study=study).values("former_case").order_by()
    counted = gone.annotate(n=Count("pk"), at=Max("superseded_at")).values_list("former_case", "n", "at")
    return {case: {"n": n, "at": at} for case, n, at in counted}


def steps(case: Case, readings: list[Reading], consensus: str, adjudication: str) -> dict[str, Any]:
    ordered = sorted(readings, key=lambda reading: reading.reader.full_name)
    return {
        "code": case.code,
        "subject": case.exam.subject.pseudonym,
        "images": case.state,
        "readings": [step(reading) for reading in ordered],
        "adjudication": adjudication,
        "consensus": consensus,
    }


def second_looks_of(study: Study) -> dict[int, list[str]]:
    """By case, the states of its second looks."""
    found: dict[int, list[str]] = {}
    asked = SelfCheck.objects.filter(original__case__study=study).exclude(reading__state=ReadingState.WITHDRAWN)
    for case, state in asked.values_list("original__case", "reading__state"):
        found.setdefault(case, []).append(state)
    return found


def self_check(states: list[str]) -> str:
    """How far the second looks of a case are: none are asked for, not started, in progress, done."""
    if not states:
        return "none"
    if set(states) == {ReadingState.ASSIGNED}:
        return "not_started"
    return "done" if set(states) == {ReadingState.SIGNED} else "in_progress"


def step(reading: Reading) -> dict[str, str]:
    return {"reader": reading.reader.full_name, "username": reading.reader.username, "state": reading.state}


def loads_of(study: Study, readings: list[Reading], *, now: datetime) -> list[dict[str, Any]]:
    """A line for each reader, also for one who has left with readings behind them."""
    people = {one.user_id: one.user for one in pool(study)} | {one.reader_id: one.reader for one in readings}
    away = {one.user_id for one in pool(study) if one.is_away}
    rows = []
    for person in sorted(people.values(), key=lambda person: person.full_name):
        own = [reading for reading in readings if reading.reader_id == person.pk]
        signed = [reading.signature.signed_at for reading in own if reading.signature]
        load = forecast.load([reading.state for reading in own], signed, now=now)
        name = {"username": person.username, "full_name": person.full_name, "is_away": person.pk in away}
        rows.append({**name, **asdict(load)})
    return rows


def latest(dates: list[date | None]) -> date | None:
    """The last of the dates; None as long as one of them is not known."""
    known = [date for date in dates if date is not None]
    return max(known) if known and len(known) == len(dates) else None


def state_of(study: Study) -> str:
    if study.locked_at:
        return "locked"
    return "open" if charter.frozen(study).exists() else "draft"


def cards(rows: list[dict[str, Any]], readers_per_case: int) -> dict[str, int]:
    readings = [reading["state"] for row in rows for reading in row["readings"]]
    return {
        "cases_to_check": sum(row["images"] == CaseState.TO_CHECK for row in rows),
        "cases_ready": sum(row["images"] == CaseState.READY for row in rows),
        "readings_required": readers_per_case * sum(row["images"] in CHECKED for row in rows),
        "readings_signed": readings.count(ReadingState.SIGNED),
        "adjudications_open": sum(row["adjudication"] in ("waiting", "started") for row in rows),
        "cases_settled": sum(row["consensus"] == "settled" for row in rows),
    }


def slips_of(study: Study) -> list[dict[str, str]]:
    """Cases whose readings look as if one were counted a level off, with what would fit: no grade, and not whose it is.

    They tell of values, though of none in particular: so they are no part of the matrix, and only the coordinator's.
    """
    related = "consensus__case", "consensus__charter__instrument"
    found = Slip.objects.filter(consensus__case__study=study).select_related(*related).order_by("pk")
    return [
        {
            "case": slip.consensus.its_case.code,
            "sentence": slips.sentence(slip.consensus.charter.instrument.definition, slip.finding),
        }
        for slip in found
    ]
