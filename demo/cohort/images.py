"""Small synthetic necks for the cohort: each shows what its recorded consensus says. Pure."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from demo.cohort.recorded import Grades, Recorded
from demo.phantom import Lesion, simulate, write_dicom

SIZE, N_SLICES = 128, 5  # pixels a side; slices of a series: enough to see a lesion, and forty are made in seconds
FIRST_SEED = 2016
BONES = {"VB": "body", "SP": "spinous", "FJ": "facet.L", "AA": "dens"}


def write_all(patients: Sequence[Recorded], folder: Path) -> Iterator[tuple[Recorded, list[Path]]]:
    """Each patient's DICOM files below `folder`, simulated side by side."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        seeds = range(FIRST_SEED, FIRST_SEED + len(patients))
        yield from zip(patients, pool.map(write, patients, seeds, [folder] * len(patients)), strict=True)


def write(patient: Recorded, seed: int, folder: Path) -> list[Path]:
    phantom = simulate(seed, map(Lesion.parse, lesions_of(patient.consensus)), size=SIZE, n_slices=N_SLICES)
    # the headers say of the patient what the table of covariates says
    phantom.patient.sex, phantom.patient.age = patient.covariates["Sex"], int(patient.covariates["Age [years]"])
    return write_dicom(phantom, folder / patient.name, subject=patient.name)


def lesions_of(grades: Grades) -> list[str]:
    """What is planted so that a reader would give these grades. Discs wear as they like: nothing is planted there."""
    return [lesion_at(item, grade) for item, grade in grades.items() if grade and not item.startswith("DG")]


def lesion_at(item: str, grade: int) -> str:
    region, _, site = item.partition("_")
    return f"{place_of(region, site)}.{BONES[region]}:{grade}"


def place_of(region: str, site: str) -> str:
    """As the phantom calls it: C5, C4/5, C7/T1; of the atlantoaxial region the dens, at C2."""
    if region == "AA":
        return "C2"
    return f"{site[:2]}/{site[2:].removeprefix('C')}" if region == "FJ" else site
