"""Rows -> the dossier of a study: its header, and an iterator of its cases that never holds more than a batch."""

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import Min, QuerySet

from readers.models import AuditEvent
from scoring import charter, disclosure, dossier, judgements
from scoring.judgements import Known, time_of
from scoring.models import Allocation, Charter, Instrument
from scoring.reliability import reader_names
from studies import covariates, frames
from studies.models import Case, Exam, ExamFacts, Role, Series, Study
from studies.stacks import in_space

BATCH = 50  # cases that are held at once
OF_EXPORTS = "export."  # an export must not change the next one
RELATED = ("exam__series__instances", *judgements.RELATED)


def header(study: Study) -> dossier.Header:
    """What is known of the study as a whole."""
    names, in_force = reader_names(study), charter.in_force(study)
    known, values = covariates.known_of(study)
    everybody = covariates.participants(study)
    return dossier.Header(
        study=study.code,
        title=study.title,
        is_synthetic=study.is_synthetic,
        locked_at=time_of(study.locked_at),
        instrument=instrument_of(in_force.instrument),
        charters=tuple(charter_of(one) for one in charter.frozen(study)),
        readers=tuple(names.values()),
        adjudicators=tuple(adjudicator_names(study).values()),
        n_cases=study.cases.count(),
        software=settings.VERSION,
        covariates=tuple(dossier.CovariateColumn(one.name, one.label, one.unit, one.kind) for one in known),
        participants=tuple(
            dossier.Participant(one.pseudonym, dict(values[one.pk])) for one in everybody if one.pk in values
        ),
        n_subjects=len(everybody),
        allocations=tuple(allocations_of(study)),
        seed_sha256=charter.seed_of(study).sha256,
        audit=audit_digest(study),
        withheld=disclosure.withheld(study) or "",
    )


def instrument_of(instrument: Instrument) -> dossier.InstrumentCopy:
    items = instrument.items.all()
    return dossier.InstrumentCopy(
        reference=instrument.reference,
        title=instrument.title,
        status=instrument.status,
        sha256=instrument.sha256,
        definition=instrument.definition,
        items=tuple(
            dossier.ItemCopy(one.code, one.label, one.region, one.site, str(one.kind), one.n_grades) for one in items
        ),
    )


def charter_of(one: Charter) -> dossier.CharterCopy:
    return dossier.CharterCopy(one.version, one.sha256, time_of(one.frozen_at), charter.content(one))


def adjudicator_names(study: Study) -> dict[int, str]:
    """ADJ1, ADJ2, ... by the order in which adjudicators joined."""
    ordered = study.memberships.filter(role=Role.ADJUDICATOR).order_by("pk").values_list("user", flat=True)
    return {user: f"ADJ{place}" for place, user in enumerate(dict.fromkeys(ordered), start=1)}


def allocations_of(study: Study) -> Iterator[dict[str, Any]]:
    """The manifest of each run; the seed is in it once the study is locked."""
    seed = charter.seed_of(study).seed if study.locked_at else None
    for run in Allocation.objects.filter(study=study).select_related("charter", "study"):
        yield run.manifest(seed=seed)


def audit_digest(study: Study) -> dossier.AuditDigest:
    """The trail of the study as one hash, and how often each act is in it."""
    digest, by_action, times = sha256(), Counter[str](), []
    for event in trail(study).iterator(chunk_size=1000):
        digest.update(told(event).encode() + b"\n")
        by_action[event.action] += 1
        times = [*times[:1], time_of(event.at)]
    first, last = (times[0], times[-1]) if times else ("", "")
    return dossier.AuditDigest(by_action.total(), first, last, digest.hexdigest(), dict(sorted(by_action.items())))


def trail(study: Study) -> QuerySet[AuditEvent]:
    events = AuditEvent.objects.filter(study_code=study.code).exclude(action__startswith=OF_EXPORTS)
    return events.select_related("actor").order_by("pk")


def told(event: AuditEvent) -> str:
    """An event in canonical JSON. Who acted is in the hash and nowhere else."""
    content = {
        "at": time_of(event.at),
        "actor": event.actor.username if event.actor else "",
        **{name: getattr(event, name) for name in ("action", "object_type", "object_key", "before", "after", "reason")},
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def cases(study: Study) -> Iterator[dossier.CaseRecord]:
    """Every case by its code, read from the database a batch at a time."""
    instrument = charter.in_force(study).instrument
    known = Known(
        readers=reader_names(study),
        adjudicators=adjudicator_names(study),
        items={item.pk: item.code for item in instrument.items.all()},
        first_days=first_days(study),
    )
    codes = sorted(study.cases.values_list("code", flat=True))
    for start in range(0, len(codes), BATCH):
        yield from batch(study, codes[start : start + BATCH], known)


def batch(study: Study, codes: list[str], known: Known) -> Iterator[dossier.CaseRecord]:
    rows = study.cases.filter(code__in=codes)
    related = rows.select_related("exam__subject", "exam__facts__centre").prefetch_related(*RELATED)
    by_code = {case.code: case for case in related}
    for code in codes:
        yield case_of(by_code[code], known)


def first_days(study: Study) -> dict[int, int]:
    """The day of each participant's first exam among the study's cases."""
    dated = ExamFacts.objects.filter(exam__case__study=study, shifted_day__isnull=False)
    found = dated.values("exam__subject").annotate(first=Min("shifted_day"))
    return {row["exam__subject"]: row["first"] for row in found}


def case_of(case: Case, known: Known) -> dossier.CaseRecord:
    series = tuple(series_of(one, number) for number, one in enumerate(frames.arranged(case.exam.series.all()), start=1))
    return dossier.CaseRecord(
        code=case.code,
        subject=case.exam.subject.pseudonym,
        state=str(case.state),
        exam=exam_of(case.exam, series, known),
        readings=judgements.readings_of(case, series, known),
        consensus=judgements.consensus_of(case, known),
        adjudications=judgements.adjudications_of(case, known),
        superseded=judgements.superseded_of(case, known),
    )


def series_of(one: Series, number: int) -> dossier.SeriesRecord:
    slices = in_space(list(one.instances.all()))
    return dossier.SeriesRecord(
        number=number,
        label=frames.label_of(one),
        role=str(one.role),
        plane=str(one.plane),
        uid=one.uid,
        frame=one.frame,
        slices=tuple(dossier.SliceRecord(it.uid, tuple(map(float, it.position))) for it in slices),
    )


def exam_of(exam: Exam, series: tuple[dossier.SeriesRecord, ...], known: Known) -> dossier.ExamRecord:
    facts: ExamFacts | None = getattr(exam, "facts", None)
    if facts is None:
        return dossier.ExamRecord(uid=exam.uid, series=series)
    first = known.first_days.get(exam.subject_id)
    return dossier.ExamRecord(
        uid=exam.uid,
        series=series,
        has_facts=True,
        age_years=facts.age_years,
        sex=str(facts.sex),
        days_from_baseline=None if facts.shifted_day is None or first is None else facts.shifted_day - first,
        centre=facts.centre.name if facts.centre else "",
        vendor=str(facts.vendor),
        field_strength_t=facts.field_strength_t,
    )

