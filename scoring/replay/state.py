"""What a trail has told so far. People go by user name here; making.py gives them the names of exports."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from scoring.dossier import (
    AnswerRecord,
    CharterCopy,
    CovariateColumn,
    DisputeRecord,
    ExamRecord,
    FinalRecord,
    InstrumentCopy,
    PinRecord,
    SignatureRecord,
    SittingRecord,
    VersionRecord,
)
from scoring.dossier.trail import Digest

Found = TypeVar("Found")


class Contradiction(Exception):
    """An event does not fit what was told before it."""


@dataclass
class PinLife:
    """told   the pin as the last event had it, with how one looked at it"""

    record: PinRecord
    told: dict[str, Any]
    is_removed: bool = False


@dataclass
class ProblemLife:
    """series, slice   as they were reported: number from 1, slice from 0"""

    kind: str
    series: int | None
    slice: int | None
    text: str
    reported_at: str
    state: str = "open"


@dataclass
class ReadingLife:
    code: str
    case: str
    reader: str
    position: int
    part: int
    charter_version: int
    asked: tuple[str, ...] = ()
    kind: str = "first"
    original: str = ""
    disputed: tuple[str, ...] = ()
    state: str = "assigned"
    answers: dict[str, AnswerRecord] = field(default_factory=dict)
    pins: dict[str, PinLife] = field(default_factory=dict)
    problems: dict[str, ProblemLife] = field(default_factory=dict)
    sittings: tuple[SittingRecord, ...] = ()
    signature: SignatureRecord | None = None
    versions: list[VersionRecord] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        return self.kind == "first" and self.state != "withdrawn"


@dataclass
class AdjudicationLife:
    code: str
    mode: str
    adjudicator: str
    disputes: dict[str, DisputeRecord]
    is_sham: bool = False
    state: str = "waiting"
    signature: SignatureRecord | None = None
    second: str = ""
    second_signature: SignatureRecord | None = None


@dataclass
class ConsensusLife:
    state: str
    charter_version: int
    compared_at: str
    settled_at: str
    final: dict[str, FinalRecord]
    adjudication: AdjudicationLife | None = None
    superseded_at: str = ""


@dataclass
class CaseLife:
    """exam   as it was told, but for its day: `shifted_day` counts from a start that nobody knows"""

    code: str
    subject: str
    state: str
    exam: ExamRecord
    shifted_day: int | None
    consensus: ConsensusLife | None = None
    former: list[ConsensusLife] = field(default_factory=list)

    @property
    def standing(self) -> ConsensusLife:
        if self.consensus is None:
            raise Contradiction(f"case {self.code} was not compared before")
        return self.consensus


@dataclass
class State:
    study: str = ""
    title: str = ""
    is_synthetic: bool = False
    locked_at: str = ""
    seed: str = ""
    seed_sha256: str = ""
    instruments: dict[str, InstrumentCopy] = field(default_factory=dict)
    charters: list[CharterCopy] = field(default_factory=list)
    readers: dict[str, str] = field(default_factory=dict)
    adjudicators: dict[str, str] = field(default_factory=dict)
    columns: tuple[CovariateColumn, ...] = ()
    values: dict[str, dict[str, float | str]] = field(default_factory=dict)
    allocations: list[dict[str, Any]] = field(default_factory=list)
    cases: dict[str, CaseLife] = field(default_factory=dict)
    readings: dict[str, ReadingLife] = field(default_factory=dict)
    adjudications: dict[str, AdjudicationLife] = field(default_factory=dict)
    digest: Digest = field(default_factory=Digest)

    @property
    def charter(self) -> CharterCopy:
        if not self.charters:
            raise Contradiction("no charter is in force")
        return self.charters[-1]

    @property
    def instrument(self) -> InstrumentCopy:
        return known(self.instruments, self.charter.content["instrument"], "instrument")

    def case(self, code: str) -> CaseLife:
        return known(self.cases, code, "case")

    def reading(self, code: str) -> ReadingLife:
        return known(self.readings, code, "reading")

    def adjudication(self, code: str) -> AdjudicationLife:
        return known(self.adjudications, code, "adjudication")


def known(found: dict[str, Found], name: str, kind: str) -> Found:
    if name not in found:
        raise Contradiction(f"no {kind} {name} was told of before")
    return found[name]
