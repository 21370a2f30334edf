"""Ana practises in Chromium: the reference follows her first answer, and live cases come once she is good enough."""

import re

from playwright.sync_api import expect

from scoring import charter, references
from scoring.models import Qualification
from studies.models import Study
from tests import cast, scene
from tests.browser.desk import Desk
from tests.browser.test_access import complaints

KNOWN = {"VB_C4": 2, "VB_C5": 1, "FJ_C4C5": 3, "SP_C6": 1}  # the reference; every other item is 0


def test_ana_practises_and_is_let_in(desk):
    people = cast.invite()
    study = cast.open_study(people)
    cast.amend(study, people, practice_set=practice_set(people).code, practice_cases=1, practice_kappa=0.6)
    scene.make_case(study, "RA-017")
    scene.allot(study, people, cases=1)

    # before practice her list has a card, and no case of the study
    ana = desk("ana")
    ana.signs_in()
    ana.sees(f"Practice first: {study.title}")
    ana.sees("not known yet, 0.60 is needed")
    expect(ana.page.get_by_role("link", name=re.compile("^(Start|Continue) with"))).to_have_count(0)
    ana.presses("Start practice")
    ana.follows("Start with case 1")
    ana.waits_for_images()

    # the reference of a site shows once her answer has arrived, in words, and her first answer counts
    ana.sees("The reference of a site shows once you have answered it.")
    grade(ana, "VB_C4", 1)
    expect(note(ana)).to_contain_text("Vertebral bodies C4: reference 2, first answer 1")
    expect(row(ana, "VB_C4")).to_have_attribute("aria-label", re.compile("different: the reference is 2"))
    grade(ana, "VB_C4", 2)
    ana.waits_until_saved()
    expect(note(ana)).to_contain_text("0 of 1 site equal")
    grade(ana, "VB_C5", 1)
    expect(note(ana)).to_contain_text("1 of 2 sites equal")
    expect(row(ana, "VB_C5").get_by_test_id("verdict")).to_have_text("=")
    assert complaints(ana, "practice") == []

    # she signs, is told where she stands, and has the study's case
    ana.page.locator("[data-testid^='score-']").first.click(position={"x": 16, "y": 12})
    ana.scores(KNOWN)
    ana.signs()
    expect(note(ana)).to_contain_text("24 of 25 sites equal")
    expect(note(ana)).to_contain_text(f"{study.title}: the target is reached")
    assert Qualification.objects.get().reader == people.ana
    ana.goes_to("/worklist")
    ana.sees("You have reached the practice target of this study.")
    assert complaints(ana, "worklist after practice") == []
    ana.opens_the_next_reading()
    expect(note(ana)).to_have_count(0)


def practice_set(people: cast.People) -> Study:
    """One case of Dora's, with its references."""
    made = charter.found_study(title="Practice", instrument=cast.INSTRUMENT, actor=people.dora, is_practice=True)
    scene.make_case(made, "P-01")
    items = charter.in_force(made).instrument.items.all()
    lines = [f"P-01,{item.code},{KNOWN.get(item.code, 0)}" for item in items]
    references.enter(made, table="\n".join(["case,item,grade", *lines]), actor=people.dora)
    return made


def row(ana: Desk, item: str):
    return ana.page.get_by_test_id(f"score-{item}")


def note(ana: Desk):
    return ana.page.get_by_test_id("practice")


def grade(ana: Desk, item: str, value: int) -> None:
    row(ana, item).get_by_role("radio", name=re.compile(rf": {value}$")).click()
