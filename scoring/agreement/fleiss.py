"""Fleiss' kappa: for three or more readers of the same cases, whoever they were."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from scoring.agreement.answer import NO_VARIATION, beyond_chance, t_95
from scoring.agreement.result import MIN_PAIRS, Agreement, Verdict, too_few
from scoring.agreement.table import NOT_ASSESSABLE, Grade

Array = npt.NDArray[np.float64]
METHOD = (
    "Fleiss' kappa, q = {q} grades, {m} readings a case; Gwet's standard error over subjects, t (n - 1) 95 % interval"
)
ROUNDING = 1e-20  # of a variance of numbers about 1: what floating point leaves where the exact answer is 0


def fleiss_kappa(ratings: Sequence[Sequence[Grade]], *, n_grades: int) -> Agreement:
    """Fleiss' kappa with its 95 % interval, from each reader's grade of each case.

    ratings    (n cases, m readers), None where a reader could not assess it: the case is left out and counted
    n_grades   how many grades the item's scale has
    Returns    Agreement; without an estimate when one grade was given throughout
    Raises     ValueError if a grade is not one of 0 .. n_grades - 1, or cases differ in their number of readings
    Source     as fleiss_kappa_of_counts
    """
    n_readers = {len(case) for case in ratings} or {0}
    if len(n_readers) > 1:
        raise ValueError("Fleiss' kappa needs as many readings of each case.")
    grades = np.array([list(case) for case in ratings], dtype=float).reshape(len(ratings), *n_readers)
    complete = grades[~np.isnan(grades).any(axis=1)]
    if not np.isin(complete, np.arange(n_grades)).all():
        raise ValueError(f"A grade is not on a scale of 0 to {n_grades - 1}.")
    counts = (complete[:, :, None] == np.arange(n_grades)).sum(axis=1)
    return fleiss_kappa_of_counts(counts, n_excluded=len(grades) - len(complete))


def fleiss_kappa_of_counts(counts: npt.ArrayLike, *, n_excluded: int = 0) -> Agreement:
    """Fleiss' kappa with its 95 % interval, from how many readers gave each grade to each case.

    counts   (n cases, q grades), every row with the same sum: the number of readings a case
    Raises   ValueError if rows differ in their sum, or it is below 2
    Source   Fleiss 1971, Psychol Bull 76:378-382; variance of Gwet 2008, Br J Math Stat Psychol 61:29-48, which holds
             also where kappa is not 0
    """
    array = _checked(counts)
    n, q = array.shape
    m = int(array[0].sum()) if n else 0
    return Agreement(
        name="Fleiss' kappa",
        method=METHOD.format(q=q, m=m or "no"),
        n=n,
        n_excluded=n_excluded,
        counts={"cases": n, "readings": n * m},
        **_verdict(array).noting(n_excluded, NOT_ASSESSABLE)._asdict(),
    )


def _checked(counts: npt.ArrayLike) -> Array:
    array = np.asarray(counts, dtype=float)
    if array.ndim != 2 or array.shape[1] < 2 or (array < 0).any() or (array != np.floor(array)).any():
        raise ValueError("Fleiss' kappa needs one row a case with a count for each of two or more grades.")
    readings = array.sum(axis=1)
    if len(array) and (readings.min() < 2 or readings.min() != readings.max()):
        raise ValueError("Fleiss' kappa needs two or more readings of each case, and as many of each.")
    return array


def _verdict(counts: Array) -> Verdict:
    n = len(counts)
    if n < MIN_PAIRS:
        return too_few(n)
    if (counts.sum(axis=0) > 0).sum() == 1:
        return NO_VARIATION
    return beyond_chance(*_kappa_and_se(counts), multiplier=t_95(n))


def _kappa_and_se(counts: Array) -> tuple[float, float]:
    n, m = len(counts), counts[0].sum()
    grades = counts.mean(axis=0) / m
    disagreement = (m**2 - (counts**2).sum(axis=1)) / (m * (m - 1))
    expected = 1 - float(grades @ grades)
    kappa = 1 - float(disagreement.mean()) / expected
    # What each case adds to kappa, through its own agreement and through the shares of the grades.
    influence = (2 * (1 - kappa) * (1 - counts @ grades / m) - disagreement) / expected
    variance = float(influence.var(ddof=1))
    return kappa, 0.0 if variance < ROUNDING else float(np.sqrt(variance / n))
