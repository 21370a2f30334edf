"""Cases flow from groups to readers: who has how many, and what one more or one fewer would cost."""

from collections import Counter
from heapq import heapify, heappop, heapreplace

from scoring.plan.groups import Group
from scoring.plan.inputs import Inputs

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
