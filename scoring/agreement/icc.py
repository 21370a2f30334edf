"""Intraclass correlation of a number that readers give to each case, such as the total score."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from scoring.agreement.anova import MeanSquares, mean_squares
from scoring.agreement.result import MIN_PAIRS, Agreement, Status, Verdict, too_few
from scoring.agreement.shrout_fleiss import Model, estimate, interval

Values = npt.NDArray[np.float64]


def model_for(reader_pairs: Iterable[tuple[str, ...]]) -> Model:
    """The model that fits who read what, which the values themselves cannot tell.

    reader_pairs   one a case, in the order of the columns of the values: two-way models need the same readers, each in
                   one column, for every case
    """
    return Model.TWO_WAY_RANDOM if len(set(reader_pairs)) == 1 else Model.ONE_WAY


def intraclass_correlation(
    values: Sequence[Sequence[float | None]] | Values, *, model: Model = Model.ONE_WAY
) -> Agreement:
    """The intraclass correlation of single readings with its 95 % interval. It may be negative, and is shown so.

    values    (n cases, k readers); None or NaN where a reader has no value: the case is left out and counted
    model     default: readers drawn at random per case, which is right whoever read what
    Returns   Agreement; without an estimate when no value differs from another
    Source    Shrout and Fleiss 1979, Psychol Bull 86:420-428; McGraw and Wong 1996, Psychol Methods 1:30-46
    """
    array = _as_array(values)
    complete = array[~np.isnan(array).any(axis=1)]
    n, k = complete.shape
    n_excluded = len(array) - n
    return Agreement(
        name=model.value,
        method=model.method,
        n=n,
        n_excluded=n_excluded,
        counts={"cases": n, "readers": k},
        **_verdict(complete, model).noting(n_excluded, "a reader has no value")._asdict(),
    )


def _as_array(values: Sequence[Sequence[float | None]] | Values) -> Values:
    array = np.asarray(values, dtype=float)
    if array.size == 0:
        return np.empty((0, 2))
    if array.ndim != 2 or array.shape[1] < 2 or np.isinf(array).any():
        raise ValueError("An intraclass correlation needs one row a case and a finite value of two or more readers.")
    return array


def _verdict(values: Values, model: Model) -> Verdict:
    if len(values) < MIN_PAIRS:
        return too_few(len(values))
    squares = mean_squares(values)
    if squares.bms == squares.wms == 0 or (model is Model.TWO_WAY_MIXED and squares.bms == squares.ems == 0):
        return Verdict(Status.NO_VARIATION, "Not estimable (no variation): the cases do not differ.")
    if model is not Model.ONE_WAY and _a_reader_is_constant(values):
        sentence = "A reader gave one value throughout: the ICC is 0 by construction, its interval is not estimable."
        return Verdict(Status.ONE_READER_CONSTANT, sentence, estimate=0.0)
    return _estimated(values, squares, model)


def _a_reader_is_constant(values: Values) -> bool:
    """Of two readers only: with more, the others can still agree with each other."""
    return values.shape[1] == 2 and bool((np.ptp(values, axis=0) == 0).any())


def _estimated(values: Values, squares: MeanSquares, model: Model) -> Verdict:
    number, bounds = estimate(squares, model), interval(squares, model)
    if bounds is None:
        return Verdict(Status.NOT_ESTIMABLE, f"{_why(values, squares)}: the interval is not estimable.", number)
    return Verdict(estimate=number, low=bounds[0], high=bounds[1])


def _why(values: Values, squares: MeanSquares) -> str:
    if squares.wms == 0:
        return "Perfect agreement"
    if squares.ems == 0:
        return f"The readers differ by {np.ptp(values[0]):g} in every case"
    return "The cases do not differ in their means" if squares.bms == 0 else "Too little is known of the error"
