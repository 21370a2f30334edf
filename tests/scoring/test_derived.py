"""Derived values of the instrument that ships, and the rule for sites that could not be assessed."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.derived import BlankItem, Derived, derive, total

ROOT = Path(__file__).resolve().parents[2]
DEFINITION: dict[str, Any] = yaml.safe_load(
    (ROOT / "scoring" / "instruments" / "cspine-bme-baraliakos-1.0.0.yaml").read_text()
)
COHORT = ROOT / "demo" / "cohort"

BODIES = ["C2", "C3", "C4", "C5", "C6", "C7"]
LEVELS = ["C2C3", "C3C4", "C4C5", "C5C6", "C6C7", "C7T1"]
ITEMS = [
    "AA_C1C2",
    *(f"VB_{body}" for body in BODIES),
    *(f"FJ_{level}" for level in LEVELS),
    *(f"SP_{body}" for body in BODIES),
    *(f"DG_{level}" for level in LEVELS),
]
SCORED = [item for item in ITEMS if not item.startswith("DG")]


def answers(**given: int | None) -> dict[str, int | None]:
    """All sites 0 but the given ones."""
    return {**dict.fromkeys(ITEMS, 0), **given}


def derived(**given: int | None) -> Derived:
    return derive(DEFINITION, answers(**given))


def not_assessable(*items: str) -> dict[str, int | None]:
    return dict.fromkeys(items)


def test_the_lowest_total_is_0():
    assert derived().sums["total"].value == 0


def test_the_highest_total_is_57_with_3_18_18_18():
    highest = derived(**dict.fromkeys(SCORED, 3))
    assert highest.sums["total"].value == 57
    assert {code: part.value for code, part in highest.subtotals.items()} == {"AA": 3, "VB": 18, "FJ": 18, "SP": 18}


def test_a_total_adds_the_four_regions():
    one_each = derived(AA_C1C2=1, VB_C4=2, FJ_C7T1=3, SP_C7=1)
    assert one_each.sums["total"].value == 7
    assert {code: part.value for code, part in one_each.subtotals.items()} == {"AA": 1, "VB": 2, "FJ": 3, "SP": 1}


def test_degenerative_changes_do_not_count_in_the_total():
    assert derived(**dict.fromkeys([f"DG_{level}" for level in LEVELS], 1)).sums["total"].value == 0


def test_three_sites_not_assessable_leave_the_observed_sum():
    part = derived(VB_C4=2, **not_assessable("VB_C2", "FJ_C2C3", "SP_C2")).sums["total"]
    assert (part.value, part.sentence) == (2, "16 of 19 scored")


def test_four_sites_not_assessable_make_the_total_not_computable():
    part = derived(VB_C4=2, **not_assessable("VB_C2", "FJ_C2C3", "SP_C2", "SP_C3")).sums["total"]
    assert (part.value, part.sentence) == (None, "not computable: 15 of 19 scored, observed sum 2")


def test_a_flag_not_assessable_does_not_touch_the_total():
    flags = not_assessable(*(f"DG_{level}" for level in LEVELS))
    assert derived(**flags).sums["total"].sentence == "19 of 19 scored"


def test_the_only_site_of_a_region_not_assessable_is_not_a_subtotal_of_0():
    assert derived(AA_C1C2=None).subtotals["AA"].value is None


def test_a_subtotal_follows_the_same_rule_on_its_own_sites():
    parts = derived(VB_C7=1, **not_assessable("VB_C2", "VB_C3", "VB_C4", "SP_C2", "SP_C3", "SP_C4", "SP_C5")).subtotals
    assert (parts["VB"].value, parts["VB"].sentence) == (1, "3 of 6 scored")
    assert parts["SP"].value is None


def test_bme_is_present_from_a_total_of_1():
    assert derived().present["bme_present"] is False
    assert derived(SP_C7=1).present["bme_present"] is True


def test_bme_is_present_in_the_region_where_it_was_seen():
    present = derived(FJ_C2C3=1).present
    assert [present[f"bme_present_{code}"] for code in ("AA", "VB", "FJ", "SP")] == [False, False, True, False]


def test_bme_that_was_seen_is_present_although_the_total_is_not_computable():
    seen = derived(VB_C7=1, **not_assessable("VB_C2", "VB_C3", "VB_C4", "VB_C5"))
    assert (seen.sums["total"].value, seen.present["bme_present"]) == (None, True)


def test_absence_of_bme_cannot_be_told_when_the_total_is_not_computable():
    unseen = derived(**not_assessable("VB_C2", "VB_C3", "VB_C4", "VB_C5"))
    assert unseen.present["bme_present"] is None


def test_one_flag_is_enough_for_degenerative_changes():
    assert derived().present["degenerative_present"] is False
    assert derived(DG_C5C6=1).present["degenerative_present"] is True


def test_degenerative_changes_cannot_be_told_when_no_level_was_assessable():
    flags = not_assessable(*(f"DG_{level}" for level in LEVELS))
    assert derived(**flags).present["degenerative_present"] is None


def test_it_refuses_a_blank_site():
    blank = {item: grade for item, grade in answers().items() if item != "VB_C4"}
    with pytest.raises(BlankItem, match="VB_C4: neither"):
        total(DEFINITION, blank)


def test_a_total_does_not_wait_for_the_flags():
    assert total(DEFINITION, dict.fromkeys(SCORED, 1)) == 19


def test_it_refuses_a_grade_off_the_scale():
    with pytest.raises(ValueError, match="VB_C4"):
        total(DEFINITION, answers(VB_C4=4))


def test_it_refuses_a_flag_that_is_not_0_or_1():
    with pytest.raises(ValueError, match="DG_C5C6"):
        derived(DG_C5C6=2)


@pytest.fixture(scope="module")
def consensus() -> dict[str, Derived]:
    """The synthetic cohort that reproduces the group summaries of Baraliakos 2016, by patient."""
    grades: dict[str, dict[str, int | None]] = {}
    with (COHORT / "cohort_scores.csv").open() as rows:
        for row in csv.DictReader(rows):
            if row["rater"] == "CONSENSUS":
                grades.setdefault(row["patient_id"], {})[row["item"]] = int(row["value"])
    return {patient: derive(DEFINITION, given) for patient, given in grades.items()}


def test_the_totals_of_the_cohort_are_its_own(consensus: dict[str, Derived]):
    with (COHORT / "cohort_patients.csv").open() as rows:
        printed = {row["patient_id"]: int(row["total_consensus"]) for row in csv.DictReader(rows)}
    assert {patient: values.sums["total"].value for patient, values in consensus.items()} == printed


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("bme_present", 24),
        ("bme_present_AA", 5),
        ("bme_present_VB", 18),
        ("bme_present_FJ", 7),
        ("bme_present_SP", 11),
        ("degenerative_present", 21),
    ],
)
def test_the_cohort_shows_what_the_paper_prints(consensus: dict[str, Derived], name: str, printed: int):
    """Baraliakos 2016, J Rheumatol 43:2131-5: of 40 patients."""
    assert sum(values.present[name] is True for values in consensus.values()) == printed


def test_where_an_item_is_unresolved_there_is_no_sum_and_no_absence():
    """Whatever the item is, somebody saw something there."""
    values = derive(DEFINITION, answers(VB_C4=None), unresolved=["VB_C4"])
    assert (values.sums["total"].value, values.subtotals["VB"].value, values.subtotals["SP"].value) == (None, None, 0)
    assert (values.present["bme_present"], values.present["bme_present_VB"]) == (None, None)
    assert values.present["bme_present_SP"] is False


def test_what_is_seen_elsewhere_is_there_whatever_is_unresolved():
    values = derive(DEFINITION, answers(VB_C4=None, VB_C5=2), unresolved=["VB_C4"])
    assert values.present["bme_present_VB"] is True
