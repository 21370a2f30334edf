"""The case x step matrix a coordinator watches: completion, never a value."""

from typing import Any

from scoring.models import Adjudication, Consensus, Reading
from studies.models import Case, CaseState, Study

READINGS_OF_A_CASE = 2
CHECKED = (CaseState.READY, CaseState.ALLOTTED)


def matrix(study: Study) -> dict[str, Any]:
    """Every case with its steps, and the counts above them."""
    cases = list(study.cases.select_related("exam__subject").prefetch_related("readings__reader"))
    consensus = {row.case_id: row.state for row in Consensus.objects.filter(case__study=study)}
    adjudication = dict(
        Adjudication.objects.filter(consensus__case__study=study).values_list("consensus__case", "state")
    )
    rows = [steps(case, consensus.get(case.pk, "none"), adjudication.get(case.pk, "none")) for case in cases]
    return {"cards": cards(rows), "cases": rows}


def steps(case: Case, consensus: str, adjudication: str) -> dict[str, Any]:
    readings = sorted(case.readings.all(), key=lambda reading: reading.reader.full_name)
    return {
        "code": case.code,
        "subject": case.exam.subject.pseudonym,
        "images": case.state,
        "readings": [step(reading) for reading in readings],
        "adjudication": adjudication,
        "consensus": consensus,
    }


def step(reading: Reading) -> dict[str, str]:
    return {"reader": reading.reader.full_name, "state": reading.state}


def cards(rows: list[dict[str, Any]]) -> dict[str, int]:
    readings = [reading["state"] for row in rows for reading in row["readings"]]
    return {
        "cases_to_check": sum(row["images"] == CaseState.TO_CHECK for row in rows),
        "cases_ready": sum(row["images"] == CaseState.READY for row in rows),
        "readings_required": READINGS_OF_A_CASE * sum(row["images"] in CHECKED for row in rows),
        "readings_signed": readings.count("signed"),
        "adjudications_open": sum(row["adjudication"] in ("waiting", "started") for row in rows),
        "cases_settled": sum(row["consensus"] == "settled" for row in rows),
    }
