"""Agreement where the readers of each case were drawn from a pool: cases and readers as crossed random effects."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from math import exp, isnan, log, sqrt
from typing import Self

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtri

from scoring.agreement.reml import Array, Crossed, Fit, Indices
from scoring.agreement.result import MIN_PAIRS, Agreement, Status, Verdict, too_few

Reading = tuple[Hashable, Hashable, float | None]  # case, reader, value; None or NaN: no value
ROUNDING = 1e-12  # of the total sum of squares, or of the error variance: less than this is 0
FEW_READERS = 5
DROP = float(chdtri(1, 0.05))  # 3.84: how much the deviance may rise within a 95 % interval

HIGHEST = 1 - 1e-6  # of an intraclass correlation that is told from 1
SMALLEST = 1e-9  # of the error variance: a reader variance of less is 0
MODEL = (
    "crossed random effects of cases and readers, readers drawn per case from a pool, any of them with any other; "
    "restricted maximum likelihood, in which no variance is below 0; profile likelihood 95 % interval"
)
ICC = f"absolute agreement of single readings, case / (case + reader + error) variance; {MODEL}"
READER_SD = f"standard deviation of what readers give on average to the same cases; {MODEL}"


@dataclass(frozen=True, kw_only=True)
class Variances:
    """How much of the variance of a single reading is due to what."""

    case: float
    reader: float
    error: float


@dataclass(frozen=True, kw_only=True)
class CrossedRandom:
    """What a pool of readers says about one number.

    icc         absolute agreement of single readings by any two readers of the pool
    reader_sd   how far apart readers of the pool are on average over cases, in units of the value
    variances   None where they cannot be told apart
    """

    icc: Agreement
    reader_sd: Agreement
    variances: Variances | None


def crossed_random(readings: Iterable[Reading]) -> CrossedRandom:
    """The agreement of readers of a pool, from who read what, with 95 % intervals.

    readings   one (case, reader, value) each; a case may have any number of readers, a reader any number of cases
    Raises     ValueError if a value is infinite or a reader has two values for one case
    Source     ICC as case / (case + reader + error) variance: McGraw and Wong 1996, Psychol Methods 1:30-46;
               profile likelihood: Venzon and Moolgavkar 1988, Appl Stat 37:87-94

    In 1,000 simulated studies each (two of 5 readers who differ much read each of 40 or of 200 cases), the profile
    likelihood held the true ICC in 94.5 and 94.3 %, the delta method on the logit in 89.7 and 87.1 %.
    """
    pool = _Pool.of(readings)
    nothing = pool.why_nothing()
    if nothing is not None:
        return pool.answer(nothing, nothing)
    crossed = Crossed.of(pool.cases, pool.readers, pool.values)
    square_sum, df = crossed.unexplained()
    if df == 0 or square_sum <= ROUNDING * len(pool.values) * pool.values.var():
        return pool.answer(*_without_error(pool, df))
    fit = crossed.fit()
    case, reader = (float(ratio) * fit.error for ratio in fit.ratios)
    variances = Variances(case=case, reader=reader, error=fit.error)
    return pool.answer(_icc(crossed, fit), _reader_sd(crossed, fit, pool.n_readers), variances)


@dataclass(frozen=True, eq=False)
class _Pool:
    """Readings with a value: the number of the case, the number of the reader, the value."""

    cases: Indices
    readers: Indices
    values: Array
    n_excluded: int

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Self:
        readings = list(readings)
        usable = [reading for reading in readings if reading[2] is not None and not isnan(reading[2])]
        if len({reading[:2] for reading in usable}) < len(usable):
            raise ValueError("A reader gives one value to a case.")
        values = np.array([value for _, _, value in usable], dtype=float)
        if np.isinf(values).any():
            raise ValueError("Agreement needs finite values.")
        cases, readers = _numbered(case for case, _, _ in usable), _numbered(reader for _, reader, _ in usable)
        return cls(cases, readers, values, len(readings) - len(usable))

    @property
    def n_cases(self) -> int:
        return int(self.cases.max(initial=-1)) + 1

    @property
    def n_readers(self) -> int:
        return int(self.readers.max(initial=-1)) + 1

    @property
    def n_read_twice(self) -> int:
        return int((np.bincount(self.cases) > 1).sum())

    def why_nothing(self) -> Verdict | None:
        if self.n_read_twice < MIN_PAIRS:
            return too_few(self.n_read_twice)
        if np.ptp(self.values) == 0:
            return Verdict(Status.NO_VARIATION, "Not estimable (no variation): the cases do not differ.")
        return None

    def answer(self, icc: Verdict, reader_sd: Verdict, variances: Variances | None = None) -> CrossedRandom:
        return CrossedRandom(
            icc=self._answer("ICC (crossed random)", ICC, icc),
            reader_sd=self._answer("reader SD", READER_SD, reader_sd),
            variances=variances,
        )

    def _answer(self, name: str, method: str, verdict: Verdict) -> Agreement:
        left_out = f"{self.n_excluded} reading{'' if self.n_excluded == 1 else 's'} left out: no value."
        sentence = f"{verdict.sentence} {left_out}".strip() if self.n_excluded else verdict.sentence
        return Agreement(
            name=name,
            method=method,
            n=self.n_cases,
            n_excluded=self.n_excluded,
            counts={
                "cases": self.n_cases,
                "cases_read_twice": self.n_read_twice,
                "readers": self.n_readers,
                "readings": len(self.values),
            },
            **verdict._replace(sentence=sentence)._asdict(),
        )


def _numbered(labels: Iterable[Hashable]) -> Indices:
    """0 for the first label met, 1 for the next new one, and so on."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.int64)


