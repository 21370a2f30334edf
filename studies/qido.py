"""Questions of QIDO-RS (PS3.18 section 10.6): read from the query of an address, and answered by looking at rows.

A row is what is known of a study, a series or an instance: keyword -> text, "" for what Dens does not say. Dates,
accession numbers and the like are always empty, so whoever asks for one finds nothing, and is not told why.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydicom.datadict import dictionary_VR, keyword_for_tag, tag_for_keyword
from pydicom.dataset import Dataset

MOST = 1000  # rows of one answer
TRUNCATED = f'299 dens "There are more than {MOST} matches, or more than the limit: ask again with offset."'
UIDS = re.compile(r"[\\,]")
WHOLE = ("US", "UL", "SS", "SL")
OPTIONS = ("limit", "offset", "includefield", "fuzzymatching", "emptyvaluematching", "multiplevaluematching", "accept")

Row = dict[str, str]
T = TypeVar("T")


class Unanswerable(ValueError):
    """A query that cannot be read; the sentence says why."""


@dataclass(frozen=True)
class Question:
    """What is asked for.

    wanted  keyword -> the value it must match
    fields  further keywords to answer with; `every` if all there are
    """

    wanted: dict[str, str]
    fields: frozenset[str]
    every: bool
    limit: int
    offset: int


def read(query: Iterable[tuple[str, str]]) -> Question:
    """The question in a query, given as its names and values in order. Raises Unanswerable.

    fuzzymatching is accepted and not done, as the standard allows.
    """
    pairs = list(query)
    fields = [name for key, value in pairs if key == "includefield" for name in value.split(",") if name]
    wanted = {keyword(key): value for key, value in pairs if key not in OPTIONS}
    return Question(
        wanted={name: value for name, value in wanted.items() if name and value.strip("*")},
        fields=frozenset(keyword(name) for name in fields if name != "all"),
        every="all" in fields,
        limit=min(number(pairs, "limit", MOST), MOST),
        offset=number(pairs, "offset", 0),
    )


def number(pairs: list[tuple[str, str]], name: str, default: int) -> int:
    given = [value for key, value in pairs if key == name]
    if not given:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", given[-1]):
        raise Unanswerable(f"{name} must be a whole number.")
    return int(given[-1])


def keyword(name: str) -> str:
    """The keyword of an attribute named by keyword or tag. "" for one in a sequence: of sequences Dens says nothing."""
    parts = name.split(".")
    found = [keyword_for_tag(part) if re.fullmatch(r"[0-9A-Fa-f]{8}", part) else part for part in parts]
    if not all(one and tag_for_keyword(one) is not None for one in found):
        raise Unanswerable("An attribute of the query is not in the DICOM dictionary.")
    return found[0] if len(found) == 1 else ""


def matches(row: Row, wanted: dict[str, str]) -> bool:
    return all(match(row.get(name, ""), value, vr=dictionary_VR(name)) for name, value in wanted.items())


def match(value: str, wanted: str, *, vr: str) -> bool:
    """Matching by the kind of the attribute (PS3.4 C.2.2.2): lists of UIDs, ranges of dates, wildcards, names."""
    if not value:
        return False
    if vr == "UI":
        return value in UIDS.split(wanted)
    if vr in ("DA", "TM", "DT"):
        return in_range(value, wanted)
    if vr == "CS":  # also of several values, as ModalitiesInStudy is
        return any(match_wildcard(value, one, ignore_case=False) for one in UIDS.split(wanted))
    return match_wildcard(value, wanted, ignore_case=vr == "PN")


def in_range(value: str, wanted: str) -> bool:
    first, dash, last = wanted.partition("-")
    return (first <= value and (not last or value <= last)) if dash else value == wanted


def match_wildcard(value: str, wanted: str, *, ignore_case: bool) -> bool:
    """`*` for anything and `?` for one character. Stars that stand together are one, so no pattern takes long."""
    value, wanted = (value.casefold(), wanted.casefold()) if ignore_case else (value, wanted)
    first, *rest = re.split(r"\*+", wanted)
    if not rest:
        return len(value) == len(first) and is_like(value, first)
    if not is_like(value[: len(first)], first):
        return False
    place = len(first)
    for piece in rest[:-1]:
        place = find(value, piece, place)
        if place < 0:
            return False
    return len(value) - place >= len(rest[-1]) and is_like(value[len(value) - len(rest[-1]) :], rest[-1])


def find(value: str, piece: str, place: int) -> int:
    """Where the first occurrence of the piece from `place` on ends, -1 if there is none."""
    starts = range(place, len(value) - len(piece) + 1)
    return next((start + len(piece) for start in starts if is_like(value[start : start + len(piece)], piece)), -1)


def is_like(value: str, piece: str) -> bool:
    return len(value) == len(piece) and all(b in ("?", a) for a, b in zip(value, piece, strict=True))


def page(found: Sequence[T], question: Question) -> tuple[Sequence[T], bool]:
    """The asked-for stretch, and whether there is more behind it."""
    end = question.offset + question.limit
    return found[question.offset : end], len(found) > end


def answer(row: Row, question: Question, *, always: Iterable[str]) -> dict[str, Any]:
    """A row in the DICOM JSON model (PS3.18 annex F): what is always said, what was matched, what was asked for."""
    names = {*always, *question.wanted, *question.fields} | (set(row) if question.every else set())
    said = Dataset()
    for name in sorted(names):
        setattr(said, name, value_of(row.get(name, ""), vr=dictionary_VR(name)))
    return said.to_json_dict()


def value_of(text: str, *, vr: str) -> Any:
    values: list[Any] = [int(one) if vr in WHOLE else one for one in text.split("\\")] if text else []
    return values if len(values) > 1 else (values[0] if values else None)
