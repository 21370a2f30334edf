"""All values of a case at a glance: what each reading said, what counts and how, and the sums."""

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.dossier import CaseRecord, Header, ItemCopy, ReadingRecord
from scoring.explanation import readings, sums, value, words
from scoring.explanation.asked import Asked, of_presence, of_sums


@dataclass(frozen=True)
class Look:
    """A reading as the head of a column."""

    code: str
    reader: str
    kind: str
    state: str
    counts: bool


@dataclass(frozen=True)
class Line:
    """One value of the case: `values` of each look in their order, then what counts."""

    what: str
    label: str
    values: tuple[str, ...]
    value: str
    method: str
    method_in_words: str
    is_disputed: bool = False


@dataclass(frozen=True)
class Region:
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CaseTable:
    code: str
    subject: str
    state: str
    looks: tuple[Look, ...]
    regions: tuple[Region, ...]
    sums: tuple[Line, ...]


def table(header: Header, case: CaseRecord) -> CaseTable:
    looks = list(readings.about(case, ""))
    return CaseTable(
        code=case.code,
        subject=case.subject,
        state=case.consensus.state if case.consensus else "",
        looks=tuple(look_of(one) for one in looks),
        regions=tuple(regions_of(header, case, looks)),
        sums=tuple(sums_of(header, case, looks)),
    )


def look_of(one: ReadingRecord) -> Look:
    return Look(one.code, one.reader, words.LOOKS.get(one.kind, words.in_words(one.kind)), one.state, one.counts)


def regions_of(header: Header, case: CaseRecord, looks: list[ReadingRecord]) -> Iterator[Region]:
    for region in header.definition["regions"]:
        inside = [item for item in header.items if item.region == region["code"]]
        yield Region(region["label"], tuple(line_of(header, case, looks, item) for item in inside))


def line_of(header: Header, case: CaseRecord, looks: list[ReadingRecord], item: ItemCopy) -> Line:
    final = case.final.get(item.code)
    method = value.method_of(case, final)
    disputed = {dispute.item for one in case.adjudications if one.stands for dispute in one.disputes}
    return Line(
        what=item.code,
        label=item.label,
        values=tuple(readings.said(header, one, item.code) for one in looks),
        value=value.final_value(header, final),
        method=method,
        method_in_words=words.method(method) if method else "",
        is_disputed=item.code in disputed,
    )


def sums_of(header: Header, case: CaseRecord, looks: list[ReadingRecord]) -> Iterator[Line]:
    """The sums by their plain names, then what is present."""
    seen: set[Asked] = set()
    for name, asked in (*of_sums(header), *of_presence(header)):
        plain = Asked(asked.kind, asked.name)
        if name == asked.name and plain not in seen:
            seen.add(plain)
            said = tuple(sums.value_of(header, plain, sums.of_reading(one)) for one in looks)
            counts = sums.value_of(header, plain, sums.of_consensus(case))
            yield Line(name, sums.label_of(header, plain), said, counts, method="", method_in_words="")
