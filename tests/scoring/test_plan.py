"""The plan of the allotment: readers for every case, balanced, each with an own order, from a seed."""

from collections import Counter

import pytest

from scoring.plan import CaseIn, Inputs, ReaderIn, Rules, pair_of, plan, run_seed, seed_sha256, sha256
from tests.scoring.plan_designs import readers_by_case


def cases(n: int, *, stratum: str = "", barred: tuple[str, ...] = (), name: str = "case") -> tuple[CaseIn, ...]:
    return tuple(CaseIn(f"{name}{i}", stratum, f"{name}{i}", barred) for i in range(n))


def inputs(n_cases: int, n_readers: int, **rules) -> Inputs:
    return Inputs(cases(n_cases), tuple(ReaderIn(f"reader{n}") for n in range(n_readers)), rules=Rules(**rules))


def loads(allotted) -> Counter[str]:
    return Counter(row.reader for row in allotted if not row.repeat)


def meetings(allotted) -> Counter[tuple[str, str]]:
    return Counter(pair_of(*readers) for readers in readers_by_case(allotted).values())


def test_every_case_goes_to_two_different_readers():
    readers = readers_by_case(plan(inputs(40, 5), seed="s"))
    assert len(readers) == 40
    assert all(len(set(pair)) == len(pair) == 2 for pair in readers.values())


def test_a_charter_may_ask_for_one_reader_a_case():
    allotted = plan(inputs(41, 4, readers_per_case=1), seed="s")
    assert len({row.case for row in allotted}) == len(allotted) == 41
    assert sorted(loads(allotted).values()) == [10, 10, 10, 11]


def test_nobody_reads_cases_of_the_own_centre():
    given = cases(20, barred=("ana",)) + cases(20, name="other", barred=("ben", "cem"))
    allotted = plan(Inputs(given, tuple(map(ReaderIn, ("ana", "ben", "cem", "dan")))), seed="s")
    assert {row.reader for row in allotted if row.case.startswith("case")} <= {"ben", "cem", "dan"}
    assert {row.reader for row in allotted if row.case.startswith("other")} == {"ana", "dan"}


def test_readers_are_balanced_within_each_stratum_and_over_all_of_them():
    given = tuple(case for n in range(10) for case in cases(3, stratum=f"s{n}", name=f"s{n}-"))
    allotted = plan(Inputs(given, tuple(map(ReaderIn, "abcd"))), seed="s")
    for n in range(10):
        assert sorted(loads(row for row in allotted if row.case.startswith(f"s{n}-")).values()) == [1, 1, 2, 2]
    assert set(loads(allotted).values()) == {15}


def test_a_share_is_a_part_of_all_cases_and_the_others_divide_the_rest():
    readers = (ReaderIn("ana", share=100), ReaderIn("ben", share=20), ReaderIn("cem"), ReaderIn("dan"))
    assert loads(plan(Inputs(cases(100), readers), seed="s")) == {"ana": 100, "ben": 20, "cem": 40, "dan": 40}


def test_shares_that_do_not_fill_the_cases_are_kept_in_proportion():
    readers = (ReaderIn("ana", share=60), ReaderIn("ben", share=30), ReaderIn("cem", share=30))
    assert loads(plan(Inputs(cases(40), readers), seed="s")) == {"ana": 40, "ben": 20, "cem": 20}


def test_what_readers_and_pairs_hold_already_is_counted():
    readers = (ReaderIn("ana", strata={"": 12}), ReaderIn("ben", strata={"": 4}), ReaderIn("cem"), ReaderIn("dan"))
    assert loads(plan(Inputs(cases(10), readers), seed="s")) == {"ben": 4, "cem": 8, "dan": 8}
    equal = tuple(ReaderIn(name, strata={"": 4}) for name in ("ana", "ben", "cem", "dan"))
    allotted = plan(Inputs(cases(4), equal, pairs=(("", "ana", "ben", 4), ("", "cem", "dan", 4))), seed="s")
    assert meetings(allotted).keys() == {("ana", "cem"), ("ana", "dan"), ("ben", "cem"), ("ben", "dan")}


def test_positions_go_on_where_the_reader_stands():
    allotted = plan(Inputs(cases(2), (ReaderIn("ana", held=7), ReaderIn("ben"))), seed="s")
    assert [row.position for row in allotted if row.reader == "ana"] == [8, 9]
    assert [row.position for row in allotted if row.reader == "ben"] == [1, 2]


def test_each_reader_has_an_own_order():
    allotted = plan(inputs(30, 2), seed="s")
    orders = [[row.case for row in allotted if row.reader == reader] for reader in ("reader0", "reader1")]
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]


def test_visits_of_a_subject_lie_apart_also_from_what_was_read_before():
    given = tuple(CaseIn(f"case{n}", "", f"subject{n // 2}") for n in range(40))
    readers = (ReaderIn("ana", recent=("subject0", "subject1", "subject2")), ReaderIn("ben"))
    allotted = plan(Inputs(given, readers, rules=Rules(subject_gap=5)), seed="s")
    subject = {case.code: case.subject for case in given}
    for before, reader in (["subject0", "subject1", "subject2"], "ana"), ([], "ben"):
        order = [*before, *(subject[row.case] for row in allotted if row.reader == reader)]
        assert all(len(set(order[at : at + 6])) == 6 for at in range(len(order) - 5))


