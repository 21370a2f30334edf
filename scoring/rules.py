"""A study's rules of reading: what they are, what they mean, and what contradicts itself. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self


class Design(StrEnum):
    """Who reads a case, and how its readings become one result."""

    ADJUDICATED = "paired_adjudicated"
    MEAN = "paired_mean"
    SINGLE = "single"


class Resolution(StrEnum):
    """How disputed items are decided, where the design has an adjudicator.

    PICK_ITEM      item by item: one reader's answer, or another one if the charter lets the adjudicator give it
    PICK_READING   one of the two readings, whole
    OWN_FIRST      the adjudicator answers an item seeing neither reading, then both are shown, then it is decided
    MEDIAN         the adjudicator answers without ever seeing the readings; the median of the three counts
    CLOSEST        likewise; the mean of the two answers that lie closest counts, their median where there is a tie
    JOINT          two people decide together, item by item; both names are recorded, and both sign
    """

    PICK_ITEM = "pick_item"
    PICK_READING = "pick_reading"
    OWN_FIRST = "own_first"
    MEDIAN = "median"
    CLOSEST = "closest_two"
    JOINT = "joint"


class Stratum(StrEnum):
    """What the allotment is balanced within."""

    CENTRE = "centre"
    VENDOR = "vendor"
    SEX = "sex"


class Presence(StrEnum):
    """Where "one reader sees something, the other nothing" is a disagreement."""

    ITEM = "item"
    REGION = "region"
    PATIENT = "patient"


class Disclosure(StrEnum):
    """From when the team may see agreement. Readers are never shown any."""

    ALL_SIGNED = "all_signed"
    LOCKED = "locked"


# Where the adjudicator answers before either reading is shown; and where neither is ever shown.
ANSWERED_FIRST = frozenset({Resolution.OWN_FIRST, Resolution.MEDIAN, Resolution.CLOSEST})
NEVER_SHOWN = frozenset({Resolution.MEDIAN, Resolution.CLOSEST})
READERS_PER_CASE = {Design.ADJUDICATED: 2, Design.MEAN: 2, Design.SINGLE: 1}
MOST_REPEATS, MOST_SHAMS, MOST_READERS, LONGEST_GAP_DAYS = 50, 50, 100, 365


@dataclass(frozen=True)
class Rules:
    """Everything a charter settles beside the instrument; the defaults are the design of Baraliakos 2016.

    pool_size                readers the study needs before anything is allotted
    subject_gap              other readings between two of one participant in a reader's order
    repeat_percent           of each reader's readings, given once more under a new code; never used for consensus
    repeat_min_days/cases    that must lie between a reading and its repeat
    bars_own_centre          nobody reads a case of their own hospital
    trigger_item_difference  grades apart from which an item is disputed; None: never for its size alone
    trigger_presence         where "something" against "nothing" is disputed
    trigger_total            differences of the total above this are disputed; None: never
    trigger_not_assessable   disputed when only one reader could assess the item
    trigger_flags            disputed when a yes-or-no item differs
    resolution               how disputed items are decided
    may_give_other           the adjudicator may give an answer that neither reader gave
    sham_percent             of agreed cases, put before the adjudicator as if they were disputed; never counted
    self_check               readers are asked again for disputed items, hidden among others, before an adjudicator is
    reopens_compared         a reading may be opened again after its case was compared: a deviation, and recorded as one
    practice_set             code of the practice study; "" for no calibration
    practice_cases           practice cases that are counted, the latest ones
    practice_kappa           linearly weighted kappa with the reference that must be reached over them
    """

    design: Design = Design.ADJUDICATED
    pool_size: int = 2
    subject_gap: int = 5
    repeat_percent: int = 0
    repeat_min_days: int = 14
    repeat_min_cases: int = 5
    strata: tuple[Stratum, ...] = ()
    bars_own_centre: bool = True
    requires_pins: bool = False
    trigger_item_difference: int | None = 1
    trigger_presence: tuple[Presence, ...] = ()
    trigger_total: int | None = None
    trigger_not_assessable: bool = True
    trigger_flags: bool = True
    resolution: Resolution = Resolution.PICK_ITEM
    may_give_other: bool = True
    sham_percent: int = 0
    self_check: bool = False
    reopens_compared: bool = False
    disclosure: Disclosure = Disclosure.ALL_SIGNED
    practice_set: str = ""
    practice_cases: int = 3
    practice_kappa: float = 0.6

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The rules as they were stored; what an older version did not know yet has its default."""
        known = {field.name: stored[field.name] for field in fields(cls) if field.name in stored}
        return cls(**known).in_words()

    def in_words(self) -> Self:
        """The same with every choice as what it is, not as a bare string."""
        values = asdict(self) | {
            "design": Design(self.design),
            "strata": tuple(Stratum(one) for one in sorted(self.strata)),
            "trigger_presence": tuple(one for one in Presence if one in self.trigger_presence),
            "resolution": Resolution(self.resolution),
            "disclosure": Disclosure(self.disclosure),
        }
        return type(self)(**values)

    def to_json(self) -> dict[str, Any]:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @property
    def readers_per_case(self) -> int:
        return READERS_PER_CASE[self.design]

    @property
    def has_trigger(self) -> bool:
        sizes = (self.trigger_item_difference, self.trigger_total)
        others = (self.trigger_presence, self.trigger_not_assessable, self.trigger_flags)
        return any(size is not None for size in sizes) or any(others)


