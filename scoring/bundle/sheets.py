"""What a table of an export is: named columns with their meanings, and the rows that a case adds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from scoring.dossier import CaseRecord, Header

Cell = str | int | float | None
Row = Mapping[str, Cell]
RowsOf = Callable[[CaseRecord], Iterable[Row]]


class Kind(StrEnum):
    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """values   what each whole number stands for, where it stands for something"""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    values: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A table. `of_case` gives the rows a case adds, `of_study` those that no case does; `about` says what a row is."""

    name: str
    about: str
    columns: tuple[Column, ...]
    of_case: RowsOf = lambda case: ()
    of_study: Callable[[Header], Iterable[Row]] = lambda header: ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def text(name: str, label: str) -> Column:
    return Column(name, label)


def whole(name: str, label: str, values: Mapping[int, str] | None = None) -> Column:
    return Column(name, label, Kind.WHOLE, values or {})


def number(name: str, label: str) -> Column:
    return Column(name, label, Kind.NUMBER)


YES_NO = {0: "no", 1: "yes"}
CASE = text("case", "Code of the case")
SUBJECT = text("subject", "Pseudonym of the participant")
ITEM = text("item", "Code of the item: region, underscore, site")
REGION = text("region", "Region of the item")
SITE = text("site", "Site of the item")
REASON = text("not_assessable", "Why there is no grade: not assessable")
READING = text("reading", "Code of the reading")
READER = text("reader", "Reader: R1, R2, ... in the order in which they joined")
