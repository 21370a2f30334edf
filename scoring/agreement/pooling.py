"""From arrays of all readings to all count tables, of each item over its cases and of each case over its items."""

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

NOT_ASSESSED = -1
BLOCK = 1 << 17  # pairs counted at a time

Grades = npt.NDArray[np.integer]


class Tables(NamedTuple):
    """Counts[..., i, j]: how often the first reader said i while the second said j.

    of_items     int array (n_items, q, q), each item over all cases
    of_cases     int array (n_cases, q, q), each case over all items
    n_excluded   int array (n_items,), pairs left out because a reader could not assess the site
    """

    of_items: npt.NDArray[np.int64]
    of_cases: npt.NDArray[np.int64]
    n_excluded: npt.NDArray[np.int64]


def tables_of(first: Grades, second: Grades, n_grades: int) -> Tables:
    """All tables of items that share one scale.

    first, second   int arrays (n_cases, n_items), grades 0 .. n_grades - 1, -1 where the site was not assessable
    Raises          ValueError if the arrays do not match or a grade is not on the scale
    """
    first, second = _checked(first, n_grades), _checked(second, n_grades)
    if first.shape != second.shape:
        raise ValueError(f"The first reader's grades are {first.shape}, the second's {second.shape}.")
    (n_cases, n_items), size = first.shape, (n_grades + 1) ** 2
    of_items = np.zeros((n_items, size), dtype=np.int64)
    of_cases = np.empty((n_cases, size), dtype=np.int64)
    for block in _blocks(n_cases, n_items):
        cells = _cells(first[block], second[block], n_grades)
        of_items += _counted(cells, np.arange(n_items), n_items, size)
        of_cases[block] = _counted(cells, np.arange(len(cells))[:, None], len(cells), size)
    by_item, by_case = (counts.reshape(-1, n_grades + 1, n_grades + 1)[:, 1:, 1:] for counts in (of_items, of_cases))
    return Tables(by_item, by_case, n_cases - by_item.sum(axis=(1, 2)))


def of_patients(of_cases: npt.NDArray[np.generic], patients: Sequence[Hashable]) -> npt.NDArray[np.generic]:
    """What is known of each case, summed over the cases (visits) of a patient: (n_cases, ...) -> (n_patients, ...).

    patients   whose case it is, one a case
    """
    if len(of_cases) != len(patients):
        raise ValueError(f"{len(of_cases)} cases, but the patients of {len(patients)}.")
    number = {patient: place for place, patient in enumerate(dict.fromkeys(patients))}
    sums = np.zeros((len(number), *of_cases.shape[1:]), dtype=of_cases.dtype)
    np.add.at(sums, [number[patient] for patient in patients], of_cases)
    return sums


def _checked(grades: Grades, n_grades: int) -> Grades:
    grades = np.asarray(grades)
    if grades.ndim != 2 or not np.issubdtype(grades.dtype, np.integer):
        raise ValueError("Grades are whole numbers, one row a case and one column an item.")
    if grades.size and not NOT_ASSESSED <= grades.min() <= grades.max() < n_grades:
        raise ValueError(f"Grades from {grades.min()} to {grades.max()} are not on a scale of 0 to {n_grades - 1}.")
    return grades


def _cells(first: Grades, second: Grades, n_grades: int) -> Grades:
    """The cell of each pair in a table with one more row and column, the first, for what was not assessable."""
    small = np.min_scalar_type((n_grades + 1) ** 2)
    rows, columns = (grades.astype(small) + small.type(1) for grades in (first, second))  # -1 wraps around to 0
    cells: Grades = rows * small.type(n_grades + 1) + columns
    return cells


def _counted(cells: Grades, table: npt.NDArray[np.int64], n_tables: int, size: int) -> npt.NDArray[np.int64]:
    """How often each cell is there in each table, (n_tables, size); table: which one a pair belongs to."""
    return np.bincount((cells + table * size).ravel(), minlength=n_tables * size).reshape(n_tables, size)


def _blocks(n_cases: int, n_items: int) -> Iterator[slice]:
    """Cases by the thousand: what is made of them stays in the processor's cache."""
    step = max(1, BLOCK // max(1, n_items))
    return (slice(start, start + step) for start in range(0, n_cases, step))
