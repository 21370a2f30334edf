"""Rows -> material -> report: agreement of a study, from signed readings of compared cases only, kept once computed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet

from readers.models import User
from readers.signatures import content_sha256
from scoring import associations, charter, report
from scoring.decisions import decisions_of
from scoring.models import (
    Adjudication,
    Dispute,
    FinalScore,
    Instrument,
    ItemKind,
    Reading,
    ReadingState,
    ReliabilityReport,
    Repeat,
)
from scoring.pseudonyms import adjudicator_names, reader_names
from scoring.report import ItemIn, Material, Read, ReadCase, by_number
from scoring.rules import Design
from studies.models import Study

OF_TODAY = Q(reliability_reports__content__version=report.VERSION)
PAUSE = timedelta(seconds=20)  # between two computations of one study: many signatures in a row are one change


def compute(study: Study, *, now: datetime) -> ReliabilityReport:
    """The report on today's readings. The same readings give the same report, and no second row."""
    material, clinical = material_of(study), associations.tables(study)
    software = f"Dens {settings.VERSION}"
    given = {"version": report.VERSION, "software": software, "material": asdict(material), "clinical": clinical}
    inputs = content_sha256(given)
    known = study.reliability_reports.filter(input_sha256=inputs).first()
    if known is not None:
        known.computed_at = now
        known.save(update_fields=["computed_at"])
        return known
    content = {**report.content(material, software=software), "clinical": clinical}
    made, _ = ReliabilityReport.objects.get_or_create(
        study=study,
        input_sha256=inputs,
        defaults={"computed_at": now, "n_cases": len(material.cases), "content": content},
    )
    return made


def is_due(study: Study, *, now: datetime) -> bool:
    """Whether a computation asked for now may start. One asked for too soon is found by the sweep (outdated)."""
    last = newest(study)
    return last is None or last.computed_at + PAUSE <= now


def as_shown(made: ReliabilityReport) -> dict[str, Any]:
    """A report with when it was made of what, and who its readers are."""
    names, people = reader_names(made.study), {}
    for reading in signed_readings(made.study).select_related("reader"):
        people[names[reading.reader_id]] = reading.reader.full_name
    return {
        "computed_at": made.computed_at,
        "n_cases": made.n_cases,
        "input_sha256": made.input_sha256,
        "readers": [{"name": name, "full_name": people[name]} for name in sorted(people, key=by_number)],
        "adjudicators": adjudicators(made.study),
        **made.content,
    }


def adjudicators(study: Study) -> list[dict[str, str]]:
    """Who ADJ1, ADJ2, ... are, of those who have signed a decision."""
    signed = Adjudication.objects.filter(consensus__case__study=study, state="signed")
    names = adjudicator_names(study)
    people = User.objects.filter(Q(adjudications__in=signed) | Q(pk__in=signed.values("second")), pk__in=names)
    named = [{"name": names[one.pk], "full_name": one.full_name} for one in people.distinct()]
    return sorted(named, key=lambda one: by_number(one["name"]))


def newest(study: Study) -> ReliabilityReport | None:
    """The last one of today's kind: one that an older Dens computed is computed anew."""
    return study.reliability_reports.filter(content__version=report.VERSION).order_by("computed_at", "pk").last()


def outdated() -> QuerySet[Study]:
    """Studies in which something that the report says has changed since it was last computed."""
    studies = Study.objects.annotate(
        compared=Max("cases__consensus__compared_at"),
        settled=Max("cases__consensus__settled_at"),
        repeated=Max("cases__readings__signature__signed_at", filter=Q(cases__readings__repeat__isnull=False)),
        entered=Max("covariate_tables__entered_at"),
        superseded=Max("cases__former_consensus__superseded_at"),
        computed=Max("reliability_reports__computed_at", filter=OF_TODAY),
    ).exclude(compared=None, superseded=None)
    is_old = Q(computed=None)
    for change in ("compared", "settled", "superseded", "repeated", "entered"):
        is_old |= Q(computed__lt=F(change))
    return studies.filter(is_old)


def material_of(study: Study) -> Material:
    """What is known of a study's readings, by names that are nobody's."""
    in_force, names = charter.in_force(study), reader_names(study)
    instrument = in_force.instrument
    signed = list(signed_readings(study))
    order = places(signed)
    read = {reading.pk: Read(names[reading.reader_id], answers_of(reading), order[reading.pk]) for reading in signed}
    return Material(
        definition=instrument.definition,
        items=tuple(items_of(instrument)),
        cases=tuple(cases_of(study, signed, read)),
        repeats=tuple(repeats_of(study, read)),
        is_adjudicated=in_force.terms.design is Design.ADJUDICATED,
        decisions=tuple(decisions_of(study, read)),
    )


