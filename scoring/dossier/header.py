"""What is known of a study as a whole."""

from dataclasses import dataclass, field
from typing import Any

from scoring.derived import Definition
from scoring.rules import Rules


@dataclass(frozen=True)
class ItemCopy:
    """One question of the instrument, as its row has it."""

    code: str
    label: str
    region: str
    site: str
    kind: str
    n_grades: int


@dataclass(frozen=True)
class InstrumentCopy:
    reference: str
    title: str
    status: str
    sha256: str
    definition: dict[str, Any]
    items: tuple[ItemCopy, ...]

    @property
    def reasons(self) -> dict[str, str]:
        """Why an item may be not assessable: code and label, in the order of the definition."""
        return {reason["code"]: reason["label"] for reason in self.definition["not_assessable"]}

    def scale_of(self, item: ItemCopy) -> dict[int, str]:
        """Each grade of an item and what it means."""
        region = next(one for one in self.definition["regions"] if one["code"] == item.region)
        return {grade["value"]: grade["label"] for grade in self.definition["scales"][region["scale"]]}


@dataclass(frozen=True)
class CharterCopy:
    """A frozen charter: `content` is exactly what its hash is taken of."""

    version: int
    sha256: str
    frozen_at: str
    content: dict[str, Any]

    @property
    def rules(self) -> Rules:
        return Rules.from_json(self.content["rules"])


@dataclass(frozen=True)
class CovariateColumn:
    name: str
    label: str
    unit: str
    kind: str  # number or category


@dataclass(frozen=True)
class Participant:
    """A participant of the newest table of covariates."""

    subject: str
    values: dict[str, float | str]


@dataclass(frozen=True)
class AuditDigest:
    """What the audit trail of the study was at this data cut, without what it says.

    sha256    of its events in their order, each in canonical JSON and a line feed; of exports none is counted, or
              each export would change the next one
    """

    n_events: int
    first_at: str
    last_at: str
    sha256: str
    by_action: dict[str, int]


@dataclass(frozen=True)
class Header:
    """Everything an export says of a study beside its cases.

    n_cases      how many cases follow
    charters     the frozen ones, oldest first; the last one is in force
    allocations  manifests of the runs (docs/verify_allocation.py reads them), with the seed once the study is locked
    n_subjects   participants with images in the study, whether or not a covariate is known
    withheld     why agreement is not shown yet, in a sentence; "" when it is
    software     version of Dens
    """

    study: str
    title: str
    is_synthetic: bool
    locked_at: str
    instrument: InstrumentCopy
    charters: tuple[CharterCopy, ...]
    readers: tuple[str, ...]
    adjudicators: tuple[str, ...]
    n_cases: int
    software: str
    covariates: tuple[CovariateColumn, ...] = ()
    participants: tuple[Participant, ...] = ()
    n_subjects: int = 0
    allocations: tuple[dict[str, Any], ...] = ()
    seed_sha256: str = ""
    audit: AuditDigest = field(default_factory=lambda: AuditDigest(0, "", "", "", {}))
    withheld: str = ""

    @property
    def definition(self) -> Definition:
        return self.instrument.definition

    @property
    def items(self) -> tuple[ItemCopy, ...]:
        return self.instrument.items

    @property
    def charter(self) -> CharterCopy:
        """The one in force."""
        return self.charters[-1]
