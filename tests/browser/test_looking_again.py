"""What was signed is looked at once more: by the charter's self-check, by a reader's own wish, and after the lock."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from scoring import consensus, locking, reopening
from scoring.models import Consensus, FinalScore, Reading, SelfCheck
from studies.models import Study
from tests import cast, scene
from tests.browser.desk import Desk
from tests.browser.test_access import complaints
from tests.stack import wait_until

SHIFTED = {"ana": {"VB_C3": 2, "VB_C5": 1, "SP_C6": 1}, "ben": {"VB_C4": 2, "VB_C6": 1, "SP_C7": 1}}
SLIP = "Probable labelling slip"
REASON = "I counted from C3 instead of C2."


@pytest.fixture
def people(stack):
    return cast.invite()


@pytest.fixture
def at(desk):
    """at("ana"): her desk, signed in."""

    def sit_down(name: str) -> Desk:
        found = desk(name)
        found.signs_in()
        expect(found.page).not_to_have_url(re.compile("sign-in"))
        return found

    return sit_down


def test_readers_are_asked_again_and_a_slip_never_reaches_clara(people, at, stack):
    study = cast.open_study(people, self_check=True)
    disputed, agreed = scene.allot(study, people, cases=2)
    scene.read(disputed, people, ana={"VB_C4": 2})
    scene.read(agreed, people, ana={"VB_C5": 1}, ben={"VB_C5": 1})
    wait_until(lambda: SelfCheck.objects.count() == 4, seconds=60, told=stack.told)

    # both are asked about both cases, a few sites of each, cleared and with no word about why
    for name in ("ana", "ben"):
        reader = at(name)
        reader.sees("This is so in every case.")
        assert complaints(reader, "worklist") == []
        for _ in range(2):
            reader.opens_the_next_reading()
            reader.sees("Second look: 2 sites")
            expect(reader.page.locator("[data-testid^='score-']")).to_have_count(2)
            assert complaints(reader, "second look") == []
            # this time Ana sees nothing at C4
            reader.scores({"VB_C5": 1})
            reader.signs()

    wait_until(lambda: Consensus.objects.filter(state="settled").count() == 2, seconds=60, told=stack.told)
    assert FinalScore.objects.get(consensus__case=disputed, item__code="VB_C4").grade == 0
    clara = at("clara")
    clara.goes_to("/adjudications")
    clara.sees("Nothing to decide")
    dora = at("dora")
    dora.goes_to(f"/studies/{study.code}")
    expect(dora.page.get_by_role("img", name="Second looks: signed")).to_have_count(2)


@pytest.fixture
def compared(people):
    """A case that waits for Clara: Ana said of C3 what Ben said of C4."""
    study = cast.open_study(people, reopens_compared=True)
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C3": 2}, ben={"VB_C4": 2})
    return case


def test_a_compared_reading_is_opened_again_and_its_consensus_superseded(compared, people, at):
    clara = at("clara")
    clara.opens_the_next_adjudication()

    # Ana sees her slip, and asks; whether anybody compared it she does not learn
    ana = at("ana")
    ana.goes_to(f"/read/{scene.reading_of(compared, people.ana).code}")
    ana.waits_for_images()
    ana.presses("Ask to reopen")
    ana.fills("Why must it be changed?", REASON)
    ana.page.get_by_role("dialog").get_by_role("button", name="Ask", exact=True).click()
    ana.sees("You have asked to reopen it.")

    # Dora is told what goes with it, and must say why
    dora = at("dora")
    dora.goes_to(f"/studies/{compared.study.code}/requests")
    dora.sees(REASON)
    dora.presses("Open again")
    dora.sees("The consensus of the case is superseded")
    assert complaints(dora, "superseding") == []
    dora.fills("Why it is opened again although it was compared", "Seen on the images.")
    dora.presses("Open again and supersede the consensus")
    dora.sees("its case no longer counts")

    # Clara's decision waits for nobody any more
    clara.goes_to("/adjudications")
    clara.sees("Nothing to decide")
    dora.page.locator("label", has_text="Done 1").click()
    dora.sees("Opened again, and the consensus superseded, by Dora Duarte")


def test_a_reading_opened_again_is_read_anew_and_compared_anew(compared, people, at, stack):
    reading, now = scene.reading_of(compared, people.ana), timezone.now()
    asked = reopening.ask(reading, reason=REASON, actor=people.ana, now=now)
    reopening.decide(asked, grant=True, note="Seen on the images.", actor=people.dora, now=now)

    ana = at("ana")
    ana.opens_the_next_reading()
    ana.gives("VB_C3", 0)
    ana.gives("VB_C4", 2)
    ana.waits_until_saved()
    ana.signs()
    wait_until(lambda: Consensus.objects.filter(case=compared, state="settled").exists(), seconds=60, told=stack.told)

    # both versions are on record, and she is told of none
    assert Consensus.objects.filter(former_case=compared).count() == 1
    dora = at("dora")
    dora.goes_to(f"/studies/{compared.study.code}")
    second = dora.page.get_by_role("img", name=re.compile("^Consensus settled, version 2"))
    expect(second).to_be_visible()
    assert "version" not in ana.page.inner_text("body")


def test_a_labelling_slip_is_marked_for_dora_alone(people, at):
    study = cast.open_study(people)
    [case] = scene.allot(study, people)
    scene.read(case, people, **SHIFTED)
    dora = at("dora")
    dora.goes_to(f"/studies/{study.code}")
    mark = dora.page.get_by_label(re.compile(f"^{SLIP}: One reading seems to be counted one level lower"))
    expect(mark).to_be_visible()
    assert complaints(dora, "slip") == []
    clara = at("clara")
    clara.opens_the_next_adjudication()
    ana = at("ana")
    ana.goes_to(f"/read/{Reading.objects.get(reader=people.ana).code}")
    ana.waits_for_images()
    for unaware in (clara, ana):
        assert "slip" not in unaware.page.content().lower()


def test_import_and_people_of_a_locked_study_offer_only_what_is_still_possible(people, at):
    study = cast.open_study(people)
    scene.read(scene.allot(study, people)[0], people)
    locking.lock(study, reason="All is read.", actor=people.dora, now=timezone.now())
    dora = at("dora")
    dora.goes_to(f"/studies/{study.code}/import")
    dora.sees("This study is locked")
    expect(dora.page.locator("input[type=file]")).to_have_count(0)
    assert complaints(dora, "import") == []
    dora.goes_to(f"/studies/{study.code}/people")
    dora.sees("Ana Almeida")
    expect(dora.page.get_by_role("button", name="Add a machine")).to_have_count(0)
    dora.presses("Add a person")
    expect(dora.page.get_by_role("radio")).to_have_count(3)
    assert complaints(dora, "people") == []


def test_a_locked_study_is_opened_again_by_two_people(people, at):
    study = cast.open_study(people)
    [case] = scene.allot(study, people)
    scene.read(case, people)
    assert consensus.waiting().count() == 0
    dora, ada = at("dora"), at("ada")
    dora.goes_to(f"/studies/{study.code}")
    dora.presses("Lock the study")
    dora.fills("Why now", "All is read.")
    dora.fills(f"Type “{study.title}” to be sure", study.title)
    dora.page.get_by_role("dialog").get_by_role("button", name="Lock the study").click()
    dora.sees("Nobody has asked.")
    assert complaints(dora, "locked") == []

    # Dora asks, and cannot decide herself
    dora.presses("Ask to unlock")
    dora.fills("Why", "Two subjects were exchanged at import.")
    dora.page.get_by_role("dialog").get_by_role("button", name="Ask to unlock").click()
    dora.sees("It waits for a second person who may lock the study")
    expect(dora.page.get_by_role("button", name="Unlock the study")).to_have_count(0)
    assert Study.objects.get().locked_at is not None

    # Ada does
    ada.goes_to(f"/studies/{study.code}")
    ada.sees("Two subjects were exchanged at import.")
    ada.fills("What you found", "I have seen the two folders.")
    ada.presses("Unlock the study")
    ada.sees("Unlocked by Ada Adler")
    assert Study.objects.get().locked_at is None
    dora.page.reload()
    dora.sees("Unlocked by Ada Adler")
    assert complaints(dora, "opened again") == []
