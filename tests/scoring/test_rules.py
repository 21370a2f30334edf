"""What a charter can say, and what contradicts itself."""

from dataclasses import replace

import pytest

from scoring.rules import Design, Disclosure, Presence, Resolution, Rules, Stratum, contradictions


def complaints(**rules):
    return list(contradictions(replace(Rules(), **rules), highest_grade=3))


def test_the_rules_that_stand_from_the_start_contradict_nothing():
    assert complaints() == []


def test_rules_come_back_as_they_were_stored():
    rules = Rules(
        design=Design.MEAN,
        strata=(Stratum.CENTRE, Stratum.SEX),
        trigger_presence=(Presence.ITEM, Presence.PATIENT),
        trigger_total=4,
        disclosure=Disclosure.LOCKED,
    )
    assert Rules.from_json(rules.to_json()) == rules


def test_rules_of_before_have_the_defaults_for_what_they_did_not_know():
    assert Rules.from_json({"requires_pins": True}) == Rules(requires_pins=True)


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ({"pool_size": 1}, "2 to 100 readers"),
        ({"subject_gap": 51}, "0 to 50 others"),
        (
            {"trigger_item_difference": None, "trigger_not_assessable": False, "trigger_flags": False},
            "choose at least one",
        ),
        ({"trigger_item_difference": 4}, "differ by 1 to 3"),
        ({"trigger_total": -1}, "cannot be negative"),
        ({"sham_percent": 51, "resolution": Resolution.MEDIAN}, "Between 0 and 50 percent of the agreed cases"),
        ({"sham_percent": 10, "design": Design.MEAN}, "belong to a design with an adjudicator"),
        ({"sham_percent": 10}, "two equal answers would give them away"),
        ({"self_check": True, "resolution": Resolution.PICK_READING}, "picked as they were signed"),
        ({"repeat_percent": 51}, "Between 0 and 50 percent"),
        ({"repeat_percent": 10, "repeat_min_days": 0}, "it would be remembered"),
        ({"repeat_percent": 10, "repeat_min_cases": 0}, "1 to 100 others"),
        ({"practice_set": "X", "practice_cases": 0}, "between 1 and 50"),
        ({"practice_set": "X", "practice_kappa": 0}, "above 0"),
    ],
)
def test_a_contradiction_is_named(rules, sentence):
    assert any(sentence in complaint for complaint in complaints(**rules))


def test_one_reader_a_case_needs_neither_a_pair_nor_triggers():
    none = {"trigger_item_difference": None, "trigger_not_assessable": False, "trigger_flags": False}
    assert complaints(design=Design.SINGLE, pool_size=1, **none) == []


@pytest.mark.parametrize("resolution", [Resolution.OWN_FIRST, Resolution.MEDIAN, Resolution.CLOSEST])
def test_agreed_cases_can_be_mixed_in_where_the_answer_comes_first(resolution):
    assert complaints(resolution=resolution, sham_percent=10) == []
