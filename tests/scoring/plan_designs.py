"""Random designs for tests of the plan, most of them small: strata, shares, bars, late cases, repeats, visits."""

from collections import Counter
from itertools import combinations
from random import Random

from scoring.plan import Allotted, CaseIn, Inputs, ReaderIn, Rules, pair_of


def design(number: int) -> tuple[list[list[CaseIn]], list[dict[str, int | None]], Rules]:
    """Batches of cases, for each the readers who are there with their shares, and the rules."""
    chance = Random(number)
    readers = [f"reader{n}" for n in range(chance.randint(2, 12))]
    rules = Rules(
        readers_per_case=2 if chance.random() < 0.8 else 1,
        subject_gap=chance.choice((0, 0, 1, 3, 10)),
        repeat_percent=chance.choice((0, 0, 10, 20, 50)),
        repeat_gap=chance.choice((0, 2, 10)),
    )
    batches = batches_of(chance, readers, rules)
    shares = {reader: chance.choice((None, None, chance.randint(1, 60))) for reader in readers}
    if chance.random() < 0.5 or sum(filter(None, shares.values())) > 100 * rules.readers_per_case:
        shares = dict.fromkeys(readers)
    return batches, [those_there(chance, batch, shares, rules) for batch in batches], rules


def batches_of(chance: Random, readers: list[str], rules: Rules) -> list[list[CaseIn]]:
    """One to three batches of cases from some centres, whose own readers are barred; nobody is, in most designs."""
    size = int(10 ** chance.uniform(0, 2.6 if chance.random() < 0.05 else 1.4))
    strata, visits = chance.randint(1, 5), chance.randint(1, 4)
    room = len(readers) - rules.readers_per_case
    centres = [tuple(chance.sample(readers, chance.randint(0, room))) for _ in range(4)]
    bars = centres if chance.random() < 0.5 else [()]
    cases = [
        CaseIn(f"case{n:03}", f"stratum{chance.randrange(strata)}", f"subject{n // visits}", chance.choice(bars))
        for n in range(size)
    ]
    chance.shuffle(cases)
    cuts = sorted(chance.choices(range(size + 1), k=chance.choice((0, 0, 1, 2))))
    return [cases[a:b] for a, b in zip([0, *cuts], [*cuts, size], strict=True)]


def those_there(
    chance: Random, batch: list[CaseIn], shares: dict[str, int | None], rules: Rules
) -> dict[str, int | None]:
    """All readers, or all but one where the others can read the batch."""
    away = chance.choice([None, None, *shares])
    there = {reader: share for reader, share in shares.items() if reader != away}
    enough = all(len(set(there).difference(case.barred)) >= rules.readers_per_case for case in batch)
    return there if enough else shares


class Held:
    """What has been allotted so far, and the inputs of the next run."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.strata: Counter[tuple[str, str]] = Counter()
        self.pairs: Counter[tuple[str, str, str]] = Counter()
        self.subjects: dict[str, list[str]] = {}

    def at_random(self, chance: Random, readers: list[str]) -> None:
        """Much and uneven, as after years with other readers; nothing in most designs."""
        if chance.random() < 0.3:
            for stratum in ("stratum0", "stratum1"):
                self.strata.update({(reader, stratum): chance.randint(0, 15) for reader in readers})
                self.pairs.update({(stratum, *pair): chance.randint(0, 5) for pair in combinations(sorted(readers), 2)})

    def inputs(self, batch: list[CaseIn], there: dict[str, int | None]) -> Inputs:
        readers = [
            ReaderIn(
                name,
                share=share,
                held=len(self.subjects.get(name, [])),
                strata={stratum: n for (other, stratum), n in self.strata.items() if other == name},
                recent=tuple(self.subjects.get(name, [])[-self.rules.subject_gap or len(self.subjects) :]),
            )
            for name, share in there.items()
        ]
        return Inputs(tuple(batch), tuple(readers), tuple((*pair, n) for pair, n in self.pairs.items()), self.rules)

    def add(self, batch: list[CaseIn], allotted: list[Allotted]) -> None:
        cases, readers = {case.code: case for case in batch}, readers_by_case(allotted)
        for row in sorted(allotted):
            self.subjects.setdefault(row.reader, []).append(cases[row.case].subject)
        for code, names in readers.items():
            self.strata.update((name, cases[code].stratum) for name in names)
            if len(names) == 2:
                self.pairs[cases[code].stratum, *pair_of(*names)] += 1


def readers_by_case(allotted: list[Allotted]) -> dict[str, list[str]]:
    """Who reads each case, repeats left out."""
    readers: dict[str, list[str]] = {}
    for row in allotted:
        if not row.repeat:
            readers.setdefault(row.case, []).append(row.reader)
    return readers


def shuffled(inputs: Inputs, number: int) -> Inputs:
    """The same inputs, named in another order."""
    chance = Random(number)

    def mixed(rows):
        return tuple(chance.sample(list(rows), len(rows)))

    cases = [CaseIn(case.code, case.stratum, case.subject, mixed(case.barred)) for case in inputs.cases]
    readers = [
        ReaderIn(one.name, one.share, one.held, dict(mixed(one.strata.items())), one.recent) for one in inputs.readers
    ]
    pairs = [(stratum, b, a, n) for stratum, a, b, n in inputs.pairs]
    return Inputs(mixed(cases), mixed(readers), mixed(pairs), inputs.rules)
