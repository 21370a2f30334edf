"""A reader's own order: part 1 has first readings only, part 2 mixes hidden repeats with first readings held back.

Part 2 is drawn as a whole, so that a place in it says nothing about being a repeat, and only cases that lie far
enough from the end of part 1 come again, so that the gap holds wherever chance puts the repeat.
"""

from collections.abc import Sequence

from scoring.plan.draws import draw, draw_below
from scoring.plan.inputs import Allotted, CaseIn, ReaderIn, Rules
from scoring.plan.spacing import Turn, spaced


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
