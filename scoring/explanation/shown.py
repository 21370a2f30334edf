"""What an explanation is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Event:
    """An audit event with its place in the chain; `who` is a name that is nobody's. No `seq`: not committed yet."""

    at: str
    who: str
    action: str
    object_type: str
    object_key: str
    before: Any = None
    after: Any = None
    reason: str = ""
    seq: int | None = None
    hash: str = ""


@dataclass(frozen=True)
class Viewed:
    """A series and how long each of its slices was on screen, ms; windows as grey levels, the longest used first."""

    number: int
    label: str
    ms: tuple[int, ...]
    windows: tuple[Mapping[str, Any], ...] = ()

    @property
    def n_never(self) -> int:
        return sum(not ms for ms in self.ms)


@dataclass(frozen=True)
class Views:
    """How a reading was done, over all windows it was read in."""

    active_ms: int
    n_sittings: int
    devices: tuple[str, ...]
    series: tuple[Viewed, ...]


@dataclass(frozen=True)
class Evidence:
    """What is known of a case beside its dossier.

    events      about the case, its readings and adjudications, and the covariates, the oldest first
    views       by the code of a reading
    standings   by the code of what was signed and the hash: stands, superseded, or altered
    """

    events: tuple[Event, ...] = ()
    views: Mapping[str, Views] = field(default_factory=dict)
    standings: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One thing that happened, in a sentence; `before` and `after` in words, `note` as somebody wrote it."""

    sentence: str
    who: str
    at: str
    before: str = ""
    after: str = ""
    note: str = ""
    seq: int | None = None
    hash: str = ""


@dataclass(frozen=True)
class SignatureShown:
    """standing   whether the stored content is what was signed: stands, superseded (kept as it was), altered"""

    name: str
    meaning: str
    signed_at: str
    content_sha256: str
    standing: str
    version: int = 1


@dataclass(frozen=True)
class PinShown:
    series: str
    slice: int
    x_mm: float
    y_mm: float
    z_mm: float


@dataclass(frozen=True)
class Part:
    """An item that a sum is made of; `note` says why it was not added."""

    code: str
    label: str
    value: str
    is_added: bool
    note: str = ""


@dataclass(frozen=True)
class Earlier:
    """What stood before something replaced it."""

    number: int
    value: str
    method: str
    superseded_at: str


@dataclass(frozen=True)
class ReadingShown:
    code: str
    reader: str
    kind: str
    state: str
    counts: bool
    charter_version: int
    original: str
    value: str
    comment: str
    steps: tuple[Step, ...]
    signatures: tuple[SignatureShown, ...]
    earlier: tuple[Earlier, ...]
    pins: tuple[PinShown, ...]
    views: Views | None


@dataclass(frozen=True)
class Side:
    """What stood left or right, and in which reading."""

    place: str
    reading: str
    reader: str
    value: str
    is_taken: bool


@dataclass(frozen=True)
class DecisionShown:
    code: str
    who: str
    mode: str
    state: str
    counts: bool
    superseded_at: str
    sentence: str
    own: str
    sides: tuple[Side, ...]
    steps: tuple[Step, ...]
    signatures: tuple[SignatureShown, ...]


@dataclass(frozen=True)
class RuleShown:
    """Under which rules it came about."""

    charter_version: int
    charter_sha256: str
    frozen_at: str
    instrument: str
    instrument_title: str
    instrument_sha256: str


@dataclass(frozen=True)
class History:
    """The whole history of one value.

    kind       item, sum, presence, reading or fact
    reading    code of the reading it is of; "" for what counts
    column     what the column of that name means, where one of an export was asked for
    counting   what the number says in plain words, sentence by sentence
    """

    what: str
    reading: str
    kind: str
    label: str
    column: str
    value: str
    meaning: str
    method: str
    counting: tuple[str, ...]
    rule: RuleShown | None
    steps: tuple[Step, ...] = ()
    parts: tuple[Part, ...] = ()
    decisions: tuple[DecisionShown, ...] = ()
    readings: tuple[ReadingShown, ...] = ()
    earlier: tuple[Earlier, ...] = ()
