"""How far a score can be off because another reader would have scored otherwise, in units of the score."""

from math import sqrt

from scipy.special import chdtri

from scoring.agreement.moments import LIMITS, mean_squares, sd_difference, sums_of
from scoring.agreement.readings import NO_VALUE, Values, complete_pairs
from scoring.agreement.result import MIN_PAIRS, Agreement, Status, Verdict, too_few

INTERVAL = (
    "SD of the differences of the readers, so a constant difference between them is no part of it; "
    "chi-square 95 % interval (Stratford and Goldsmith 1997), exact where the differences are normal"
)


INTERVAL_WITHIN = "chi-square 95 % interval, exact where readings of a case are normal"


def standard_error_of_measurement(values: Values) -> Agreement:
    """SEM: how much a single reading scatters about what readers would give on average.

    values    (n cases, 2 readers); None or NaN where a reader has no value: the case is left out and counted
    Source    de Vet and others 2006, J Clin Epidemiol 59:1033-1039
    """
    return _scaled(values, 1 / sqrt(2), "SEM", "SD / sqrt(2), of a single reading")


def smallest_detectable_change(values: Values, *, n_averaged: int = 1) -> Agreement:
    """SDC: the least change between two occasions that is beyond measurement error, from scores of one occasion.

    values       (n cases, 2 readers), scores
    n_averaged   1 where the study analyses one reader's score, 2 where the mean of two
    Source       de Vet and others 2006, J Clin Epidemiol 59:1033-1039: 1.96 sqrt(2) SEM, over sqrt(k)
    """
    _check(n_averaged)
    scored = "a single reader's score" if n_averaged == 1 else f"the mean of {n_averaged} readers' scores"
    definition = f"1.96 SD / sqrt({n_averaged}), of {scored}; from scores of one occasion, not from change scores"
    return _scaled(values, LIMITS / sqrt(n_averaged), "SDC", definition)


def smallest_detectable_change_of_changes(changes: Values, *, n_averaged: int = 1) -> Agreement:
    """SDC as OMERACT takes it from change scores, which hold the error of both occasions already.

    changes      (n cases, 2 readers), each the reader's later score minus the same reader's earlier one
    n_averaged   1 where the study analyses one reader's change, 2 where the mean of two
    Source       Bruynesteyn and others 2005, Ann Rheum Dis 64:179-182
    """
    _check(n_averaged)
    changed = "a single reader's change" if n_averaged == 1 else f"the mean of {n_averaged} readers' changes"
    definition = f"1.96 SD / (sqrt(2) sqrt({n_averaged})), of {changed}; from change scores (Bruynesteyn 2005)"
    return _scaled(changes, LIMITS / sqrt(2 * n_averaged), "SDC of change", definition)


def standard_error_within(values: Values) -> Agreement:
    """SEM where readers are drawn for each case: the root of the mean square within cases.

    What readers differ by on average is part of it, for the next case may have any of them.
    Source   de Vet and others 2006, J Clin Epidemiol 59:1033-1039 (SEM for absolute agreement)
    """
    return _within(values, 1.0, "SEM", "sqrt(WMS), of a single reading by any reader of the pool")


def smallest_detectable_change_within(values: Values) -> Agreement:
    """SDC of a single reader's score, from the same mean square.

    Source   as standard_error_within: 1.96 sqrt(2) SEM
    """
    return _within(values, LIMITS * sqrt(2), "SDC", "1.96 sqrt(2) sqrt(WMS), of a single reader's score")


def _within(values: Values, factor: float, name: str, definition: str) -> Agreement:
    pairs, n_excluded = complete_pairs(values)
    n, within = len(pairs), float(mean_squares(sums_of(*pairs.T)).wms)
    verdict = _verdict(sqrt(within), n, factor, df=n) if n >= MIN_PAIRS else too_few(n)
    return Agreement(
        name=name,
        method=f"{definition}; {INTERVAL_WITHIN}",
        n=n,
        n_excluded=n_excluded,
        counts={"cases": n},
        **verdict.noting(n_excluded, NO_VALUE)._asdict(),
    )


def _check(n_averaged: int) -> None:
    if n_averaged < 1:
        raise ValueError(f"{n_averaged} readers have no mean.")


def _scaled(values: Values, factor: float, name: str, definition: str) -> Agreement:
    pairs, n_excluded = complete_pairs(values)
    n = len(pairs)
    return Agreement(
        name=name,
        method=f"{definition}; {INTERVAL}",
        n=n,
        n_excluded=n_excluded,
        counts={"cases": n},
        **_verdict(float(sd_difference(sums_of(*pairs.T))), n, factor).noting(n_excluded, NO_VALUE)._asdict(),
    )


def _verdict(sd: float, n: int, factor: float, *, df: int | None = None) -> Verdict:
    """`df`: degrees of freedom of the standard deviation; n - 1 unless said otherwise."""
    if n < MIN_PAIRS:
        return too_few(n)
    if sd == 0:
        sentence = "The readers differ by the same amount in every case: the interval is not estimable."
        return Verdict(Status.NOT_ESTIMABLE, sentence, 0.0)
    low, high = sd_interval(sd, n - 1 if df is None else df)
    return Verdict(estimate=factor * sd, low=factor * low, high=factor * high)


def sd_interval(sd: float, df: float) -> tuple[float, float]:
    """The 95 % interval of a standard deviation that has so many degrees of freedom, which need not be whole."""
    return sd * sqrt(df / chdtri(df, 0.025)), sd * sqrt(df / chdtri(df, 0.975))
