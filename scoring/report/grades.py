"""The grades of all cases as arrays, and the tables of two readers that a patient adds to."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from scoring.agreement.pooling import NOT_ASSESSED, of_patients, tables_of
from scoring.report.material import Answers, ItemIn, Material

Counts = npt.NDArray[np.int64]
Pairs = Sequence[tuple[Answers, Answers]]


def pairs_of(material: Material) -> tuple[list[tuple[Answers, Answers]], list[str]]:
    """Both readers' answers of each case, and whose case it is."""
    pairs = [(case.reads[0].answers, case.reads[1].answers) for case in material.cases]
    return pairs, [case.patient for case in material.cases]


def tables_by_patient(pairs: Pairs, patients: Sequence[str], items: Sequence[ItemIn]) -> tuple[Counts, int]:
    """Each patient's own table (n_patients, q, q) over some items, and how many pairs were left out.

    q is that of the longest scale among the items: with several, only equal and different have a meaning.
    """
    first, second = (grades_of([pair[side] for pair in pairs], items) for side in (0, 1))
    tables = tables_of(first, second, max(item.n_grades for item in items))
    return of_patients(tables.of_cases, patients).astype(np.int64), int(tables.n_excluded.sum())


def grades_of(answers: Sequence[Answers], items: Sequence[ItemIn]) -> Counts:
    """(n_cases, n_items), with pooling's mark for what was not assessable."""
    grades = [[_marked(given[item.code]) for item in items] for given in answers]
    return np.array(grades, dtype=np.int64).reshape(len(answers), len(items))


def yes_or_no_by_patient(
    pairs: Sequence[tuple[bool | None, bool | None]], patients: Sequence[str]
) -> tuple[Counts, int]:
    """The same for something that is there or not; None where that cannot be told."""
    sides = [[[_marked(None if side is None else int(side)) for side in pair]] for pair in pairs]
    cells = np.array(sides, dtype=np.int64).reshape(len(pairs), 1, 2)
    tables = tables_of(cells[:, :, 0], cells[:, :, 1], 2)
    return of_patients(tables.of_cases, patients).astype(np.int64), int(tables.n_excluded.sum())


def _marked(grade: int | None) -> int:
    return NOT_ASSESSED if grade is None else grade
