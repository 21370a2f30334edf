"""What a plan is made from and what it is made of. Order never matters: there is one canonical form."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from operator import attrgetter
from typing import Any

Pair = tuple[str, str]


def pair_of(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


@dataclass(frozen=True)
class CaseIn:
    """A case to allot.

    stratum, subject   labels that mean nothing but "the same" or "another"
    barred             names of readers who must not read it: those of its own centre
    """

    code: str
    stratum: str
    subject: str
    barred: tuple[str, ...] = ()

    def canonical(self) -> "CaseIn":
        return replace(self, barred=tuple(sorted(set(self.barred))))


@dataclass(frozen=True)
class ReaderIn:
    """A reader of the pool. Whoever is away is not in the list.

    share    percent of all cases this reader reads, 1 to 100; None: an equal part of what the others leave
    held     positions used up already, repeats included: the own order goes on at held + 1
    strata   first readings held already, by stratum
    recent   subjects of the last readings of the own order, the last one last
    """

    name: str
    share: int | None = None
    held: int = 0
    strata: Mapping[str, int] = field(default_factory=dict)
    recent: tuple[str, ...] = ()

    def canonical(self) -> "ReaderIn":
        return replace(self, strata={stratum: n for stratum, n in sorted(self.strata.items()) if n})


@dataclass(frozen=True)
class Rules:
    """What the charter asks for.

    readers_per_case   1 or 2
    subject_gap        readings of others between two of one subject in one order, at least, where feasible
    repeat_percent     hidden repeats, of each reader's first readings of this run
    repeat_gap         other readings between a reading and its repeat, at least
    """

    readers_per_case: int = 2
    subject_gap: int = 0
    repeat_percent: int = 0
    repeat_gap: int = 0


@dataclass(frozen=True)
class Inputs:
    """All that a plan depends on beside the seed.

    pairs   cases two readers hold together already: (stratum, reader, reader, number of cases)
    """

    cases: tuple[CaseIn, ...]
    readers: tuple[ReaderIn, ...]
    pairs: tuple[tuple[str, str, str, int], ...] = ()
    rules: Rules = Rules()

    def canonical(self) -> "Inputs":
        """The same inputs, sorted, each pair once, without zeros."""
        together = Counter[tuple[str, str, str]]()
        for stratum, a, b, n in self.pairs:
            together[stratum, *pair_of(a, b)] += n
        return Inputs(
            cases=tuple(sorted(map(CaseIn.canonical, self.cases), key=attrgetter("code"))),
            readers=tuple(sorted(map(ReaderIn.canonical, self.readers), key=attrgetter("name"))),
            pairs=tuple((*labels, n) for labels, n in sorted(together.items()) if n),
            rules=self.rules,
        )

    def to_json(self) -> dict[str, Any]:
        """The canonical form in lists and dicts, equal to itself after any round trip."""
        canonical: dict[str, Any] = json.loads(json.dumps(asdict(self.canonical())))
        return canonical

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Inputs":
        return cls(
            cases=tuple(CaseIn(**{**case, "barred": tuple(case["barred"])}) for case in kept["cases"]),
            readers=tuple(ReaderIn(**{**reader, "recent": tuple(reader["recent"])}) for reader in kept["readers"]),
            pairs=tuple((stratum, a, b, n) for stratum, a, b, n in kept["pairs"]),
            rules=Rules(**kept["rules"]),
        )


@dataclass(frozen=True, order=True)
class Allotted:
    """One case for one reader, at a position of that reader's own order.

    part     2 opens as a whole, when all of 1 is signed and the charter's days have passed
    repeat   the reader has read this case before, in part 1
    """

    reader: str
    position: int
    case: str
    part: int = 1
    repeat: bool = False


def rows_of(allotted: Iterable[Allotted]) -> list[list[Any]]:
    """A plan as JSON has it: [reader, position, case, part, repeat], sorted."""
    return [[row.reader, row.position, row.case, row.part, row.repeat] for row in sorted(allotted)]


def sha256(allotted: Iterable[Allotted]) -> str:
    """The hash of a plan: of its rows as JSON without blanks."""
    return hashlib.sha256(json.dumps(rows_of(allotted), separators=(",", ":")).encode()).hexdigest()
