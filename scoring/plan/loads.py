"""How many cases of each group each reader reads: loads as near to their targets as can be, exactly.

Cases flow from groups to readers, at most one reading of a case to each. The cost of a reader's load in a stratum is
the square of its distance from the target, so a flow is best when no path of exchanges leads from a reader for whom
one case fewer saves more to a reader for whom one more costs less (convex cost flow). Among the best flows, the
totals over all strata are evened out in the same way, along exchanges that leave every stratum as good as it is.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from heapq import heapify, heappop, heapreplace
from typing import Any

from scoring.plan.groups import Group
from scoring.plan.inputs import Inputs

Place = tuple[str, str]
"""A reader in a stratum."""
Node = Any
"""A place, or (number of a group, price)."""


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

    def push(self, path: list[Node]) -> None:
        """Hand on one case from place to place along a path."""
        for giver, via, taker in zip(path, path[1:], path[2:], strict=False):
            if isinstance(via[0], int):
                self.give(via[0], giver[0], -1)
                self.give(via[0], taker[0])


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
            return takers(flow, node[0])
        return [(number, 0) for number in flow.groups_at[node] if flow.given[number][node[0]]]

    while True:
        starts = [(flow.saving(place), place) for place, n in flow.new.items() if n and place[1] == stratum]
        path, prices = search(starts, steps, flow.price)
        if not path:
            return prices
        flow.push(path)


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
            return [place for place in takers(flow, node[0]) if prices[place] == node[1]]
        on: list[Node] = [(number, prices[node]) for number in flow.groups_at[node] if flow.given[number][node[0]]]
        if can_take(node):
            on += [(node[0], stratum) for stratum in strata[node[0]] if can_give((node[0], stratum))]
        return on

    def cost(place: Place) -> int | None:
        return flow.total_price(place[0]) if can_take(place) else None

    path: list[Node] | None = [None]
    while path:
        starts = [(flow.total_price(place[0]) - flow.whole, place) for place in prices if can_give(place)]
        path, _ = search(starts, steps, cost)
        flow.push(path)


def takers(flow: Flow, number: int) -> list[Place]:
    """Who may read one case more of a group."""
    group = flow.groups[number]
    return [(reader, group.stratum) for reader, n in flow.given[number].items() if n < group.size]


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
