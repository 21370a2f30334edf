"""The consensus of a study as a zip a statistician can open without asking. The same data give the same bytes."""

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from readers import audit, jobs
from readers.models import User
from scoring import charter, consensus, derived, problems, sittings
from scoring.models import (
    Consensus,
    Dispute,
    Export,
    ExportState,
    FinalScore,
    Instrument,
    Item,
    Reading,
    ReadingState,
    Score,
)
from scoring.reliability import reader_names
from scoring.report import by_number
from scoring.tabular import Row, table
from studies import baseline, covariates, frames, storage
from studies.models import Case, Study

LEASE = timedelta(minutes=5)
UNRESOLVED = "unresolved"
PIN_COLUMNS = ("reading", "case", "reader", "item", "series", "slice", "x_mm", "y_mm", "z_mm")  # patient LPS


@transaction.atomic
def ask(study: Study, *, actor: User) -> Export:
    """Queue an export. The row is the message: a worker builds it, or the next sweep finds it."""
    requested = Export.objects.create(study=study, requested_by=actor)
    audit.record("export.requested", requested, actor=actor, study=study)
    jobs.wake("scoring.tasks.build_export", requested.pk)
    return requested


def waiting(*, now: datetime) -> QuerySet[Export]:
    """Exports nobody builds: queued, or left by a worker whose lease has run out."""
    return Export.objects.filter(Q(state=ExportState.QUEUED) | Q(state=ExportState.BUILDING, lease_until__lt=now))


def build(export: Export, *, now: datetime) -> None:
    """Claim the export and build it; a second worker finds nothing to claim."""
    claimed = waiting(now=now).filter(pk=export.pk).update(state=ExportState.BUILDING, lease_until=now + LEASE)
    if not claimed:
        return
    try:
        content = bundle(export.study)
    except Exception:
        Export.objects.filter(pk=export.pk).update(
            state=ExportState.FAILED, message="The export could not be built. Ask again; tell your administrator."
        )
        raise
    finish(export, content, now=now)


@transaction.atomic
def finish(export: Export, content: bytes, *, now: datetime) -> None:
    export = Export.objects.select_for_update().get(pk=export.pk)
    export.sha256, export.bytes = storage.put(content), len(content)
    export.state, export.ready_at, export.lease_until = ExportState.READY, now, None
    export.save()
    audit.record("export.built", export, actor=None, study=export.study, after={"sha256": export.sha256})


@transaction.atomic
def hand_out(export: Export, *, actor: User) -> Path:
    """The file of an export. Each download is recorded."""
    audit.record("export.downloaded", export, actor=actor, study=export.study, after={"sha256": export.sha256})
    return storage.place(export.sha256)


def bundle(study: Study) -> bytes:
    """The zip: tables, codebook, and a manifest that names every file with its checksum."""
    instrument = charter.in_force(study).instrument
    with transaction.atomic():
        names = reader_names(study)
        files = {
            "consensus.csv": table(consensus_rows(study, names)),
            "totals.csv": table(total_rows(study)),
            "readings.csv": table(reading_rows(study, names)),
            "pins.csv": table(pin_rows(study, names), columns=PIN_COLUMNS),
            "sittings.csv": table(sittings.rows(study, names), columns=sittings.COLUMNS),
            "problems.csv": table(problems.rows(study, names), columns=problems.COLUMNS),
            "facts.csv": table(asdict(facts) for facts in baseline.facts(study)),
            "covariates.csv": table(covariate_rows(study), columns=["subject", *covariates.names(study)]),
            "codebook.csv": table(
                [
                    *codebook_rows(instrument),
                    *totals_codebook_rows(instrument),
                    *fact_codebook_rows(),
                    *covariate_codebook_rows(study),
                ]
            ),
        }
        manifest = manifest_of(study, instrument, files)
    files["manifest.json"] = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False).encode()
    return packed(files)


