"""The plan of the allotment: two readers a case, balanced, in an own order, from a seed."""

from collections import Counter
from itertools import combinations

import pytest

from scoring.plan import Inputs, pairs_for, plan, sha256


def inputs(cases: int, readers: int) -> Inputs:
    return Inputs(cases=tuple(f"case{n}" for n in range(cases)), held={f"reader{n}": 0 for n in range(readers)})


def test_every_case_goes_to_two_different_readers():
    allotted = plan(inputs(40, 5), seed="s")
    readers = Counter(row.case for row in allotted)
    assert set(readers.values()) == {2}
    assert len({(row.case, row.reader) for row in allotted}) == 80


@pytest.mark.parametrize("readers", range(2, 9))
@pytest.mark.parametrize("cases", [1, 2, 7, 20, 33, 60])
@pytest.mark.parametrize("seed", ["one", "two"])
def test_readers_and_pairs_differ_by_one_case_at_most(readers, cases, seed):
    given = inputs(cases, readers)
    pairs = Counter(pairs_for(given, seed=seed).values())
    load = Counter(reader for pair in pairs.elements() for reader in pair)
    loads = [load[reader] for reader in given.held]
    meetings = [pairs[pair] for pair in combinations(sorted(given.held), 2)]
    assert max(loads) - min(loads) <= 1
    assert max(meetings) - min(meetings) <= 1


def test_what_readers_hold_already_is_counted():
    given = Inputs(cases=("a", "b"), held={"ana": 10, "ben": 0, "cem": 0}, pairs=(("ana", "ben", 10),))
    assert set(pairs_for(given, seed="s").values()) == {("ben", "cem")}


def test_the_same_seed_gives_the_same_plan():
    assert plan(inputs(20, 4), seed="s") == plan(inputs(20, 4), seed="s")


def test_another_seed_gives_another_plan():
    assert sha256(plan(inputs(20, 4), seed="s")) != sha256(plan(inputs(20, 4), seed="t"))


def test_the_order_in_which_cases_are_named_does_not_matter():
    forth, back = inputs(9, 3), Inputs(cases=tuple(reversed(inputs(9, 3).cases)), held=inputs(9, 3).held)
    assert plan(forth, seed="s") == plan(back, seed="s")


def test_each_reader_has_an_own_order():
    allotted = plan(inputs(30, 2), seed="s")
    orders = [[row.case for row in allotted if row.reader == reader] for reader in ("reader0", "reader1")]
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]


def test_positions_go_on_where_the_reader_stands():
    allotted = plan(Inputs(cases=("a", "b"), held={"ana": 7, "ben": 0}), seed="s")
    assert [row.position for row in allotted if row.reader == "ana"] == [8, 9]


def test_one_reader_is_not_enough():
    with pytest.raises(ValueError, match="two different readers"):
        plan(inputs(3, 1), seed="s")


def test_the_plan_of_a_known_seed_stays_as_it_was():
    """A change of the algorithm needs a new name for it: old manifests must be rebuilt for ever."""
    chosen = pairs_for(inputs(4, 3), seed="known")
    assert chosen == {
        "case0": ("reader1", "reader2"),
        "case1": ("reader0", "reader1"),
        "case2": ("reader0", "reader2"),
        "case3": ("reader0", "reader2"),
    }
