"""What is said of one table of two readers: the statistics that fit the design, and whether they may be read."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from scoring.agreement import (
    Agreement,
    CrossTable,
    Metric,
    categorical,
    cohen_kappa,
    coincidences,
    gwet_ac,
    krippendorff_alpha_of_table,
    mcnemar,
    negative_agreement,
    pabak,
    percent_agreement,
    positive_agreement,
    stuart_maxwell,
)
from scoring.agreement.bootstrap import bootstrap_intervals, bootstrapped
from scoring.agreement.weights import Weights, agreement_weights
from scoring.report.grades import Counts
from scoring.report.material import Kind

LEAST_POSITIVES = 5  # by either reader; domain: below it the message lies in counts and in positive agreement
SMALL, SPARSE = 50, 5  # pairs, and expected pairs of a cell: below either, a large-sample interval is none
Kernel = Callable[[Any], Any]


def described(
    code: str, label: str, by_patient: Counts, n_excluded: int, *, kind: Kind, is_yes_or_no: bool, is_pooled: bool
) -> dict[str, Any]:
    """One row of a report.

    by_patient   (n_patients, q, q) each patient's own table
    is_pooled    several pairs a patient: every interval is by resampling patients
    """
    by_patient = by_patient if kind is Kind.CROSSED else folded(by_patient)
    table = CrossTable.of(by_patient.sum(axis=0), n_excluded=n_excluded)
    answers = statistics(table, by_patient, kind, is_yes_or_no=is_yes_or_no, is_pooled=is_pooled)
    return {
        "code": code,
        "label": label,
        "n_pairs": table.n,
        "n_excluded": n_excluded,
        "table": table.to_list(),
        "statistics": {name: answer.to_json() for name, answer in answers.items()},
        "marginals": marginals(table).to_json() if kind is Kind.CROSSED and not is_pooled else None,
        "caution": caution(table, kind),
    }


def folded(counts: Counts) -> Counts:
    """The lower grade of each pair in the row, the higher in the column: of a pool, who is first means nothing."""
    return np.triu(counts) + np.triu(counts.swapaxes(-2, -1), k=1)


def statistics(
    table: CrossTable, by_patient: Counts, kind: Kind, *, is_yes_or_no: bool, is_pooled: bool
) -> dict[str, Agreement]:
    """By name, in the order of a table in a paper: what was seen, then what is beyond chance."""
    weights = Weights.UNWEIGHTED if is_yes_or_no else Weights.LINEAR
    answers = {"percent": percent_agreement(table)}
    answers |= {"positive": positive_agreement(table), "negative": negative_agreement(table)}
    answers |= beyond_chance(table, weights, kind)
    if is_yes_or_no:
        answers["pabak"] = pabak(table)
    resample = [name for name in answers if is_pooled or needs_resampling(name, table)]
    kernels = kernels_of(weights, table.n_grades)
    found = bootstrap_intervals(by_patient, {name: kernels[name] for name in resample}) if resample else {}
    return {name: bootstrapped(answer, found[name]) if name in found else answer for name, answer in answers.items()}


def beyond_chance(table: CrossTable, weights: Weights, kind: Kind) -> dict[str, Agreement]:
    """Kappa has a reader in its rows and another in its columns; of readers drawn per case, only alpha makes sense."""
    ac = {"ac": gwet_ac(table, weights=weights)}
    if kind is not Kind.CROSSED:
        metric = Metric.NOMINAL if weights is Weights.UNWEIGHTED else Metric.ORDINAL
        return {"alpha": krippendorff_alpha_of_table(table, metric=metric), **ac}
    kappas = {"kappa": cohen_kappa(table, weights=weights)}
    if weights is not Weights.UNWEIGHTED:
        kappas["kappa_quadratic"] = cohen_kappa(table, weights=Weights.QUADRATIC)
    return kappas | ac


def kernels_of(weights: Weights, n_grades: int) -> dict[str, Kernel]:
    matrix = agreement_weights(weights, n_grades)
    metric = Metric.NOMINAL if weights is Weights.UNWEIGHTED else Metric.ORDINAL
    return {
        "percent": categorical.percent,
        "positive": categorical.positive_agreement,
        "negative": categorical.negative_agreement,
        "kappa": partial(categorical.cohen_kappa, weights=matrix),
        "kappa_quadratic": partial(categorical.cohen_kappa, weights=agreement_weights(Weights.QUADRATIC, n_grades)),
        "alpha": partial(coincidences.krippendorff_alpha, metric=metric),
        "ac": partial(categorical.gwet_ac, weights=matrix),
        "pabak": categorical.pabak,
    }


def needs_resampling(name: str, table: CrossTable) -> bool:
    """Alpha has no other interval; kappa's large-sample one needs many pairs in every cell that chance would fill."""
    if name == "alpha":
        return True
    return name in ("kappa", "kappa_quadratic") and table.n > 0 and (table.n < SMALL or is_sparse(table))


def is_sparse(table: CrossTable) -> bool:
    expected = table.counts.sum(axis=1)[:, None] * table.counts.sum(axis=0)[None, :] / table.n
    return bool((expected < SPARSE).any())


def marginals(table: CrossTable) -> Any:
    """Whether one reader gives higher grades than the other."""
    return mcnemar(table) if table.n_grades == 2 else stuart_maxwell(table)


def caution(table: CrossTable, kind: Kind) -> str:
    """Why numbers beyond chance carry no message here; empty where they do."""
    positives = int(table.counts[1:, :].sum()), int(table.counts[:, 1:].sum())
    found = min(positives) if kind is Kind.CROSSED else sum(positives) // 2
    if found >= LEAST_POSITIVES or table.n == 0:
        return ""
    told = f"{positives[0]} and {positives[1]} positive of {table.n} by the two readers"
    if kind is not Kind.CROSSED:
        told = f"{sum(positives)} positive of {2 * table.n} readings"
    return (
        f"{told}: with fewer than {LEAST_POSITIVES} a reader, numbers corrected for chance carry no message. "
        "Read the counts and the positive agreement."
    )
