"""A state as the dossier that gathering.py makes of rows."""

from collections.abc import Iterator
from dataclasses import replace

from scoring import withholding
from scoring.dossier import (
    AdjudicationRecord,
    CaseRecord,
    ConsensusRecord,
    ExamRecord,
    FinalRecord,
    Header,
    Participant,
    PinRecord,
    ProblemRecord,
    ReadingRecord,
)
from scoring.replay.state import AdjudicationLife, CaseLife, ConsensusLife, ProblemLife, ReadingLife, State

DECIDED = ("adjudicated", "median", "closest_two", "joint")  # methods whose value comes out of an adjudication


def header(state: State, *, software: str) -> Header:
    """Raises Contradiction while no charter is in force: there is nothing to export yet."""
    subjects = {case.subject for case in state.cases.values()}
    seed = state.seed if state.locked_at else None
    return Header(
        study=state.study,
        title=state.title,
        is_synthetic=state.is_synthetic,
        locked_at=state.locked_at,
        instrument=state.instrument,
        charters=tuple(state.charters),
        readers=tuple(state.readers.values()),
        adjudicators=tuple(state.adjudicators.values()),
        n_cases=len(state.cases),
        software=software,
        covariates=state.columns,
        participants=tuple(Participant(one, state.values[one]) for one in sorted(subjects & state.values.keys())),
        n_subjects=len(subjects),
        allocations=tuple({**run, "seed": seed} for run in state.allocations),
        seed_sha256=state.seed_sha256,
        audit=state.digest.made(),
        withheld=withheld(state),
    )


def withheld(state: State) -> str:
    return withholding.sentence(
        state.charter.rules,
        is_locked=bool(state.locked_at),
        all_signed=all(one.state == "signed" for one in state.readings.values() if one.counts),
        n_compared=sum(case.consensus is not None for case in state.cases.values()),
    )


def cases(state: State) -> Iterator[CaseRecord]:
    """Every case by its code."""
    by_case: dict[str, list[ReadingLife]] = {code: [] for code in sorted(state.cases)}
    for code in sorted(state.readings):
        by_case[state.readings[code].case].append(state.readings[code])
    first = first_days(state)
    for code, readings in by_case.items():
        yield case_of(state, state.cases[code], readings, first)


def first_days(state: State) -> dict[str, int]:
    """The day of each participant's first exam."""
    first: dict[str, int] = {}
    for case in state.cases.values():
        if case.shifted_day is not None:
            first[case.subject] = min(case.shifted_day, first.get(case.subject, case.shifted_day))
    return first


def case_of(state: State, case: CaseLife, readings: list[ReadingLife], first: dict[str, int]) -> CaseRecord:
    day = None if case.shifted_day is None else case.shifted_day - first[case.subject]
    exam = replace(case.exam, days_from_baseline=day)
    sources = tuple(one.code for one in readings if one.kind == "first" and one.state == "signed")
    versions = [*case.former, *([case.consensus] if case.consensus else [])]
    told = [version_of(state, one, number, sources) for number, one in enumerate(versions, start=1)]
    return CaseRecord(
        code=case.code,
        subject=case.subject,
        state=case.state,
        exam=exam,
        readings=tuple(reading_of(state, one, exam) for one in readings),
        consensus=told.pop() if case.consensus else None,
        adjudications=tuple(adjudication_of(state, one, one.adjudication) for one in versions if one.adjudication),
        superseded=tuple(told),
    )


def reading_of(state: State, one: ReadingLife, exam: ExamRecord) -> ReadingRecord:
    is_signed = one.state == "signed"
    items = [item.code for item in state.instrument.items]
    return ReadingRecord(
        code=one.code,
        reader=state.readers[one.reader],
        position=one.position,
        part=one.part,
        state=one.state,
        charter_version=one.charter_version,
        kind=one.kind,
        original=one.original,
        asked=one.asked,
        disputed=one.disputed,
        counts=one.counts,
        answers=tuple(one.answers[item] for item in items if item in one.answers) if is_signed else (),
        pins=pins_of(one, items) if is_signed else (),
        sittings=one.sittings if is_signed else (),
        problems=tuple(problem_of(it, exam) for it in one.problems.values()),
        signature=one.signature,
        versions=tuple(one.versions),
    )


def pins_of(one: ReadingLife, items: list[str]) -> tuple[PinRecord, ...]:
    """In the order of items, and of one item as they were put."""
    there = [pin.record for pin in one.pins.values() if not pin.is_removed]
    return tuple(sorted(there, key=lambda pin: items.index(pin.item)))


def problem_of(one: ProblemLife, exam: ExamRecord) -> ProblemRecord:
    labels = {series.number: series.label for series in exam.series}
    slice_shown = None if one.slice is None else one.slice + 1
    return ProblemRecord(one.kind, labels.get(one.series or 0, ""), slice_shown, one.text, one.reported_at, one.state)


def version_of(state: State, one: ConsensusLife, number: int, sources: tuple[str, ...]) -> ConsensusRecord:
    items = [item.code for item in state.instrument.items]
    decision = one.adjudication.code if one.adjudication else ""
    return ConsensusRecord(
        state=one.state,
        charter_version=one.charter_version,
        compared_at=one.compared_at,
        settled_at=one.settled_at,
        final=tuple(final_of(one.final[item], sources, decision) for item in items if item in one.final),
        number=number,
        superseded_at=one.superseded_at,
    )


def final_of(one: FinalRecord, sources: tuple[str, ...], decision: str) -> FinalRecord:
    return replace(one, readings=sources, decision=decision if one.method in DECIDED else "")


def adjudication_of(state: State, consensus: ConsensusLife, one: AdjudicationLife) -> AdjudicationRecord:
    items = [item.code for item in state.instrument.items]
    return AdjudicationRecord(
        code=one.code,
        adjudicator=state.adjudicators[one.adjudicator] if one.adjudicator else "",
        state=one.state,
        mode=one.mode,
        disputes=tuple(one.disputes[item] for item in items if item in one.disputes),
        signature=one.signature,
        second=state.adjudicators[one.second] if one.second else "",
        second_signature=one.second_signature,
        is_sham=one.is_sham,
        superseded_at=consensus.superseded_at,
    )
