"""How far two readers' values of one case lie apart: bias, limits of agreement, and whether they hold everywhere."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import NamedTuple

from scipy.special import nctdtrit, stdtr, stdtrit

from scoring.agreement import moments
from scoring.agreement.moments import LIMITS, Array, sums_of
from scoring.agreement.readings import NO_VALUE, Values, complete_pairs
from scoring.agreement.result import MIN_PAIRS, Agreement, Status, Verdict, too_few

ROUNDING = 1e-12  # of the differences' variance: less scatter than this about the slope is 0
Interval = tuple[float, float]

BIAS = "mean of first minus second reader's value; t 95 % interval"
SLOPE = (
    "least squares of first minus second reader's value on the mean of both; t 95 % interval (n - 2), "
    "p as of the Pitman-Morgan test that both readers' values vary equally"
)
DEPENDS = (
    "The difference depends on the mean (p {p}): bias and limits do not hold along the whole scale, "
    "as is common for sums that start at 0."
)


class LimitInterval(StrEnum):
    """Which 95 % interval a limit of agreement gets."""

    EXACT = "noncentral t, exact for each limit where the differences are normal (Carkeet 2015)"
    APPROXIMATE = "t with SE = s sqrt(1/n + m^2 / (2 (n-1))), m the multiplier (Bland and Altman 1999)"
    APPROXIMATE_1986 = "t with SE = s sqrt(3/n) (Bland and Altman 1986)"


@dataclass(frozen=True, kw_only=True)
class BlandAltman:
    """What belongs to one plot of differences (first minus second reader) against means.

    slope     of the difference on the mean: about 0 where bias and limits hold along the whole scale
    slope_p   of the hypothesis that it is 0; None where the slope has no interval
    """

    bias: Agreement
    lower: Agreement
    upper: Agreement
    slope: Agreement
    slope_p: float | None


class _Differences(NamedTuple):
    n: int
    n_excluded: int
    mean: float
    sd: float
    slope: float
    variance_of_means: float

    @property
    def scatter(self) -> float:
        """The variance of the differences about the line on the means, with n - 2 degrees of freedom."""
        unexplained = self.sd**2 - self.slope**2 * self.variance_of_means
        return 0.0 if unexplained <= ROUNDING * self.sd**2 else unexplained * (self.n - 1) / (self.n - 2)


def bland_altman(
    values: Values, *, multiplier: float = LIMITS, interval: LimitInterval = LimitInterval.EXACT
) -> BlandAltman:
    """Bias, limits of agreement and the slope on the mean, each with its 95 % interval.

    values       (n cases, 2 readers); None or NaN where a reader has no value: the case is left out and counted
    multiplier   of the standard deviation; 1.96, or the 2 of the paper of 1986
    Source       Bland and Altman 1986, Lancet i:307-310; 1999, Stat Methods Med Res 8:135-160;
                 Carkeet 2015, Optom Vis Sci 92:e71-e80
    """
    if multiplier <= 0:
        raise ValueError("Limits of agreement lie a positive number of standard deviations about the bias.")
    differences = _differences(*complete_pairs(values))
    slope, slope_p = _slope(differences)
    return BlandAltman(
        bias=_answer("bias", BIAS, differences, _bias(differences)),
        lower=_answer(
            "lower limit of agreement",
            f"mean difference - {multiplier:g} SD; 95 % interval: {interval.value}",
            differences,
            _limit(differences, -multiplier, interval),
        ),
        upper=_answer(
            "upper limit of agreement",
            f"mean difference + {multiplier:g} SD; 95 % interval: {interval.value}",
            differences,
            _limit(differences, multiplier, interval),
        ),
        slope=_answer("slope of the difference on the mean", SLOPE, differences, slope),
        slope_p=slope_p,
    )


def _differences(pairs: Array, n_excluded: int) -> _Differences:
    sums = sums_of(*pairs.T)
    return _Differences(
        n=len(pairs),
        n_excluded=n_excluded,
        mean=float(moments.bias(sums)),
        sd=float(moments.sd_difference(sums)),
        slope=float(moments.slope_on_mean(sums)),
        variance_of_means=float(moments.mean_squares(sums).bms) / 2,
    )


def _answer(name: str, method: str, differences: _Differences, verdict: Verdict) -> Agreement:
    return Agreement(
        name=name,
        method=method,
        n=differences.n,
        n_excluded=differences.n_excluded,
        counts={"cases": differences.n},
        **verdict.noting(differences.n_excluded, NO_VALUE)._asdict(),
    )


def _bias(differences: _Differences) -> Verdict:
    n, _, mean, sd, *_ = differences
    if n < MIN_PAIRS or sd == 0:
        return _without_scatter(differences)
    half_width = _t(n - 1) * sd / sqrt(n)
    return Verdict(estimate=mean, low=mean - half_width, high=mean + half_width)


def _limit(differences: _Differences, multiplier: float, interval: LimitInterval) -> Verdict:
    n, _, mean, sd, *_ = differences
    if n < MIN_PAIRS or sd == 0:
        return _without_scatter(differences)
    low, high = interval_in_sds(n, multiplier, interval)
    return Verdict(estimate=mean + multiplier * sd, low=mean + low * sd, high=mean + high * sd)


def interval_in_sds(n: int, multiplier: float, interval: LimitInterval) -> Interval:
    """The interval of a limit, as multiples of the SD away from the mean difference."""
    if interval is LimitInterval.EXACT:
        near, far = (float(nctdtrit(n - 1, abs(multiplier) * sqrt(n), p)) / sqrt(n) for p in (0.025, 0.975))
        return (near, far) if multiplier > 0 else (-far, -near)
    variance = 3 / n if interval is LimitInterval.APPROXIMATE_1986 else 1 / n + multiplier**2 / (2 * (n - 1))
    return multiplier - _t(n - 1) * sqrt(variance), multiplier + _t(n - 1) * sqrt(variance)


def _without_scatter(differences: _Differences) -> Verdict:
    """Bias and limits are one and the same number then."""
    if differences.n < MIN_PAIRS:
        return too_few(differences.n)
    opening = f"The readers differ by {differences.mean:g} in every case" if differences.mean else "No case differs"
    sentence = f"{opening}: the interval is not estimable."
    return Verdict(Status.NOT_ESTIMABLE, sentence, differences.mean)


def _slope(differences: _Differences) -> tuple[Verdict, float | None]:
    n, slope, spread = differences.n, differences.slope, differences.variance_of_means
    if n < MIN_PAIRS:
        return too_few(n), None
    if spread == 0:
        return Verdict(Status.NO_VARIATION, "Not estimable (no variation): the means of the cases do not differ."), None
    if differences.scatter == 0:
        sentence = "The differences lie on one line: the interval is not estimable."
        return Verdict(Status.NOT_ESTIMABLE, sentence, slope), None
    se = sqrt(differences.scatter / (spread * (n - 1)))
    p = 2 * float(stdtr(n - 2, -abs(slope) / se))
    sentence = DEPENDS.format(p=f"{p:.3f}" if p >= 0.001 else "below 0.001") if p < 0.05 else ""
    half_width = _t(n - 2) * se
    return Verdict(Status.OK, sentence, slope, slope - half_width, slope + half_width), p


def _t(df: int) -> float:
    return float(stdtrit(df, 0.975))
