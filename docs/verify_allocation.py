#!/usr/bin/env python3
"""Rebuild an allocation of readings from its seed: `python3 verify_allocation.py MANIFEST [--seed HEX]`.

Needs Python 3.11 or newer and nothing else. Exit code 0: the manifest holds; 1: it does not, and what differs is said;
2: the seed is still sealed, and what can be checked without it holds. Assembled from scoring/plan by
`manage.py verify_allocation --write-script docs/verify_allocation.py`: change it there.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from collections import Counter, deque
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from heapq import heapify, heappop, heappush, heapreplace
from itertools import groupby, zip_longest
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

# --- draws ---
# Chance: every draw is the SHA-256 of the seed and of what is drawn for. Anybody can repeat it, in any language.


def draw(seed: str, *labels: str) -> bytes:
    """What chance says about `labels` under this seed: SHA-256 of both in UTF-8, joined by the byte 1F."""
    return hashlib.sha256("\x1f".join((seed, *labels)).encode()).digest()


def draw_below(n: int, seed: str, *labels: str) -> int:
    """A number from 0 to n - 1: the draw, as one big-endian number, modulo n."""
    return int.from_bytes(draw(seed, *labels), "big") % n


def run_seed(seed: str, run: int) -> str:
    """The seed of the n-th run of a study, from the study's one, so that one sealed seed serves them all."""
    return draw(seed, "run", str(run)).hex()


def seed_sha256(seed: str) -> str:
    """What is published of a seed beforehand: the SHA-256 of its characters, as `printf %s SEED | sha256sum` has it."""
    return hashlib.sha256(seed.encode()).hexdigest()


# --- inputs ---
# What a plan is made from and what it is made of. Order never matters: there is one canonical form.


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


# --- refusals ---
# What cannot be planned, each in a sentence that a coordinator can act on.


def refuse_the_impossible(inputs: Inputs) -> None:
    """Raise ValueError with the first problem there is."""
    for sentence in (*problems_of_rules(inputs.rules), *problems_of_readers(inputs), *problems_of_cases(inputs)):
        raise ValueError(sentence)


def problems_of_rules(rules: Rules) -> list[str]:
    problems = []
    if rules.readers_per_case not in (1, 2):
        problems.append("A case has one reader or two different readers.")
    if not 0 <= rules.repeat_percent <= 100:
        problems.append("Repeats are 0 to 100 percent of a reader's cases.")
    if min(rules.subject_gap, rules.repeat_gap) < 0:
        problems.append("A gap is 0 readings or more.")
    return problems


def problems_of_readers(inputs: Inputs) -> list[str]:
    problems = []
    names, needed = [reader.name for reader in inputs.readers], inputs.rules.readers_per_case
    shares = [reader.share for reader in inputs.readers if reader.share is not None]
    if len(set(names)) < len(names):
        problems.append(f"A reader is named twice: {twice(names)}.")
    if any(not 1 <= share <= 100 for share in shares):
        problems.append("A share is 1 to 100 percent of the cases.")
    if sum(shares) > 100 * needed:
        problems.append(f"The shares add up to {sum(shares)} percent, and cannot exceed {100 * needed}. Lower them.")
    return problems


def problems_of_cases(inputs: Inputs) -> list[str]:
    problems = []
    codes, needed = [case.code for case in inputs.cases], inputs.rules.readers_per_case
    if len(set(codes)) < len(codes):
        problems.append(f"A case is named twice: {twice(codes)}.")
    if inputs.cases and len(inputs.readers) < needed:
        wanted = "two different readers" if needed == 2 else "a reader"
        problems.append(f"A case needs {wanted}, and this study has {len(inputs.readers)}. Add readers.")
    names = {reader.name for reader in inputs.readers}
    for case in inputs.cases:
        if (may := len(names.difference(case.barred))) < needed:
            problems.append(f"Case {case.code} needs {needed} readers from other centres than its own, and has {may}.")
    return problems


def twice(names: Sequence[str]) -> str:
    return next(name for name in sorted(names) if names.count(name) > 1)


# --- groups ---
# Cases that the same readers may read are one group: a plan counts groups, and draws for single cases at the end.


@dataclass(frozen=True)
class Group:
    """Cases of one stratum with the same readers barred.

    readers   who may read them, in a drawn order
    cases     codes, in a drawn order
    """

    stratum: str
    readers: tuple[str, ...]
    cases: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.cases)


