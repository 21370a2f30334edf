"""How long agreement takes: all closed forms against libraries, resampled patients against copied rows.

Seconds of one core, best of several runs, with one thread of BLAS; beside them seconds of the wall with as many threads
as it takes by itself. The libraries are used as a person would use them. What would take them minutes is measured on a
few items or resamples, told, and multiplied: they go item by item and resample by resample.
"""

import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from bench import Unavailable, best
from scoring.agreement import categorical, moments
from scoring.agreement.bootstrap import bootstrap_intervals
from scoring.agreement.pooling import tables_of
from scoring.agreement.weights import Weights, agreement_weights

try:
    import krippendorff
    import pandas
    import pingouin
    from irrCAC.raw import CAC
    from sklearn.metrics import cohen_kappa_score
    from threadpoolctl import threadpool_limits
except ImportError as missing:
    raise Unavailable(
        "agreement compares with libraries: pip install -r requirements-dev.txt, then pip install --no-deps "
        "irrCAC==0.4.4 (it runs with newer versions than those it asks for)."
    ) from missing

N_ITEMS, N_GRADES, N_RESAMPLES = 28, 4, 2_000
METRICS: tuple[Literal["nominal", "ordinal", "interval", "ratio"], ...] = ("nominal", "ordinal", "interval", "ratio")
Numbers = dict[str, npt.NDArray[np.float64]]
LINEAR = agreement_weights(Weights.LINEAR, N_GRADES)


class Size(NamedTuple):
    """So many cases, and how much of it is measured of what is slow."""

    cases: int
    runs: int
    items: int
    copied: int


SIZES = (Size(40, 20, 28, 20), Size(1_000, 20, 28, 20), Size(100_000, 5, 2, 2))


