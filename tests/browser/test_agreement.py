"""Sam reads the agreement of the synthetic cohort in Chromium: what was printed in 2016, and what lies behind it."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from demo import people
from demo.cohort import playing
from scoring import reliability
from studies.models import Case
from tests.browser.test_access import complaints

TABS = ("Overview", "By site", "Totals", "Readers", "Adjudicators", "Patients", "Methods")


@pytest.fixture
def sam(desk):
    study = playing.make()
    reliability.compute(study, now=timezone.now())
    sam = desk("sam")
    sam.signs_in(people.password())
    sam.sees(playing.TITLE)
    sam.goes_to(f"/studies/{study.code}/agreement")
    sam.sees("from 40 cases")
    return sam


def opens_tab(sam, name):
    sam.page.get_by_role("tab", name=name).click()
    expect(sam.page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")


def row(sam, label):
    return sam.page.get_by_role("row").filter(has=sam.page.get_by_role("rowheader", name=label, exact=True))


def test_sam_writes_the_paper(sam):
    # the model that fits two readers of everything, and who they are
    sam.sees("fully crossed")
    sam.sees("0.73")

    # nothing serious for axe, and nothing that is no number, on any tab
    for name in TABS:
        opens_tab(sam, name)
        assert complaints(sam, name) == []
        assert not re.search(r"\b(NaN|Infinity)\b", sam.page.inner_text("main"))

    # a sparse site is greyed with the reason, and its counts open the readings behind it
    opens_tab(sam, "By site")
    sam.sees("Too few positives of either reader")
    sam.presses(re.compile("^BME at vertebral body C3"))
    drawer = sam.page.get_by_role("dialog")
    expect(drawer.get_by_text("differs by 2")).to_have_count(2)
    expect(drawer.get_by_role("row").nth(1)).to_contain_text("SYN-028")
    sam.page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)

    # the printed figures of the study
    opens_tab(sam, "Patients")
    for label, counts in {"BME present: Vertebral bodies": "18 of 24", "BME present: Atlantoaxial": "5 of 24"}.items():
        expect(row(sam, label).first).to_contain_text(counts)
    sam.sees("p = 0.69")

    # a figure and the tables can be taken along
    opens_tab(sam, "Totals")
    with sam.page.expect_download() as figure:
        sam.page.get_by_role("button", name=re.compile("SVG")).first.click()
    drawn = figure.value.path().read_text()
    assert "Upper limit 2.5" in drawn
    assert not [case for case in Case.objects.values_list("code", flat=True) if case in drawn]
    sam.presses("Download")
    with sam.page.expect_download() as table:
        sam.page.get_by_role("menuitem", name=re.compile("^By site")).click()
    assert "items,VB_C3,BME at vertebral body C3,percent,0.85," in table.value.path().read_text()
