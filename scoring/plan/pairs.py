"""Who reads with whom: every reader keeps the number of cases, and pairs meet as evenly as can be within a stratum."""

from collections import Counter
from collections.abc import Container, Iterable
from heapq import heapify, heappop, heappush

from scoring.plan.groups import Group
from scoring.plan.inputs import Inputs, Pair, pair_of

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