class Readings(NamedTuple):
    """Grades of two readers, (n_cases, n_items) each."""

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]

    @property
    def totals(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        return self.first.sum(axis=1).astype(float), self.second.sum(axis=1).astype(float)


def main() -> None:
    readings = {size: made_up(size.cases) for size in SIZES}
    print(f"closed forms of {N_ITEMS} items and the total; libraries: scikit-learn, irrCAC, krippendorff, pingouin")
    print("    cases   Dens ms   wall ms, all threads   libraries s (items)      ratio   largest difference")
    for size, given in readings.items():
        libraries, share = partial(by_libraries, given, size.items), size.items / N_ITEMS
        compare(size, partial(closed_forms, given), libraries, share, f"({size.items})")
        print(f"{largest_difference(given, size.items):21.1e}")
    print(f"interval of the linear kappa of all items pooled, {N_RESAMPLES:,} resamples of patients")
    print("    cases   Dens ms   wall ms, all threads   copied rows s (resamples)  ratio   all closed forms ms")
    for size, given in readings.items():
        loop, share = partial(by_copying_rows, given, size.copied), size.copied / N_RESAMPLES
        compare(size, partial(resampled, given), loop, share, f"({size.copied})")
        with threadpool_limits(1):
            print(f"{best(partial(resampled_closed_forms, given), size.runs) * 1e3:22.1f}")


def compare(size: Size, ours: Callable[[], object], theirs: Callable[[], object], share: float, measured: str) -> None:
    """The beginning of a line: ours, theirs from the share of it that is measured, and their ratio."""
    with threadpool_limits(1):
        fast, slow = best(ours, size.runs), best(theirs, 1) / share
    wall = best(ours, size.runs, clock=time.perf_counter)
    print(f"{size.cases:9,}{fast * 1e3:10.2f}{wall * 1e3:23.2f}{slow:16.1f} {measured:>5}{slow / fast:11,.0f}", end="")


def made_up(n_cases: int) -> Readings:
    """Patients of whom some have much and most have little: about one grade in ten is above 0."""
    random = np.random.default_rng(57)
    severity = random.gamma(0.5, 0.3, size=(n_cases, 1)) * random.random(N_ITEMS)
    first = random.binomial(N_GRADES - 1, np.clip(severity, 0, 0.9) / 2)
    again = random.binomial(N_GRADES - 1, np.clip(severity, 0, 0.9) / 2)
    return Readings(first, np.where(random.random(first.shape) < 0.85, first, again))


def closed_forms(readings: Readings) -> Numbers:
    """Ours: from all grades to every estimate of every item and of the total."""
    tables = tables_of(readings.first, readings.second, N_GRADES)
    return {**categorical.closed_forms(tables.of_items), **moments.closed_forms(moments.sums_of(*readings.totals))}


def by_libraries(readings: Readings, n_items: int) -> Numbers:
    """The same from four libraries, one item after the other."""
    with warnings.catch_warnings(action="ignore"):  # of items on which nothing was found
        by_item = [dict(of_item(readings.first[:, item], readings.second[:, item])) for item in range(n_items)]
        of_total = by_pingouin(*readings.totals)
    return {**{name: np.array([answers[name] for answers in by_item]) for name in by_item[0]}, **of_total}


def of_item(first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> Iterator[tuple[str, float]]:
    grades, frame = list(range(N_GRADES)), pandas.DataFrame({"first": first, "second": second})
    for weights, theirs in zip(Weights, (None, "linear", "quadratic"), strict=True):
        kind = "" if weights is Weights.UNWEIGHTED else f" ({weights} weights)"
        yield f"kappa{kind}", cohen_kappa_score(first, second, labels=grades, weights=theirs)
        by_gwet = CAC(frame, weights=theirs or "identity", categories=grades, digits=15)
        yield f"Gwet's AC{kind}", by_gwet.gwet()["est"]["coefficient_value"]
        yield f"Scott's pi{kind}", by_gwet.fleiss()["est"]["coefficient_value"]
        yield f"Brennan-Prediger{kind}", by_gwet.bp()["est"]["coefficient_value"]
    for metric in METRICS:
        yield (
            f"alpha ({metric})",
            krippendorff.alpha(np.array([first, second]), value_domain=grades, level_of_measurement=metric),
        )


def by_pingouin(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> Numbers:
    cases, readers = np.tile(np.arange(len(first)), 2), np.repeat(["first", "second"], len(first))
    frame = pandas.DataFrame({"case": cases, "reader": readers, "total": np.concatenate([first, second])})
    table = pingouin.intraclass_corr(data=frame, targets="case", raters="reader", ratings="total")
    ours = ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)")
    return dict(zip(ours, table["ICC"].to_numpy(), strict=True))


def largest_difference(readings: Readings, n_items: int) -> float:
    """Between ours and the libraries', over all estimates both have, where readers vary at all.

    Where both readers gave one grade throughout, irrCAC has a Scott's pi of 0 and we have none.
    """
    ours, theirs = closed_forms(readings), by_libraries(readings, n_items)
    differences = [np.abs(np.atleast_1d(ours[name])[:n_items] - theirs[name]) for name in theirs]
    return max(float(np.nanmax(difference)) for difference in differences)


def resampled(readings: Readings) -> object:
    """Ours: from all grades to the interval of the pooled kappa."""
    of_cases = tables_of(readings.first, readings.second, N_GRADES).of_cases
    return bootstrap_intervals(of_cases, {"kappa": linear_kappa}, n_resamples=N_RESAMPLES)


def resampled_closed_forms(readings: Readings) -> object:
    """Every closed form of grades from the same resamples."""
    of_cases = tables_of(readings.first, readings.second, N_GRADES).of_cases
    return bootstrap_intervals(of_cases, categorical.closed_forms, n_resamples=N_RESAMPLES)


def linear_kappa(counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return categorical.cohen_kappa(counts, LINEAR)


def by_copying_rows(readings: Readings, n_resamples: int) -> object:
    """The plain loop: draw patients, copy their rows, ask a library."""
    random, n = np.random.default_rng(1), len(readings.first)
    draws = (random.integers(n, size=n) for _ in range(n_resamples))
    return [
        cohen_kappa_score(readings.first[drawn].ravel(), readings.second[drawn].ravel(), weights="linear")
        for drawn in draws
    ]


if __name__ == "__main__":
    main()
