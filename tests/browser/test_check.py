"""Dora checks images in Chromium: every slice on one sheet, what the machine found, what the centre says."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from demo.cases import CASES
from demo.phantom import Lesion, simulate, write_dicom
from studies.models import Case, QualityCheck, Query
from tests import cast, real
from tests.browser.desk import Desk

N_SLICES = 9  # of each of the two series
SPREAD_OF_GREYS = """() => [...document.querySelectorAll("[data-testid=sheet] canvas")].map((slice) => {
  const { data } = slice.getContext("2d").getImageData(0, 0, slice.width, slice.height);
  const greys = data.filter((_, at) => at % 4 === 0);
  const mean = greys.reduce((sum, grey) => sum + grey, 0) / greys.length;
  return Math.sqrt(greys.reduce((sum, grey) => sum + (grey - mean) ** 2, 0) / greys.length);
})"""


@pytest.fixture
def study(stack):
    return cast.open_study(cast.invite()).code


def imported(study: str, folder: Path) -> None:
    call_command("import_dicom", study, str(folder), stdout=io.StringIO())


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The images of two synthetic necks."""
    folder = tmp_path_factory.mktemp("necks")
    for case in CASES[:2]:
        phantom = simulate(case.seed, [Lesion.parse(text) for text in case.lesions], size=192, n_slices=N_SLICES)
        write_dicom(phantom, folder / case.subject, subject=case.subject)
    return folder


@pytest.fixture
def necks(study, folder) -> list[Case]:
    """Both are in the study."""
    imported(study, folder)
    return list(Case.objects.filter(study__code=study))


@pytest.fixture
def dora(desk, study) -> Desk:
    dora = desk("dora")
    dora.signs_in()
    dora.page.wait_for_url("**/studies")
    return dora


def spread(desk: Desk) -> list[float]:
    """How far the greys of each slice on the sheet lie apart; a blank one has 0."""
    desk.waits_for_the_sheet()
    return desk.page.evaluate(SPREAD_OF_GREYS)


def shown(desk: Desk, look: str) -> list[float]:
    undrawn = desk.page.get_by_test_id("sheet").locator(f"canvas:not([data-drawn='{look}'])")
    expect(undrawn).to_have_count(0)
    return spread(desk)


def test_a_case_is_looked_at_asked_about_and_accepted(dora, study, necks):
    dora.opens_the_contact_sheet(study)

    # every slice is drawn, whole, and can be looked at in every grey
    opened = spread(dora)
    assert len(opened) == 2 * N_SLICES
    assert min(opened) > 5, "no slice is blank"
    dora.types("e")
    assert shown(dora, "every") != opened
    dora.types("a")
    assert shown(dora, "window") == opened

    # a slice is enlarged by keys, stepped through by keys and by the wheel, and left by Escape
    dora.page.get_by_test_id("slice-1-1").focus()
    dora.types("ArrowRight ArrowRight Enter")
    enlarged = dora.page.get_by_test_id("enlarged")
    expect(enlarged).to_have_attribute("data-slice", "3")
    dora.types("ArrowDown")
    expect(enlarged).to_have_attribute("data-slice", "4")
    enlarged.hover()
    dora.page.mouse.wheel(0, 120)
    expect(enlarged).to_have_attribute("data-slice", "5")
    dora.types("Escape")
    expect(enlarged).to_be_hidden()
    expect(dora.page.get_by_test_id("slice-1-5")).to_be_focused()

    # the findings are said, and nothing is accepted before it is answered
    expect(dora.page.get_by_test_id("finding").first).to_be_visible()
    accept = dora.page.get_by_role("button", name="Accept", exact=True)
    expect(accept).to_be_disabled()
    dora.answers_the_questions()
    expect(accept).to_be_enabled()

    # while the centre is asked, the case waits
    dora.presses("Ask the centre")
    dora.fills("Question to the centre", "Is there a STIR without this artefact?")
    dora.presses("Record the question")
    query = dora.page.get_by_test_id("query")
    expect(query).to_contain_text("Asked by Dora Duarte")
    expect(accept).to_be_disabled()
    dora.sees(re.compile("1 query to the centre is not closed"))
    dora.presses("Write down the answer")
    dora.fills("Answer of the centre", "There is none.")
    dora.presses("Save the answer")
    expect(query).to_contain_text("There is none.")
    expect(accept).to_be_disabled()
    dora.presses("Close the query")
    expect(query).to_contain_text("Closed by Dora Duarte")
    expect(accept).to_be_enabled()
    assert Query.objects.get().state == "closed"

    # accepted: the page goes on to the other case, and the first one says who decided and when
    first = Case.objects.get(code=dora.page.url.split("/cases/")[1].split("/")[0])
    dora.accepts()
    dora.waits_for_the_sheet()
    first.refresh_from_db()
    assert first.state == "ready"
    assert QualityCheck.objects.get().checked_by.username == "dora"
    dora.goes_to(f"/studies/{study}/cases/{first.code}/check")
    expect(dora.page.get_by_test_id("earlier-check")).to_contain_text(re.compile("Accepted.*Dora Duarte", re.DOTALL))
    expect(dora.page.get_by_test_id("case-state")).to_have_text("Ready to assign")


def test_a_case_is_refused_with_a_reason(dora, study, necks):
    dora.opens_the_contact_sheet(study)
    dora.page.get_by_role("button", name="Refuse", exact=True).click()
    sheet = dora.page.get_by_role("dialog")
    expect(sheet.get_by_role("button", name="Refuse", exact=True)).to_be_disabled()
    sheet.get_by_label("Reason", exact=True).fill("The patient moved.")
    sheet.get_by_role("button", name="Refuse", exact=True).click()
    dora.sees(re.compile("1 left to check"))
    dora.goes_to(f"/studies/{study}/cases?show=refused")
    dora.follows(re.compile("^Look at the images"))
    expect(dora.page.get_by_test_id("earlier-check")).to_contain_text("The patient moved.")


def test_a_role_is_corrected_on_the_sheet(dora, study, necks):
    dora.opens_the_contact_sheet(study)
    dora.page.get_by_label(re.compile("^Role of series")).first.click()
    dora.page.get_by_role("option", name="OTHER").click()
    expect(dora.page.get_by_test_id("case-state")).to_have_text("Incomplete")
    dora.waits_for_the_sheet()
    assert len(spread(dora)) == 2 * N_SLICES
    expect(dora.page.get_by_role("button", name="Accept", exact=True)).to_be_disabled()


def test_who_does_not_coordinate_looks_and_decides_nothing(desk, study, necks):
    sam = desk("sam")
    sam.signs_in()
    sam.page.wait_for_url("**/studies")
    sam.goes_to(f"/studies/{study}/cases/{necks[0].code}/check")
    assert min(spread(sam)) > 5
    sam.sees("a coordinator decides")
    assert sam.page.get_by_role("button", name=re.compile("Accept|Refuse|Ask the centre")).count() == 0


def test_every_slice_of_a_real_study_is_drawn(dora, study):
    """Hitachi AIRIS Vento, 67 slices in five series."""
    imported(study, real.folder("hitachi-lspine-stir-t1-t2"))
    dora.opens_the_contact_sheet(study)
    greys = spread(dora)
    assert len(greys) == 67
    assert min(greys) > 5
