"""What a plan promises, checked without its seed: nobody twice, nobody barred, loads and pairs even, repeats apart."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from scoring.plan.flow import Flow
from scoring.plan.groups import Group, groups_of
from scoring.plan.inputs import Allotted, Inputs, Pair, ReaderIn, Rules, pair_of
from scoring.plan.loads import divided
from scoring.plan.pairs import even_out_pairs, held_together, meet_all


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
