"""Who reads which case, in which order: a pure function of its inputs and a seed.

Every draw is the SHA-256 of the seed and of what is drawn for, so that anybody can check a plan with nothing but a
hash function, in any language and in any order.
"""

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import combinations

ALGORITHM = "pairs-1"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Inputs:
    """What a plan is made from.

    cases   codes of the cases to allot
    held    readings each reader holds already, by user name; its keys are the pool
    pairs   cases each pair of readers holds already: [reader, reader, number]
    """

    cases: tuple[str, ...]
    held: dict[str, int]
    pairs: tuple[tuple[str, str, int], ...] = ()

    def to_json(self) -> dict[str, object]:
        return {
            "cases": sorted(self.cases),
            "held": dict(sorted(self.held.items())),
            "pairs": sorted([*pair_of(a, b), n] for a, b, n in self.pairs),
        }


@dataclass(frozen=True, order=True)
class Allotted:
    """One case for one reader, at a position of that reader's own order."""

    reader: str
    position: int
    case: str


def draw(seed: str, *labels: str) -> bytes:
    """What chance says about `labels` under this seed."""
    return hashlib.sha256("\x1f".join((seed, *labels)).encode()).digest()


def plan(inputs: Inputs, *, seed: str) -> list[Allotted]:
    """Two readers for every case, balanced by reader and by pair, each reader with an own random order.

    Raises ValueError with fewer than two readers.
    """
    if len(inputs.held) < 2:
        raise ValueError("a case needs two different readers")
    chosen = pairs_for(inputs, seed=seed)
    allotted = []
    for reader, held in sorted(inputs.held.items()):
        own = [case for case, pair in chosen.items() if reader in pair]
        own.sort(key=lambda case: draw(seed, "order", reader, case))
        allotted += [Allotted(reader, held + place, case) for place, case in enumerate(own, start=1)]
    return sorted(allotted)


def pairs_for(inputs: Inputs, *, seed: str) -> dict[str, Pair]:
    """The pair of each case. Cases come in random order; the readers who have had least to do take the next one."""
    load, together = Counter(inputs.held), Counter[Pair]()
    for a, b, n in inputs.pairs:
        together[pair_of(a, b)] += n
    chosen: dict[str, Pair] = {}
    for case in sorted(inputs.cases, key=lambda code: draw(seed, "case", code)):
        pair = min(
            combinations(sorted(inputs.held), 2),
            key=lambda pair: (load[pair[0]] + load[pair[1]], together[pair], draw(seed, "pair", case, *pair)),
        )
        chosen[case] = pair
        load.update(pair)
        together[pair] += 1
    exchange(chosen, together)
    return chosen


def exchange(chosen: dict[str, Pair], together: Counter[Pair]) -> None:
    """Swap partners between two cases while that evens out the pairs; what each reader holds stays as it is.

    Taking the least busy readers first can run into a corner in which one pair meets twice more than another.
    """
    evening_out = True
    while evening_out:
        evening_out = False
        for one, other in combinations(chosen, 2):
            (a, b), (c, d) = chosen[one], chosen[other]
            if len({a, b, c, d}) < 4:
                continue
            for new in ((pair_of(a, c), pair_of(b, d)), (pair_of(a, d), pair_of(b, c))):
                if sum(together[pair] + 1 for pair in new) < together[a, b] + together[c, d]:
                    together.subtract([chosen[one], chosen[other]])
                    together.update(new)
                    chosen[one], chosen[other] = new
                    evening_out = True
                    break


def pair_of(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def sha256(allotted: list[Allotted]) -> str:
    """The hash of a plan, to compare one run with its repetition."""
    rows = [asdict(row) for row in sorted(allotted)]
    return hashlib.sha256(json.dumps(rows, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
