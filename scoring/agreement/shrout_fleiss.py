"""Shrout and Fleiss's six intraclass correlations, of a single reading and of the mean of k, and their intervals."""

from enum import StrEnum
from math import isfinite

from scipy.special import fdtri

from scoring.agreement.anova import MeanSquares, Number

Interval = tuple[float, float]


class Model(StrEnum):
    """How readers met cases, and so what counts as error."""

    ONE_WAY = "ICC(1,1)"
    TWO_WAY_RANDOM = "ICC(2,1)"
    TWO_WAY_MIXED = "ICC(3,1)"


class Unit(StrEnum):
    """What the study goes on to analyse: one reader's value, or the mean of all k readers of a case."""

    SINGLE = "1"
    MEAN = "k"


METHODS = {
    Model.ONE_WAY: (
        "one-way random effects, absolute agreement, {unit}: readers were drawn per case from a pool, "
        "so which of them is first means nothing; F-based 95 % interval"
    ),
    Model.TWO_WAY_RANDOM: (
        "two-way random effects, absolute agreement, {unit}: the same readers, a sample of possible readers, "
        "read every case; F-based 95 % interval with Satterthwaite's degrees of freedom"
    ),
    Model.TWO_WAY_MIXED: (
        "two-way mixed effects, consistency, {unit}: the same readers, the only ones of interest, read every "
        "case, and a constant difference between them is no error; F-based 95 % interval"
    ),
}
UNITS = {Unit.SINGLE: "single reading", Unit.MEAN: "mean of the k readings of a case (Spearman-Brown)"}


def name(model: Model, unit: Unit = Unit.SINGLE) -> str:
    """Shrout and Fleiss's name, such as ICC(2,k)."""
    return model.value.replace(",1", f",{unit}")


def method(model: Model, unit: Unit = Unit.SINGLE) -> str:
    """Model, reason, type, definition and interval: what Koo and Li 2016 (PMC4913118) ask a paper to name."""
    return f"{name(model, unit)}, {METHODS[model].format(unit=UNITS[unit])} (Shrout and Fleiss 1979)"


def estimate(squares: MeanSquares[Number], model: Model) -> Number:
    """The intraclass correlation of a single reading.

    Where it is 0 / 0, because nothing varies but what the model ignores: ZeroDivisionError of numbers, NaN of arrays.
    """
    n, k, bms = squares.n, squares.k, squares.bms
    error = squares.wms if model is Model.ONE_WAY else squares.ems
    between_readers = k * (squares.jms - error) / n if model is Model.TWO_WAY_RANDOM else 0.0
    return (bms - error) / (bms + (k - 1) * error + between_readers)


def spearman_brown(single: Number, k: int) -> Number:
    """The correlation of the mean of k readings. Only above -1 / (k - 1): there the mean stops varying at all.

    Source   Spearman 1910, Br J Psychol 3:271-295; Brown 1910, Br J Psychol 3:296-322
    """
    return k * single / (1 + (k - 1) * single)


def interval(squares: MeanSquares[float], model: Model) -> Interval | None:
    """The 95 % interval of a single reading; None where the F ratio is 0, infinite or has no degrees of freedom."""
    error = squares.wms if model is Model.ONE_WAY else squares.ems
    if squares.bms == 0 or error == 0:
        return None
    bounds = _satterthwaite(squares) if model is Model.TWO_WAY_RANDOM else _from_f_ratio(squares, model, error)
    return bounds if bounds and all(map(isfinite, bounds)) else None


def _from_f_ratio(squares: MeanSquares[float], model: Model, error: float) -> Interval:
    n, k = squares.n, squares.k
    df_cases, df_error = n - 1, (n if model is Model.ONE_WAY else n - 1) * (k - 1)
    ratio = squares.bms / error
    lowest, highest = ratio / _f(df_cases, df_error), ratio * _f(df_error, df_cases)
    return (lowest - 1) / (lowest + k - 1), (highest - 1) / (highest + k - 1)


def _satterthwaite(squares: MeanSquares[float]) -> Interval | None:
    """ICC(2,1) mixes three mean squares, so the degrees of freedom of its error are estimated too.

    Where they come out near 0, as far below an ICC of 0 they may, F's point is below 1 and the interval would not even
    hold the estimate: None.
    """
    n, k, bms, ems = squares.n, squares.k, squares.bms, squares.ems
    error = k * squares.jms + (k * n - k - n) * ems
    df_cases, df_error = n - 1, _error_df(squares)
    above, below = _f(df_cases, df_error), _f(df_error, df_cases)
    if not min(above, below) >= 1:  # also where it is NaN
        return None
    return (
        n * (bms - above * ems) / (above * error + n * bms),
        n * (below * bms - ems) / (error + n * below * bms),
    )


def _error_df(squares: MeanSquares[float]) -> float:
    """Satterthwaite's v, Shrout and Fleiss 1979, p. 424."""
    n, k = squares.n, squares.k
    rho, ratio = estimate(squares, Model.TWO_WAY_RANDOM), squares.jms / squares.ems
    readers, cases = k * rho * ratio, n * (1 + (k - 1) * rho) - k * rho
    return (k - 1) * (n - 1) * (readers + cases) ** 2 / ((n - 1) * readers**2 + cases**2)


def _f(df_above: float, df_below: float) -> float:
    """The 97.5 % point of F; the degrees of freedom need not be whole."""
    return float(fdtri(df_above, df_below, 0.975))