def _without_error(pool: _Pool, df: int) -> tuple[Verdict, Verdict]:
    """Where cases and readers explain every value, the likelihood has no maximum."""
    first = pool.values[np.unique(pool.cases, return_index=True)[1]]
    if (pool.values == first[pool.cases]).all():
        sentence = "Perfect agreement: the interval is not estimable."
        return Verdict(Status.NOT_ESTIMABLE, sentence, 1.0), Verdict(Status.NOT_ESTIMABLE, sentence, 0.0)
    why = "the readers differ by the same amounts in every case" if df else "too few cases are shared by readers"
    nothing = Verdict(Status.NOT_ESTIMABLE, f"Not estimable: {why}, so error and readers cannot be told apart.")
    return nothing, nothing


def _icc(crossed: Crossed, fit: Fit) -> Verdict:
    case, reader = fit.ratios.tolist()
    icc = case / (1 + case + reader)

    def excess(value: float) -> float:
        return crossed.at_icc(value, fit) - fit.deviance - DROP

    low = 0.0 if icc == 0 or excess(0.0) <= 0 else _root(excess, 0.0, icc)
    high = _root(excess, icc, HIGHEST) if icc < HIGHEST and excess(HIGHEST) > 0 else 1.0
    sentence = "" if case else "The variance between cases is estimated as 0, the least that a variance can be."
    return Verdict(Status.OK, sentence, icc, min(low, icc), max(high, icc))


def _reader_sd(crossed: Crossed, fit: Fit, n_readers: int) -> Verdict:
    variance = float(fit.ratios[1]) * fit.error

    def excess(log_variance: float) -> float:
        return crossed.at_reader_variance(exp(log_variance), fit) - fit.deviance - DROP

    smallest = log(fit.error * SMALLEST)
    middle = max(log(variance), smallest) if variance else smallest
    surely_not_0 = crossed.without_readers(fit) - fit.deviance > DROP
    low = exp(_root(excess, smallest, middle) / 2) if surely_not_0 and middle > smallest else 0.0
    sd, high = sqrt(variance), exp(_root(excess, middle, _beyond(excess, middle)) / 2)
    return Verdict(Status.OK, _told(sd, fit, n_readers), sd, min(low, sd), max(high, sd))


def _root(excess: Callable[[float], float], low: float, high: float) -> float:
    return float(brentq(excess, low, high, xtol=1e-7))


def _beyond(excess: Callable[[float], float], start: float) -> float:
    """Somewhere above the upper bound: the deviance rises without end, at least with the logarithm."""
    while excess(start) <= 0:
        start += 1
    return start


def _told(sd: float, fit: Fit, n_readers: int) -> str:
    case, reader = fit.ratios.tolist()
    share = reader / (1 + case + reader)
    found = (
        f"Readers differ by a standard deviation of {sd:.2g}: {100 * share:.0f} % of the variance of a reading."
        if sd
        else "No difference between readers is seen beyond error: their variance is estimated as 0."
    )
    few = f" {n_readers} readers tell little of a pool." if n_readers < FEW_READERS else ""
    return found + few
