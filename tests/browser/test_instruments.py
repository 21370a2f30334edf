"""A second scoring system in the room: three questions at one joint, and what each grade means."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, expect

from demo.phantom import Lesion, simulate, write_dicom
from scoring import allocation, charter
from studies.models import Case, Membership
from tests import cast, scene
from tests.browser.desk import Desk

JOINT = "facet joint C4/5"
# A shape need not hold its own middle, and a neighbour may lie over it: somewhere it must be in reach.
IN_REACH = """(shape) => {
  const { left, top, width, height } = shape.getBoundingClientRect();
  for (let down = 1; down < 20; down += 1)
    for (let across = 1; across < 20; across += 1) {
      const point = [left + (width * across) / 20, top + (height * down) / 20];
      if (shape.contains(document.elementFromPoint(...point))) return point;
    }
  return null;
}"""


@pytest.fixture
def ana(desk, stack, tmp_path: Path) -> Desk:
    """Ana at a reading of the instrument that asks for three lesions; the diagram is open."""
    people = cast.invite()
    study = charter.open_study(title="Lesions in RA", instrument="cspine-ra-lesions@1.0.0", actor=people.dora)
    for name, role in cast.ROLES.items():
        Membership.objects.create(study=study, user=getattr(people, name), role=role)
    write_dicom(simulate(7, [Lesion.parse("C5.body:3")], size=192, n_slices=9), tmp_path / "S-01", subject="S-01")
    call_command("import_dicom", study.code, str(tmp_path), stdout=io.StringIO())
    scene.accept(Case.objects.get(study=study))
    allocation.allot(study, actor=people.dora)
    ana = desk("ana")
    ana.signs_in()
    ana.sees("of 1 signed")
    ana.opens_the_next_reading()
    expect(ana.page.get_by_test_id("diagram")).to_be_visible()
    return ana


def spot(ana: Desk, name: str) -> Locator:
    return ana.page.get_by_test_id("diagram").get_by_role("button", name=name)


def clicks(ana: Desk, shape: Locator) -> None:
    point = shape.evaluate(IN_REACH)
    assert point, "nothing of it is in reach"
    ana.page.mouse.click(*point)


def stands_at(ana: Desk, item: str) -> None:
    expect(ana.page.get_by_test_id(f"score-{item}")).to_have_attribute("data-active", "true")


def test_a_joint_shows_its_highest_grade_and_leads_from_question_to_question(ana):
    joint = spot(ana, JOINT)
    for item in ("BF_C4C5", "SF_C4C5", "EF_C4C5", "BF_C4C5"):
        clicks(ana, joint)
        stands_at(ana, item)
    for item, grade in (("BF_C4C5", 0), ("SF_C4C5", 3), ("EF_C4C5", 1)):
        ana.page.get_by_test_id(f"score-{item}").get_by_role("radio").nth(grade).click()
    expect(joint).to_have_attribute("data-look", "3")
    expect(joint).to_have_attribute("aria-label", re.compile("^.*: 0\n.*: 3\n.*: 1$"))


def test_the_joint_between_dens_and_c1_can_be_clicked(ana):
    clicks(ana, spot(ana, "Synovitis of the atlantoaxial joints"))
    stands_at(ana, "SA_C1C2")


def test_what_each_grade_means_shows_under_the_pointer_and_with_the_focus(ana):
    note, sentence = ana.page.get_by_test_id("site-note"), "Enhancing tissue fills one to two thirds"
    ana.types("Shift+J Shift+J Shift+J")  # to the synovitis of the atlantoaxial joints
    expect(note.get_by_text(sentence)).to_be_hidden()
    ana.page.get_by_test_id("diagram").get_by_role("button").and_(ana.page.locator("[tabindex='0']")).focus()
    expect(note.get_by_text(sentence)).to_be_visible()
    expect(note).to_contain_text("Normal synovium enhances as a thin line.")
    ana.types("j Enter")  # the next question, a facet joint; then the next one at the same joint
    stands_at(ana, "EF_C2C3")
    expect(note).to_contain_text("Loss of more than a third of the bone")
    ana.page.evaluate("document.activeElement.blur()")
    spot(ana, JOINT).hover()
    expect(note.get_by_text("Raised signal on STIR in one to two thirds of the marrow")).to_be_visible()
