"""Readings, consensus and adjudications of a case as records of the dossier."""

from dataclasses import dataclass
from datetime import datetime

from readers.models import Signature
from scoring import dossier, problems, sittings
from scoring.models import Adjudication, Consensus, Dispute, Method, Problem, Reading, ReadingState, Sitting
from studies.models import Case

RELATED = (
    "readings__charter", "readings__signature", "readings__repeat__original", "readings__scores", "readings__pins",
    "readings__sittings", "readings__problems", "readings__versions__signature", "consensus__charter",
    "consensus__final_scores", "consensus__adjudication__disputes__left", "consensus__adjudication__disputes__right",
    "consensus__adjudication__signature",
)  # fmt: skip
Series = tuple[dossier.SeriesRecord, ...]


@dataclass(frozen=True)
class Known:
    """What is known before the first case: names of people, codes of items, first days of participants, all by key."""

    readers: dict[int, str]
    adjudicators: dict[int, str]
    items: dict[int, str]
    first_days: dict[int, int]


def readings_of(case: Case, series: Series, known: Known) -> tuple[dossier.ReadingRecord, ...]:
    """By code: the order of rows would be that of the allotment."""
    ordered = sorted(case.readings.all(), key=lambda one: one.code)
    return tuple(reading_of(one, series, known) for one in ordered)


def reading_of(reading: Reading, series: Series, known: Known) -> dossier.ReadingRecord:
    """What a reading says is told once it is signed; that there is one, before."""
    is_signed, repeat = reading.state == ReadingState.SIGNED, getattr(reading, "repeat", None)
    name = known.readers[reading.reader_id]
    return dossier.ReadingRecord(
        code=reading.code,
        reader=name,
        position=reading.position,
        part=reading.part,
        state=str(reading.state),
        charter_version=reading.charter.version,
        look=2 if repeat else 1,
        original=repeat.original.code if repeat else "",
        counts=repeat is None and reading.state != ReadingState.WITHDRAWN,
        answers=answers_of(reading, known) if is_signed else (),
        pins=pins_of(reading, known) if is_signed else (),
        sittings=tuple(sitting_of(one, series) for one in reading.sittings.all()) if is_signed else (),
        problems=tuple(problem_of(one, series) for one in sorted(reading.problems.all(), key=lambda one: one.pk)),
        signature=signature_of(reading.signature, name),
        versions=tuple(
            dossier.VersionRecord(one.number, one.content, signed(one.signature, name), one.superseded_at.isoformat())
            for one in reading.versions.all()
        ),
    )


def answers_of(reading: Reading, known: Known) -> tuple[dossier.AnswerRecord, ...]:
    said = {known.items[one.item_id]: one for one in reading.scores.all()}
    return tuple(
        dossier.AnswerRecord(item, said[item].grade, said[item].not_assessable, said[item].comment)
        for item in known.items.values()
        if item in said
    )


def pins_of(reading: Reading, known: Known) -> tuple[dossier.PinRecord, ...]:
    """In the order of items, and of one item as they were put."""
    places = list(known.items)
    there = [one for one in reading.pins.all() if not one.is_removed]
    return tuple(
        dossier.PinRecord(
            str(one.key), known.items[one.item_id], one.series, one.slice + 1, tuple(map(float, one.point))
        )
        for one in sorted(there, key=lambda one: (places.index(one.item_id), one.pk))
    )


def sitting_of(sitting: Sitting, series: Series) -> dossier.SittingRecord:
    shown = [ms for times in sitting.slices.values() for ms in times if ms]
    never = sum(len(one.slices) for one in series) - len(shown)
    device = {name: sitting.device.get(name, "") for name in (*sittings.DEVICE, "pixel_ratio")}
    return dossier.SittingRecord(sitting.active_ms, len(shown), never, device)


def problem_of(problem: Problem, series: Series) -> dossier.ProblemRecord:
    """What was written of an identity stays out: it may hold a name."""
    labels = {one.number: one.label for one in series}
    return dossier.ProblemRecord(
        kind=str(problem.kind),
        series=labels.get(problem.series or 0, ""),
        slice=None if problem.slice is None else problem.slice + 1,
        text="" if problem.kind == problems.ABOUT_THE_PATIENT else problem.text,
        reported_at=problem.reported_at.isoformat(),
        state=str(problem.state),
    )


def signature_of(signature: Signature | None, name: str) -> dossier.SignatureRecord | None:
    return signed(signature, name) if signature else None


def signed(signature: Signature, name: str) -> dossier.SignatureRecord:
    at = signature.signed_at.isoformat()
    return dossier.SignatureRecord(name, signature.meaning, signature.content_sha256, at)


def consensus_of(case: Case, known: Known) -> dossier.ConsensusRecord | None:
    consensus: Consensus | None = getattr(case, "consensus", None)
    if consensus is None:
        return None
    return dossier.ConsensusRecord(
        state=str(consensus.state),
        charter_version=consensus.charter.version,
        compared_at=consensus.compared_at.isoformat(),
        settled_at=time_of(consensus.settled_at),
        final=final_of(case, consensus, known),
    )


def final_of(case: Case, consensus: Consensus, known: Known) -> tuple[dossier.FinalRecord, ...]:
    """Each with the readings it comes from; the decision, where somebody decided."""
    sources = tuple(sorted(one.code for one in case.readings.all() if is_source(one)))
    adjudication: Adjudication | None = getattr(consensus, "adjudication", None)
    decision = adjudication.code if adjudication else ""
    final = {known.items[one.item_id]: one for one in consensus.final_scores.all()}
    return tuple(
        dossier.FinalRecord(
            item,
            final[item].value,
            final[item].not_assessable,
            str(final[item].method),
            sources,
            decision if final[item].method == Method.ADJUDICATED else "",
        )
        for item in known.items.values()
        if item in final
    )


def is_source(reading: Reading) -> bool:
    return reading.state == ReadingState.SIGNED and getattr(reading, "repeat", None) is None


def adjudications_of(case: Case, known: Known) -> tuple[dossier.AdjudicationRecord, ...]:
    consensus = getattr(case, "consensus", None)
    adjudication: Adjudication | None = getattr(consensus, "adjudication", None)
    if adjudication is None:
        return ()
    name = known.adjudicators[adjudication.adjudicator_id] if adjudication.adjudicator_id else ""
    places = list(known.items)
    disputes = sorted(adjudication.disputes.all(), key=lambda one: places.index(one.item_id))
    return (
        dossier.AdjudicationRecord(
            code=adjudication.code,
            adjudicator=name,
            state=str(adjudication.state),
            disputes=tuple(dispute_of(one, known) for one in disputes),
            signature=signature_of(adjudication.signature, name),
        ),
    )


def dispute_of(dispute: Dispute, known: Known) -> dossier.DisputeRecord:
    return dossier.DisputeRecord(
        item=known.items[dispute.item_id],
        left=dispute.left.code,
        right=dispute.right.code,
        choice=dispute.choice,
        grade=dispute.grade,
        not_assessable=dispute.not_assessable,
        reason=dispute.reason,
        comment=dispute.comment,
        decided_at=time_of(dispute.decided_at),
    )


def time_of(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
