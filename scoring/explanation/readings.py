"""What each reading says of a value: the answer, every change of it, its pins and its signatures."""

from collections.abc import Iterator

from scoring.dossier import AnswerRecord, CaseRecord, Header, ReadingRecord, SignatureRecord
from scoring.explanation import changes, words
from scoring.explanation.shown import Earlier, Evidence, PinShown, ReadingShown, SignatureShown

STANDS, SUPERSEDED, ALTERED = "stands", "superseded", "altered"


def shown(
    header: Header, case: CaseRecord, reading: ReadingRecord, evidence: Evidence, *, value: str, item: str = ""
) -> ReadingShown:
    """A reading with its history of one item, or of itself alone.

    value   what it says of what is explained
    """
    return ReadingShown(
        code=reading.code,
        reader=reading.reader,
        kind=words.LOOKS.get(reading.kind, words.in_words(reading.kind)),
        state=reading.state,
        counts=reading.counts,
        charter_version=reading.charter_version,
        original=reading.original,
        value=value,
        comment=one.comment if (one := answer_to(reading, item)) else "",
        steps=tuple(changes.of_reading(header, case, evidence.events, reading.code, item)),
        signatures=tuple(signatures_of(reading, evidence)),
        earlier=tuple(earlier_of(header, reading, item)),
        pins=tuple(pins_of(case, reading, item)),
        views=evidence.views.get(reading.code) if reading.is_signed else None,
    )


def answer_to(reading: ReadingRecord, item: str) -> AnswerRecord | None:
    return next((one for one in reading.answers if one.item == item), None)


def said(header: Header, reading: ReadingRecord, item: str) -> str:
    """What a signed reading says to an item; nothing of an open one, or where it was not asked."""
    one = answer_to(reading, item)
    return words.answer(header, one.grade, one.not_assessable) if one else ""


def about(case: CaseRecord, item: str) -> Iterator[ReadingRecord]:
    """The readings of a case that are asked about an item: those that count first."""
    asked = [one for one in case.readings if not item or one.is_whole or item in one.asked]
    yield from sorted(asked, key=lambda one: (not one.counts, len(one.reader), one.reader, one.look, one.code))


def signatures_of(reading: ReadingRecord, evidence: Evidence) -> Iterator[SignatureShown]:
    """Those of earlier versions, then the one that stands."""
    for version in reading.versions:
        yield signature(version.signature, reading.code, evidence, version=version.number)
    if reading.signature:
        yield signature(reading.signature, reading.code, evidence, version=len(reading.versions) + 1)


def signature(given: SignatureRecord, code: str, evidence: Evidence, *, version: int = 1) -> SignatureShown:
    standing = evidence.standings.get((code, given.content_sha256), ALTERED)
    return SignatureShown(given.name, given.meaning, given.signed_at, given.content_sha256, standing, version)


def earlier_of(header: Header, reading: ReadingRecord, item: str) -> Iterator[Earlier]:
    """What earlier signed versions said to an item."""
    for version in reading.versions:
        for one in version.content.get("scores", ()):
            if one["item"] == item:
                value = words.answer(header, one["grade"], one["not_assessable"])
                yield Earlier(version.number, value, "", version.superseded_at)


def pins_of(case: CaseRecord, reading: ReadingRecord, item: str) -> Iterator[PinShown]:
    labels = {one.number: one.label for one in case.exam.series}
    for pin in reading.pins:
        if pin.item == item:
            yield PinShown(labels.get(pin.series, ""), pin.slice, *pin.point)
