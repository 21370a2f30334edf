"""Gwet's AC1 and AC2, which stay near the share of equal pairs where almost every site is normal.

They are no cure for an empty site: two readers who never find anything have an AC1 of 1.
"""

from scoring.agreement import categorical
from scoring.agreement.answer import answer, beyond_chance, t_95
from scoring.agreement.result import MIN_PAIRS, Agreement, Status, Verdict, too_few
from scoring.agreement.table import CrossTable
from scoring.agreement.weights import Matrix, Weighting, Weights, formula_of, kind_of, matrix_of


def gwet_ac(table: CrossTable, *, weights: Weighting = Weights.UNWEIGHTED) -> Agreement:
    """Gwet's AC1, or AC2 with weights, with its 95 % interval.

    weights   by name, or agreement weights (q, q) of one's own: 1 on the diagonal, 0 to 1 elsewhere
    Returns   Agreement; 1 by construction, and marked so, when both readers gave one and the same grade throughout
    Source    Gwet 2008, Br J Math Stat Psychol 61:29-48; Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed.
    """
    return answer(
        table,
        _verdict(table, matrix_of(weights, table.n_grades)),
        name="AC1" if weights is Weights.UNWEIGHTED else f"AC2 ({kind_of(weights)})",
        method=(
            f"Gwet's AC, agreement weights {formula_of(weights)}, q = {table.n_grades} grades; "
            "Gwet's standard error over subjects, t (n - 1) 95 % interval"
        ),
    )


def _verdict(table: CrossTable, matrix: Matrix) -> Verdict:
    if table.n < MIN_PAIRS:
        return too_few(table.n)
    first, second = table.grades_used
    if len(first | second) == 1:
        sentence = "No variation: both readers gave one grade throughout, so AC is 1 by construction, without interval."
        return Verdict(Status.NO_VARIATION, sentence, estimate=1.0)
    ac, se = categorical.gwet_ac(table.counts, matrix), categorical.gwet_se(table.counts, matrix)
    return beyond_chance(float(ac), float(se), multiplier=t_95(table.n))
