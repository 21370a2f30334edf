"""Clara settles what Ana and Ben saw differently, in each of the ways a charter can choose, as her screen shows it."""

import pytest
from playwright.sync_api import expect

from readers.models import User
from scoring.models import Adjudication, FinalScore
from scoring.rules import Resolution
from studies import team
from studies.models import Role
from tests import cast, scene
from tests.browser.test_access import complaints
from tests.cast import PASSWORD

ANA, BEN = {"VB_C4": 3, "SP_C7": 1}, {"VB_C4": 1, "SP_C7": "artefact"}
DISPUTED = ["VB_C4", "SP_C7"]


@pytest.fixture
def people(stack):
    return cast.invite()


@pytest.fixture
def at_the_case(people, desk):
    """Clara in front of a case to be settled in a mode; she has not answered anything yet."""

    def sit_down(mode):
        study = cast.open_study(people, resolution=Resolution(mode))
        [case] = scene.allot(study, people)
        scene.read(case, people, ana=ANA, ben=BEN)
        clara = desk("clara")
        clara.signs_in()
        clara.sees("0 of 1 signed")
        clara.opens_the_next_adjudication()
        expect(clara.page.get_by_test_id("mode")).to_have_attribute("data-mode", mode)
        expect(clara.page.locator("[data-testid^='dispute-']")).to_have_count(len(DISPUTED))
        return clara

    return sit_down


def sees_neither_reading(clara):
    """Of the item she stands at."""
    for side in ("left", "right"):
        expect(clara.page.get_by_test_id(f"decision-{side}")).to_have_count(0)
    told = clara.page.locator("[data-testid^='dispute-'][data-active='true']").inner_text()
    return not any(word in told for word in ("left", "right", "apart", "3", "NA"))


def stands_at(clara, item):
    expect(clara.page.get_by_test_id(f"dispute-{item}")).to_have_attribute("data-active", "true")


def final_grades():
    return dict(FinalScore.objects.filter(item__code__in=DISPUTED).values_list("item__code", "grade"))


def test_her_own_answer_comes_first_and_then_both_readings(at_the_case):
    clara = at_the_case("own_first")
    stands_at(clara, "VB_C4")
    assert sees_neither_reading(clara)
    assert complaints(clara, "before the answer") == []

    # an answer can be changed until she keeps it; then both sides stand beside it, and she takes her own
    clara.types("1 2")
    expect(clara.page.get_by_test_id("answer-grade-2")).to_have_attribute("aria-pressed", "true")
    assert sees_neither_reading(clara)
    clara.types("Enter")
    for side in ("left", "right", "own"):
        expect(clara.page.get_by_test_id(f"decision-{side}")).to_be_visible()
    assert complaints(clara, "both shown") == []
    clara.types("o r")
    clara.waits_until_saved()

    # the next item is hidden again; after a reload, too
    clara.types("n")
    stands_at(clara, "SP_C7")
    assert sees_neither_reading(clara)
    clara.page.reload()
    clara.waits_for_images()
    clara.types("n")
    stands_at(clara, "SP_C7")
    assert sees_neither_reading(clara)
    clara.types("1 Enter")
    expect(clara.page.get_by_test_id("decision-own")).to_be_visible()
    clara.types("o w")
    clara.waits_until_saved()
    clara.signs()
    assert final_grades() == {"VB_C4": 2, "SP_C7": 1}
    assert dict(Adjudication.objects.get().disputes.values_list("item__code", "own_grade")) == {"VB_C4": 2, "SP_C7": 1}


@pytest.mark.parametrize("mode", ["median", "closest_two"])
def test_neither_reading_is_ever_shown_where_hers_is_a_third_one(at_the_case, mode):
    clara = at_the_case(mode)
    for answer in ("2", "1"):
        clara.types(answer)
        clara.waits_until_saved()
        assert sees_neither_reading(clara)
        clara.types("n")
    assert complaints(clara, mode) == []
    clara.types("Control+Enter")
    expect(clara.page.get_by_role("dialog").get_by_role("columnheader")).to_have_text(["Item", "Your answer"])
    clara.types("Escape")
    clara.signs()
    assert sees_neither_reading(clara)
    assert final_grades()["VB_C4"] == 2, "between 3 and 1, and as near to both"


def test_one_reading_is_taken_whole(at_the_case):
    clara = at_the_case("pick_reading")

    # a grade alone is no answer here, and the page says why
    clara.types("2")
    expect(clara.page.get_by_test_id("lacking")).to_have_text("Choose a side: it counts for every item.")

    # one key takes the side for every item
    clara.types("ArrowLeft r")
    clara.waits_until_saved()
    expect(clara.page.get_by_test_id("decided-count")).to_have_text("2 of 2 decided")
    assert complaints(clara, "decided") == []
    clara.signs()
    taken = FinalScore.objects.filter(item__code__in=DISPUTED).values_list("picked__reader__username", flat=True)
    assert len(set(taken)) == 1, "both items are of one reading"


def test_two_people_decide_together_and_both_sign(at_the_case, people):
    clara = at_the_case("joint")
    study = Adjudication.objects.get().consensus.case.study
    judy = User.objects.create_user("judy", password=PASSWORD, full_name="Judy Jansen")
    team.join(study, judy, role=Role.ADJUDICATOR, actor=people.dora)
    for item in DISPUTED:
        stands_at(clara, item)
        clara.types("ArrowRight r")
        clara.waits_until_saved()
        clara.types("n")
    clara.types("Control+Enter")
    sheet = clara.page.get_by_role("dialog")
    clara.fills("Your password", PASSWORD)
    expect(sheet.get_by_role("button", name="Sign", exact=True)).to_be_disabled()
    assert complaints(clara, "two sign") == []

    # a wrong password of the second one is refused in words, and nothing is signed
    clara.fills("Who decided with you", "judy")
    clara.fills("Their password", "something else")
    sheet.get_by_role("button", name="Sign", exact=True).click()
    expect(sheet.get_by_role("alert")).to_be_visible()
    assert Adjudication.objects.get().signature is None

    clara.fills("Your password", PASSWORD)
    clara.fills("Their password", PASSWORD)
    sheet.get_by_role("button", name="Sign", exact=True).click()
    expect(sheet).to_be_hidden()
    clara.sees("Signed by Clara Conti and Judy Jansen")
    assert Adjudication.objects.get().second == judy
