"""Intervals by resampling patients, each with all their items: sites of one neck are no independent observations."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from scoring.agreement.resampling import Array, Statistics, evaluated, patterns_of, resampled_sums
from scoring.agreement.result import MIN_PAIRS, Z_95, Agreement, Status

RESAMPLES = 2_000
SEED = 1979  # of Efron's first bootstrap; written into every answer
MAX_UNDEFINED = 0.05  # of the resamples: where more are left out, the rest is no picture of what could have been seen
FEW_PATIENTS = 20  # with 10, an interval held the true pooled kappa in 86 to 89 % of samples (`./dens bench coverage`)
ROUNDING = 1e-12  # two values of a statistic nearer than this are one

Bounds = tuple[float, float]
Times = npt.NDArray[np.int64]  # (n_patterns,) patients of each pattern


class Interval(StrEnum):
    PERCENTILE = "percentile"
    BCA = "BCa"


class NoBCa(Exception):
    """The resamples or the jackknife leave the bias or the acceleration without a value."""


@dataclass(frozen=True, kw_only=True)
class Bootstrap:
    """One statistic with its 95 % interval from resampled patients.

    estimate    of the patients as they are; None where the statistic is undefined
    low, high   None where there is no interval; the sentence says why
    n_patients  patients with at least one usable pair
    """

    estimate: float | None
    low: float | None
    high: float | None
    interval: Interval
    sentence: str
    n_patients: int
    n_resamples: int
    n_undefined: int
    seed: int

    @property
    def method(self) -> str:
        correction = ", bias-corrected and accelerated (Efron 1987)" if self.interval is Interval.BCA else ""
        return (
            f"{self.interval} 95 % interval{correction} of {self.n_resamples:,} bootstrap resamples of "
            f"{self.n_patients:,} patients, each with all their items (Kang 2013), seed {self.seed}"
        )


def bootstrap_intervals(
    per_patient: npt.ArrayLike,
    statistics: Statistics,
    *,
    interval: Interval = Interval.PERCENTILE,
    n_resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, Bootstrap]:
    """Each statistic with its 95 % interval, all from the same resamples of patients.

    per_patient   array (n_patients, ...): what each patient adds to the sums the statistics are made of, such as their
                  own (q, q) table over their items, or their own n, Sx, Sy, Sxx, Syy, Sxy
    statistics    name -> function of sums (B, ...) that gives (B,), NaN where it is undefined; or one function of sums
                  that gives all of them by name, such as categorical.closed_forms
    Source        Kang and others 2013, Stat Med, doi 10.1002/sim.5796 (kappa of clustered pairs);
                  Efron 1987, J Am Stat Assoc 82:171-185 (BCa)
    """
    if n_resamples < 1:
        raise ValueError("A bootstrap needs at least one resample.")
    patterns = patterns_of(per_patient)
    values = evaluated(statistics, resampled_sums(patterns, n_resamples=n_resamples, seed=seed))
    estimates = evaluated(statistics, patterns.total[None])
    left_out = evaluated(statistics, patterns.total - patterns.sums) if interval is Interval.BCA else None
    of_method = partial(_summary, interval=interval, times=patterns.times, seed=seed)
    return {
        name: of_method(values[name], float(estimates[name][0]), None if left_out is None else left_out[name])
        for name in values
    }


def bootstrapped(answer: Agreement, by_patients: Bootstrap) -> Agreement:
    """The same answer with the interval of resampled patients in place of its own.

    Without an estimate there is nothing to put an interval around: the answer stays as it is. A reason it already
    gives for having no interval is the better one where resampling finds none either.
    Raises   ValueError if the two estimates are not the same
    """
    if answer.estimate is None:
        return answer
    if by_patients.estimate is not None and abs(answer.estimate - by_patients.estimate) > 1e-9:
        raise ValueError(f"{answer.name}: {answer.estimate} is not the {by_patients.estimate} that was resampled.")
    found = replace(
        answer,
        method="; ".join([_without_interval(answer.method), by_patients.method]),
        counts={
            **answer.counts,
            "patients": by_patients.n_patients,
            "resamples": by_patients.n_resamples,
            "undefined": by_patients.n_undefined,
        },
        low=by_patients.low,
        high=by_patients.high,
        status=Status.NOT_ESTIMABLE if by_patients.low is None else Status.OK,
        sentence=f"{by_patients.sentence} {_pairs_left_out(answer.sentence)}".strip(),
    )
    reason_known = by_patients.low is None and answer.status is not Status.OK
    return replace(found, status=answer.status, sentence=answer.sentence) if reason_known else found


def percentile_bounds(values: Array) -> Bounds:
    """The middle 95 % of the defined values."""
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def bca_bounds(values: Array, estimate: float, left_out: Array, times: Times) -> Bounds:
    """The bias-corrected and accelerated 95 % interval.

    values     the defined values of the resamples
    left_out   (n_patterns,) the statistic without one patient of each pattern; times: how many patients that are
    Raises     NoBCa if all resamples lie on one side of the estimate, or the statistic hangs on one patient
    Source     Efron 1987, J Am Stat Assoc 82:171-185; values equal to the estimate count half
    """
    bias, acceleration = bias_correction(values, estimate), acceleration_of(left_out, times)
    shifted = bias + np.array([-Z_95, Z_95])
    if not (np.isfinite(bias) and (acceleration * shifted < 1).all()):  # also where either is NaN
        raise NoBCa
    share = ndtr(bias + shifted / (1 - acceleration * shifted))
    low, high = np.quantile(values, share)
    return float(low), float(high)


def bias_correction(values: Array, estimate: float) -> float:
    """z0: how far the estimate is from the middle of its resamples, in standard deviations of a normal."""
    below, above = (values < estimate - ROUNDING).mean(), (values > estimate + ROUNDING).mean()
    return float(ndtri((1 + below - above) / 2))


def acceleration_of(left_out: Array, times: Times) -> float:
    """a: how fast the standard error changes with the statistic, from the skewness of the jackknife."""
    deviation = np.average(left_out, weights=times) - left_out
    square, cube = (float((times * deviation**power).sum()) for power in (2, 3))
    return 0.0 if square == 0 else cube / (6 * square**1.5)


def _summary(
    values: Array, estimate: float, left_out: Array | None, *, interval: Interval, times: Times, seed: int
) -> Bootstrap:
    defined, n_patients = values[~np.isnan(values)], int(times.sum())
    n_undefined = len(values) - len(defined)
    bounds, sentence = None, _no_interval(values, estimate, n_patients)
    if not sentence:
        bounds, interval, sentence = _bounds(defined, estimate, left_out, times)
        sentence = " ".join(filter(None, [sentence, _few(n_patients), _undefined(n_undefined, len(values))]))
    return Bootstrap(
        estimate=None if np.isnan(estimate) else estimate,
        low=bounds and bounds[0],
        high=bounds and bounds[1],
        interval=interval,
        sentence=sentence,
        n_patients=n_patients,
        n_resamples=len(values),
        n_undefined=n_undefined,
        seed=seed,
    )


def _no_interval(values: Array, estimate: float, n_patients: int) -> str:
    """Why there is no interval; empty where there is one."""
    undefined = np.isnan(values)
    if n_patients < MIN_PAIRS:
        return f"No interval: {n_patients} patient{'' if n_patients == 1 else 's'}, at least {MIN_PAIRS} are needed."
    if np.isnan(estimate):
        return "No interval: the statistic itself is undefined."
    if undefined.mean() > MAX_UNDEFINED:
        return (
            f"No interval: the statistic is undefined in {undefined.sum():,} of {len(values):,} resamples, more than "
            f"{MAX_UNDEFINED:.0%}."
        )
    if np.ptp(values[~undefined]) < ROUNDING:
        return "No interval: every resample gives the same value."
    return ""


def _bounds(defined: Array, estimate: float, left_out: Array | None, times: Times) -> tuple[Bounds, Interval, str]:
    """BCa where the statistic without each patient is given and the corrections have a value, else percentile."""
    if left_out is None:
        return percentile_bounds(defined), Interval.PERCENTILE, ""
    try:
        return bca_bounds(defined, estimate, left_out, times), Interval.BCA, ""
    except NoBCa:
        sentence = "Percentile interval: BCa's corrections have no value."
        return percentile_bounds(defined), Interval.PERCENTILE, sentence


def _few(n_patients: int) -> str:
    return f"Only {n_patients} patients: such an interval tends to be too narrow." if n_patients < FEW_PATIENTS else ""


def _undefined(n_undefined: int, n_resamples: int) -> str:
    if not n_undefined:
        return ""
    return f"{n_undefined:,} of {n_resamples:,} resamples left out: the statistic is undefined in them."


def _without_interval(method: str) -> str:
    """What the statistic is; the part that names an interval goes."""
    return "; ".join(part for part in method.split("; ") if "interval" not in part)


def _pairs_left_out(sentence: str) -> str:
    """The pairs that were left out stay so; what is said of the old interval goes."""
    found = re.search(r"\d+ pairs? left out: .*", sentence)
    return found.group() if found else ""
