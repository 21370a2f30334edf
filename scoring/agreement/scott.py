"""Scott's pi: like kappa, where which reader is first is an arbitrary label."""

from scoring.agreement import categorical
from scoring.agreement.answer import NO_VARIATION, answer, beyond_chance
from scoring.agreement.result import MIN_PAIRS, Agreement, Verdict, too_few
from scoring.agreement.table import CrossTable
from scoring.agreement.weights import Matrix, Weighting, Weights, formula_of, kind_of, matrix_of


def scott_pi(table: CrossTable, *, weights: Weighting = Weights.UNWEIGHTED) -> Agreement:
    """Scott's pi with its large-sample 95 % interval: right also for readers drawn per case from a pool.

    weights   by name, or agreement weights (q, q) of one's own: 1 on the diagonal, 0 to 1 elsewhere
    Returns   Agreement; without an estimate when both readers gave one and the same grade throughout
    Source    Scott 1955, Public Opin Q 19:321-325; variance of Gwet 2008, Br J Math Stat Psychol 61:29-48
    """
    return answer(
        table,
        _verdict(table, matrix_of(weights, table.n_grades)),
        name="Scott's pi" if weights is Weights.UNWEIGHTED else f"Scott's pi ({kind_of(weights)})",
        method=(
            f"Scott's pi, agreement weights {formula_of(weights)}, q = {table.n_grades} grades; "
            "Gwet 2008 standard error, large-sample 95 % interval (z), approximate below 50 pairs"
        ),
    )


def _verdict(table: CrossTable, matrix: Matrix) -> Verdict:
    if table.n < MIN_PAIRS:
        return too_few(table.n)
    first, second = table.grades_used
    if len(first | second) == 1:
        return NO_VARIATION
    pi, se = categorical.scott_pi(table.counts, matrix), categorical.scott_se(table.counts, matrix)
    return beyond_chance(float(pi), float(se))
