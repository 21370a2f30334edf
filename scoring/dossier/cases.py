"""A case: its images by their keyed UIDs, what was read of it, and what counts."""

from dataclasses import dataclass

from scoring.dossier.decisions import AdjudicationRecord, ConsensusRecord, FinalRecord
from scoring.dossier.readings import ReadingRecord


@dataclass(frozen=True)
class SliceRecord:
    """`uid` is the SOP instance as Dens keeps it; `position` the centre of its first pixel, mm, patient LPS."""

    uid: str
    position: tuple[float, ...]


@dataclass(frozen=True)
class SeriesRecord:
    """A series as readers see it: `number` from 1, slices in spatial order, `frame` the frame of reference."""

    number: int
    label: str
    role: str
    plane: str
    uid: str
    frame: str
    slices: tuple[SliceRecord, ...]


@dataclass(frozen=True)
class ExamRecord:
    """The exam and its facts.

    has_facts            whether anything is known beside the UID
    days_from_baseline   since the participant's first exam in the study; None where a header gave no date
    """

    uid: str
    series: tuple[SeriesRecord, ...] = ()
    has_facts: bool = False
    age_years: int | None = None
    sex: str = ""
    days_from_baseline: int | None = None
    centre: str = ""
    vendor: str = ""
    field_strength_t: float | None = None


@dataclass(frozen=True)
class CaseRecord:
    """Everything of one case; records come in the order of their codes."""

    code: str
    subject: str
    state: str
    exam: ExamRecord
    readings: tuple[ReadingRecord, ...] = ()
    consensus: ConsensusRecord | None = None
    adjudications: tuple[AdjudicationRecord, ...] = ()
    superseded: tuple[ConsensusRecord, ...] = ()

    @property
    def signed(self) -> tuple[ReadingRecord, ...]:
        return tuple(one for one in self.readings if one.is_signed)

    @property
    def standing(self) -> tuple[ReadingRecord, ...]:
        """The signed readings that stand for the case, in the order of their readers: R2 before R10."""
        counted = (one for one in self.signed if one.counts)
        return tuple(sorted(counted, key=lambda one: (len(one.reader), one.reader, one.code)))

    @property
    def final(self) -> dict[str, FinalRecord]:
        return {one.item: one for one in self.consensus.final} if self.consensus else {}

    @property
    def is_settled(self) -> bool:
        return self.consensus is not None and self.consensus.state == "settled"