def groups_of(inputs: Inputs, *, seed: str) -> list[Group]:
    """The groups of canonical inputs, those with the fewest readers first within each stratum."""
    names = {reader.name for reader in inputs.readers}
    members: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for case in inputs.cases:
        members.setdefault((case.stratum, tuple(sorted(names.difference(case.barred)))), []).append(case.code)
    return [
        Group(
            stratum,
            tuple(sorted(readers, key=lambda name: draw(seed, "reader", stratum, name))),
            tuple(sorted(codes, key=lambda code: draw(seed, "case", code))),
        )
        for (stratum, readers), codes in sorted(members.items(), key=lambda one: (one[0][0], len(one[0][1]), one[0][1]))
    ]


# --- flow ---
# Cases flow from groups to readers: who has how many, and what one more or one fewer would cost.


Place = tuple[str, str]
"""A reader in a stratum."""


def weights(inputs: Inputs) -> dict[str, int]:
    """What each reader should read, in proportion, in whole numbers."""
    shares = [reader.share for reader in inputs.readers if reader.share is not None]
    left, rest = 100 * inputs.rules.readers_per_case - sum(shares), len(inputs.readers) - len(shares)
    return {reader.name: left if reader.share is None else reader.share * max(rest, 1) for reader in inputs.readers}


class Flow:
    """Who reads how many cases of each group, and what one case more would cost.

    given    cases of each group for each reader: [{reader: number}], in the order of the groups
    load     first readings of a reader in a stratum, held and new
    total    the same over all strata
    """

    def __init__(self, inputs: Inputs, groups: list[Group]) -> None:
        self.per_case, self.groups = inputs.rules.readers_per_case, groups
        self.given: list[dict[str, int]] = [dict.fromkeys(group.readers, 0) for group in groups]
        self.weight = weights(inputs)
        self.whole = sum(self.weight.values())
        self.load = Counter({(one.name, stratum): n for one in inputs.readers for stratum, n in one.strata.items()})
        self.total = Counter({one.name: sum(one.strata.values()) for one in inputs.readers})
        self.readings = Counter[str]()
        for (_, stratum), n in self.load.items():
            self.readings[stratum] += n
        for group in groups:
            self.readings[group.stratum] += self.per_case * group.size
        self.new = Counter[Place]()
        self.groups_at: dict[Place, list[int]] = {}
        for number, group in enumerate(groups):
            for reader in group.readers:
                self.groups_at.setdefault((reader, group.stratum), []).append(number)

    def price(self, place: Place) -> int:
        """What one reading more costs there, but for constants: the load less its target, times `whole`."""
        reader, stratum = place
        return self.whole * self.load[place] - self.weight[reader] * self.readings[stratum]

    def saving(self, place: Place) -> int:
        """What one reading fewer saves there, on the same scale."""
        return self.price(place) - self.whole

    def total_price(self, reader: str) -> int:
        return self.whole * self.total[reader] - self.weight[reader] * self.readings.total()

    def total_saving(self, reader: str) -> int:
        return self.total_price(reader) - self.whole

    def givable(self, place: Place) -> list[int]:
        """The groups of which a reader can hand on a case."""
        return [number for number in self.groups_at[place] if self.given[number][place[0]]]

    def takers(self, number: int) -> list[Place]:
        """Who can read one case more of a group."""
        group = self.groups[number]
        return [(reader, group.stratum) for reader, n in self.given[number].items() if n < group.size]

    def give(self, number: int, reader: str, n: int = 1) -> None:
        self.given[number][reader] += n
        place = reader, self.groups[number].stratum
        self.load[place] += n
        self.new[place] += n
        self.total[reader] += n

    def fill(self, number: int) -> None:
        """Give out a group, each reading where it costs least: that is best as long as there is no other group."""
        group = self.groups[number]
        heap = [(*self.cost(reader, group), rank, reader) for rank, reader in enumerate(group.readers)]
        heapify(heap)
        for _ in range(self.per_case * group.size):
            *_, rank, reader = heap[0]
            self.give(number, reader)
            if self.given[number][reader] < group.size:
                heapreplace(heap, (*self.cost(reader, group), rank, reader))
            else:
                heappop(heap)

    def cost(self, reader: str, group: Group) -> tuple[int, int]:
        return self.price((reader, group.stratum)), self.total_price(reader)


# --- loads ---
# How many cases of each group each reader reads: loads as near to their targets as can be, exactly.
#
# Cases flow from groups to readers, at most one reading of a case to each. The cost of a reader's load in a stratum is
# the square of its distance from the target, so a flow is best when no path of exchanges leads from a reader for whom
# one case fewer saves more to a reader for whom one more costs less (convex cost flow). Among the best flows, the
# totals over all strata are evened out in the same way, along exchanges that leave every stratum as good as it is.


