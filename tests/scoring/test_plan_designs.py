"""What holds for every plan: 10,000 random designs, each with its late cases, against oracles of their own.

The designs are drawn from fixed seeds (hypothesis is not among our requirements): a failure names its number, and
`design(number)` gives it again.
"""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations
from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from scoring.plan import Allotted, CaseIn, Inputs, ReaderIn, pair_of, plan
from scoring.plan.allotting import readers_of_cases
from scoring.plan.spacing import Turn, spaced, spaced_by_need
from tests.scoring.plan_designs import Held, design, readers_by_case, shuffled

DESIGNS = 10_000


@dataclass
class Run:
    """A plan and what it was made from, with what the oracles need of it."""

    inputs: Inputs
    seed: str
    allotted: list[Allotted]

    @cached_property
    def cases(self):
        return {case.code: case for case in self.inputs.cases}

    @cached_property
    def names(self):
        return [reader.name for reader in self.inputs.readers]

    @cached_property
    def readers(self):
        return readers_by_case(self.allotted)

    @cached_property
    def groups(self):
        """Codes by stratum and by those who may read them."""
        groups = defaultdict(list)
        for case in self.inputs.cases:
            groups[case.stratum, tuple(name not in case.barred for name in self.names)].append(case.code)
        return groups

    @cached_property
    def parts(self):
        """Each reader's rows of part 1 and of part 2."""
        parts = {name: ([], []) for name in self.names}
        for row in self.allotted:
            parts[row.reader][row.part - 1].append(row)
        return parts

    @cached_property
    def strata(self):
        return sorted({case.stratum for case in self.inputs.cases})

    @cached_property
    def weights(self):
        shares = [reader.share for reader in self.inputs.readers]
        left = 100 * self.inputs.rules.readers_per_case - sum(filter(None, shares))
        rest = shares.count(None) or 1
        return np.array([left if share is None else share * rest for share in shares])

    def held(self, stratum):
        return np.array([reader.strata.get(stratum, 0) for reader in self.inputs.readers])

    def new(self, codes):
        counts = Counter(name for code in codes for name in self.readers[code])
        return np.array([counts[name] for name in self.names])

    def new_in(self, stratum):
        return self.new([case.code for case in self.inputs.cases if case.stratum == stratum])

    def prices(self, loads):
        """Loads less their targets, times the sum of weights: whole numbers."""
        return self.weights.sum() * loads - self.weights * loads.sum()


def runs(number):
    """The runs of a design, one after the other."""
    batches, there, rules = design(number)
    held = Held(rules)
    held.at_random(Random(number), list(there[0]))
    for batch, readers in zip(batches, there, strict=True):
        inputs = held.inputs(batch, readers)
        run = Run(inputs, str(number), plan(inputs, seed=str(number)))
        yield run
        held.add(batch, run.allotted)


@pytest.mark.parametrize("first", range(10))
def test_the_plan_keeps_its_promises_whatever_is_asked_for(first):
    for number in range(first, DESIGNS, 10):
        for run in runs(number):
            broken = [promise.__name__ for promise in PROMISES if not promise(run)]
            assert not broken, f"design {number}: {broken}"


def every_case_has_its_readers(run):
    return run.readers.keys() == run.cases.keys() and all(
        len(set(readers)) == len(readers) == run.inputs.rules.readers_per_case
        and set(readers) <= set(run.names).difference(run.cases[code].barred)
        for code, readers in run.readers.items()
    )


def loads_are_as_even_as_can_be(run):
    """No chain of exchanges between readers of a stratum lowers the sum of squared distances from the targets."""
    for stratum in run.strata:
        prices = run.prices(run.held(stratum) + run.new_in(stratum))
        hands_on = np.eye(len(run.names), dtype=bool)
        for (other, may), codes in run.groups.items():
            if other == stratum:
                given = run.new(codes)
                hands_on |= np.outer(given > 0, np.array(may) & (given < len(codes)))
        for _ in range(4):  # chains of up to 16 exchanges, and there are at most 12 readers
            hands_on = hands_on @ hands_on
        savings = np.where(run.new_in(stratum) > 0, prices - run.weights.sum(), prices.min() - 1)
        if (hands_on & (savings[:, None] > prices[None, :])).any():
            return False
    return True


def equal_loads_differ_by_one_case_at_most(run):
    for stratum in run.strata:
        if is_plain(run, stratum):
            loads = run.new_in(stratum)
            if loads.max() - loads.min() > 1:
                return False
    return True


def is_plain(run, stratum):
    """Equal shares, nobody barred, nothing held."""
    equal = len({reader.share for reader in run.inputs.readers}) == 1
    nobody_barred = all(all(may) for other, may in run.groups if other == stratum)
    return equal and nobody_barred and not run.held(stratum).any()


def equal_pairs_differ_by_one_case_at_most(run):
    if run.inputs.rules.readers_per_case == 1:
        return True
    for stratum in run.strata:
        if is_plain(run, stratum) and not any(pair[0] == stratum for pair in run.inputs.pairs):
            meetings = together(run, stratum)[np.triu_indices(len(run.names), 1)]
            if meetings.max() - meetings.min() > 1:
                return False
    return True


