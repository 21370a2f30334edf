"""Whether two readings differ because one was counted a level off, or its regions were exchanged. Pure.

Most disagreements are one grade, or seen and not seen. A slip is told by what fits once it is undone: findings that
each reading had alone become findings that both have. In the cohort two readings share a finding at a site some forty
times as often as two unrelated ones would, so a single finding more outweighs what a slip is rarer than a disagreement.

How well it does on simulated cases with the cohort's readers (tests/scoring/test_slips.py): 1 to 2 % of ordinary cases
are marked; of spines counted one level off, 96 % are found where both readings have a finding that moved, but 87 % of
all in which a finding moved at all: where the readings had nothing in common, nothing agrees better. Of single regions
off, two thirds are found where one shared finding moved, and nineteen in twenty where three did.

Which regions have levels, and which could be taken for each other, follows from the instrument: its sites and scales.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any

Answers = Mapping[str, int | None]
Pairs = Sequence[tuple[int | None, int | None]]

SPINE = [f"{part}{n}" for part, last in (("C", 7), ("T", 12), ("L", 5), ("S", 5)) for n in range(1, last + 1)]
LEAST_LEVELS = 3  # of two sites, one level off cannot be told from any other disagreement


class Kind(StrEnum):
    SHIFT = "shift"
    SWAP = "swap"


class Direction(StrEnum):
    """Where the first reading stands beside the second."""

    LOWER = "lower"
    HIGHER = "higher"


# Points a slip needs, the more the oftener ordinary disagreement looks like it. Who miscounts, miscounts the whole
# spine; one region alone asks for more; and one finding told of two regions is a difference of opinion.
WHOLE_SPINE, ONE_REGION, SWAP = 2, 3, 4


@dataclass(frozen=True)
class Slip:
    """A change of one reading after which the two agree better.

    regions      codes, in the instrument's order
    direction    of a shift; None of a swap
    n_explained  findings that both readings have once it is undone, more than now
    n_now        items of these regions that differ
    n_after      that would still differ; a finding pushed off the end of a region is none of them
    """

    kind: Kind
    regions: tuple[str, ...]
    direction: Direction | None
    n_explained: int
    n_now: int
    n_after: int

    @property
    def points(self) -> int:
        """One for each finding more that both have, and one for each item less that differs."""
        return self.n_explained + self.n_now - self.n_after

    @property
    def is_probable(self) -> bool:
        by_regions = ONE_REGION if len(self.regions) == 1 else WHOLE_SPINE
        return self.n_explained >= 1 and self.points >= (SWAP if self.kind is Kind.SWAP else by_regions)

    def to_json(self) -> dict[str, Any]:
        """What is kept: nothing by which anybody could tell whose reading it is."""
        return {name: value for name, value in asdict(self).items() if name != "direction"}


def probable_slip(definition: Mapping[str, Any], one: Answers, other: Answers) -> Slip | None:
    """The slip that explains most of how two readings differ; None where nothing looks like one.

    one, other   grades by item code; None is not assessable, and says nothing here
    """
    found = [slip for slip in candidates(definition, one, other) if slip.is_probable]
    return max(found, key=lambda slip: (slip.points, -len(slip.regions)), default=None)


def candidates(definition: Mapping[str, Any], one: Answers, other: Answers) -> Iterator[Slip]:
    for regions in shiftable(definition):
        yield from shifts(regions, one, other)
    for pair in exchangeable(definition):
        yield swap(pair, one, other)


def shifts(regions: Sequence[Mapping[str, Any]], one: Answers, other: Answers) -> Iterator[Slip]:
    """All of the regions one level lower, and one level higher."""
    ours, theirs = ([grades_in(region, answers) for region in regions] for answers in (one, other))
    now = [pair for own, their in zip(ours, theirs, strict=True) for pair in zip(own, their, strict=True)]
    for direction in Direction:
        above, below = (theirs, ours) if direction is Direction.LOWER else (ours, theirs)
        after = [
            pair for high, low in zip(above, below, strict=True) for pair in zip(high[:-1], low[1:], strict=True)
        ]
        yield compared(Kind.SHIFT, regions, direction, now, after)


def swap(pair: Sequence[Mapping[str, Any]], one: Answers, other: Answers) -> Slip:
    """Two regions of one reading told of each other."""
    (first, second), (left, right) = ([grades_in(region, said) for region in pair] for said in (one, other))
    now = [*zip(first, left, strict=True), *zip(second, right, strict=True)]
    after = [*zip(second, left, strict=True), *zip(first, right, strict=True)]
    return compared(Kind.SWAP, pair, None, now, after)


def compared(
    kind: Kind, regions: Sequence[Mapping[str, Any]], direction: Direction | None, now: Pairs, after: Pairs
) -> Slip:
    codes = tuple(str(region["code"]) for region in regions)
    return Slip(kind, codes, direction, n_shared(after) - n_shared(now), n_differing(now), n_differing(after))


def n_shared(pairs: Pairs) -> int:
    """Findings that both have, of the same grade or of the next one."""
    return sum(1 for one, other in pairs if one and other and abs(one - other) <= 1)


def n_differing(pairs: Pairs) -> int:
    return sum(1 for one, other in pairs if None not in (one, other) and one != other)


def grades_in(region: Mapping[str, Any], answers: Answers) -> list[int | None]:
    return [answers[f"{region['code']}_{site}"] for site in region["sites"]]


def shiftable(definition: Mapping[str, Any]) -> Iterator[list[Mapping[str, Any]]]:
    """Each scored region with levels, then all regions with levels together, flags among them."""
    regions = [region for region in definition["regions"] if is_column(list(region["sites"]))]
    yield from ([region] for region in regions if region["scored"])
    if len(regions) > 1:
        yield regions


def is_column(sites: Sequence[str]) -> bool:
    """Whether the sites go down the spine level by level; C2C3 goes by its upper vertebra."""
    named = [re.match(r"[CTLS]\d+", site) for site in sites]
    levels = [SPINE.index(one[0]) for one in named if one and one[0] in SPINE]
    first = levels[0] if levels else 0
    return len(sites) >= LEAST_LEVELS and levels == list(range(first, first + len(sites)))


def exchangeable(definition: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Regions that one could be taken for the other: as many sites, graded on one scale."""
    for one, other in combinations(definition["regions"], 2):
        if one["scale"] == other["scale"] and len(one["sites"]) == len(other["sites"]):
            yield one, other


def sentence(definition: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """What would fit, in words: without a grade, and without whose reading it is.

    found   a Slip as it is stored
    """
    labels = {region["code"]: in_a_sentence(region["label"]) for region in definition["regions"]}
    names = [labels[code] for code in found["regions"]]
    if found["kind"] == Kind.SWAP:
        return f"The two readings would agree much better if one of them had exchanged {names[0]} and {names[1]}."
    where = f"in {names[0]}" if len(names) == 1 else "throughout the spine"
    return f"One reading seems to be counted one level lower than the other {where}."


def in_a_sentence(label: str) -> str:
    """ "the vertebral bodies"; a word that begins with an abbreviation stays as it is."""
    is_word = label[1:2].islower()
    return f"the {label[0].lower()}{label[1:]}" if is_word else f"“{label}”"
