"""Readers: each pair, each reader against whoever else read the same cases, against themselves, and along time."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from scoring.agreement import (
    Agreement,
    CrossTable,
    Metric,
    Model,
    categorical,
    cohen_kappa,
    intraclass_correlation,
    krippendorff_alpha_of_table,
    percent_agreement,
)
from scoring.agreement.bland_altman import bland_altman
from scoring.agreement.bootstrap import bootstrap_intervals, bootstrapped
from scoring.agreement.measurement_error import smallest_detectable_change
from scoring.agreement.rates import adjudication_rate, reader_disagreement_index
from scoring.agreement.trend import linear_trend
from scoring.agreement.weights import Weights, agreement_weights
from scoring.report.grades import tables_by_patient
from scoring.report.material import Answers, Kind, Material, Read, ReadCase, by_number, kind_of
from scoring.report.totals import value_of_sum

Rows = list[dict[str, Any]]
Pair = tuple[Answers, Answers]
N_QUARTERS = 4
TWO_LOOKS = (
    "ICC(2,1), two-way random effects, absolute agreement, single reading: the first and the second look of one reader "
    "at the same cases; F-based 95 % interval with Satterthwaite's degrees of freedom (Shrout and Fleiss 1979)"
)


def pairs(material: Material) -> Rows:
    """Each two readers over the cases they share."""
    shared: dict[tuple[str, str], list[ReadCase]] = {}
    for case in material.cases:
        shared.setdefault(case.readers, []).append(case)
    return [
        {
            "readers": list(readers),
            "n_cases": len(cases),
            "statistics": to_json(of_pair(material, cases)),
        }
        for readers, cases in sorted(shared.items(), key=lambda one: [by_number(name) for name in one[0]])
    ]


def of_pair(material: Material, cases: Sequence[ReadCase]) -> dict[str, Agreement]:
    compared = two_readers(material, [answers_of(case) for case in cases], patients_of(cases), Kind.CROSSED)
    return {**compared, **rate_of(material, cases)}


def against_pool(material: Material) -> Rows:
    """Each reader first, whoever else read the case second."""
    return [reader_row(material, reader) for reader in readers_of_cases(material)]


def reader_row(material: Material, reader: str) -> dict[str, Any]:
    cases = [case for case in material.cases if reader in case.readers]
    answers = [answers_of(case, first=reader) for case in cases]
    compared = two_readers(material, answers, patients_of(cases), kind_of(material))
    decided = [case for case in cases if not case.is_open]
    if material.is_adjudicated and decided:
        n_against = sum(reader in (case.overruled or ()) for case in decided)
        compared["disagreement_index"] = noting_open(reader_disagreement_index(n_against, len(decided)), cases)
    return {"reader": reader, "n_cases": len(cases), "statistics": to_json(compared)}


def repeats(material: Material) -> Rows:
    """Each reader's first look against their second at the same cases, under codes that did not tell."""
    rows = []
    for reader in material.readers:
        own = [one for one in material.repeats if one.reader == reader]
        if own:
            looks = [(one.first, one.again) for one in own]
            compared = two_readers(material, looks, [one.patient for one in own], Kind.CROSSED)
            compared["icc"] = replace(compared["icc"], method=TWO_LOOKS)
            compared["sdc"] = smallest_detectable_change(totals_of(material, looks))
            rows.append({"reader": reader, "n_cases": len(own), "statistics": to_json(compared)})
    return rows


def two_readers(
    material: Material, compared: Sequence[Pair], patients: Sequence[str], kind: Kind
) -> dict[str, Agreement]:
    """All sites of the total pooled, intervals by resampling patients; and the total itself.

    kind   whether the second of each pair is always the same reader; where not, models that do not ask who it is
    """
    totals = totals_of(material, compared)
    model = Model.TWO_WAY_RANDOM if kind is Kind.CROSSED else Model.ONE_WAY
    return {
        **pooled(material, compared, patients, kind),
        "icc": intraclass_correlation(totals, model=model),
        "bias": bland_altman(totals).bias,
    }


