"""The mean squares of cases and readers, from which every intraclass correlation is made."""

from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Number = TypeVar("Number", float, npt.NDArray[np.float64])  # one table of values, or a stack of them
ROUNDING = 1e-20  # of the total sum of squares: less than this is 0 that floating point could not write


@dataclass(frozen=True)
class MeanSquares(Generic[Number]):
    """Shrout and Fleiss's names: BMS cases, WMS within cases, JMS readers (judges), EMS residual.

    A mean square whose exact value is 0 is exactly 0.0 here, so that "no variation" can be asked with ==.
    """

    n: Number
    k: int
    bms: Number
    wms: Number
    jms: Number
    ems: Number


def mean_squares(values: npt.NDArray[np.float64]) -> MeanSquares[float]:
    """One-way and two-way analysis of variance of a complete (n cases, k readers) array.

    Source   Shrout and Fleiss 1979, Psychol Bull 86:420-428, table 1
    """
    n, k = values.shape
    centred = values - values[0, 0]  # whole numbers stay exact, and large totals lose no digits
    deviation = centred - centred.mean()
    case = deviation.mean(axis=1, keepdims=True)
    reader = deviation.mean(axis=0, keepdims=True)
    floor = ROUNDING * float((deviation**2).sum())

    def mean_square(part: npt.NDArray[np.float64], repeats: int, df: int) -> float:
        total = repeats * float((part**2).sum())
        return 0.0 if total <= floor else total / df

    return MeanSquares(
        n=n,
        k=k,
        bms=mean_square(case, k, n - 1),
        wms=mean_square(deviation - case, 1, n * (k - 1)),
        jms=mean_square(reader, n, k - 1),
        ems=mean_square(deviation - case - reader, 1, (n - 1) * (k - 1)),
    )
