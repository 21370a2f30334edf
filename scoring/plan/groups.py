"""Cases that the same readers may read are one group: a plan counts groups, and draws for single cases at the end."""

from dataclasses import dataclass

from scoring.plan.draws import draw
from scoring.plan.inputs import Inputs


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
