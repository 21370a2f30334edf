"""For everybody: axe finds nothing serious, the keyboard alone is enough, and no screen cuts anything off."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, expect

from demo.phantom import Lesion, simulate, write_dicom
from scoring import allocation
from scoring.models import Reading
from studies.models import Case
from tests import cast, scene
from tests.browser.desk import Desk
from tests.stack import ROOT

AXE = (ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text()
GRAVE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}"""
SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
IS_FOCUSED = "(element) => element === document.activeElement"
STUDY_PAGES = (
    "", "/import", "/cases", "/participants", "/people", "/charter", "/assign", "/requests", "/agreement", "/export",
)  # fmt: skip
NOTHING_FADES = """() => document.getAnimations().every(
  (one) => one.playState !== "running" || one.effect.getComputedTiming().iterations === Infinity
)"""
SIZES = {
    "a laptop": (1366, 768),
    "a desk": (1920, 1080),
    "4K": (3840, 2160),
    "a tablet in portrait": (820, 1180),
}
TALL = ("a desk", "4K")  # where all sites are in sight at once


@pytest.fixture(scope="module")
def necks(tmp_path_factory) -> Path:
    """The same synthetic neck of two people."""
    folder = tmp_path_factory.mktemp("necks")
    phantom = simulate(7, [Lesion.parse("C5.body:3")], size=192, n_slices=9)
    for subject in ("S-01", "S-02"):
        write_dicom(phantom, folder / subject, subject=subject)
    return folder


@pytest.fixture
def study(stack, necks) -> str:
    """One case is allotted to Ana and Ben, the other one waits to be checked."""
    people = cast.invite()
    study = cast.open_study(people)
    call_command("import_dicom", study.code, str(necks), stdout=io.StringIO())
    scene.accept(Case.objects.filter(study=study)[0])
    allocation.allot(study, actor=people.dora)
    return study.code


def complaints(desk: Desk, place: str) -> list[str]:
    """What axe finds serious or critical on what is shown, once nothing fades in any more."""
    desk.page.wait_for_function(NOTHING_FADES)
    desk.page.evaluate(AXE)
    return [f"{place}: {found}" for found in desk.page.evaluate(GRAVE)]


def test_axe_finds_nothing_serious_where_a_reader_works(desk, study):
    ana = desk("ana")
    ana.goes_to("/sign-in")
    expect(ana.page.get_by_label("Password", exact=True)).to_be_visible()
    found = complaints(ana, "sign-in")
    ana.signs_in()
    ana.sees("of 1 signed")
    found += complaints(ana, "worklist")
    ana.opens_the_next_reading()
    found += complaints(ana, "reading room")
    ana.types("x")
    found += complaints(ana, "reasons")
    ana.types("Escape ?")
    expect(ana.page.get_by_role("dialog")).to_be_visible()
    found += complaints(ana, "key sheet")
    ana.types("Escape Control+Enter")
    expect(ana.page.get_by_role("dialog")).to_contain_text("missing")
    found += complaints(ana, "review sheet with answers missing")
    ana.types("Escape")
    ana.scores({"VB_C5": 2})
    found += complaints(ana, "reading room, complete")
    ana.types("Control+Enter")
    expect(ana.page.get_by_role("dialog").get_by_label("Your password", exact=True)).to_be_visible()
    found += complaints(ana, "review sheet")
    ana.types("Escape")
    ana.signs()
    found += complaints(ana, "signed reading")
    assert found == []


def test_axe_finds_nothing_serious_where_a_coordinator_works(desk, study):
    dora = desk("dora")
    dora.signs_in()
    dora.page.wait_for_url("**/studies")
    found = complaints(dora, "studies")
    for page in STUDY_PAGES:
        dora.goes_to(f"/studies/{study}{page}")
        expect(dora.page.get_by_role("heading", level=1)).to_be_visible()
        dora.page.wait_for_load_state("networkidle")
        found += complaints(dora, page or "overview")
    dora.opens_the_contact_sheet(study)
    found += complaints(dora, "contact sheet")
    assert found == []


