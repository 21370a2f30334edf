"""Krippendorff's alpha: for any number of readers, also where not every reader has read every unit."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoring.agreement.answer import NO_VARIATION, answer
from scoring.agreement.coincidences import Metric, alpha
from scoring.agreement.coincidences import krippendorff_alpha as alpha_of_tables
from scoring.agreement.result import MIN_PAIRS, Agreement, Status, Verdict, too_few
from scoring.agreement.table import CrossTable

Array = npt.NDArray[np.float64]
Ratings = Sequence[Sequence[float | None]] | Array
FEWER_THAN_TWO = "fewer than two readers gave a value"
NO_INTERVAL = "The interval is not estimable in closed form: it takes resamples of patients."


class Units(NamedTuple):
    """How often each value was given to each unit that has two or more, (n_units, n_values)."""

    counts: Array
    values: Array
    n_excluded: int
    n_readers: int


def krippendorff_alpha(ratings: Ratings, *, metric: Metric = Metric.NOMINAL) -> Agreement:
    """Krippendorff's alpha. Its interval comes from the bootstrap.

    ratings   (n units, m readers); None or NaN where a reader has no value: the unit counts if two readers have one
    metric    how far two values lie apart; ordinal is Krippendorff's own, not a set of weights: it depends on how often
              values were given
    Returns   Agreement; without an estimate when one value was given throughout
    Raises    ValueError unless there is one row a unit and a column for each of two or more readers, all values are
              finite and, for the ratio metric, not negative
    Source    Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, https://repository.upenn.edu/asc_papers/43
    """
    units = _units(ratings)
    if metric is Metric.RATIO and (units.values < 0).any():
        raise ValueError("The ratio metric is about values that start at 0.")
    n = len(units.counts)
    return Agreement(
        name=f"alpha ({metric})",
        method=_method(metric),
        n=n,
        n_excluded=units.n_excluded,
        counts={"units": n, "readers": units.n_readers, "values": int(units.counts.sum())},
        **_verdict(n, alpha(_coincidences(units.counts), metric, units.values))
        .noting(units.n_excluded, FEWER_THAN_TWO)
        ._asdict(),
    )


def krippendorff_alpha_of_table(table: CrossTable, *, metric: Metric = Metric.NOMINAL) -> Agreement:
    """The same of two readers' table, the pairs with a missing grade left out."""
    verdict = _verdict(table.n, alpha_of_tables(table.counts, metric))
    return answer(table, verdict, name=f"alpha ({metric})", method=_method(metric))


def _units(ratings: Ratings) -> Units:
    array = np.asarray(ratings, dtype=float)
    if array.size == 0:
        array = np.empty((0, 2))
    if array.ndim != 2 or array.shape[1] < 2 or np.isinf(array).any():
        raise ValueError("Alpha needs one row a unit and a finite value, or none, of each of two or more readers.")
    paired = array[(~np.isnan(array)).sum(axis=1) >= 2]
    values = np.unique(paired[~np.isnan(paired)])
    counts = (paired[:, :, None] == values).sum(axis=1, dtype=float)
    return Units(counts, values, len(array) - len(paired), array.shape[1])


def _coincidences(counts: Array) -> Array:
    """Each unit's pairs of values, both ways, over the number of values less one."""
    shares = counts / (counts.sum(axis=1, keepdims=True) - 1)
    coincidences: Array = shares.T @ counts - np.diag(shares.sum(axis=0))
    return coincidences


def _verdict(n: int, estimate: Array) -> Verdict:
    if n < MIN_PAIRS:
        return too_few(n)
    return NO_VARIATION if np.isnan(estimate) else Verdict(Status.NOT_ESTIMABLE, NO_INTERVAL, float(estimate))


def _method(metric: Metric) -> str:
    return f"Krippendorff's alpha, squared distance of two values: {metric.formula}; no 95 % interval in closed form"
