"""Rows -> the dossier of a study: its header, and an iterator of its cases that never holds more than a batch."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Min, Prefetch

from scoring import catalogue, charter, chronicle, disclosure, dossier, judgements
from scoring.chronicle import time_of
from scoring.dossier import from_json
from scoring.dossier.trail import Digest
from scoring.judgements import Known, Related
from scoring.models import Allocation, Charter
from scoring.pseudonyms import adjudicator_names, reader_names
from studies import contents, covariates, frames
from studies.models import Case, Exam, ExamFacts, Series, Study

BATCH = 50  # cases that are held at once
RELATED: Related = ("exam__series__instances", *judgements.RELATED)
NOTHING_LOOKED_AT: Related = (Prefetch("exam__series", Series.objects.none()), *judgements.NUMBERS)


def header(study: Study) -> dossier.Header:
    """What is known of the study as a whole."""
    return replace(outline(study), audit=audit_digest(study))


def outline(study: Study) -> dossier.Header:
    """The same without the digest of the audit trail, for which all of it has to be read."""
    names, in_force = reader_names(study), charter.in_force(study)
    known, values = covariates.known_of(study)
    everybody = sorted(covariates.participants(study), key=lambda one: one.pseudonym)  # whatever the database sorts by
    return dossier.Header(
        study=study.code,
        title=study.title,
        is_synthetic=study.is_synthetic,
        locked_at=time_of(study.locked_at),
        instrument=from_json(dossier.InstrumentCopy, catalogue.told(in_force.instrument)),
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
        withheld=disclosure.withheld(study) or "",
    )


def charter_of(one: Charter) -> dossier.CharterCopy:
    return dossier.CharterCopy(one.version, one.sha256, time_of(one.frozen_at), charter.content(one))


def allocations_of(study: Study) -> Iterator[dict[str, Any]]:
    """The manifest of each run; the seed is in it once the study is locked."""
    seed = charter.seed_of(study).seed if study.locked_at else None
    for run in Allocation.objects.filter(study=study).select_related("charter", "study"):
        yield run.manifest(seed=seed)


def audit_digest(study: Study) -> dossier.AuditDigest:
    """The trail of the study as one hash, and how often each act is in it."""
    digest = Digest()
    for event in chronicle.events(study.code):
        digest.add(event)
    return digest.made()


def cases(study: Study) -> Iterator[dossier.CaseRecord]:
    """Every case by its code, read from the database a batch at a time."""
    return in_batches(study, RELATED)


def judged(study: Study) -> Iterator[dossier.CaseRecord]:
    """The same without images, pins, sittings and what was signed before: all that numbers are made of."""
    return in_batches(study, NOTHING_LOOKED_AT)


def in_batches(study: Study, related: Related) -> Iterator[dossier.CaseRecord]:
    known = known_of(study)
    codes = sorted(study.cases.values_list("code", flat=True))
    for start in range(0, len(codes), BATCH):
        yield from batch(study, codes[start : start + BATCH], known, related)


def known_of(study: Study) -> Known:
    instrument = charter.in_force(study).instrument
    return Known(
        readers=reader_names(study),
        adjudicators=adjudicator_names(study),
        items={item.pk: item.code for item in instrument.items.all()},
        first_days=first_days(study),
    )


def batch(study: Study, codes: list[str], known: Known, related: Related = RELATED) -> Iterator[dossier.CaseRecord]:
    rows = study.cases.filter(code__in=codes).select_related("exam__subject", "exam__facts__centre")
    by_code = {case.code: case for case in rows.prefetch_related(*related)}
    for code in codes:
        yield case_of(by_code[code], known)


def first_days(study: Study) -> dict[int, int]:
    """The day of each participant's first exam among the study's cases."""
    dated = ExamFacts.objects.filter(exam__case__study=study, shifted_day__isnull=False)
    found = dated.values("exam__subject").annotate(first=Min("shifted_day"))
    return {row["exam__subject"]: row["first"] for row in found}


def case_of(case: Case, known: Known) -> dossier.CaseRecord:
    exam = exam_of(case.exam, known)
    return dossier.CaseRecord(
        code=case.code,
        subject=case.exam.subject.pseudonym,
        state=str(case.state),
        exam=exam,
        readings=judgements.readings_of(case, exam.series, known),
        consensus=judgements.consensus_of(case, known),
        adjudications=judgements.adjudications_of(case, known),
        superseded=judgements.superseded_of(case, known),
    )


def exam_of(exam: Exam, known: Known) -> dossier.ExamRecord:
    told = contents.told_of(exam, frames.arranged(exam.series.all()))
    day, first = told["shifted_day"], known.first_days.get(exam.subject_id)
    record = from_json(dossier.ExamRecord, told)
    return replace(record, days_from_baseline=None if day is None or first is None else day - first)
