"""Cohen's kappa of two readers, plain or weighted."""

from math import sqrt

import numpy as np

from scoring.agreement.result import MIN_PAIRS, Z_95, Agreement, Status, Verdict, too_few
from scoring.agreement.table import NOT_ASSESSABLE, CrossTable
from scoring.agreement.weights import Matrix, Weights, agreement_weights

ROUNDING = 1e-20  # of a variance of numbers about 1: what floating point leaves where the exact answer is 0


def cohen_kappa(table: CrossTable, *, weights: Weights = Weights.UNWEIGHTED) -> Agreement:
    """Cohen's kappa with its large-sample 95 % interval.

    Returns   Agreement; without an estimate when both readers gave one and the same grade throughout
    Source    Cohen 1960, Educ Psychol Meas 20:37-46; Cohen 1968, Psychol Bull 70:213-220;
              variance of Fleiss, Cohen, Everitt 1969, Psychol Bull 72:323-327
    """
    verdict = _verdict(table, agreement_weights(weights, table.n_grades))
    return Agreement(
        name="kappa" if weights is Weights.UNWEIGHTED else f"kappa ({weights} weights)",
        method=_method(weights, table.n_grades),
        n=table.n,
        n_excluded=table.n_excluded,
        counts=_counts(table),
        **verdict.noting(table.n_excluded, NOT_ASSESSABLE)._asdict(),
    )


def kappa_and_se(table: CrossTable, matrix: Matrix) -> tuple[float, float]:
    """Kappa and its standard error (not the one under the hypothesis kappa = 0).

    matrix   agreement weights (q, q), also ones of one's own making

    The published variance is a difference of two squares. Written as the variance of one number per cell, as here, it
    is the same but cannot come out below 0 by rounding.
    """
    shares = table.counts / table.n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    disagreement = 1 - matrix
    expected = float((disagreement * np.outer(rows, columns)).sum())
    kappa = 1 - float((disagreement * shares).sum()) / expected
    chance = (matrix @ columns)[:, None] + (rows @ matrix)[None, :]
    influence = matrix - chance * (1 - kappa)
    variance = float((shares * (influence - (shares * influence).sum()) ** 2).sum())
    return kappa, 0.0 if variance < ROUNDING else sqrt(variance / table.n) / expected


def _verdict(table: CrossTable, matrix: Matrix) -> Verdict:
    first, second = table.grades_used
    if table.n < MIN_PAIRS:
        return too_few(table.n)
    if len(first | second) == 1:
        return Verdict(Status.NO_VARIATION, "Not estimable (no variation): both readers gave one grade throughout.")
    if len(first) == 1 or len(second) == 1:
        sentence = "A reader gave one grade throughout: kappa is 0 by construction, its interval is not estimable."
        return Verdict(Status.ONE_READER_CONSTANT, sentence, estimate=0.0)
    return _with_interval(*kappa_and_se(table, matrix))


def _with_interval(kappa: float, se: float) -> Verdict:
    if se == 0:
        opening = "Perfect agreement: the" if kappa == 1 else "The"
        return Verdict(Status.NOT_ESTIMABLE, f"{opening} interval is not estimable (standard error 0).", kappa)
    low, high = kappa - Z_95 * se, kappa + Z_95 * se
    return Verdict(Status.OK, _clipped_sentence(low, high), kappa, max(low, -1.0), min(high, 1.0))


def _clipped_sentence(low: float, high: float) -> str:
    """A bound that cannot be is not hidden: the reader learns how far out the approximation went."""
    lower = [f"lower limit {low:.2f} is shown as -1"] if low < -1 else []
    upper = [f"upper limit {high:.2f} is shown as 1"] if high > 1 else []
    return f"Clipped: the {' and the '.join(lower + upper)}." if lower or upper else ""


def _counts(table: CrossTable) -> dict[str, int]:
    """With fewer than five positive grades by either reader, kappa should not carry a message."""
    return {
        "equal": table.n_equal,
        "different": table.n - table.n_equal,
        "positive_first": int(table.counts[1:, :].sum()),
        "positive_second": int(table.counts[:, 1:].sum()),
    }


def _method(weights: Weights, n_grades: int) -> str:
    return (
        f"Cohen's kappa, agreement weights {weights.formula}, q = {n_grades} grades; "
        "Fleiss-Cohen-Everitt 1969 standard error, large-sample 95 % interval (z), approximate below 50 pairs"
    )