def signed_readings(study: Study) -> QuerySet[Reading]:
    signed = Reading.objects.filter(case__study=study, state=ReadingState.SIGNED)
    related = signed.select_related("case__exam", "signature").prefetch_related("scores__item")
    return related.order_by("case__code", "pk")


def answers_of(reading: Reading) -> dict[str, int | None]:
    """Grades by item code; None where the reader called the item not assessable."""
    return {score.item.code: score.grade for score in reading.scores.all()}


def places(signed: list[Reading]) -> dict[int, int]:
    """The place of each reading among those its reader signed, from 1. A second look takes none."""
    last: dict[int, int] = defaultdict(int)
    place: dict[int, int] = {}
    for reading in sorted(signed, key=lambda one: (one.signature.signed_at, one.pk)):  # type: ignore[union-attr]
        last[reading.reader_id] += not reading.asked
        place[reading.pk] = last[reading.reader_id]
    return place


def items_of(instrument: Instrument) -> Iterator[ItemIn]:
    place_of = {region["code"]: region.get("place", region["code"]) for region in instrument.definition["regions"]}
    for item in instrument.items.all():
        yield ItemIn(
            code=item.code,
            label=item.label,
            region=item.region,
            site=item.site,
            n_grades=item.n_grades,
            is_flag=item.kind == ItemKind.FLAG,
            place=f"{place_of[item.region]}:{item.code.removeprefix(f'{item.region}_')}",
        )


def cases_of(study: Study, signed: list[Reading], read: dict[int, Read]) -> Iterator[ReadCase]:
    """Every compared case of two first readings, with what counts and whom the adjudicator did not follow."""
    first: dict[int, list[Reading]] = defaultdict(list)
    counted = set(Reading.objects.that_count().filter(case__study=study).values_list("pk", flat=True))
    for reading in signed:
        if reading.pk in counted:
            first[reading.case_id].append(reading)
    final, overruled = final_of(study), overruled_of(study, read)
    real = Adjudication.objects.that_count().filter(consensus__case__study=study)
    disputed = set(real.values_list("consensus__case", flat=True))
    state = dict(study.cases.filter(consensus__isnull=False).values_list("pk", "consensus__state"))
    for case, readings in first.items():
        if len(readings) == 2 and case in state:
            one, other = sorted((read[reading.pk] for reading in readings), key=lambda one: by_number(one.reader))
            yield ReadCase(
                code=readings[0].case.code,
                patient=str(readings[0].case.exam.subject_id),
                reads=(one, other),
                final=final[case] if state[case] == "settled" else None,
                is_disputed=case in disputed,
                overruled=overruled.get(case),
            )


def final_of(study: Study) -> dict[int, dict[str, float | None]]:
    final: dict[int, dict[str, float | None]] = defaultdict(dict)
    scores = FinalScore.objects.filter(consensus__case__study=study)
    for case, item, grade in scores.values_list("consensus__case", "item__code", "grade"):
        final[case][item] = grade
    return final


def overruled_of(study: Study, read: dict[int, Read]) -> dict[int, tuple[str, ...]]:
    """By adjudicated case, the readers who said something else than was decided, at any disputed item."""
    differing: dict[int, set[str]] = defaultdict(set)
    decided = Dispute.objects.filter(
        adjudication__consensus__case__study=study, adjudication__state="signed", adjudication__sham=None
    )
    for dispute in decided.select_related("adjudication__consensus__case", "item"):
        readers = differing[dispute.adjudication.consensus.its_case.pk]
        for side in (dispute.left_id, dispute.right_id):
            if side in read and read[side].answers[dispute.item.code] != dispute.adjudicated_grade:
                readers.add(read[side].reader)
    return {case: tuple(sorted(readers)) for case, readers in differing.items()}


def repeats_of(study: Study, read: dict[int, Read]) -> Iterator[report.Repeat]:
    pairs = Repeat.objects.filter(reading__case__study=study).select_related("reading__case__exam").order_by("pk")
    for pair in pairs:
        if {pair.reading_id, pair.original_id} <= read.keys():
            first, again = read[pair.original_id], read[pair.reading_id]
            case = pair.reading.case
            yield report.Repeat(case.code, str(case.exam.subject_id), first.reader, first.answers, again.answers)
