"""Dora drafts a charter in Chromium: what contradicts itself is named, and what she opens is fixed from then on."""

import re

from playwright.sync_api import expect

from scoring import charter
from studies.models import Study
from tests import cast
from tests.browser.desk import comes_to_be


def in_short(terms):
    return terms.pool_size, terms.repeat_percent


def test_dora_settles_the_rules_and_opens_the_study(desk):
    people = cast.invite()
    study = charter.found_study(title="Neck pain", instrument=cast.INSTRUMENT, actor=people.dora)
    dora = desk("dora")
    dora.signs_in()
    dora.sees("Neck pain")
    dora.goes_to(f"/studies/{study.code}/charter")

    # what contradicts itself is named, and cannot be opened
    dora.fills("Readers", "1")
    dora.page.keyboard.press("Tab")
    dora.sees("This design needs 2 to 100 readers.")
    expect(dora.page.get_by_role("button", name="Open the study")).to_be_disabled()
    dora.fills("Readers", "3")
    dora.page.keyboard.press("Tab")

    # a rule that is switched on shows what belongs to it
    dora.fills("Share of readings", "15")
    dora.page.keyboard.press("Tab")
    dora.sees("Days in between")
    expect(dora.page.get_by_role("button", name="Open the study")).to_be_enabled()

    # a reload loses nothing; then she opens the study
    comes_to_be((3, 15), lambda: in_short(study.charters.get().terms))
    dora.page.reload()
    expect(dora.page.get_by_role("textbox", name="Readers", exact=True)).to_have_value("3")
    dora.presses("Open the study")
    dora.page.get_by_role("dialog").get_by_role("button", name="Open the study").click()
    dora.sees("Version 1, in force")
    dora.sees(re.compile("15 % of readings, after 14 days"))
    rules = charter.in_force(Study.objects.get(pk=study.pk)).terms
    assert in_short(rules) == (3, 15)

    # the page to print says the same in sentences
    printed = dora.page.request.get(f"{dora.address}/api/studies/{study.code}/charter/1").text()
    assert "15 % of each reader" in printed

    # an amendment needs its reason
    dora.presses("Amend")
    dora.sees("Say why the charter is amended.")
    dora.presses("Give up the amendment")
    expect(dora.page.get_by_role("button", name="Amend", exact=True)).to_be_visible()