def together(run, stratum):
    """Cases of every two readers in a stratum, held and new: array (readers, readers)."""
    at = {name: index for index, name in enumerate(run.names)}
    counts = np.zeros((len(at), len(at)), dtype=int)
    met = [(at[a], at[b], n) for other, a, b, n in run.inputs.pairs if other == stratum and a in at and b in at]
    met += [(at[a], at[b], 1) for code, (a, b) in run.readers.items() if run.cases[code].stratum == stratum]
    for a, b, n in met:
        counts[a, b] += n
        counts[b, a] += n
    return counts


def no_exchange_of_partners_evens_out_pairs(run):
    """Of all two cases a, b and c, d of a group: a with c and b with d is no better, nor a with d and b with c."""
    if run.inputs.rules.readers_per_case == 1:
        return True
    met = {stratum: together(run, stratum) for stratum in run.strata}
    at = {name: index for index, name in enumerate(run.names)}
    for (stratum, _), codes in run.groups.items():
        ordered = sorted({tuple(at[name] for name in run.readers[code]) for code in codes})
        a, b = np.array(ordered + [(b, a) for a, b in ordered]).T
        a, b, c, d = a[:, None], b[:, None], a[None, :], b[None, :]
        counts = met[stratum]
        gain = counts[a, b] + counts[c, d] - counts[a, c] - counts[b, d]
        different = (a != c) & (a != d) & (b != c) & (b != d)
        if (different & (gain > 2)).any():
            return False
    return True


def positions_go_on(run):
    return all(
        [row.position for row in one + two] == list(range(reader.held + 1, reader.held + 1 + len(one) + len(two)))
        for reader in run.inputs.readers
        for one, two in [run.parts[reader.name]]
    )


def repeats_are_as_asked_for(run):
    """From the own part 1, behind the gap, among first readings, as many as asked for where there is room."""
    rules = run.inputs.rules
    for one, two in run.parts.values():
        at = {row.case: row.position for row in one}
        repeats, back = [row for row in two if row.repeat], [row for row in two if not row.repeat]
        n, room = len(one) + len(back), max(len(one) + len(back) - rules.repeat_gap, 0)
        asked = rules.repeat_percent * n / 100
        if any(row.repeat for row in one) or len({row.case for row in repeats}) < len(repeats):
            return False
        if any(row.case not in at or row.position - at[row.case] <= rules.repeat_gap for row in repeats):
            return False
        if len(back) != min(2 * len(repeats), room - len(repeats)) or len(back) < len(repeats):
            return False
        if len(repeats) != room // 2 and not asked - 1 < len(repeats) < asked + 1:
            return False
        if len(repeats) > room // 2 or len(repeats) >= asked + 1:
            return False
    return True


def visits_lie_apart(run):
    """With the gap asked for, or with the largest for which an order exists (see the exhaustive test below)."""
    gap = run.inputs.rules.subject_gap
    for reader in run.inputs.readers:
        before = list(reader.recent)
        for part in run.parts[reader.name]:
            subjects = [run.cases[row.case].subject for row in part]
            kept = gap_kept(before, subjects, gap)
            turns = [Turn(subject, "") for subject in subjects]
            if kept < gap and spaced_by_need(turns, before[-(kept + 1) :], kept + 1) is not None:
                return False
            before += subjects
    return True


def gap_kept(before, subjects, most):
    """The least number of others between two readings of one subject, the second of them new; `most` at most."""
    last, kept = {subject: at for at, subject in enumerate(before)}, most
    for at, subject in enumerate(subjects, start=len(before)):
        kept = min(kept, at - last.get(subject, -most - 1) - 1)
        last[subject] = at
    return kept


def order_of_inputs_does_not_matter(run):
    return plan(shuffled(run.inputs, int(run.seed)), seed=run.seed) == run.allotted


def inputs_survive_json(run):
    kept = run.inputs.to_json()
    again = Inputs.from_json(json.loads(json.dumps(kept)))
    return again == run.inputs.canonical() == again.canonical() and again.to_json() == kept


PROMISES = [
    every_case_has_its_readers,
    loads_are_as_even_as_can_be,
    equal_loads_differ_by_one_case_at_most,
    equal_pairs_differ_by_one_case_at_most,
    no_exchange_of_partners_evens_out_pairs,
    positions_go_on,
    repeats_are_as_asked_for,
    visits_lie_apart,
    order_of_inputs_does_not_matter,
    inputs_survive_json,
]


