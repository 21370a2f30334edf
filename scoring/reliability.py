"""Readings -> arrays -> agreement -> a report, from signed readings of compared cases only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q, QuerySet

from readers.signatures import content_sha256
from scoring import charter, derived
from scoring.agreement import cohen_kappa, cross_table, intraclass_correlation, model_for, percent_agreement
from scoring.agreement.weights import Weights
from scoring.catalogue import label_of_sum, sums_of
from scoring.models import Instrument, Item, Reading, ReadingState, ReliabilityReport
from studies.models import Study

Answers = dict[str, int | None]


@dataclass(frozen=True)
class Pair:
    """The two signed readings of one case, always in the same order of readers."""

    case: str
    readers: tuple[str, str]
    answers: tuple[Answers, Answers]


def pairs_of(study: Study) -> list[Pair]:
    """Every case that two readers have signed. A pair stands in the order of the readers' user names."""
    signed = (
        Reading.objects.that_count()
        .filter(case__study=study, case__consensus__isnull=False, state=ReadingState.SIGNED)
        .select_related("case", "reader")
        .prefetch_related("scores__item")
        .order_by("case__code", "reader__username")
    )
    by_case: dict[str, list[Reading]] = {}
    for reading in signed:
        by_case.setdefault(reading.case.code, []).append(reading)
    return [
        Pair(case, (one.reader.username, other.reader.username), (answers_of(one), answers_of(other)))
        for case, [one, other] in ((case, read) for case, read in by_case.items() if len(read) == 2)
    ]


def answers_of(reading: Reading) -> Answers:
    """Grades by item code; None where the reader called the item not assessable."""
    return {score.item.code: score.grade for score in reading.scores.all()}


def compute(study: Study, *, now: datetime) -> ReliabilityReport:
    """The report on today's readings. The same readings give the same report, and no second row."""
    instrument, pairs = charter.in_force(study).instrument, pairs_of(study)
    inputs = {"instrument": instrument.sha256, "pairs": [[p.case, p.readers, p.answers] for p in pairs]}
    report, _ = ReliabilityReport.objects.update_or_create(
        study=study,
        input_sha256=content_sha256(inputs),
        defaults={"computed_at": now},
        create_defaults={"computed_at": now, "n_cases": len(pairs), "content": content(instrument, pairs)},
    )
    return report


def content(instrument: Instrument, pairs: list[Pair]) -> dict[str, Any]:
    return {
        "items": [item_agreement(item, pairs) for item in instrument.items.all()],
        "sums": [sum_agreement(instrument, name, rule, pairs) for name, rule in sums_of(instrument.definition).items()],
    }


def item_agreement(item: Item, pairs: Iterable[Pair]) -> dict[str, Any]:
    """Counts, percent agreement and linearly weighted kappa of one item."""
    table = cross_table(
        [(pair.answers[0][item.code], pair.answers[1][item.code]) for pair in pairs], n_grades=item.n_grades
    )
    return {
        "item": item.code,
        "label": item.label,
        "region": item.region,
        "n_pairs": table.n,
        "n_excluded": table.n_excluded,
        "table": table.to_list(),
        "percent": percent_agreement(table).to_json(),
        "kappa": cohen_kappa(table, weights=Weights.LINEAR).to_json(),
    }


def sum_agreement(instrument: Instrument, name: str, rule: dict[str, Any], pairs: list[Pair]) -> dict[str, Any]:
    """The ICC of a sum the instrument declares, in the model that fits who read what."""
    sums = [[derived.total(instrument.definition, answers, name=name) for answers in pair.answers] for pair in pairs]
    icc = intraclass_correlation(sums, model=model_for([pair.readers for pair in pairs]))
    label = label_of_sum(name, rule)
    return {"name": name, "label": label, "n_pairs": icc.n, "n_excluded": icc.n_excluded, "icc": icc.to_json()}


def newest(study: Study) -> dict[str, Any]:
    """The report as it is shown: none yet, or when it was computed and from how many cases."""
    report = study.reliability_reports.order_by("computed_at").last()
    if report is None:
        return {"state": "none", "computed_at": None, "n_cases": 0, "items": [], "sums": []}
    # Reports of before instruments could declare several sums have none by name.
    content = {"sums": [], **report.content}
    return {"state": "ready", "computed_at": report.computed_at, "n_cases": report.n_cases, **content}


def outdated() -> QuerySet[Study]:
    """Studies in which a case was compared or settled since agreement was last computed."""
    compared = Max("cases__consensus__compared_at")
    computed = Max("reliability_reports__computed_at")
    studies = Study.objects.annotate(compared=compared, computed=computed).exclude(compared=None)
    return studies.filter(Q(computed=None) | Q(computed__lt=F("compared")))