Node = Any
"""A place, or a group at a price: (number, price)."""


def divided(inputs: Inputs, groups: list[Group]) -> list[dict[str, int]]:
    """How many cases of each group each reader reads."""
    flow = Flow(inputs, groups)
    for number in range(len(groups)):
        flow.fill(number)
    prices: dict[Place, int] = {}
    for stratum in sorted({group.stratum for group in groups}):
        prices |= even_out_a_stratum(flow, stratum)
    even_out_totals(flow, prices)
    return flow.given


def even_out_a_stratum(flow: Flow, stratum: str) -> dict[Place, int]:
    """Make a stratum as even as can be. Returns the price of a case at each place: with these, no exchange pays."""

    def steps(node: Node) -> Iterable[Node]:
        if isinstance(node[0], int):
            return flow.takers(node[0])
        return [(number, 0) for number in flow.givable(node)]

    while True:
        starts = [(flow.saving(place), place) for place, n in flow.new.items() if n and place[1] == stratum]
        path, prices = search(starts, steps, flow.price)
        if not path:
            return prices
        hand_on(flow, path)


def even_out_totals(flow: Flow, prices: dict[Place, int]) -> None:
    """Even out the totals along exchanges at equal prices, so that every stratum stays as even as it is.

    All best flows share the same prices: a load may change where its price is exactly met, and nowhere else.
    """
    strata: dict[str, list[str]] = {}
    for reader, stratum in prices:
        strata.setdefault(reader, []).append(stratum)

    def can_give(place: Place) -> bool:
        return bool(flow.new[place]) and flow.saving(place) == prices[place]

    def can_take(place: Place) -> bool:
        return flow.price(place) == prices[place]

    def steps(node: Node) -> Iterable[Node]:
        if isinstance(node[0], int):
            return [place for place in flow.takers(node[0]) if prices[place] == node[1]]
        on: list[Node] = [(number, prices[node]) for number in flow.givable(node)]
        if can_take(node):
            on += [(node[0], stratum) for stratum in strata[node[0]] if can_give((node[0], stratum))]
        return on

    def cost(place: Place) -> int | None:
        return flow.total_price(place[0]) if can_take(place) else None

    while True:
        starts = [(flow.total_saving(place[0]), place) for place in prices if can_give(place)]
        path, _ = search(starts, steps, cost)
        if not path:
            return
        hand_on(flow, path)


def hand_on(flow: Flow, path: list[Node]) -> None:
    """Move one case of each group on the path from the place before it to the place after it."""
    for giver, via, taker in zip(path, path[1:], path[2:], strict=False):
        if isinstance(via[0], int):
            flow.give(via[0], giver[0], -1)
            flow.give(via[0], taker[0])


def search(
    starts: list[tuple[int, Node]], steps: Callable[[Node], Iterable[Node]], cost: Callable[[Place], int | None]
) -> tuple[list[Node], dict[Place, int]]:
    """A path from where one case fewer saves more to where one more costs less; none: [].

    Who saves most searches first, so what a search has seen is not worth a second look to those after it.
    Also gives, for each place reached, the most that a case handed on to it can save.
    """
    came: dict[Node, Node] = {}
    prices: dict[Place, int] = {}
    for saving, start in sorted(starts, key=lambda one: -one[0]):
        queue = deque([] if start in came else [start])
        came.setdefault(start, None)
        while queue:
            node = queue.popleft()
            if isinstance(node[0], str):
                prices[node] = saving
                price = cost(node)
                if price is not None and price < saving:
                    return way_to(node, came), prices
            for onward in steps(node):
                if onward not in came:
                    came[onward] = node
                    queue.append(onward)
    return [], prices


def way_to(node: Node, came: dict[Node, Node]) -> list[Node]:
    path = [node]
    while came[path[-1]] is not None:
        path.append(came[path[-1]])
    return path[::-1]


# --- pairs ---
# Who reads with whom: every reader keeps the number of cases, and pairs meet as evenly as can be within a stratum.


Together = dict[str, dict[str, int]]
"""Cases two readers of a stratum share, held and new: [a][b] and [b][a]."""