def test_every_place_of_a_free_order_is_as_likely():
    """Where the first of 40 visits stands in 2,000 orders: chi-squared with 39 degrees of freedom, p > 0.001."""
    given = Inputs(
        tuple(CaseIn(f"case{n}", "", f"subject{n // 2}") for n in range(40)),
        tuple(map(ReaderIn, ("ana", "ben"))),
        rules=Rules(subject_gap=2),
    )
    places = Counter(row.position for seed in range(1000) for row in plan(given, seed=str(seed)) if row.case == "case0")
    assert sum((places[place] - 50) ** 2 / 50 for place in range(1, 41)) < 72.1


def test_repeats_come_in_a_second_part_among_first_readings_held_back():
    allotted = plan(inputs(100, 4, repeat_percent=10, repeat_gap=15), seed="s")
    for reader in ("reader0", "reader1", "reader2", "reader3"):
        own = [row for row in allotted if row.reader == reader]
        first = {row.case: row.position for row in own if row.part == 1}
        repeats = [row for row in own if row.repeat]
        assert [row.part for row in own] == [1] * 40 + [2] * 15
        assert len(repeats) == 5
        assert all(row.part == 2 and row.position - first[row.case] > 15 for row in repeats)


def test_a_fraction_of_a_repeat_is_left_to_chance():
    n = sum(row.repeat for seed in range(500) for row in plan(inputs(12, 2, repeat_percent=20), seed=str(seed)))
    assert 2.3 < n / 1000 < 2.5  # 20 percent of 12 are 2.4


def test_there_are_fewer_repeats_where_the_gap_leaves_no_room():
    allotted = plan(inputs(12, 2, repeat_percent=50, repeat_gap=8), seed="s")
    assert Counter(row.reader for row in allotted if row.repeat) == {"reader0": 2, "reader1": 2}
    assert not any(row.repeat for row in plan(inputs(12, 2, repeat_percent=50, repeat_gap=11), seed="s"))


def test_one_case_alone_is_never_repeated():
    assert [row.part for row in plan(inputs(1, 2, repeat_percent=100), seed="s")] == [1, 1]


def test_without_cases_there_is_nothing_to_plan():
    assert plan(inputs(0, 3), seed="s") == []


def test_the_same_seed_gives_the_same_plan_and_another_one_another():
    assert plan(inputs(20, 4), seed="s") == plan(inputs(20, 4), seed="s")
    assert sha256(plan(inputs(20, 4), seed="s")) != sha256(plan(inputs(20, 4), seed="t"))


BEN = ReaderIn("ben")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (Inputs(cases(3), (BEN,)), r"A case needs two different readers, and this study has 1\."),
        (Inputs(cases(3), (), rules=Rules(readers_per_case=1)), r"A case needs a reader, and this study has 0\."),
        (Inputs(cases(3, barred=("ana",)), (BEN, ReaderIn("ana"))), r"Case case0 needs 2 readers .* and has 1\."),
        (Inputs(cases(1) + cases(1), (BEN, ReaderIn("ana"))), r"A case is named twice: case0\."),
        (Inputs(cases(1), (BEN, BEN)), r"A reader is named twice: ben\."),
        (Inputs(cases(1), (BEN, ReaderIn("ana", share=0))), r"A share is 1 to 100 percent"),
        (Inputs(cases(1), tuple(ReaderIn(n, share=80) for n in "abc")), r"The shares add up to 240 percent"),
        (inputs(3, 3, readers_per_case=3), r"one reader or two different readers"),
        (inputs(3, 3, repeat_percent=101), r"0 to 100 percent"),
        (inputs(3, 3, subject_gap=-1), r"0 readings or more"),
    ],
)
def test_it_refuses_what_cannot_be_planned_with_a_sentence(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        plan(given, seed="s")


def test_the_plan_of_a_known_seed_stays_as_it_was():
    """A change of the algorithm needs a new name for it: old manifests must be rebuilt for ever."""
    given = Inputs(
        cases=tuple(CaseIn(f"C{n:02}", f"S{n % 3}", f"P{n // 2}", ("ana",) if n % 5 == 0 else ()) for n in range(60)),
        readers=(ReaderIn("ana", share=70, held=3, strata={"S0": 3}, recent=("P1", "P2")), *map(ReaderIn, "bcde")),
        pairs=(("S0", "c", "b", 2), ("S1", "ana", "d", 1)),
        rules=Rules(subject_gap=3, repeat_percent=15, repeat_gap=4),
    )
    assert seed_sha256("known") == "7117fff2d0fd294462b3c802b7cb8753579f23f3946b99cf55f38e873f013f10"
    assert run_seed("known", 2) == "bb8889097dbab1cdbef1f4de6ca4d23e23ec502f41f7aa714184d4aae420a4b0"
    assert sha256(plan(given, seed="known")) == "10db4677b77491d10c3cb247f2deb0ad5a5c8cd5aa4a9c43c9abc5a9601efb90"
