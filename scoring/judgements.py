"""Readings, consensus and adjudications of a case as records of the dossier."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Prefetch, QuerySet

from readers.models import Signature
from scoring import dossier, problems, sittings
from scoring.chronicle import time_of
from scoring.models import (
    Adjudication,
    Consensus,
    Dispute,
    Method,
    Pin,
    Problem,
    Reading,
    ReadingState,
    Repeat,
    SelfCheck,
    SignedVersion,
    Sitting,
)
from studies.models import Case

OF_READINGS = (
    "charter", "signature", "repeat__original", "self_check__original", "scores", "pins", "sittings", "problems",
    "versions__signature",
)  # fmt: skip
OF_CONSENSUS = (
    "charter", "final_scores__picked", "adjudication__disputes__left", "adjudication__disputes__right",
    "adjudication__signature", "adjudication__second_signature", "adjudication__sham",
)  # fmt: skip
Related: TypeAlias = "tuple[str | Prefetch[Any], ...]"
# What a reading has beside its answers; no number is made of it
BESIDE: dict[str, QuerySet[Any]] = {
    "pins": Pin.objects.none(), "sittings": Sitting.objects.none(), "problems": Problem.objects.none(),
    "versions": SignedVersion.objects.none(),
}  # fmt: skip
RELATED = (
    *(f"readings__{name}" for name in OF_READINGS),
    *(f"{which}__{name}" for which in ("consensus", "former_consensus") for name in OF_CONSENSUS),
)
DECIDED = (Method.ADJUDICATED, Method.MEDIAN, Method.CLOSEST, Method.JOINT)
NUMBERS: Related = (
    *(name for name in RELATED if name.split("__")[1] not in BESIDE),
    *(Prefetch(f"readings__{name}", rows) for name, rows in BESIDE.items()),
)
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
    is_signed, name = reading.state == ReadingState.SIGNED, known.readers[reading.reader_id]
    kind, of_first = kind_of(reading)
    return dossier.ReadingRecord(
        code=reading.code,
        reader=name,
        position=reading.position,
        part=reading.part,
        state=str(reading.state),
        charter_version=reading.charter.version,
        kind=kind,
        original=of_first.original.code if of_first else "",
        asked=tuple(reading.asked),
        disputed=tuple(of_first.disputed) if isinstance(of_first, SelfCheck) else (),
        counts=of_first is None and reading.state != ReadingState.WITHDRAWN,
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


def kind_of(reading: Reading) -> tuple[str, Repeat | SelfCheck | None]:
    """Which look it is, and the row that says of which first one."""
    if repeat := getattr(reading, "repeat", None):
        return "repeat", repeat
    if check := getattr(reading, "self_check", None):
        return "self_check", check
    return "first", None


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
    n_slices = sum(len(one.slices) for one in series)
    return dossier.SittingRecord(**sittings.summed(sitting, n_slices))


def problem_of(problem: Problem, series: Series) -> dossier.ProblemRecord:
    """What was written of an identity stays out: it may hold a name."""
    labels = {one.number: one.label for one in series}
    return dossier.ProblemRecord(
        kind=str(problem.kind),
        series=labels.get(problem.series or 0, ""),
        slice=None if problem.slice is None else problem.slice + 1,
        text=problems.text_to_keep(problem),
        reported_at=problem.reported_at.isoformat(),
        state=str(problem.state),
    )


def signature_of(signature: Signature | None, name: str) -> dossier.SignatureRecord | None:
    return signed(signature, name) if signature else None


def signed(signature: Signature, name: str) -> dossier.SignatureRecord:
    at = signature.signed_at.isoformat()
    return dossier.SignatureRecord(name, signature.meaning, signature.content_sha256, at)


def consensus_of(case: Case, known: Known) -> dossier.ConsensusRecord | None:
    """The one that stands."""
    consensus: Consensus | None = getattr(case, "consensus", None)
    return version_of(case, consensus, len(former_of(case)) + 1, known) if consensus else None


def superseded_of(case: Case, known: Known) -> tuple[dossier.ConsensusRecord, ...]:
    """Those that a later one replaced, oldest first."""
    return tuple(version_of(case, one, number, known) for number, one in enumerate(former_of(case), start=1))


def former_of(case: Case) -> list[Consensus]:
    return sorted(case.former_consensus.all(), key=lambda one: one.pk)


def version_of(case: Case, consensus: Consensus, number: int, known: Known) -> dossier.ConsensusRecord:
    return dossier.ConsensusRecord(
        state=str(consensus.state),
        charter_version=consensus.charter.version,
        compared_at=consensus.compared_at.isoformat(),
        settled_at=time_of(consensus.settled_at),
        final=final_of(case, consensus, known),
        number=number,
        superseded_at=time_of(consensus.superseded_at),
    )


def final_of(case: Case, consensus: Consensus, known: Known) -> tuple[dossier.FinalRecord, ...]:
    """Each with the readings it comes from; the decision, where somebody decided."""
    sources = tuple(sorted(one.code for one in case.readings.all() if is_source(one)))
    adjudication: Adjudication | None = getattr(consensus, "adjudication", None)
    decision = adjudication.code if adjudication else ""
    final = {known.items[one.item_id]: one for one in consensus.final_scores.all()}
    return tuple(
        dossier.FinalRecord(
            item=item,
            value=final[item].value,
            not_assessable=final[item].not_assessable,
            method=str(final[item].method),
            readings=sources,
            picked=picked.code if (picked := final[item].picked) else "",
            decision=decision if final[item].method in DECIDED else "",
        )
        for item in known.items.values()
        if item in final
    )


def is_source(reading: Reading) -> bool:
    return reading.state == ReadingState.SIGNED and kind_of(reading)[1] is None


def adjudications_of(case: Case, known: Known) -> tuple[dossier.AdjudicationRecord, ...]:
    """Of the consensus that stands and of those before, oldest first."""
    versions = [*former_of(case), *([case.consensus] if hasattr(case, "consensus") else [])]
    return tuple(adjudication_of(one.adjudication, known) for one in versions if hasattr(one, "adjudication"))


def adjudication_of(adjudication: Adjudication, known: Known) -> dossier.AdjudicationRecord:
    name = known.adjudicators[adjudication.adjudicator_id] if adjudication.adjudicator_id else ""
    second = known.adjudicators[adjudication.second_id] if adjudication.second_id else ""
    places = list(known.items)
    disputes = sorted(adjudication.disputes.all(), key=lambda one: places.index(one.item_id))
    return dossier.AdjudicationRecord(
        code=adjudication.code,
        adjudicator=name,
        state=str(adjudication.state),
        mode=adjudication.mode,
        disputes=tuple(dispute_of(one, known) for one in disputes),
        signature=signature_of(adjudication.signature, name),
        second=second,
        second_signature=signature_of(adjudication.second_signature, second),
        is_sham=hasattr(adjudication, "sham"),
        superseded_at=time_of(adjudication.consensus.superseded_at),
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
        own_grade=dispute.own_grade,
        own_not_assessable=dispute.own_not_assessable,
        own_at=time_of(dispute.own_at),
    )