def paired(inputs: Inputs, groups: list[Group], given: list[dict[str, int]]) -> list[Counter[Pair]]:
    """How many cases of each group each pair reads, in the order of the groups."""
    made: list[Counter[Pair]] = []
    overall = held_together(inputs, {stratum for stratum, *_ in inputs.pairs})
    for stratum in dict.fromkeys(group.stratum for group in groups):
        together = held_together(inputs, {stratum})
        wanted = [one for one, group in zip(given, groups, strict=True) if group.stratum == stratum]
        own = [joined(one, together, overall) for one in wanted]
        even_out_pairs(own, together)
        meet_all(overall, own)
        made += own
    return made


def held_together(inputs: Inputs, strata: Container[str]) -> Together:
    names = [reader.name for reader in inputs.readers]
    together = {a: {b: 0 for b in names if b != a} for a in names}
    for stratum, a, b, n in inputs.pairs:
        if stratum in strata and a in together and b in together:
            meet(together, a, b, n)
    return together


def meet(together: Together, a: str, b: str, n: int = 1) -> None:
    together[a][b] += n
    together[b][a] += n


def meet_all(together: Together, made: Iterable[Counter[Pair]]) -> None:
    for pairs in made:
        for (a, b), n in pairs.items():
            meet(together, a, b, n)


def joined(wanted: dict[str, int], together: Together, overall: Together) -> Counter[Pair]:
    """Pairs for the cases of one group, of which each reader reads the number wanted.

    The reader with most cases left takes partners first: the least met, and among these the ones with most cases left
    (Havel and Hakimi), then the least met in other strata. With equal loads and nothing held, no two pairs of a stratum
    then differ by more than one case.
    """
    left = {reader: n for reader, n in wanted.items() if n}
    made = Counter[Pair]()
    while left:
        reader = max(left, key=left.__getitem__)
        for partner in partners(left.pop(reader), left, together[reader], overall[reader]):
            made[pair_of(reader, partner)] += 1
            meet(together, reader, partner)
        left = {other: n for other, n in left.items() if n}
    return made


def partners(n: int, left: dict[str, int], met: dict[str, int], elsewhere: dict[str, int]) -> list[str]:
    """Partners for n cases, taken out of what the others have left.

    Whoever has more left than there will be cases for must be among them, or would be left over at the end.
    """
    after = (sum(left.values()) - n) // 2
    chosen = [other for other, own in left.items() for _ in range(own - after)]
    took = Counter(chosen)
    heap = [
        (met[other] + took[other], took[other] - own, elsewhere[other], rank, other)
        for rank, (other, own) in enumerate(left.items())
        if own > took[other]
    ]
    heapify(heap)
    for _ in range(n - len(chosen)):
        times, less, overall, rank, other = heappop(heap)
        chosen.append(other)
        if less < -1:
            heappush(heap, (times + 1, less + 1, overall, rank, other))
    for other in chosen:
        left[other] -= 1
    return chosen


def even_out_pairs(made: list[Counter[Pair]], together: Together) -> None:
    """Exchange partners between two cases of one group until no exchange evens out the pairs of the stratum further."""
    while sum(even_out_a_group(one, together) for one in made):
        pass  # what one group gained may open an exchange in another


def even_out_a_group(made: Counter[Pair], together: Together) -> bool:
    """Whether any exchange was worth it."""
    partners_of: Together = {}
    for (a, b), n in made.items():
        partners_of.setdefault(a, {})[b] = n
        partners_of.setdefault(b, {})[a] = n
    changed = False
    for a, own in partners_of.items():
        least = min((n for c, n in together[a].items() if c in partners_of), default=0)
        for b in [b for b in own if together[a][b] > least + 1]:
            while b in own and (found := exchange(a, b, partners_of, together)):
                swap(a, b, *found, partners_of, together)
                changed = True
    made.clear()
    made.update({(a, b): n for a, own in sorted(partners_of.items()) for b, n in sorted(own.items()) if a < b})
    return changed


def exchange(a: str, b: str, partners_of: Together, together: Together) -> Pair | None:
    """c and d such that a with c and b with d is more even than a with b and c with d. Of the two, a gains more."""
    for c, met in together[a].items():
        gain = together[a][b] - met
        if gain < 2 or c == b or c not in partners_of:
            continue
        for d in partners_of[c]:
            if d not in (a, b) and gain + together[c][d] - together[b][d] > 2:
                return c, d
    return None


def swap(a: str, b: str, c: str, d: str, partners_of: Together, together: Together) -> None:
    for one, other, n in ((a, b, -1), (c, d, -1), (a, c, 1), (b, d, 1)):
        meet(together, one, other, n)
        for x, y in ((one, other), (other, one)):
            partners_of[x][y] = partners_of[x].get(y, 0) + n
            if not partners_of[x][y]:
                del partners_of[x][y]


