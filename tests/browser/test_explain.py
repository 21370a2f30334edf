"""Sam pastes a cell of a file and is shown in Chromium where its number comes from."""

import re

import pytest
from playwright.sync_api import expect

from tests import cast, explained
from tests.browser.test_access import complaints


@pytest.fixture
def case(stack):
    """A case that Ana, Ben and Clara have been through; four others agree."""
    people = cast.invite()
    cases = explained.read(cast.open_study(people), people)
    explained.decide(people)
    return cases[0]


def test_sam_asks_where_a_number_comes_from(desk, case):
    # from the export there is a way
    sam = desk("sam")
    sam.signs_in()
    sam.sees(case.study.title)
    sam.goes_to(f"/studies/{case.study.code}/export")
    sam.page.get_by_role("main").get_by_role("link", name="Explain").click()
    expect(sam.page.get_by_role("table", name="Cases").get_by_role("row")).to_have_count(6)
    assert complaints(sam, "cases") == []

    # a row of consensus.csv names its case and item; by keys alone
    pasted = f"{case.code},S-01,VB_C4,VB,C4,2,,adjudicated"
    sam.page.get_by_role("textbox", name="Case, or a cell of a file").fill(pasted)
    sam.page.keyboard.press("Enter")
    sam.follows("Open it")
    drawer = sam.page.get_by_role("dialog")

    # the decision, with both sides and what Clara first thought
    decision = drawer.get_by_role("article", name="Decision of ADJ1")
    expect(decision).to_contain_text("The answer on the right was taken")
    expect(decision.get_by_role("listitem").filter(has_text="Changed the decision")).to_have_count(1)

    # each reader: the change of mind with its event, the pin, the images, and a signature that holds
    ana = drawer.get_by_role("article", name="Reading of R1")
    expect(ana.get_by_role("listitem").filter(has_text="1 → 2")).to_contain_text(re.compile(r"R1 · .* UTC · event \d+"))
    expect(ana).to_contain_text("STIR sagittal, slice 2")
    expect(ana).to_contain_text("1 of 3 slices shown, 2 never")
    expect(ana).to_contain_text("Holds: what is stored is what was signed.")
    assert complaints(sam, "history") == []
    for name in ("Almeida", "Berger", "Conti"):
        assert name not in sam.page.inner_text("body")

    # closed by key, the case's table stays; a sum opens its parts, and a part its own history
    sam.page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    sam.page.get_by_role("link", name=re.compile("^Total, what counts")).focus()
    sam.page.keyboard.press("Enter")
    parts = drawer.get_by_role("table", name="What it is made of")
    expect(parts.get_by_role("row")).to_have_count(19)
    expect(parts).to_contain_text("Left out; never taken for 0.")
    assert complaints(sam, "sum") == []
    parts.get_by_role("link", name=re.compile("spinous process C2$")).click()
    expect(drawer).to_contain_text("The readings agree.")
    assert sam.page.url.endswith(f"/explain/{case.code}/SP_C2")


def test_sam_types_a_day_from_which_the_trail_is_shown(desk, case):
    """Its year comes digit by digit, and the first ones are a year of antiquity."""
    sam = desk("sam")
    sam.signs_in()
    sam.sees(case.study.title)
    sam.goes_to(f"/studies/{case.study.code}/audit")
    expect(sam.page.get_by_role("table", name="Audit trail")).to_be_visible()
    day = sam.page.get_by_label("From (UTC)")
    day.focus()
    sam.types("0 1 0 1 2 9 2 7")
    sam.sees("No event fits the filter.")
    expect(day).to_have_value("2927-01-01")
    sam.presses("Show all")
    expect(sam.page.get_by_role("table", name="Audit trail")).to_be_visible()
    expect(day).to_have_value("")
