"""The cohort as it was recorded, from the tables that lie beside this file. Pure."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
READERS = ("R1", "R2")
CONSENSUS = "CONSENSUS"
HEADINGS = {
    "diagnosis": "Diagnosis",
    "sex": "Sex",
    "age": "Age [years]",
    "neck_pain_nrs": "Neck pain [NRS 0-10]",
    "northwick_park": "Northwick Park [0-100]",
    "ffbh": "FFbH [0-100]",
    "crp_mg_dl": "CRP [mg/dl]",
    "esr_mm_h": "ESR [mm/h]",
    "symptom_duration_y": "Symptom duration [years]",
    "cervical_rotation_deg": "Cervical rotation [degrees]",
}
Grades = dict[str, int]


@dataclass(frozen=True)
class Recorded:
    """One patient.

    covariates   by their heading in a table of covariates
    readings     what each reader says, by item
    picks        whom the adjudicator follows at each item on which they differ
    consensus    what comes out
    again        what a reader says the second time; empty for who was not read again
    """

    name: str
    covariates: dict[str, str]
    readings: dict[str, Grades]
    picks: dict[str, str]
    consensus: Grades
    again: dict[str, Grades]


def cohort() -> list[Recorded]:
    """All forty, by name."""
    said, again = grades_in("cohort_scores.csv"), grades_in("cohort_rereads.csv")
    picks: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows("cohort_adjudication.csv"):
        picks[row["patient_id"]][row["item"]] = row["picked_reader"]
    return [
        Recorded(
            name=name,
            covariates={heading: row[column] for column, heading in HEADINGS.items()},
            readings={reader: said[name, reader] for reader in READERS},
            picks=picks[name],
            consensus=said[name, CONSENSUS],
            again={reader: again[name, reader] for reader in READERS if (name, reader) in again},
        )
        for row in rows("cohort_patients.csv")
        for name in [row["patient_id"]]
    ]


def grades_in(file: str) -> dict[tuple[str, str], Grades]:
    """Grades by item, for each patient and reader of a file."""
    found: dict[tuple[str, str], Grades] = defaultdict(dict)
    for row in rows(file):
        found[row["patient_id"], row["rater"]][row["item"]] = int(row["value"])
    return dict(found)


def rows(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(newline="") as lines:
        return list(csv.DictReader(lines))


def covariate_table(patients: list[Recorded]) -> str:
    """The covariates as a coordinator would enter them."""
    lines = [["participant", *HEADINGS.values()]]
    lines += [[one.name, *one.covariates.values()] for one in patients]
    return "\n".join(",".join(line) for line in lines)
