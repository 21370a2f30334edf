"""Cases as two readers of the cohort could have read them, with slips put in on purpose. No database, fixed seeds.

A case is one of the forty at random: as many findings in each region, of the grades on which the adjudicator settled.
Their levels are drawn anew, each as often as the cohort has a finding there (half a finding added, so that none is
impossible). What the two readers say of a site is one of the pairs of grades that R1 and R2 gave where the cohort has
this grade; graded sites and yes-or-no items are kept apart. So prevalence, burden per patient, detection and
disagreement are the cohort's; that a patient is hard to read throughout is not modelled.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from demo.cohort.recorded import READERS, Recorded, cohort
from tests.scoring.made_up_readings import items

Grades = dict[str, int]
COLUMN = ("VB", "FJ", "SP", "DG")  # regions of six levels
GRADED = ("VB", "FJ", "SP")


class Pair(NamedTuple):
    one: Grades
    other: Grades


@dataclass(frozen=True)
class Fit:
    """What is taken from the cohort."""

    patients: list[Recorded]
    pairs: dict[tuple[bool, int], list[tuple[int, int]]]  # by "is a flag" and the grade that counts
    findings: Counter[str]


@cache
def fit() -> Fit:
    patients = cohort()
    pairs: dict[tuple[bool, int], list[tuple[int, int]]] = defaultdict(list)
    findings: Counter[str] = Counter()
    for patient in patients:
        for item in items():
            one, other = (patient.readings[reader][item.code] for reader in READERS)
            pairs[item.is_flag, patient.consensus[item.code]].append((one, other))
            findings[item.code] += patient.consensus[item.code] > 0
    return Fit(patients, dict(pairs), findings)


@cache
def sites(region: str) -> tuple[str, ...]:
    return tuple(item.code for item in items() if item.region == region)


def simulated(random: np.random.Generator) -> Pair:
    patient = fit().patients[random.integers(len(fit().patients))]
    pair = Pair({}, {})
    for region in dict.fromkeys(item.region for item in items()):
        for code, grade in settled(patient, region, random).items():
            known = fit().pairs[region == "DG", grade]
            pair.one[code], pair.other[code] = known[random.integers(len(known))]
    return pair


def settled(patient: Recorded, region: str, random: np.random.Generator) -> Grades:
    """The patient's findings in a region, at other levels."""
    codes = sites(region)
    grades = [patient.consensus[code] for code in codes if patient.consensus[code]]
    weights = np.array([fit().findings[code] + 0.5 for code in codes])
    places = random.choice(len(codes), len(grades), replace=False, p=weights / weights.sum())
    return dict.fromkeys(codes, 0) | {codes[place]: grade for place, grade in zip(places, grades, strict=True)}


def shifted(grades: Grades, regions: tuple[str, ...], step: int) -> Grades:
    """Counted one level off: what lies at an end falls out, and the site that opens at the other end is empty."""
    moved = dict(grades)
    for region in regions:
        said = [grades[code] for code in sites(region)]
        moved |= zip(sites(region), [0, *said[:-1]] if step > 0 else [*said[1:], 0], strict=True)
    return moved


def exchanged(grades: Grades, one: str, other: str) -> Grades:
    pairs = list(zip(sites(one), sites(other), strict=True))
    return grades | {left: grades[right] for left, right in pairs} | {right: grades[left] for left, right in pairs}


def moving(regions: tuple[str, ...], step: int) -> list[str]:
    """The graded sites from which a shift leads to another site."""
    kept = slice(None, -1) if step > 0 else slice(1, None)
    return [code for region in regions if region in GRADED for code in sites(region)[kept]]
