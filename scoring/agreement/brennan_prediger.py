"""Brennan and Prediger's coefficient: chance means that all grades of the scale are equally likely."""

from scoring.agreement import categorical
from scoring.agreement.answer import answer, beyond_chance, t_95
from scoring.agreement.percent import wilson_interval
from scoring.agreement.result import MIN_PAIRS, Agreement, Verdict, too_few
from scoring.agreement.table import CrossTable
from scoring.agreement.weights import Matrix, Weighting, Weights, formula_of, kind_of, matrix_of

WILSON = "Wilson score 95 % interval of the share of equal pairs, rescaled"
OVER_SUBJECTS = "Gwet's standard error over subjects, t (n - 1) 95 % interval"


def brennan_prediger(table: CrossTable, *, weights: Weighting = Weights.UNWEIGHTED) -> Agreement:
    """Brennan and Prediger's coefficient with its 95 % interval.

    weights   by name, or agreement weights (q, q) of one's own: 1 on the diagonal, 0 to 1 elsewhere
    Source    Brennan and Prediger 1981, Educ Psychol Meas 41:687-699; interval with weights:
              Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed.
    """
    is_plain, matrix = weights is Weights.UNWEIGHTED, matrix_of(weights, table.n_grades)
    return answer(
        table,
        plain_verdict(table) if is_plain else _verdict(table, matrix),
        name="Brennan-Prediger" if is_plain else f"Brennan-Prediger ({kind_of(weights)})",
        method=(
            f"Brennan-Prediger coefficient, agreement weights {formula_of(weights)}, q = {table.n_grades} grades; "
            f"{WILSON if is_plain else OVER_SUBJECTS}"
        ),
    )


def plain_verdict(table: CrossTable) -> Verdict:
    """Without weights it is the share of equal pairs on another scale, (q po - 1) / (q - 1), and so is its interval."""
    if table.n < MIN_PAIRS:
        return too_few(table.n)
    q = table.n_grades
    low, high = (min((q * share - 1) / (q - 1), 1.0) for share in wilson_interval(table.n_equal, table.n))
    return Verdict(estimate=float(categorical.brennan_prediger(table.counts)), low=low, high=high)


def _verdict(table: CrossTable, matrix: Matrix) -> Verdict:
    if table.n < MIN_PAIRS:
        return too_few(table.n)
    estimate = categorical.brennan_prediger(table.counts, matrix)
    se = categorical.brennan_prediger_se(table.counts, matrix)
    return beyond_chance(float(estimate), float(se), multiplier=t_95(table.n))
