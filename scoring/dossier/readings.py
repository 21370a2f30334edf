"""Who looked at a case, and what they said."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SignatureRecord:
    """`name` is R1 or ADJ1: the printed name stays in Dens; `content_sha256` binds what was signed."""

    name: str
    meaning: str
    content_sha256: str
    signed_at: str


@dataclass(frozen=True)
class AnswerRecord:
    """A grade, or the reason why there is none; blank has neither."""

    item: str
    grade: int | None
    not_assessable: str = ""
    comment: str = ""


@dataclass(frozen=True)
class PinRecord:
    """A place that was given as evidence. `series` and `slice` count from 1, as readers see them; mm, patient LPS."""

    key: str
    item: str
    series: int
    slice: int
    point: tuple[float, ...]


@dataclass(frozen=True)
class SittingRecord:
    active_ms: int
    slices_shown: int
    slices_never_shown: int
    device: dict[str, Any]


@dataclass(frozen=True)
class ProblemRecord:
    """A report about the images. `text` is empty where it is about who the patient is; `series` is a label."""

    kind: str
    series: str
    slice: int | None
    text: str
    reported_at: str
    state: str


@dataclass(frozen=True)
class VersionRecord:
    """What was signed before a reading was opened again."""

    number: int
    content: dict[str, Any]
    signature: SignatureRecord
    superseded_at: str


@dataclass(frozen=True)
class ReadingRecord:
    """One look of one reader. Answers, pins and sittings are there once it is signed.

    kind        first, repeat (hidden, the whole case again) or self_check (asked again for some items)
    original    of the other two: the code of the first look
    asked       items that are asked; all of the instrument if there are none
    disputed    of a self-check: those on which the first looks differ; the others hide them
    counts      whether it stands for the case: a first look that was not given to somebody else
    """

    code: str
    reader: str
    position: int
    part: int
    state: str
    charter_version: int
    kind: str = "first"
    original: str = ""
    asked: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    counts: bool = True
    answers: tuple[AnswerRecord, ...] = ()
    pins: tuple[PinRecord, ...] = ()
    sittings: tuple[SittingRecord, ...] = ()
    problems: tuple[ProblemRecord, ...] = ()
    signature: SignatureRecord | None = None
    versions: tuple[VersionRecord, ...] = ()

    @property
    def is_signed(self) -> bool:
        return self.signature is not None

    @property
    def look(self) -> int:
        """1, 2 for a repeat, 3 for a self-check."""
        return {"first": 1, "repeat": 2}.get(self.kind, 3)

    @property
    def is_whole(self) -> bool:
        """Whether it says something of every item."""
        return not self.asked

    @property
    def grades(self) -> dict[str, int | None]:
        """By item; None where the reader called it not assessable."""
        return {answer.item: answer.grade for answer in self.answers}