# --- spacing ---
# An order in which two readings of one subject lie apart: by chance where that can be, by need where it must.


class Turn(NamedTuple):
    """A reading that waits for its place in an order."""

    subject: str
    case: str
    repeat: bool = False

    @property
    def kind(self) -> str:
        """What a draw calls it."""
        return "repeat" if self.repeat else "first"


def spaced(turns: Sequence[Turn], *, before: Sequence[str], gap: int, seed: str, label: str) -> list[Turn]:
    """Turns in an order with at least `gap` others between two of one subject, or as many as can be.

    turns    in a drawn order, which is kept as it is where nothing stands against it
    before   subjects of the readings that come before all of these
    """
    order: list[Turn] | None = None
    while gap and not order:
        recent = before[-gap:]
        order = spaced_by_chance(turns, recent, gap, seed, label) or spaced_by_need(turns, recent, gap)
        gap -= 1
    return order or list(turns)


def spaced_by_chance(
    turns: Sequence[Turn], recent: Sequence[str], gap: int, seed: str, label: str
) -> list[Turn] | None:
    """Each subject once in the drawn order; the other turns are put in where they may stand, anywhere as likely.

    Putting in one never brings others closer. None where a turn finds no place.
    """
    subjects, seen = list(recent), set(recent)
    order, waiting = list[Turn](), list[Turn]()
    for turn in turns:
        (waiting if turn.subject in seen else order).append(turn)
        seen.add(turn.subject)
    subjects += [turn.subject for turn in order]
    while waiting:
        left = []
        for turn in waiting:
            if places := open_places(subjects, turn.subject, gap, first=len(recent)):
                at = places[draw_below(len(places), seed, "place", label, turn.case, turn.kind)]
                subjects.insert(at, turn.subject)
                order.insert(at - len(recent), turn)
            else:
                left.append(turn)
        if len(left) == len(waiting):
            return None
        waiting = left
    return order


def open_places(subjects: list[str], subject: str, gap: int, *, first: int) -> list[int]:
    """Where a turn of a subject can be put into an order of subjects, from index `first` on."""
    places, at = list[int](), -1
    for _ in range(subjects.count(subject)):
        at = subjects.index(subject, at + 1)
        places += range(first, at - gap + 1)
        first = max(first, at + gap + 1)
    return places + list(range(first, len(subjects) + 1))


def spaced_by_need(turns: Sequence[Turn], recent: Sequence[str], gap: int) -> list[Turn] | None:
    """Always the subject with most turns left of those that may come: finds an order if there is one, else None.

    Should an order exist that begins with another subject, the two can be exchanged in it up to a moment at which
    both have had equally many turns and neither comes too soon; there is one, as the first has no fewer turns left.
    """
    left, rank, own = Counter(turn.subject for turn in turns), dict[str, int](), dict[str, deque[Turn]]()
    for turn in turns:
        rank.setdefault(turn.subject, len(rank))
        own.setdefault(turn.subject, deque()).append(turn)
    free_at = {subject: gap + 1 - back for back, subject in reversed(list(enumerate(reversed(recent), start=1)))}
    resting = deque(sorted((at, subject) for subject, at in free_at.items() if subject in left))
    heap = [(-left[subject], rank[subject], subject) for subject in left if subject not in free_at]
    heapify(heap)
    order: list[Turn] = []
    for at in range(len(turns)):
        while resting and resting[0][0] <= at:
            subject = resting.popleft()[1]
            heappush(heap, (-left[subject], rank[subject], subject))
        if not heap:
            return None
        subject = heappop(heap)[2]
        order.append(own[subject].popleft())
        left[subject] -= 1
        if left[subject]:
            resting.append((at + gap + 1, subject))
    return order


# --- orders ---
# A reader's own order: part 1 has first readings only, part 2 mixes hidden repeats with first readings held back.
#
# Part 2 is drawn as a whole, so that a place in it says nothing about being a repeat, and only cases that lie far
# enough from the end of part 1 come again, so that the gap holds wherever chance puts the repeat.


