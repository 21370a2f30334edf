"""Intraclass correlation of a number that readers give to each case, such as the total score."""

from collections.abc import Iterable

import numpy as np

from scoring.agreement.anova import MeanSquares, mean_squares
from scoring.agreement.readings import NO_VALUE, Array, Values, complete_cases
from scoring.agreement.result import MIN_PAIRS, Agreement, Status, Verdict, too_few
from scoring.agreement.shrout_fleiss import Model, Unit, estimate, interval, method, name, spearman_brown

ROUNDING = 1e-12  # of 1 + (k - 1) ICC: less than this is 0, and the mean of k readings has no ICC


def model_for(reader_pairs: Iterable[tuple[str, ...]]) -> Model:
    """The model that fits who read what, which the values themselves cannot tell.

    reader_pairs   one a case, in the order of the columns of the values: two-way models need the same readers, each in
                   one column, for every case
    """
    return Model.TWO_WAY_RANDOM if len(set(reader_pairs)) == 1 else Model.ONE_WAY


def intraclass_correlation(values: Values, *, model: Model = Model.ONE_WAY, unit: Unit = Unit.SINGLE) -> Agreement:
    """The intraclass correlation with its 95 % interval. It may be negative, and is shown so.

    values    (n cases, k readers); None or NaN where a reader has no value: the case is left out and counted
    model     default: readers drawn at random per case, which is right whoever read what
    unit      the mean of the k readings only if the study's analysis uses that mean
    Returns   Agreement; without an estimate when no value differs from another
    Source    Shrout and Fleiss 1979, Psychol Bull 86:420-428; McGraw and Wong 1996, Psychol Methods 1:30-46
    """
    complete, n_excluded = complete_cases(values)
    n, k = complete.shape
    return Agreement(
        name=name(model, unit),
        method=method(model, unit),
        n=n,
        n_excluded=n_excluded,
        counts={"cases": n, "readers": k},
        **_verdict(complete, model, unit).noting(n_excluded, NO_VALUE)._asdict(),
    )


def _verdict(values: Array, model: Model, unit: Unit) -> Verdict:
    if len(values) < MIN_PAIRS:
        return too_few(len(values))
    squares = mean_squares(values)
    if squares.bms == squares.wms == 0 or (model is Model.TWO_WAY_MIXED and squares.bms == squares.ems == 0):
        return Verdict(Status.NO_VARIATION, "Not estimable (no variation): the cases do not differ.")
    if model is not Model.ONE_WAY and _a_reader_is_constant(values):
        sentence = "A reader gave one value throughout: the ICC is 0 by construction, its interval is not estimable."
        return Verdict(Status.ONE_READER_CONSTANT, sentence, estimate=0.0)
    single, bounds = estimate(squares, model), interval(squares, model)
    if unit is Unit.SINGLE:
        return _answered(single, bounds, _why(values, squares))
    return _of_mean(single, bounds, squares.k, _why(values, squares))


def _a_reader_is_constant(values: Array) -> bool:
    """Of two readers only: with more, the others can still agree with each other."""
    return values.shape[1] == 2 and bool((np.ptp(values, axis=0) == 0).any())


def _of_mean(single: float, bounds: tuple[float, float] | None, k: int, why: str) -> Verdict:
    """The answer for the mean of k readings, which does not exist where the means do not vary beyond error."""

    def has_mean(correlation: float) -> bool:
        return 1 + (k - 1) * correlation > ROUNDING

    if not has_mean(single):
        return Verdict(Status.NOT_ESTIMABLE, "Not estimable: the means of the readers do not differ between cases.")
    low_high = (spearman_brown(bounds[0], k), spearman_brown(bounds[1], k)) if bounds and has_mean(bounds[0]) else None
    return _answered(spearman_brown(single, k), low_high, why)


def _answered(number: float, bounds: tuple[float, float] | None, why: str) -> Verdict:
    if bounds is None:
        return Verdict(Status.NOT_ESTIMABLE, f"{why}: the interval is not estimable.", number)
    return Verdict(estimate=number, low=bounds[0], high=bounds[1])


def _why(values: Array, squares: MeanSquares[float]) -> str:
    if squares.wms == 0:
        return "Perfect agreement"
    if squares.ems == 0:
        return f"The readers differ by {np.ptp(values[0]):g} in every case"
    return "The cases do not differ in their means" if squares.bms == 0 else "Too little is known of the error"
