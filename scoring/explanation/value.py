"""All that is known of how one value came about."""

from collections.abc import Iterator

from scoring.bundle.tables import OPEN
from scoring.dossier import CaseRecord, ConsensusRecord, FinalRecord, Header, ItemCopy, ReadingRecord
from scoring.explanation import changes, decisions, facts, readings, sums, words
from scoring.explanation.asked import WHOLE, Asked
from scoring.explanation.shown import Earlier, Evidence, History, ReadingShown, RuleShown


def history(header: Header, case: CaseRecord, asked: Asked, evidence: Evidence, *, reading: str = "") -> History | None:
    """The history of what counts for a value, or of what one reading says of it; None if there is no such reading."""
    only = next((one for one in case.readings if one.code == reading), None)
    if (reading and only is None) or (asked.kind == "reading" and only is None):
        return None
    if asked.kind in ("fact", "covariate"):
        return facts.history(header, case, asked, evidence)
    if asked.kind == "reading" and only:
        return of_whole(header, case, only, evidence)
    if asked.kind == "item":
        return of_item(header, case, asked, evidence, only)
    return of_sum(header, case, asked, evidence, only)


def of_whole(header: Header, case: CaseRecord, only: ReadingRecord, evidence: Evidence) -> History:
    return History(
        what=WHOLE,
        reading=only.code,
        kind="reading",
        label=f"Reading {only.code} of {only.reader}",
        column="",
        value="",
        meaning="",
        method="",
        counting=tuple(of_conduct(only)),
        rule=rule(header, only.charter_version),
        readings=(readings.shown(header, case, only, evidence, value=""),),
    )


def of_conduct(only: ReadingRecord) -> Iterator[str]:
    """How many answers and pins it has, and what its reader reported of the images."""
    if only.is_signed:
        yield f"{words.n_of(len(only.answers), 'answer')} and {words.n_of(len(only.pins), 'pin')}, signed."
    else:
        yield f"{only.state.capitalize()}: what a reading says is told once it is signed."
    for one in only.problems:
        where = f" in {one.series}" if one.series else ""
        yield f"Reported {words.in_words(one.kind)}{where}{f': {one.text}' if one.text else ''} ({one.state})."


def of_item(
    header: Header, case: CaseRecord, asked: Asked, evidence: Evidence, only: ReadingRecord | None
) -> History:
    item = next(one for one in header.items if one.code == asked.name)
    final = case.final.get(item.code)
    return History(
        what=item.code,
        reading=only.code if only else "",
        kind="item",
        label=item.label,
        column=column_of(asked),
        value=readings.said(header, only, item.code) if only else final_value(header, final),
        meaning=meaning_of(header, item, only, final),
        method="" if only else method_of(case, final),
        counting=tuple(of_reader(only) if only else of_final(case, final)),
        rule=rule(header, only.charter_version if only else charter_of(case)),
        steps=() if only else tuple(changes.of_case(case, evidence.events)),
        decisions=() if only else tuple(decisions.about(header, case, evidence, item.code)),
        readings=tuple(of_readings(header, case, item, evidence, only)),
        earlier=() if only else tuple(earlier_of(header, case, item.code)),
    )


def column_of(asked: Asked) -> str:
    return f"{asked.column.name}: {asked.column.label}" if asked.column else ""


def final_value(header: Header, final: FinalRecord | None) -> str:
    return words.answer(header, final.value, final.not_assessable) if final and final.method != OPEN else ""


def meaning_of(header: Header, item: ItemCopy, only: ReadingRecord | None, final: FinalRecord | None) -> str:
    grade = only.grades.get(item.code) if only else (final.value if final else None)
    return words.meaning(header, item, grade)


def method_of(case: CaseRecord, final: FinalRecord | None) -> str:
    return final.method if final else (OPEN if case.consensus else "")


def of_reader(only: ReadingRecord) -> Iterator[str]:
    if not only.is_signed:
        yield "What a reading says is told once it is signed."
        return
    yield f"The answer of {only.reader}, as it was signed."
    if not only.counts:
        look = words.LOOKS.get(only.kind, only.kind)
        why = only.state if only.kind == "first" else look.lower()
        yield f"This reading does not count for the case ({why})."


def of_final(case: CaseRecord, final: FinalRecord | None) -> Iterator[str]:
    """How the value came about, in plain words."""
    if case.consensus is None:
        yield "The readings of this case have not been compared yet."
    elif final is None or final.method == OPEN:
        yield "Unresolved: the readings differ, and nobody has decided."
    else:
        yield f"{words.method(final.method)[0].upper()}{words.method(final.method)[1:]}."
    if final and (picked := next((one for one in case.readings if one.code == final.picked), None)):
        yield f"The answer of {picked.reader} was taken as it is."


def charter_of(case: CaseRecord) -> int:
    """Under which version a case was compared; before that, under which it is read. 0: neither."""
    if case.consensus:
        return case.consensus.charter_version
    return max((one.charter_version for one in case.readings), default=0)


def rule(header: Header, version: int) -> RuleShown | None:
    charter = next((one for one in header.charters if one.version == version), None)
    if charter is None:
        return None
    return RuleShown(
        charter_version=charter.version,
        charter_sha256=charter.sha256,
        frozen_at=charter.frozen_at,
        instrument=str(charter.content["instrument"]),
        instrument_title=header.instrument.title,
        instrument_sha256=str(charter.content["instrument_sha256"]),
    )


def of_readings(
    header: Header, case: CaseRecord, item: ItemCopy, evidence: Evidence, only: ReadingRecord | None
) -> Iterator[ReadingShown]:
    for one in (only,) if only else readings.about(case, item.code):
        value = readings.said(header, one, item.code)
        yield readings.shown(header, case, one, evidence, value=value, item=item.code)


def earlier_of(header: Header, case: CaseRecord, item: str) -> Iterator[Earlier]:
    """What earlier versions of the consensus had."""
    for version in case.superseded:
        yield earlier(header, version, item)


def earlier(header: Header, version: ConsensusRecord, item: str) -> Earlier:
    final = next((one for one in version.final if one.item == item), None)
    method = final.method if final else OPEN
    return Earlier(version.number, final_value(header, final), words.method(method), version.superseded_at)


def of_sum(header: Header, case: CaseRecord, asked: Asked, evidence: Evidence, only: ReadingRecord | None) -> History:
    grades = sums.of_reading(only) if only else sums.of_consensus(case)
    return History(
        what=asked.name,
        reading=only.code if only else "",
        kind=asked.kind,
        label=sums.label_of(header, asked),
        column=column_of(asked),
        value=sums.value_of(header, asked, grades),
        meaning="",
        method="",
        counting=tuple(sums.counting(header, asked, grades)),
        rule=rule(header, only.charter_version if only else charter_of(case)),
        steps=() if only else tuple(changes.of_case(case, evidence.events)),
        parts=tuple(sums.parts_of(header, asked, grades)),
        readings=tuple(added_by_readers(header, case, asked, evidence, only)),
    )


def added_by_readers(
    header: Header, case: CaseRecord, asked: Asked, evidence: Evidence, only: ReadingRecord | None
) -> Iterator[ReadingShown]:
    """The same sum by each reading that answered everything."""
    for one in (only,) if only else readings.about(case, ""):
        if one.is_whole:
            value = sums.value_of(header, asked, sums.of_reading(one))
            yield readings.shown(header, case, one, evidence, value=value)
