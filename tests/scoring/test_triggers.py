"""Which differences go to the adjudicator: each trigger by itself, and none for what agrees."""

from dataclasses import replace

import pytest

from scoring.rules import Presence, Rules
from scoring.triggers import Question, disputed

DEFINITION = {
    "scales": {"bme": [{"value": value} for value in range(4)], "present": [{"value": 0}, {"value": 1}]},
    "regions": [
        {"code": "VB", "scale": "bme", "sites": {"C4": "C4", "C5": "C5"}},
        {"code": "SP", "scale": "bme", "sites": {"C6": "C6"}},
        {"code": "DG", "scale": "present", "sites": {"C5C6": "C5/6"}},
    ],
    "derived": {
        "total": {"op": "sum", "of": ["VB", "SP"], "range": [0, 9]},
        "subtotals": {},
        "not_assessable_rule": {"max_sites": 1},
    },
}
ITEMS = ("VB_C4", "VB_C5", "SP_C6", "DG_C5C6")
QUESTIONS = [Question(code, code[:2], code.startswith("DG")) for code in ITEMS]
NONE = Rules(trigger_item_difference=None, trigger_not_assessable=False, trigger_flags=False)
NOTHING = dict.fromkeys(ITEMS, 0)


def caught(one, other, **rules):
    return disputed(replace(NONE, **rules), DEFINITION, QUESTIONS, NOTHING | one, NOTHING | other)


def test_what_agrees_is_never_disputed():
    both = {"VB_C4": 2, "SP_C6": None, "DG_C5C6": 1}
    everything = {
        "trigger_item_difference": 1,
        "trigger_presence": tuple(Presence),
        "trigger_total": 0,
        "trigger_not_assessable": True,
        "trigger_flags": True,
    }
    assert caught(both, both, **everything) == set()


@pytest.mark.parametrize(("least", "found"), [(1, {"VB_C4", "VB_C5"}), (2, {"VB_C5"}), (3, set())])
def test_an_item_is_disputed_from_the_charters_difference_on(least, found):
    assert caught({"VB_C4": 1, "VB_C5": 3}, {"VB_C4": 2, "VB_C5": 1}, trigger_item_difference=least) == found


def test_presence_at_an_item():
    one, other = {"VB_C4": 1, "VB_C5": 3}, {"VB_C4": 0, "VB_C5": 1}
    assert caught(one, other, trigger_presence=(Presence.ITEM,)) == {"VB_C4"}


def test_presence_in_a_region_counts_the_region_as_a_whole():
    one, other = {"VB_C4": 1, "SP_C6": 1}, {"VB_C5": 1}
    assert caught(one, other, trigger_presence=(Presence.REGION,)) == {"SP_C6"}


def test_presence_in_the_patient_leaves_yes_or_no_items_out():
    assert caught({"VB_C4": 1}, {"SP_C6": 2}, trigger_presence=(Presence.PATIENT,)) == set()
    assert caught({"VB_C4": 1}, {"DG_C5C6": 1}, trigger_presence=(Presence.PATIENT,)) == {"VB_C4"}


@pytest.mark.parametrize(("above", "found"), [(2, {"VB_C4", "SP_C6"}), (3, set())])
def test_totals_that_differ_by_more_than_the_charter_says(above, found):
    assert caught({"VB_C4": 2, "SP_C6": 1}, {}, trigger_total=above) == found


def test_a_total_that_only_one_reader_has_differs():
    one = {"VB_C4": None, "VB_C5": None, "SP_C6": 1}
    assert caught(one, {"VB_C4": None}, trigger_total=9) == {"SP_C6"}


def test_one_sided_not_assessable_has_a_trigger_of_its_own():
    one, other = {"VB_C4": None}, {"VB_C4": 3}
    assert caught(one, other, trigger_item_difference=1) == set()
    assert caught(one, other, trigger_not_assessable=True) == {"VB_C4"}


def test_yes_or_no_items_have_a_trigger_of_their_own():
    assert caught({"DG_C5C6": 1}, {}, trigger_item_difference=1) == set()
    assert caught({"DG_C5C6": 1}, {}, trigger_flags=True) == {"DG_C5C6"}
