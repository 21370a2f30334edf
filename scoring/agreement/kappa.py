"""Cohen's kappa of two readers, plain or weighted."""

from scoring.agreement import categorical
from scoring.agreement.answer import NO_VARIATION, answer, beyond_chance
from scoring.agreement.result import MIN_PAIRS, Agreement, Status, Verdict, too_few
from scoring.agreement.table import CrossTable
from scoring.agreement.weights import Matrix, Weighting, Weights, formula_of, kind_of, matrix_of


def cohen_kappa(table: CrossTable, *, weights: Weighting = Weights.UNWEIGHTED) -> Agreement:
    """Cohen's kappa with its large-sample 95 % interval.

    weights   by name, or agreement weights (q, q) of one's own: 1 on the diagonal, 0 to 1 elsewhere
    Returns   Agreement; without an estimate when both readers gave one and the same grade throughout
    Source    Cohen 1960, Educ Psychol Meas 20:37-46; Cohen 1968, Psychol Bull 70:213-220;
              variance of Fleiss, Cohen, Everitt 1969, Psychol Bull 72:323-327
    """
    return answer(
        table,
        _verdict(table, matrix_of(weights, table.n_grades)),
        name="kappa" if weights is Weights.UNWEIGHTED else f"kappa ({kind_of(weights)})",
        method=_method(weights, table.n_grades),
    )


def kappa_and_se(table: CrossTable, matrix: Matrix) -> tuple[float, float]:
    """Kappa and its standard error, by agreement weights (q, q)."""
    return float(categorical.cohen_kappa(table.counts, matrix)), float(categorical.kappa_se(table.counts, matrix))


def _verdict(table: CrossTable, matrix: Matrix) -> Verdict:
    first, second = table.grades_used
    if table.n < MIN_PAIRS:
        return too_few(table.n)
    if len(first | second) == 1:
        return NO_VARIATION
    verdict = beyond_chance(*kappa_and_se(table, matrix))
    if verdict.estimate is not None and 1 in (len(first), len(second)):
        sentence = "A reader gave one grade throughout: kappa is 0 by construction, its interval is not estimable."
        return Verdict(Status.ONE_READER_CONSTANT, sentence, estimate=0.0)
    return verdict


def _method(weights: Weighting, n_grades: int) -> str:
    return (
        f"Cohen's kappa, agreement weights {formula_of(weights)}, q = {n_grades} grades; "
        "Fleiss-Cohen-Everitt 1969 standard error, large-sample 95 % interval (z), approximate below 50 pairs"
    )
