"""Two readers' grades as a table of counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Grade = int | None  # None: not assessable
NOT_ASSESSABLE = "not assessable by a reader"


@dataclass(frozen=True, eq=False)
class CrossTable:
    """How often the first reader said i while the second said j: counts[i, j].

    counts       int array (q, q), q the number of grades of the item's scale, used or not
    n_excluded   pairs left out because at least one of the two could not assess the site
    """

    counts: npt.NDArray[np.int64]
    n_excluded: int = 0

    @classmethod
    def of(cls, counts: Sequence[Sequence[int]] | npt.NDArray[np.int64], *, n_excluded: int = 0) -> Self:
        """A table somebody has counted already, as papers print it."""
        array = np.asarray(counts)
        if array.ndim != 2 or array.shape[0] != array.shape[1] or len(array) < 2:
            raise ValueError("A table of two readers is square and has at least two grades.")
        if (array < 0).any() or (array != np.floor(array)).any():
            raise ValueError("A table of two readers holds counts.")
        return cls(array.astype(np.int64), n_excluded)

    @property
    def n(self) -> int:
        return int(self.counts.sum())

    @property
    def n_grades(self) -> int:
        return len(self.counts)

    @property
    def n_equal(self) -> int:
        return int(np.trace(self.counts))

    @property
    def grades_used(self) -> tuple[set[int], set[int]]:
        """The grades each reader used at least once."""
        rows, columns = self.counts.sum(axis=1), self.counts.sum(axis=0)
        return set(np.flatnonzero(rows).tolist()), set(np.flatnonzero(columns).tolist())

    def to_list(self) -> list[list[int]]:
        return [[int(count) for count in row] for row in self.counts]


def cross_table(pairs: Iterable[tuple[Grade, Grade]], *, n_grades: int) -> CrossTable:
    """The table of pairs (first reader's grade, second reader's grade), pairs with a missing grade left out.

    n_grades   how many grades the item's scale has. It comes from the instrument: a grade nobody used still
               counts in linear and quadratic weights.
    Raises     ValueError if a grade is not one of 0 .. n_grades - 1
    """
    pairs = list(pairs)
    complete = [(first, second) for first, second in pairs if first is not None and second is not None]
    counts = np.zeros((n_grades, n_grades), dtype=np.int64)
    for first, second in complete:
        counts[_checked(first, n_grades), _checked(second, n_grades)] += 1
    return CrossTable.of(counts, n_excluded=len(pairs) - len(complete))


def _checked(grade: int, n_grades: int) -> int:
    if grade not in range(n_grades):
        raise ValueError(f"Grade {grade} is not on a scale of 0 to {n_grades - 1}.")
    return int(grade)
