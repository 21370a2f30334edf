"""What counts for a case in the end, and what was decided on the way."""

from dataclasses import dataclass

from scoring.dossier.readings import SignatureRecord


@dataclass(frozen=True)
class FinalRecord:
    """What counts for an item, how it came about (`method`, a word), and out of what.

    value      whole where it is whole; halves where readings are averaged
    readings   codes of the readings it comes from
    picked     code of the one whose answer was taken as it is, or ""
    decision   code of the adjudication it comes from, or ""
    """

    item: str
    value: float | None
    not_assessable: str
    method: str
    readings: tuple[str, ...] = ()
    picked: str = ""
    decision: str = ""


@dataclass(frozen=True)
class ConsensusRecord:
    """number         1 for the first comparison of a case
    superseded_at   when it was replaced; "" for the one that stands
    """

    state: str
    charter_version: int
    compared_at: str
    settled_at: str
    final: tuple[FinalRecord, ...] = ()
    number: int = 1
    superseded_at: str = ""


@dataclass(frozen=True)
class DisputeRecord:
    """One disputed item. `left` and `right` are the codes of the readings that stood there; no choice: not decided.

    own_...   the adjudicator's own answer, where the mode asks for one before the sides are shown; "" for own_at: none
    """

    item: str
    left: str
    right: str
    choice: str = ""
    grade: int | None = None
    not_assessable: str = ""
    reason: str = ""
    comment: str = ""
    decided_at: str = ""
    own_grade: int | None = None
    own_not_assessable: str = ""
    own_at: str = ""

    @property
    def adjudicated_grade(self) -> int | None:
        """What the adjudicator says: the decision, or the own answer where the readings are never shown."""
        return self.grade if self.choice else self.own_grade


@dataclass(frozen=True)
class AdjudicationRecord:
    """mode            how disputes are decided, a word of the charter
    second          the other one of two who decide together, with a signature of their own
    is_sham         agreed items that were put before the adjudicator all the same: it never counts
    superseded_at   when its consensus was replaced
    """

    code: str
    adjudicator: str
    state: str
    mode: str = "pick_item"
    disputes: tuple[DisputeRecord, ...] = ()
    signature: SignatureRecord | None = None
    second: str = ""
    second_signature: SignatureRecord | None = None
    is_sham: bool = False
    superseded_at: str = ""

    @property
    def stands(self) -> bool:
        """Whether its decisions count."""
        return not self.is_sham and not self.superseded_at
