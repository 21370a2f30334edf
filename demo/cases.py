"""The six necks of the demo: what is planted in each, and what two readers can be expected to say of it."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from demo.phantom import Lesion, simulate, write_dicom

SIZE, N_SLICES = 320, 13  # pixels a side; slices of a series
Grades = dict[str, int]


@dataclass(frozen=True)
class DemoCase:
    """One neck.

    lesions  what is planted, as `Lesion.parse` reads it
    grades   what each reader would say, by user name and item; every item that is not named is 0
    """

    subject: str
    seed: int
    lesions: tuple[str, ...] = ()
    grades: dict[str, Grades] = field(default_factory=lambda: {"ana": {}, "ben": {}})


CASES = (
    DemoCase(
        "DEMO-0001",
        seed=7,
        lesions=("C5.body:2", "C6.spinous:1"),
        grades={
            "ana": {"VB_C5": 2, "SP_C6": 1, "DG_C5C6": 1},
            "ben": {"VB_C5": 2, "SP_C6": 0, "DG_C5C6": 1},
        },
    ),
    DemoCase(
        "DEMO-0002",
        seed=11,
        lesions=("C2.dens:2", "C4/5.facet.L:2"),
        grades={"ana": {"AA_C1C2": 2, "FJ_C4C5": 2}, "ben": {"AA_C1C2": 2, "FJ_C4C5": 2, "DG_C4C5": 1}},
    ),
    DemoCase("DEMO-0003", seed=3),
    DemoCase(
        "DEMO-0004",
        seed=19,
        lesions=("C6.body.inf_ant:3", "C7.body.sup_ant:2"),
        grades={
            "ana": {"VB_C6": 1, "VB_C7": 1, "DG_C6C7": 1},
            "ben": {"VB_C6": 2, "VB_C7": 1, "DG_C6C7": 1},
        },
    ),
    DemoCase(  # the fat is bright on T1 only: no oedema
        "DEMO-0005",
        seed=23,
        lesions=("C7.spinous:3", "fat:C3.body:1"),
        grades={"ana": {"SP_C7": 3, "DG_C5C6": 1, "DG_C6C7": 1}, "ben": {"SP_C7": 2, "DG_C5C6": 1}},
    ),
    DemoCase(
        "DEMO-0006",
        seed=31,
        lesions=("C3.body:1", "C5/6.facet.R:3", "C1/2.lateral.L:2"),
        grades={
            "ana": {"AA_C1C2": 2, "VB_C3": 1, "FJ_C5C6": 3},
            "ben": {"AA_C1C2": 1, "VB_C3": 1, "FJ_C5C6": 3},
        },
    ),
)


def write_all(cases: Sequence[DemoCase], folder: Path) -> Iterator[tuple[DemoCase, list[Path]]]:
    """Each case as DICOM files below `folder`, simulated side by side."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from zip(cases, pool.map(write_case, cases, [folder] * len(cases)), strict=True)


def write_case(case: DemoCase, folder: Path) -> list[Path]:
    phantom = simulate(case.seed, [Lesion.parse(text) for text in case.lesions], size=SIZE, n_slices=N_SLICES)
    return write_dicom(phantom, folder / case.subject, subject=case.subject)