def pooled(material: Material, compared: Sequence[Pair], patients: Sequence[str], kind: Kind) -> dict[str, Agreement]:
    """Percent agreement over all sites of the total, and kappa or alpha where all of them are graded on one scale."""
    of_total = material.definition["derived"]["total"]["of"]
    inside = [item for item in material.items if item.region in of_total]
    by_patient, n_excluded = tables_by_patient(compared, patients, inside)
    table = CrossTable.of(by_patient.sum(axis=0), n_excluded=n_excluded)
    matrix = agreement_weights(Weights.LINEAR, table.n_grades)
    answers, kernels = {"percent": percent_agreement(table)}, {"percent": categorical.percent}
    if len({item.n_grades for item in inside}) == 1:
        if kind is Kind.CROSSED:
            answers["kappa"] = cohen_kappa(table, weights=Weights.LINEAR)
            kernels["kappa"] = partial(categorical.cohen_kappa, weights=matrix)
        else:
            answers["alpha"] = krippendorff_alpha_of_table(table, metric=Metric.ORDINAL)
            kernels["alpha"] = partial(categorical.krippendorff_alpha, metric=Metric.ORDINAL)
    found = bootstrap_intervals(by_patient, kernels)
    return {name: bootstrapped(answer, found[name]) for name, answer in answers.items()}


def drift(material: Material) -> Rows:
    """How far each reader's totals lie from those of the other reader of the case, in the order of signing."""
    return [drift_row(material, reader) for reader in readers_of_cases(material)]


def drift_row(material: Material, reader: str) -> dict[str, Any]:
    value = value_of_sum(material)
    points: Rows = []
    for case in material.cases:
        if reader in case.readers:
            own, other = in_order(case, first=reader)
            one, two = value(own.answers), value(other.answers)
            if one is not None and two is not None:
                points.append({"case": case.code, "order": own.order, "difference": one - two})
    points.sort(key=lambda point: point["order"])
    return {
        "reader": reader,
        "points": points,
        "slope": linear_trend(
            [point["order"] for point in points],
            [point["difference"] for point in points],
            name="drift",
            unit="difference of the total from the other reader, points a reading",
        ).to_json(),
        "quarters": [bias_of(points[begin:end]).to_json() for begin, end in pairwise(quarters(len(points)))],
    }


def quarters(n: int) -> list[int]:
    return [n * part // N_QUARTERS for part in range(N_QUARTERS + 1)]


def bias_of(points: Sequence[dict[str, Any]]) -> Agreement:
    return bland_altman([(point["difference"], 0.0) for point in points]).bias


def noting_open(index: Agreement, cases: Sequence[ReadCase]) -> Agreement:
    """Cases that wait for the adjudicator are no part of the index, and counted."""
    n_open = sum(case.is_open for case in cases)
    told = f"{n_open} case{'' if n_open == 1 else 's'} left out: the adjudicator has not decided yet."
    return replace(index, n_excluded=n_open, sentence=f"{index.sentence} {told}".strip()) if n_open else index


def rate(material: Material) -> Agreement | None:
    """The adjudication rate of the study; None where nothing is ever adjudicated."""
    return rate_of(material, material.cases).get("adjudication_rate")


def rate_of(material: Material, cases: Sequence[ReadCase]) -> dict[str, Agreement]:
    """Of all cases that were compared: whether one goes to the adjudicator is known then, whenever it is decided."""
    if not material.is_adjudicated or not cases:
        return {}
    return {"adjudication_rate": adjudication_rate(sum(case.is_disputed for case in cases), len(cases))}


def totals_of(material: Material, compared: Sequence[Pair]) -> list[tuple[float | None, float | None]]:
    value = value_of_sum(material)
    return [(value(one), value(other)) for one, other in compared]


def answers_of(case: ReadCase, *, first: str | None = None) -> Pair:
    one, other = in_order(case, first=first)
    return one.answers, other.answers


def in_order(case: ReadCase, *, first: str | None) -> tuple[Read, Read]:
    one, other = case.reads
    return (other, one) if first == other.reader else (one, other)


def patients_of(cases: Sequence[ReadCase]) -> list[str]:
    return [case.patient for case in cases]


def readers_of_cases(material: Material) -> list[str]:
    return sorted({reader for case in material.cases for reader in case.readers}, key=by_number)


def to_json(answers: dict[str, Agreement]) -> dict[str, Any]:
    return {name: answer.to_json() for name, answer in answers.items()}
