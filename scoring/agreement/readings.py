"""The values that readers gave to cases, as one array without holes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Values = Sequence[Sequence[float | None]] | Array
NO_VALUE = "a reader has no value"


class Complete(NamedTuple):
    """The cases (n, k readers) to which every reader gave a value, and how many others there were."""

    values: Array
    n_excluded: int


def complete_cases(values: Values) -> Complete:
    """The cases without a hole. None or NaN is a value not given.

    Raises   ValueError unless there is one row a case, a column for each of two or more readers, and no infinity
    """
    array = np.asarray(values, dtype=float)
    if array.size == 0:
        return Complete(np.empty((0, 2)), 0)
    if array.ndim != 2 or array.shape[1] < 2 or np.isinf(array).any():
        raise ValueError("Agreement needs one row a case and a finite value of two or more readers.")
    complete = array[~np.isnan(array).any(axis=1)]
    return Complete(complete, len(array) - len(complete))


def complete_pairs(values: Values) -> Complete:
    """The same of exactly two readers."""
    complete = complete_cases(values)
    if complete.values.shape[1] != 2:
        raise ValueError("This statistic is about the values of exactly two readers.")
    return complete
