"""Krippendorff's alpha of how often values met within units: the formula, on stacks of coincidences at once.

coincidences   array (..., q, q): how often value i met value j in a unit, each pair entered both ways
Source         Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, https://repository.upenn.edu/asc_papers/43
"""

from enum import StrEnum
from functools import cache

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Counts = npt.NDArray[np.float64] | npt.NDArray[np.int64]


class Metric(StrEnum):
    """How the distance of two values is measured."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"

    @property
    def formula(self) -> str:
        return {
            Metric.NOMINAL: "0 for equal values, 1 for others",
            Metric.ORDINAL: "square of the number of values given from one to the other, both ends counted half",
            Metric.INTERVAL: "(i-j)^2",
            Metric.RATIO: "((i-j)/(i+j))^2",
        }[self]


def krippendorff_alpha(counts: Counts, metric: Metric = Metric.NOMINAL, values: Array | None = None) -> Array:
    """Alpha of tables (..., q, q) of two readers without missing values; NaN where one grade was given throughout.

    values   (q,) what the grades stand for; default 0 .. q - 1
    """
    return alpha(counts + counts.swapaxes(-2, -1), metric, values)


@np.errstate(divide="ignore", invalid="ignore")
def alpha(coincidences: Counts, metric: Metric = Metric.NOMINAL, values: Array | None = None) -> Array:
    """1 - observed / expected disagreement; NaN where one value was given throughout."""
    frequencies = coincidences.sum(axis=-1, dtype=np.float64)
    n = frequencies.sum(axis=-1)
    distance = squared_distance(frequencies, metric, values)
    observed = (n - 1) * np.einsum("...ij,...ij->...", coincidences, distance)
    expected = np.vecdot(np.vecmat(frequencies, distance), frequencies)
    return 1 - observed / expected


def squared_distance(frequencies: Array, metric: Metric, values: Array | None = None) -> Array:
    """(q, q), or (..., q, q) where the distance depends on how often values were given."""
    if metric is Metric.ORDINAL:  # Krippendorff's sum of the frequencies between two values, as a distance of mid-ranks
        ranks = np.cumsum(frequencies, axis=-1) - frequencies / 2
        return np.square(ranks[..., :, None] - ranks[..., None, :])
    if values is None:
        return _distance_of_grades(metric, frequencies.shape[-1])
    return _distance(metric, values)


@cache
def _distance_of_grades(metric: Metric, q: int) -> Array:
    return _distance(metric, np.arange(q, dtype=float))


def _distance(metric: Metric, values: Array) -> Array:
    if metric is Metric.NOMINAL:
        return 1 - np.eye(len(values))
    distance = values[:, None] - values[None, :]
    if metric is Metric.RATIO:
        total = values[:, None] + values[None, :]
        distance = np.divide(distance, total, out=np.zeros_like(distance), where=total != 0)
    return np.square(distance)