def own_order(reader: ReaderIn, cases: Sequence[CaseIn], *, rules: Rules, seed: str) -> list[Allotted]:
    """The order of one reader, both parts."""
    firsts = drawn([Turn(case.subject, case.code) for case in cases], seed, "part 1", reader.name)
    n_repeats, n_back = sizes_of_part_2(len(firsts), reader.name, rules=rules, seed=seed)
    cut = len(firsts) - n_back
    gap, label = rules.subject_gap, reader.name
    first_part = spaced(firsts[:cut], before=reader.recent, gap=gap, seed=seed, label=label)
    early = drawn(first_part[: max(cut - rules.repeat_gap, 0)], seed, "repeat", reader.name)
    again = [turn._replace(repeat=True) for turn in early[:n_repeats]]
    mixed = drawn([*firsts[cut:], *again], seed, "part 2", reader.name)
    before = [*reader.recent, *(turn.subject for turn in first_part)]
    parts = [first_part, spaced(mixed, before=before, gap=gap, seed=seed, label=label)]
    places = [(turn, part) for part, turns in enumerate(parts, start=1) for turn in turns]
    return [
        Allotted(reader.name, position, turn.case, part, turn.repeat)
        for position, (turn, part) in enumerate(places, start=reader.held + 1)
    ]


def drawn(turns: Sequence[Turn], seed: str, label: str, reader: str) -> list[Turn]:
    return sorted(turns, key=lambda turn: draw(seed, label, reader, turn.case, turn.kind))


