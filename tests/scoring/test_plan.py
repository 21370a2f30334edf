"""The plan of the allotment: readers for every case, balanced, each with an own order, from a seed."""

from collections import Counter
from itertools import combinations

import pytest

from scoring.plan import CaseIn, Inputs, ReaderIn, Rules, pair_of, plan, sha256


def cases(n: int, **given) -> tuple[CaseIn, ...]:
    return tuple(CaseIn(f"case{i}", given.get("stratum", ""), f"subject{i}") for i in range(n))


def inputs(n_cases: int, n_readers: int, **rules) -> Inputs:
    return Inputs(cases(n_cases), tuple(ReaderIn(f"reader{n}") for n in range(n_readers)), rules=Rules(**rules))


def readers_by_case(allotted):
    readers = {}
    for row in allotted:
        if not row.repeat:
            readers.setdefault(row.case, []).append(row.reader)
    return readers


def test_every_case_goes_to_two_different_readers():
    readers = readers_by_case(plan(inputs(40, 5), seed="s"))
    assert len(readers) == 40
    assert all(len(set(pair)) == len(pair) == 2 for pair in readers.values())


def test_readers_and_pairs_differ_by_one_case_at_most():
    """For every number of readers from 2 to 12 and of cases from 1 to 400."""
    for n_readers in range(2, 13):
        names = [f"reader{n}" for n in range(n_readers)]
        for n_cases in range(1, 401):
            given = inputs(n_cases, n_readers)
            pairs = Counter(pair_of(*pair) for pair in readers_by_case(plan(given, seed="s")).values())
            load = Counter(reader for pair in pairs.elements() for reader in pair)
            for counts in ([load[name] for name in names], [pairs[pair] for pair in combinations(sorted(names), 2)]):
                assert max(counts) - min(counts) <= 1


def test_the_same_seed_gives_the_same_plan():
    assert plan(inputs(20, 4), seed="s") == plan(inputs(20, 4), seed="s")


def test_another_seed_gives_another_plan():
    assert sha256(plan(inputs(20, 4), seed="s")) != sha256(plan(inputs(20, 4), seed="t"))


def test_one_reader_is_not_enough():
    with pytest.raises(ValueError, match="two different readers"):
        plan(inputs(3, 1), seed="s")