def test_pairs_differ_by_one_case_at_most_for_every_number_of_readers_and_cases():
    """Equal shares, nobody barred, nothing held: 2 to 12 readers, 1 to 400 cases, one stratum."""
    for n_readers in range(2, 13):
        for n_cases in range(1, 401):
            readers, cases = [f"reader{n}" for n in range(n_readers)], [f"case{n}" for n in range(n_cases)]
            chosen = readers_of_cases(plain(cases, readers), seed="s")
            met = Counter(pair_of(*pair) for pair in chosen.values())
            load = Counter(reader for pair in met.elements() for reader in pair)
            counts = [met[pair] for pair in combinations(sorted(readers), 2)]
            assert max(counts) - min(counts) <= 1
            assert max(load.values()) - min(load[reader] for reader in readers) <= 1


def plain(cases, readers):
    return Inputs(tuple(CaseIn(code, "", code) for code in cases), tuple(ReaderIn(name) for name in readers))


@pytest.mark.parametrize("first", range(4))
def test_loads_and_totals_are_those_of_a_linear_program(first):
    """An optimum of another kind: HiGHS on the same flow, first for the strata, then for the totals among the best."""
    for number in range(first, 400, 4):
        for run in runs(number):
            if 0 < len(run.inputs.cases) <= 40:
                assert unevenness(run) == pytest.approx(least_unevenness(run), abs=5e-4), f"design {number}"


def unevenness(run):
    """Squared distances from the targets, within strata and over all of them, less those without any new case."""
    strata, total = 0.0, 0.0
    for held, new in [(run.held(stratum), run.new_in(stratum)) for stratum in run.strata]:
        strata += squares(run, held, new)
    total = squares(run, held_in_all(run), sum(run.new_in(stratum) for stratum in run.strata))
    return strata, total


def squares(run, held, new):
    target = run.weights / run.weights.sum() * (held + new).sum()
    return float(((held + new - target) ** 2 - (held - target) ** 2).sum())


def held_in_all(run):
    return np.array([sum(reader.strata.values()) for reader in run.inputs.readers])


def least_unevenness(run):
    """The same of the best plan, from cases of each group for each reader, and loads and totals case by case."""
    n_readers, per_case = len(run.names), run.inputs.rules.readers_per_case
    sizes = {stratum: sum(case.stratum == stratum for case in run.inputs.cases) for stratum in run.strata}
    rows, sums, n_given = [], [], len(run.groups) * n_readers
    steps = [(stratum, reader) for stratum in run.strata for reader in range(n_readers) for _ in range(sizes[stratum])]
    totals = [reader for reader in range(n_readers) for _ in range(len(run.inputs.cases))]
    width = n_given + len(steps) + len(totals)
    for index, codes in enumerate(run.groups.values()):
        rows.append(indicator(width, range(index * n_readers, (index + 1) * n_readers)))
        sums.append(per_case * len(codes))
    for stratum in run.strata:
        for reader in range(n_readers):
            given = [i * n_readers + reader for i, (other, _) in enumerate(run.groups) if other == stratum]
            taken = [n_given + i for i, step in enumerate(steps) if step == (stratum, reader)]
            rows.append(indicator(width, given) - indicator(width, taken))
            sums.append(0)
    for reader in range(n_readers):
        given = range(reader, n_given, n_readers)
        taken = [n_given + len(steps) + i for i, other in enumerate(totals) if other == reader]
        rows.append(indicator(width, given) - indicator(width, taken))
        sums.append(0)
    bounds = [(0, len(codes) * may[reader]) for (_, may), codes in run.groups.items() for reader in range(n_readers)]
    bounds += [(0, 1)] * (len(steps) + len(totals))
    within, over = np.zeros(width), np.zeros(width)
    within[n_given : n_given + len(steps)] = np.concatenate(
        [marginal(run, run.held(stratum), per_case * sizes[stratum], sizes[stratum]) for stratum in run.strata]
    )
    n_cases = len(run.inputs.cases)
    over[n_given + len(steps) :] = marginal(run, held_in_all(run), per_case * n_cases, n_cases)
    program = {"A_eq": np.array(rows), "b_eq": sums, "bounds": bounds}
    first = linprog(within, **program).fun
    return first, linprog(over, A_ub=within[None, :], b_ub=[first + 1e-7], **program).fun


def indicator(width, places):
    row = np.zeros(width)
    row[list(places)] = 1
    return row


def marginal(run, held, n_new, most):
    """What the 1st, 2nd ... new case adds to each reader's squared distance from the target."""
    target = run.weights / run.weights.sum() * (held.sum() + n_new)
    return (2 * (held[:, None] + np.arange(most)[None, :] - target[:, None]) + 1).ravel()


def test_an_order_keeps_the_largest_gap_that_any_order_could():
    chance = Random(1)
    for _ in range(400):
        gap, subjects = chance.randint(1, 4), [chance.choice("abcd") for _ in range(chance.randint(1, 6))]
        before = [chance.choice("abcde") for _ in range(chance.randint(0, 5))]
        turns = [Turn(subject, str(case)) for case, subject in enumerate(subjects)]
        order = spaced(turns, before=before, gap=gap, seed="s", label="")
        assert sorted(order) == sorted(turns)
        best = max(gap_kept(before, one, gap) for one in set(permutations(subjects)))
        assert gap_kept(before, [turn.subject for turn in order], gap) == best
