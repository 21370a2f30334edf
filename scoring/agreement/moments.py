"""Everything two readers' values say about agreement, from six sums: the formulas, on stacks of sums at once.

sums   float array (..., 6): n, Sx, Sy, Sxx, Syy, Sxy of complete pairs (x the first reader, y the second)

Sums of patients, items or resamples may be added up or weighted before they come here. No statistic changes when one
constant is added to all values, so sums are taken from a common origin and totals far from 0 lose no digits. Sums of
whole numbers are exact, and what is exactly 0 comes out as 0. What is undefined is NaN here, and nowhere else.
"""

import numpy as np
import numpy.typing as npt

from scoring.agreement.anova import MeanSquares
from scoring.agreement.shrout_fleiss import Model, Unit, estimate, name, spearman_brown

Array = npt.NDArray[np.float64]
Squares = MeanSquares[Array]
LIMITS = 1.96  # as papers write it: limits of agreement and detectable changes are defined by it, not estimated with it
ROUNDING = 1e-13  # of the raw sums of squares: less than this is 0 that floating point could not write

undefined_is_nan = np.errstate(divide="ignore", invalid="ignore")


def terms_of(first: npt.ArrayLike, second: npt.ArrayLike) -> Array:
    """What each pair adds to the sums: (..., n, 6) for values (..., n). A pair with NaN adds nothing.

    Pairs along the last axis share one origin, their first complete value: they may be added up, other rows may not.
    """
    x, y = np.broadcast_arrays(np.asarray(first, dtype=float), np.asarray(second, dtype=float))
    if x.shape[-1] == 0:
        return np.zeros((*x.shape, 6))
    complete = ~np.isnan(x + y)
    origin = np.take_along_axis(x, complete.argmax(axis=-1)[..., None], axis=-1)
    x, y = np.where(complete, x - origin, 0.0), np.where(complete, y - origin, 0.0)
    return np.stack([complete.astype(float), x, y, x * x, y * y, x * y], axis=-1)


def sums_of(first: npt.ArrayLike, second: npt.ArrayLike) -> Array:
    """The six sums (..., 6) of two readers' values (..., n), from a common origin."""
    sums: Array = terms_of(first, second).sum(axis=-2)
    return sums


@undefined_is_nan
def mean_squares(sums: Array) -> Squares:
    """The analysis of variance of two readers, from which all that follows is made; NaN below two pairs.

    Source   Shrout and Fleiss 1979, Psychol Bull 86:420-428, table 1, for k = 2
    """
    n, x, y = sums[..., 0], sums[..., 1], sums[..., 2]
    total, cross = sums[..., 3] + sums[..., 4], 2 * sums[..., 5]
    floor, within, degrees = ROUNDING * total, total - cross, 2 * n * (n - 1)
    # Times n, because then sums of whole numbers stay whole.
    between = n * (total + cross) - (x + y) ** 2
    around = n * within - (x - y) ** 2
    return MeanSquares(
        n=n,
        k=2,
        bms=_at_least(between, n * floor) / degrees,
        wms=_at_least(within, floor) / (2 * n),
        jms=(x - y) ** 2 / (2 * n),
        ems=_at_least(around, n * floor) / degrees,
    )


def icc(sums: Array, model: Model = Model.ONE_WAY, unit: Unit = Unit.SINGLE) -> Array:
    """The intraclass correlation of a single reading or of the mean of both; NaN where nothing varies."""
    return _icc(mean_squares(sums), model, unit)


def lin_ccc(sums: Array) -> Array:
    """Lin's concordance correlation with moments over n; NaN where all values are equal."""
    return _lin_ccc(mean_squares(sums))


@undefined_is_nan
def bias(sums: Array) -> Array:
    """The mean of first minus second reader."""
    difference: Array = (sums[..., 1] - sums[..., 2]) / sums[..., 0]
    return difference


def sd_difference(sums: Array) -> Array:
    """The standard deviation (n - 1) of the differences of the two readers."""
    return _sd_difference(mean_squares(sums))


def lower_limit(sums: Array, multiplier: float = LIMITS) -> Array:
    """The lower limit of agreement, of Bland and Altman 1986, Lancet i:307-310."""
    return bias(sums) - multiplier * sd_difference(sums)


def upper_limit(sums: Array, multiplier: float = LIMITS) -> Array:
    """The upper limit of agreement, of Bland and Altman 1986, Lancet i:307-310."""
    return bias(sums) + multiplier * sd_difference(sums)


def slope_on_mean(sums: Array) -> Array:
    """How much the difference of the readers grows per unit of their mean; NaN where the means are all equal."""
    return _slope_on_mean(sums, mean_squares(sums))


def sem(sums: Array) -> Array:
    """The standard error of measurement of a single reading; a constant difference between readers is no part of it."""
    return sd_difference(sums) / np.sqrt(2)


def sdc(sums: Array, n_averaged: int = 1) -> Array:
    """The smallest detectable change between two occasions, each scored by one reader or the mean of so many."""
    return LIMITS * sd_difference(sums) / np.sqrt(n_averaged)


def sdc_of_change(sums: Array, n_averaged: int = 1) -> Array:
    """The same from change scores, which hold the error of both occasions already.

    Source   Bruynesteyn and others 2005, Ann Rheum Dis 64:179-182: 1.96 SD / (sqrt(2) sqrt(k))
    """
    return LIMITS * sd_difference(sums) / np.sqrt(2 * n_averaged)


def closed_forms(sums: Array) -> dict[str, Array]:
    """All of the above by name, what they share worked out once."""
    squares, middle = mean_squares(sums), bias(sums)
    sd = _sd_difference(squares)
    return {
        **{name(model, unit): _icc(squares, model, unit) for model in Model for unit in Unit},
        "ccc": _lin_ccc(squares),
        "bias": middle,
        "sd": sd,
        "lower limit": middle - LIMITS * sd,
        "upper limit": middle + LIMITS * sd,
        "slope": _slope_on_mean(sums, squares),
        "sem": sd / np.sqrt(2),
        "sdc": LIMITS * sd,
        "sdc of the mean of two": LIMITS * sd / np.sqrt(2),
    }


@undefined_is_nan
def _icc(squares: Squares, model: Model, unit: Unit) -> Array:
    single = estimate(squares, model)
    if unit is Unit.MEAN:
        return spearman_brown(np.where(single > -1, single, np.nan), 2)
    return np.where(np.isfinite(single), single, np.nan)


@undefined_is_nan
def _lin_ccc(squares: Squares) -> Array:
    """2 Sxy / (Sx2 + Sy2 + (mean difference)2) of Lin 1989, Biometrics 45:255-268, in mean squares."""
    cases, error = (squares.n - 1) * squares.bms, (squares.n - 1) * squares.ems
    return (cases - error) / (cases + error + 2 * squares.jms)


def _sd_difference(squares: Squares) -> Array:
    sd: Array = np.sqrt(2 * squares.ems)
    return sd


@undefined_is_nan
def _slope_on_mean(sums: Array, squares: Squares) -> Array:
    n, x, y = sums[..., 0], sums[..., 1], sums[..., 2]
    spread = n * (sums[..., 3] - sums[..., 4]) - (x - y) * (x + y)
    return np.where(squares.bms > 0, spread / (n * (n - 1) * squares.bms), np.nan)


def _at_least(square_sum: Array, floor: Array) -> Array:
    return np.where(square_sum > floor, square_sum, 0.0)
