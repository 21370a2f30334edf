"""The viewer draws on a graphics card and without one, and a reader sees the same greys."""

import io

import numpy as np
import pytest
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Browser

from demo.phantom import Lesion, simulate, write_dicom
from scoring import allocation
from studies.models import Instance, Series
from tests import cast, scene
from tests.browser.conftest import FLAGS
from tests.browser.desk import Desk

WITH_WEBGL = [flag for flag in FLAGS if flag != "--disable-gpu"]
WITH_WEBGL += ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
# The viewer takes its other path where the card's name says software, as this one's does: give it another name.
A_CARD = """
const ask = WebGL2RenderingContext.prototype.getParameter;
WebGL2RenderingContext.prototype.getParameter = function (name) {
  return name === 0x9246 ? "A graphics card" : ask.call(this, name);
};
"""

BLOCK = 10  # screen pixels a side, compared as one: the two paths lie half an image pixel apart, edges and noise differ
LEGEND = 4  # blocks at the bottom: there the window is written in numbers


@pytest.fixture
def ana(stack, tmp_path):
    """Ana has one case to read."""
    people = cast.invite()
    study = cast.open_study(people)
    write_dicom(simulate(7, [Lesion.parse("C5.body:3")], size=192, n_slices=9), tmp_path / "neck", subject="S-01")
    call_command("import_dicom", study.code, str(tmp_path / "neck"), stdout=io.StringIO())
    scene.accept(study.cases.get())
    allocation.allot(study, actor=people.dora)
    return people.ana


@pytest.fixture
def card(browser):
    """A Chromium that draws through WebGL."""
    running = browser.browser_type.launch(executable_path=browser_path(), args=WITH_WEBGL)
    yield running
    running.close()


def browser_path() -> str:
    from launcher import browser as chromium

    return chromium.find()


def pictures(browser: Browser, address: str, *, script: str = "") -> list[np.ndarray]:
    """Both panes as they open, and after a zoom and two slices."""
    desk = Desk("ana", browser, address)
    if script:
        desk.page.add_init_script(script)
    desk.signs_in(cast.PASSWORD)
    desk.page.wait_for_url("**/worklist")
    desk.opens_the_next_reading()
    found = [pane(desk, side) for side in ("left", "right")]
    desk.types("Equal ArrowDown ArrowDown")
    found += [pane(desk, side) for side in ("left", "right")]
    failures = desk.failures
    desk.close()
    assert not failures
    return found


def pane(desk: Desk, side: str) -> np.ndarray:
    desk.page.wait_for_timeout(1500)
    picture = Image.open(io.BytesIO(desk.page.get_by_test_id(f"pane-{side}").screenshot())).convert("L")
    return np.asarray(picture.reduce(BLOCK), dtype=float)


def test_both_paths_draw_the_same_greys(browser, card, ana, stack):
    without, with_card = pictures(browser, stack.address), pictures(card, stack.address, script=A_CARD)
    for one, other in zip(without, with_card, strict=True):
        assert one.std() > 15, "a picture, not a black pane"
        assert other.std() > 15, "a picture, not a black pane"
        assert np.median(np.abs(one - other)) < 4, "of 255 grey levels"
        assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.97


def test_a_slope_changes_values_and_windows_alike_and_no_grey(browser, ana, stack):
    before = pictures(browser, stack.address)
    Instance.objects.update(slope=0.5, intercept=-40)
    for series in Series.objects.all():
        series.window_low, series.window_high = 0.5 * series.window_low - 40, 0.5 * series.window_high - 40
        series.save()
    for one, other in zip(before, pictures(browser, stack.address), strict=True):
        assert one.std() > 15, "a picture, not a black pane"
        assert np.abs(one - other)[:-LEGEND].max() < 2, "of 255 grey levels"