def sizes_of_part_2(n: int, reader: str, *, rules: Rules, seed: str) -> tuple[int, int]:
    """How many of a reader's n cases come again, and how many are held back to hide them among.

    Two first readings for each repeat, at least one; fewer repeats where cases or the gap leave no room for that.
    """
    asked = (rules.repeat_percent * n + draw_below(100, seed, "repeats", reader)) // 100
    room = max(n - rules.repeat_gap, 0)
    n_repeats = min(asked, room // 2)
    return n_repeats, min(2 * n_repeats, room - n_repeats)


# --- allotting ---
# The plan: readers for every case, balanced by reader and by pair within strata, each reader with an own order.


ALGORITHM = "strata-2"


def plan(inputs: Inputs, *, seed: str) -> list[Allotted]:
    """Who reads which case at which position. What is held already is counted, and never moved.

    Raises ValueError, with a sentence to act on, where a case has too few readers who may read it.
    """
    inputs = inputs.canonical()
    refuse_the_impossible(inputs)
    chosen = readers_of_cases(inputs, seed=seed)
    return sorted(
        row
        for reader in inputs.readers
        for row in own_order(
            reader,
            [case for case in inputs.cases if reader.name in chosen[case.code]],
            rules=inputs.rules,
            seed=seed,
        )
    )


def readers_of_cases(inputs: Inputs, *, seed: str) -> dict[str, tuple[str, ...]]:
    """The reader or the two readers of each case. Within a group, chance says who gets which case."""
    groups = groups_of(inputs, seed=seed)
    given = divided(inputs, groups)
    chosen: dict[str, tuple[str, ...]] = {}
    if inputs.rules.readers_per_case == 1:
        for group, load in zip(groups, given, strict=True):
            readers = [reader for reader, n in load.items() for _ in range(n)]
            chosen |= {case: (reader,) for case, reader in zip(group.cases, readers, strict=True)}
    else:
        for group, pairs in zip(groups, paired(inputs, groups, given), strict=True):
            chosen |= dict(zip(group.cases, pairs.elements(), strict=True))
    return chosen


# --- checks ---
# What a plan promises, checked without its seed: nobody twice, nobody barred, loads and pairs even, repeats apart.


def broken_promises(inputs: Inputs, allotted: Sequence[Allotted]) -> list[str]:
    """Sentences of what is wrong with a plan for these canonical inputs; [] if it keeps all its promises."""
    firsts: dict[str, list[str]] = {case.code: [] for case in inputs.cases}
    for row in allotted:
        if not row.repeat:
            firsts.setdefault(row.case, []).append(row.reader)
    complaints = [*wrong_readers(inputs, firsts), *wrong_orders(inputs, allotted)]
    return complaints or uneven(inputs, firsts)


def wrong_readers(inputs: Inputs, firsts: dict[str, list[str]]) -> Iterable[str]:
    pool, cases = {reader.name for reader in inputs.readers}, {case.code: case for case in inputs.cases}
    for code, readers in firsts.items():
        if code not in cases:
            yield f"Case {code} is in the plan, and was not to be allotted."
            continue
        if len(set(readers)) != len(readers):
            yield f"Case {code} goes twice to one reader."
        if len(readers) != inputs.rules.readers_per_case:
            yield f"Case {code} has {len(readers)} first readings, and not {inputs.rules.readers_per_case}."
        for reader in readers:
            if reader not in pool:
                yield f"Case {code} goes to {reader}, who is not in the pool."
            if reader in cases[code].barred:
                yield f"Case {code} goes to {reader}, who must not read it."


def wrong_orders(inputs: Inputs, allotted: Sequence[Allotted]) -> Iterable[str]:
    readers = {reader.name: reader for reader in inputs.readers}
    for name, rows in groupby(sorted(allotted), key=lambda row: row.reader):
        if name in readers:
            yield from wrong_order(readers[name], list(rows), inputs.rules)


def wrong_order(reader: ReaderIn, rows: list[Allotted], rules: Rules) -> Iterable[str]:
    if [row.position for row in rows] != list(range(reader.held + 1, reader.held + 1 + len(rows))):
        yield f"The positions of {reader.name} do not go on from {reader.held} without a gap."
    if [row.part for row in rows] != sorted(row.part for row in rows):
        yield f"The two parts of {reader.name}'s order are mixed."
    first_at = {row.case: row.position for row in rows if not row.repeat and row.part == 1}
    repeats = [row for row in rows if row.repeat]
    for row in repeats:
        if row.part != 2 or row.case not in first_at:
            yield f"{reader.name} has a repeat of case {row.case} without a first reading in part 1."
        elif row.position - first_at[row.case] <= rules.repeat_gap:
            yield f"{reader.name}'s repeat of case {row.case} comes before {rules.repeat_gap} other readings."
    if len({row.case for row in repeats}) < len(repeats):
        yield f"{reader.name} has two repeats of one case."
    if 100 * len(repeats) >= rules.repeat_percent * (len(rows) - len(repeats)) + 100:
        yield f"{reader.name} has {len(repeats)} repeats, more than {rules.repeat_percent} percent."


def uneven(inputs: Inputs, firsts: dict[str, list[str]]) -> list[str]:
    """Whether loads, or with two readers a case pairs, could be more even."""
    groups = groups_of(inputs, seed="")
    given = [Counter(reader for case in group.cases for reader in firsts[case]) for group in groups]
    if unevenness(inputs, groups, given) != unevenness(inputs, groups, divided(inputs, groups)):
        return ["The cases of a stratum could be divided more evenly among the readers."]
    if inputs.rules.readers_per_case == 2 and not pairs_are_even(inputs, groups, firsts):
        return ["An exchange of partners between two cases would even out the pairs of a stratum."]
    return []


def unevenness(inputs: Inputs, groups: list[Group], given: Sequence[dict[str, int]]) -> tuple[int, int]:
    """Squared distances of loads from their targets, within strata and over all of them."""
    flow = Flow(inputs, groups)
    for number, own in enumerate(given):
        for reader, n in own.items():
            flow.give(number, reader, n)
    places = [(reader, stratum) for reader in flow.weight for stratum in {group.stratum for group in groups}]
    return sum(flow.price(place) ** 2 for place in places), sum(flow.total_price(one) ** 2 for one in flow.weight)


def pairs_are_even(inputs: Inputs, groups: list[Group], firsts: dict[str, list[str]]) -> bool:
    for stratum, own in groupby(groups, key=lambda group: group.stratum):
        together = held_together(inputs, {stratum})
        made = [Counter[Pair](pair_of(*firsts[case]) for case in group.cases) for group in own]
        meet_all(together, made)
        as_planned = [dict(pairs) for pairs in made]
        even_out_pairs(made, together)
        if as_planned != [dict(pairs) for pairs in made]:
            return False
    return True


# --- manifests ---
# What is published of a plan: all that anybody needs to rebuild it once the seed is known, and whether it holds.


FORMAT = "dens-allocation-1"


def manifest(
    inputs: Inputs,
    allotted: Sequence[Allotted],
    *,
    study: str,
    run: int,
    charter_version: int,
    charter_sha256: str,
    seed_sha256: str,
    seed: str | None = None,
) -> dict[str, Any]:
    """The manifest of the n-th run of a study.

    study         its code
    run           from 1
    seed_sha256   as published before the first run
    seed          of the study, not of the run; None while it is sealed, until the study is locked
    """
    return {
        "format": FORMAT,
        "algorithm": ALGORITHM,
        "study": study,
        "run": run,
        "charter_version": charter_version,
        "charter_sha256": charter_sha256,
        "seed_sha256": seed_sha256,
        "seed": seed,
        "inputs": inputs.to_json(),
        "plan": rows_of(allotted),
        "plan_sha256": sha256(allotted),
    }


def check(published: Mapping[str, Any], seed: str | None = None) -> list[str]:
    """Sentences of what is wrong with a manifest; [] if all is well.

    seed   of the study; None: the one in the manifest. Without any, all is checked that does not need it.
    """
    if published.get("format") != FORMAT or published.get("algorithm") != ALGORITHM:
        return [f"This is no manifest of the format {FORMAT} and the algorithm {ALGORITHM}, which alone is known here."]
    try:
        inputs = Inputs.from_json(published["inputs"]).canonical()
        allotted = [Allotted(*row) for row in published["plan"]]
        complaints = (
            [] if sha256(allotted) == published["plan_sha256"] else ["The plan is not the one that was hashed."]
        )
        complaints += broken_promises(inputs, allotted)
        seed = seed or published["seed"]
        return complaints + (differences(published, inputs, allotted, seed) if seed else [])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        return [f"The manifest is damaged ({type(wrong).__name__}: {wrong})."]


def differences(published: Mapping[str, Any], inputs: Inputs, allotted: list[Allotted], seed: str) -> list[str]:
    """How a manifest differs from what its seed gives."""
    if seed_sha256(seed) != published["seed_sha256"]:
        return ["The seed is not the one whose hash was published."]
    rebuilt, rows = rows_of(plan(inputs, seed=run_seed(seed, published["run"]))), rows_of(allotted)
    for ours, theirs in zip_longest(rebuilt, rows):
        if ours != theirs:
            return [f"The seed gives another plan: it has {told(ours)} where the manifest has {told(theirs)}."]
    return []


def told(row: list[Any] | None) -> str:
    if row is None:
        return "nothing more"
    reader, position, case, part, repeat = row
    return f"{'a repeat of ' if repeat else ''}case {case} for {reader} at position {position} in part {part}"


# --- verifying ---
# Manifests from files, checked, and the answer in lines that anybody can read.


HOLDS, DIFFERS, SEALED = 0, 1, 2
"""Exit codes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify the file named on the command line, print the answer and return the exit code."""
    parser = argparse.ArgumentParser(description="Rebuild the allocation of readings from its seed and compare.")
    add_arguments(parser)
    given = parser.parse_args(arguments)
    code, lines = verify(given.manifest, seed=given.seed)
    print("\n".join(lines))
    return code


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("manifest", type=Path, help="a manifest, a list of them, or a zip archive with some")
    parser.add_argument("--seed", help="the study's seed, if the manifest does not say it yet")


def verify(path: Path, *, seed: str | None) -> tuple[int, list[str]]:
    """The exit code, and one line for each manifest or for each thing that is wrong with it."""
    try:
        found = manifests_in(path)
    except (OSError, ValueError, zipfile.BadZipFile) as wrong:
        return DIFFERS, [f"{path} cannot be read: {wrong}"]
    if not found:
        return DIFFERS, [f"There is no manifest of an allocation in {path}."]
    answers = [answer(one, seed=seed) for one in found]
    codes = {code for code, _ in answers}
    worst = next(code for code in (DIFFERS, SEALED, HOLDS) if code in codes)
    return worst, [line for _, lines in answers for line in lines]


def answer(published: dict[str, Any], *, seed: str | None) -> tuple[int, list[str]]:
    name = f"{published.get('study')}, run {published.get('run')}"
    if complaints := check(published, seed):
        return DIFFERS, [f"{name}: {complaint}" for complaint in complaints]
    readings, sha256 = len(published["plan"]), published["plan_sha256"]
    if seed or published["seed"]:
        return HOLDS, [f"{name}: holds. The seed gives these {readings} readings and no others (SHA-256 {sha256})."]
    sealed = "The seed is still sealed, so the plan could not be rebuilt. All that can be checked without it holds"
    return SEALED, [f"{name}: {sealed} ({readings} readings, SHA-256 {sha256})."]


def manifests_in(path: Path) -> list[dict[str, Any]]:
    """The manifests in a JSON file or in the JSON files of a zip archive."""
    if not zipfile.is_zipfile(path):
        return manifests_among(json.loads(path.read_bytes()))
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".json"))
        return [one for name in names for one in manifests_among(json.loads(archive.read(name)))]


def manifests_among(content: Any) -> list[dict[str, Any]]:
    listed = content if isinstance(content, list) else [content]
    return [one for one in listed if isinstance(one, dict) and str(one.get("format", "")).startswith("dens-allocation")]


if __name__ == "__main__":
    sys.exit(main())