def packed(files: dict[str, bytes]) -> bytes:
    """A zip without clock or machine in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def cases_of(study: Study) -> QuerySet[Case]:
    return study.cases.filter(consensus__isnull=False).select_related("exam__subject", "consensus").order_by("code")


def consensus_rows(study: Study, names: dict[int, str]) -> Iterable[Row]:
    """One row a case and item: what counts, how it came about, and what both readers said."""
    for case in cases_of(study):
        counted = case.readings.that_count().prefetch_related("scores")
        readings = sorted(counted, key=lambda reading: by_number(names[reading.reader_id]))
        said = [{score.item_id: score for score in reading.scores.all()} for reading in readings]
        final = {score.item_id: score for score in case.consensus.final_scores.all()}
        decided = {dispute.item_id: dispute for dispute in Dispute.objects.filter(adjudication__consensus__case=case)}
        for item in case.consensus.charter.instrument.items.all():
            row = consensus_row(case, item, final.get(item.pk), decided.get(item.pk))
            for place, (reading, answers) in enumerate(zip(readings, said, strict=True), start=1):
                row[f"reader_{place}"] = names[reading.reader_id]
                row[f"value_{place}"] = answers[item.pk].grade
                row[f"not_assessable_{place}"] = answers[item.pk].not_assessable
            yield row


def consensus_row(case: Case, item: Item, final: FinalScore | None, dispute: Dispute | None) -> Row:
    return {
        "case": case.code,
        "subject": case.exam.subject.pseudonym,
        "item": item.code,
        "region": item.region,
        "site": item.site,
        "value": final.value if final else None,
        "not_assessable": final.not_assessable if final else "",
        "method": final.method if final else UNRESOLVED,
        "adjudication_reason": dispute.reason if dispute else "",
    }


def total_rows(study: Study) -> Iterable[Row]:
    """One row a settled case: the sums of the consensus, its subtotals, and what is present."""
    for case in cases_of(study).filter(consensus__state="settled"):
        values = consensus.derived_of(case.consensus)
        total = values.sums["total"]
        yield {
            "case": case.code,
            "subject": case.exam.subject.pseudonym,
            "total": total.value,
            "observed_sum": total.observed,
            "n_scored": total.n_scored,
            "n_sites": total.n_sites,
            **further_sums(values),
            **{f"subtotal_{region}": subtotal.value for region, subtotal in values.subtotals.items()},
            **{name: None if seen is None else int(seen) for name, seen in values.present.items()},
        }


def further_sums(values: derived.Derived) -> Row:
    """What the instrument sums beside the total, each with what was observed of how many sites."""
    columns: Row = {}
    for name, part in values.sums.items():
        if name != "total":
            columns |= {name: part.value, f"{name}_observed": part.observed, f"{name}_n_scored": part.n_scored}
    return columns


def signed_readings(study: Study) -> QuerySet[Reading]:
    signed = Reading.objects.filter(case__study=study, state=ReadingState.SIGNED, self_check=None)
    return signed.select_related("case__exam", "signature", "repeat").order_by("case__code", "code")


def reading_rows(study: Study, names: dict[int, str]) -> Iterable[Row]:
    """One row a signed reading and item."""
    for reading in signed_readings(study):
        n_pins = Counter(reading.pins.filter(is_removed=False).values_list("item", flat=True))
        for score in reading.scores.select_related("item"):
            yield {
                "reading": reading.code,
                "case": reading.case.code,
                "reader": names[reading.reader_id],
                "order": reading.position,
                "pass": 2 if hasattr(reading, "repeat") else 1,
                **said(score),
                "pins": n_pins[score.item_id],
                "signed_at": reading.signature.signed_at.isoformat() if reading.signature else "",
                "content_sha256": reading.signature.content_sha256 if reading.signature else "",
            }


def said(score: Score) -> Row:
    """What a reader says to an item. A grade is in `value`, a reason in `not_assessable`; a blank item has neither."""
    return {
        "item": score.item.code,
        "value": score.grade,
        "not_assessable": score.not_assessable,
        "comment": score.comment,
    }


def pin_rows(study: Study, names: dict[int, str]) -> Iterable[Row]:
    """One row a pin of a signed reading: where in the images. Slices count from 1, as the reader saw them."""
    for reading in signed_readings(study):
        labels = [frames.label_of(series) for series in frames.shown(reading.case)]
        for pin in reading.pins.filter(is_removed=False).select_related("item"):
            place = [labels[pin.series - 1], pin.slice + 1, *pin.point]
            row = [reading.code, reading.case.code, names[reading.reader_id], pin.item.code, *place]
            yield dict(zip(PIN_COLUMNS, row, strict=True))


def codebook_rows(instrument: Instrument) -> Iterable[Row]:
    """What each item and each of its values means."""
    definition = instrument.definition
    scale_of = {region["code"]: definition["scales"][region["scale"]] for region in definition["regions"]}
    guidance = {region["code"]: region["guidance"] for region in definition["regions"]}
    sums = derived.sums_of(definition)
    for item in instrument.items.all():
        for grade in scale_of[item.region]:
            yield {
                "item": item.code,
                "label": item.label,
                "region": item.region,
                "site": item.site,
                "kind": item.kind,
                "in_total": int(item.region in sums["total"]["of"]),
                "sums": " ".join(name for name, rule in sums.items() if item.region in rule["of"]),
                "value": grade["value"],
                "meaning": grade["label"],
                "definition": grade.get("definition", ""),
                "guidance": guidance[item.region],
            }


def totals_codebook_rows(instrument: Instrument) -> Iterable[Row]:
    """What the sums of totals.csv add, as further rows of the codebook."""
    labels = {region["code"]: region["label"] for region in instrument.definition["regions"]}
    for name, rule in derived.sums_of(instrument.definition).items():
        low, high = rule["range"]
        parts = "; ".join(labels[code] for code in rule["of"])
        yield column_row(name, derived.label_of_sum(name, rule), "sum", f"{low} to {high}: {parts}")


def fact_codebook_rows() -> Iterable[Row]:
    """What the columns of facts.csv mean, as further rows of the codebook."""
    for column, (label, meaning) in baseline.MEANINGS.items():
        yield column_row(column, label, "fact", meaning)


def covariate_rows(study: Study) -> Iterable[Row]:
    """One row a participant of the newest table of covariates; empty where one is missing."""
    known, values = covariates.known_of(study)
    for subject in covariates.participants(study):
        if subject.pk in values:
            yield {"subject": subject.pseudonym, **{one.name: values[subject.pk].get(one.name) for one in known}}


def covariate_codebook_rows(study: Study) -> Iterable[Row]:
    known, _ = covariates.known_of(study)
    for one in known:
        yield column_row(one.name, one.label, "covariate", one.unit or one.kind)


def column_row(column: str, label: str, kind: str, meaning: str) -> Row:
    """A row of the codebook for a column that is no item."""
    item: Row = {"item": column, "label": label, "region": "", "site": "", "kind": kind, "in_total": 0, "sums": ""}
    return {**item, "value": "", "meaning": meaning, "definition": "", "guidance": ""}


def manifest_of(study: Study, instrument: Instrument, files: dict[str, bytes]) -> dict[str, Any]:
    """What the export is made of. No clock in it: the same data give the same bytes."""
    consensus = Consensus.objects.filter(case__study=study)
    return {
        "study": {"code": study.code, "title": study.title, "is_synthetic": study.is_synthetic},
        "instrument": {"reference": instrument.reference, "status": instrument.status, "sha256": instrument.sha256},
        "charter_version": charter.in_force(study).version,
        "software": {"name": "Dens", "version": settings.VERSION},
        "allocations": [
            {"run": run.run, "seed_sha256": run.seed_sha256, "algorithm": run.algorithm, "plan_sha256": run.plan_sha256}
            for run in study.allocations.all()
        ],
        "counts": {
            "cases": study.cases.count(),
            "cases_compared": consensus.count(),
            "cases_settled": consensus.filter(state="settled").count(),
            "readings_signed": Reading.objects.that_count().filter(case__study=study, state="signed").count(),
        },
        "rules": charter.in_force(study).rules,
        "files": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in files.items()
        },
    }
