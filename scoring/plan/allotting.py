"""The plan: readers for every case, balanced by reader and by pair within strata, each reader with an own order."""

from scoring.plan.groups import groups_of
from scoring.plan.inputs import Allotted, Inputs
from scoring.plan.loads import divided
from scoring.plan.orders import own_order
from scoring.plan.pairs import paired
from scoring.plan.refusals import refuse_the_impossible

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
