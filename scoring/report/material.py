"""What a report is made of: who read what in which order, and what counts in the end. Plain values, no rows.

Answers come by item code: a grade, or None for not assessable. Readers are called R1, R2, ... as in every export.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scoring.partiality import Decision

Answers = Mapping[str, int | None]


@dataclass(frozen=True)
class Read:
    """One signed reading. `order`: its place among all that this reader signed, from 1."""

    reader: str
    answers: Answers
    order: int


@dataclass(frozen=True)
class ReadCase:
    """A compared case.

    patient      whose it is: cases of one patient are no independent observations
    reads        of its two readers, in the order of their names
    final        what counts, by item; None while a dispute is open
    is_disputed  whether it goes to an adjudicator; known as soon as it is compared
    overruled    readers from whom the adjudicator's decision differs at any disputed item; None: nothing is decided
    """

    code: str
    patient: str
    reads: tuple[Read, Read]
    final: Mapping[str, float | None] | None = None
    is_disputed: bool = False
    overruled: tuple[str, ...] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the adjudicator has still to decide."""
        return self.is_disputed and self.overruled is None

    @property
    def readers(self) -> tuple[str, str]:
        return self.reads[0].reader, self.reads[1].reader


@dataclass(frozen=True)
class Repeat:
    """A reader's first look at a case, and their second under a new code."""

    case: str
    patient: str
    reader: str
    first: Answers
    again: Answers


@dataclass(frozen=True)
class ItemIn:
    """An item of the instrument. `is_flag`: yes or no, outside every sum. `place`: where the schematic draws it."""

    code: str
    label: str
    region: str
    site: str
    n_grades: int
    is_flag: bool
    place: str


@dataclass(frozen=True)
class Material:
    """Everything a report is computed from; `definition` is the instrument's.

    is_adjudicated   whether the charter has an adjudicator at all
    decisions        what adjudicators decided, item by item
    """

    definition: Mapping[str, Any]
    items: tuple[ItemIn, ...]
    cases: tuple[ReadCase, ...]
    repeats: tuple[Repeat, ...] = ()
    is_adjudicated: bool = True
    decisions: tuple[Decision, ...] = ()

    @property
    def readers(self) -> list[str]:
        named = {reader for case in self.cases for reader in case.readers} | {one.reader for one in self.repeats}
        return sorted(named, key=by_number)


def by_number(name: str) -> tuple[int, str]:
    """R2 before R10."""
    return len(name), name


class Kind(StrEnum):
    """Who read what: the same two readers every case, readers drawn per case from a pool, or no pairs yet."""

    CROSSED = "crossed"
    POOL = "pool"
    NONE = "none"


def kind_of(material: Material) -> Kind:
    pairs = {case.readers for case in material.cases}
    if not pairs:
        return Kind.NONE
    return Kind.CROSSED if len(pairs) == 1 else Kind.POOL
