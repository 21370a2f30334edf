"""How many cases of each group each reader reads: loads as near to their targets as can be, exactly.

Cases flow from groups to readers, at most one reading of a case to each. The cost of a reader's load in a stratum is
the square of its distance from the target, so a flow is best when no path of exchanges leads from a reader for whom
one case fewer saves more to a reader for whom one more costs less (convex cost flow). Among the best flows, the
totals over all strata are evened out in the same way, along exchanges that leave every stratum as good as it is.
"""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from scoring.plan.flow import Flow, Place
from scoring.plan.groups import Group
from scoring.plan.inputs import Inputs

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
