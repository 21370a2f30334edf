"""Shrout and Fleiss's three intraclass correlations of a single reading, and their intervals."""

from enum import StrEnum
from math import isfinite

from scipy.special import fdtri

from scoring.agreement.anova import MeanSquares

Interval = tuple[float, float]


class Model(StrEnum):
    """How readers met cases, and so what counts as error."""

    ONE_WAY = "ICC(1,1)"
    TWO_WAY_RANDOM = "ICC(2,1)"
    TWO_WAY_MIXED = "ICC(3,1)"

    @property
    def method(self) -> str:
        """Model, reason, type, definition and interval: what Koo and Li 2016 (PMC4913118) ask a paper to name."""
        return f"{self.value}, {METHODS[self]} (Shrout and Fleiss 1979)"


METHODS = {
    Model.ONE_WAY: (
        "one-way random effects, absolute agreement, single reading: readers were drawn per case from a pool, "
        "so which of them is first means nothing; F-based 95 % interval"
    ),
    Model.TWO_WAY_RANDOM: (
        "two-way random effects, absolute agreement, single reading: the same readers, a sample of possible readers, "
        "read every case; F-based 95 % interval with Satterthwaite's degrees of freedom"
    ),
    Model.TWO_WAY_MIXED: (
        "two-way mixed effects, consistency, single reading: the same readers, the only ones of interest, read every "
        "case, and a constant difference between them is no error; F-based 95 % interval"
    ),
}


def estimate(squares: MeanSquares, model: Model) -> float:
    """The intraclass correlation. ZeroDivisionError where it is 0 / 0: nothing varies but what the model ignores."""
    n, k, bms = squares.n, squares.k, squares.bms
    error = squares.wms if model is Model.ONE_WAY else squares.ems
    between_readers = k * (squares.jms - error) / n if model is Model.TWO_WAY_RANDOM else 0.0
    return (bms - error) / (bms + (k - 1) * error + between_readers)


def interval(squares: MeanSquares, model: Model) -> Interval | None:
    """The 95 % interval; None where the F ratio is 0, infinite or has no degrees of freedom to stand on."""
    error = squares.wms if model is Model.ONE_WAY else squares.ems
    if squares.bms == 0 or error == 0:
        return None
    bounds = _satterthwaite(squares) if model is Model.TWO_WAY_RANDOM else _from_f_ratio(squares, model, error)
    return bounds if all(map(isfinite, bounds)) else None


def _from_f_ratio(squares: MeanSquares, model: Model, error: float) -> Interval:
    n, k = squares.n, squares.k
    df_cases, df_error = n - 1, (n if model is Model.ONE_WAY else n - 1) * (k - 1)
    ratio = squares.bms / error
    lowest, highest = ratio / _f(df_cases, df_error), ratio * _f(df_error, df_cases)
    return (lowest - 1) / (lowest + k - 1), (highest - 1) / (highest + k - 1)


def _satterthwaite(squares: MeanSquares) -> Interval:
    """ICC(2,1) mixes three mean squares, so the degrees of freedom of its error are estimated too."""
    n, k, bms, ems = squares.n, squares.k, squares.bms, squares.ems
    error = k * squares.jms + (k * n - k - n) * ems
    df_cases, df_error = n - 1, _error_df(squares)
    above, below = _f(df_cases, df_error), _f(df_error, df_cases)
    return (
        n * (bms - above * ems) / (above * error + n * bms),
        n * (below * bms - ems) / (error + n * below * bms),
    )


def _error_df(squares: MeanSquares) -> float:
    """Satterthwaite's v, Shrout and Fleiss 1979, p. 424."""
    n, k = squares.n, squares.k
    rho, ratio = estimate(squares, Model.TWO_WAY_RANDOM), squares.jms / squares.ems
    readers, cases = k * rho * ratio, n * (1 + (k - 1) * rho) - k * rho
    return (k - 1) * (n - 1) * (readers + cases) ** 2 / ((n - 1) * readers**2 + cases**2)


def _f(df_above: float, df_below: float) -> float:
    """The 97.5 % point of F; the degrees of freedom need not be whole."""
    return float(fdtri(df_above, df_below, 0.975))