def test_the_keyboard_alone_goes_from_signing_in_to_the_signature(desk, study):
    ana = desk("ana")
    ana.goes_to("/sign-in")
    ana.counts()
    tabs_to(ana, ana.page.get_by_label("User name", exact=True))
    ana.page.keyboard.type("ana")
    tabs_to(ana, ana.page.get_by_label("Password", exact=True))
    ana.page.keyboard.type(cast.PASSWORD)
    ana.types("Enter")
    ana.sees("of 1 signed")
    tabs_to(ana, ana.page.get_by_role("link", name=re.compile(r"^Start with")))
    ana.types("Enter")
    ana.waits_for_images()
    ana.types("ArrowDown ArrowDown PageDown Space")
    ana.scores({"VB_C5": 2})
    ana.signs_by_keys()
    assert Reading.objects.get(reader__username="ana").state == "signed"
    tabs_to(ana, ana.page.get_by_role("link", name="Back to my readings"))
    ana.types("Enter")
    ana.sees("1 of 1 signed")
    assert "Tab" in ana.pressed
    assert ana.pointed == []


def tabs_to(desk: Desk, wanted: Locator) -> None:
    """Tab until it has the focus, as a person without a mouse would."""
    expect(wanted).to_be_visible()
    for _ in range(60):
        if wanted.evaluate(IS_FOCUSED):
            return
        desk.types("Tab")
    raise AssertionError("Tab does not lead there.")


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off(size, desk, study):
    width, height = SIZES[size]
    ana = desk("ana")
    ana.page.set_viewport_size({"width": width, "height": height})
    ana.goes_to("/sign-in")
    expect(ana.page.get_by_label("Password", exact=True)).to_be_visible()
    assert ana.page.evaluate(SIDEWAYS) <= 0
    ana.signs_in()
    ana.sees("of 1 signed")
    assert ana.page.evaluate(SIDEWAYS) <= 0
    ana.opens_the_next_reading()
    assert ana.page.evaluate(SIDEWAYS) <= 0

    # both panes are whole and lie beside each other; the images have the larger part of the screen
    left, right = (box(ana.page.get_by_test_id(f"pane-{side}")) for side in ("left", "right"))
    for pane in (left, right):
        assert pane["x"] >= 0
        assert pane["x"] + pane["width"] <= width + 1
        assert pane["y"] >= 0
        assert pane["y"] + pane["height"] <= height + 1
        assert pane["height"] > height / 3
    assert left["x"] + left["width"] <= right["x"]
    assert left["width"] + right["width"] > width / 2

    # every site can be brought into sight, and where the screen is tall enough all are
    rows = ana.page.locator("[data-testid^='score-']").all()
    assert len(rows) == 25
    if size in TALL:
        assert all(is_in_sight(row, width, height) for row in rows)
    for row in rows:
        row.scroll_into_view_if_needed()
        assert is_in_sight(row, width, height)
    for act in ("Review and sign", "Keys"):
        expect(ana.page.get_by_role("button", name=re.compile(act)).first).to_be_in_viewport(ratio=1)

    # what is signed can be seen and reached, too
    ana.types("Control+Enter")
    sheet = ana.page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    assert ana.page.evaluate(SIDEWAYS) <= 0
    assert box(sheet)["width"] <= width


def box(element: Locator) -> dict[str, float]:
    found = element.bounding_box()
    assert found, "it is not on the page"
    return {side: found[side] for side in ("x", "y", "width", "height")}


def is_in_sight(element: Locator, width: int, height: int) -> bool:
    place = box(element)
    right, bottom = place["x"] + place["width"], place["y"] + place["height"]
    return place["x"] >= 0 and place["y"] >= 0 and right <= width + 1 and bottom <= height + 1