def contradictions(rules: Rules, *, highest_grade: int) -> Iterator[str]:
    """What these rules say that cannot all be kept, each in a sentence a coordinator can act on.

    highest_grade   that any item of the instrument can be given
    """
    yield from contradictions_of_the_design(rules)
    yield from contradictions_of_the_triggers(rules, highest_grade=highest_grade)
    yield from contradictions_of_repeats(rules)
    if rules.practice_set and not 1 <= rules.practice_cases <= 50:
        yield "Calibration counts between 1 and 50 practice cases."
    if rules.practice_set and not 0 < rules.practice_kappa <= 1:
        yield "The kappa to be reached lies above 0 and is 1 at most."


def contradictions_of_the_design(rules: Rules) -> Iterator[str]:
    least = rules.readers_per_case
    if not least <= rules.pool_size <= MOST_READERS:
        yield f"This design needs {least} to {MOST_READERS} readers."
    if not 0 <= rules.subject_gap <= 50:
        yield "Between two readings of one participant there can be 0 to 50 others."


def contradictions_of_the_triggers(rules: Rules, *, highest_grade: int) -> Iterator[str]:
    if rules.design is Design.ADJUDICATED and not rules.has_trigger:
        yield "Readings are adjudicated where a trigger says so: choose at least one, or take the mean of both readers."
    difference = rules.trigger_item_difference
    if difference is not None and not 1 <= difference <= highest_grade:
        yield f"Grades of this instrument differ by 1 to {highest_grade}."
    yield from contradictions_of_the_resolution(rules)
    if rules.trigger_total is not None and rules.trigger_total < 0:
        yield "A difference of totals cannot be negative."


def contradictions_of_the_resolution(rules: Rules) -> Iterator[str]:
    if not 0 <= rules.sham_percent <= MOST_SHAMS:
        yield f"Between 0 and {MOST_SHAMS} percent of the agreed cases can be put before the adjudicator."
    if rules.design is not Design.ADJUDICATED and (rules.sham_percent or rules.self_check):
        yield "Agreed cases among disputed ones, and asking readers again, belong to a design with an adjudicator."
    elif rules.sham_percent and rules.resolution not in ANSWERED_FIRST:
        yield (
            "Agreed cases can be mixed in only where the adjudicator answers before seeing the readings: "
            "elsewhere, two equal answers would give them away."
        )
    if rules.resolution is Resolution.PICK_READING and rules.self_check:
        yield "Whole readings are picked as they were signed: readers cannot be asked again for single items of them."


def contradictions_of_repeats(rules: Rules) -> Iterator[str]:
    if not 0 <= rules.repeat_percent <= MOST_REPEATS:
        yield f"Between 0 and {MOST_REPEATS} percent of the readings can be repeated."
    if rules.repeat_percent and not 1 <= rules.repeat_min_days <= LONGEST_GAP_DAYS:
        yield f"A repeat comes 1 to {LONGEST_GAP_DAYS} days after its first reading: sooner, it would be remembered."
    if rules.repeat_percent and not 1 <= rules.repeat_min_cases <= 100:
        yield "Between a reading and its repeat there must be 1 to 100 others."
