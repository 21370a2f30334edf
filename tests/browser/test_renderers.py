"""The viewer draws on a graphics card and without one, and a reader sees the same greys at the same places.

A ramp holds each of the 65,536 values that 16 bits have. Both paths draw it, a pixel of the image on a pixel of the
screen, at the windows a reader can choose, and every pixel is compared.
"""

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pydicom
import pytest
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Browser

from demo.phantom import simulate, write_dicom
from scoring import allocation
from studies.models import Instance, Series
from tests import cast, scene
from tests.browser.conftest import FLAGS
from tests.browser.desk import WINDOW, Desk, comes_to_be

WITH_WEBGL = [flag for flag in FLAGS if flag != "--disable-gpu"]
WITH_WEBGL += ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
# The viewer takes its other path where the card's name says software, as this one's does: give it another name.
A_CARD = """
const ask = WebGL2RenderingContext.prototype.getParameter;
WebGL2RenderingContext.prototype.getParameter = function (name) {
  return name === 0x9246 ? "A graphics card" : ask.call(this, name);
};
"""
ROWS, COLUMNS = 800, 640  # several pixels for every value; the window is made so large that a pane has as many
BORDER = 2  # screen pixels: there the pane has its frame
WINDOWS = ["Auto", "Marrow", "Bright fluid", "Wide"]
SIDES = ("left", "right")
Pictures = dict[str, np.ndarray]


def ramp(*, is_signed: bool) -> np.ndarray:
    values = np.linspace(0, 65535, ROWS * COLUMNS).round().astype(int).reshape(ROWS, COLUMNS)
    return (values - 32768).astype(np.int16) if is_signed else values.astype(np.uint16)


def write_ramps(folder: Path) -> None:
    """STIR is an unsigned ramp, T1 a signed one."""
    write_dicom(simulate(7, [], size=64, n_slices=3), folder, subject="S-01")
    for path in folder.glob("*/*"):
        dataset = pydicom.dcmread(path)
        is_signed = path.parent.name == "t1"
        dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 15, int(is_signed)
        dataset.Rows, dataset.Columns = ROWS, COLUMNS
        dataset.PixelData = ramp(is_signed=is_signed).tobytes()
        dataset.save_as(path)


@pytest.fixture
def ana(stack, tmp_path):
    """Ana has one case to read: ramps."""
    people = cast.invite()
    study = cast.open_study(people)
    write_ramps(tmp_path / "ramps")
    call_command("import_dicom", study.code, str(tmp_path / "ramps"), stdout=io.StringIO())
    scene.accept(study.cases.get())
    allocation.allot(study, actor=people.dora)
    return people.ana


SQUARE = slice(40, 60), slice(30, 70)  # rows and columns of a bright field on black
SPACING_MM = {"stir": (2.4, 1.6), "t1": (1.5, 2.1)}  # of rows, of columns: pixels need not be square


@pytest.fixture
def landmarks(stack, tmp_path) -> dict[str, list[float]]:
    """Ana has one case to read: a bright field in each series. Its edges by pane, in mm from the middle of STIR."""
    people = cast.invite()
    study = cast.open_study(people)
    write_dicom(simulate(7, [], size=128, n_slices=3), tmp_path / "fields", subject="S-01")
    edges = {path.parent.name: write_field(path) for path in sorted((tmp_path / "fields").glob("*/*"))}
    call_command("import_dicom", study.code, str(tmp_path / "fields"), stdout=io.StringIO())
    scene.accept(study.cases.get())
    allocation.allot(study, actor=people.dora)
    return {"left": edges["stir"], "right": edges["t1"]}


def write_field(path: Path) -> list[float]:
    dataset = pydicom.dcmread(path)
    rows_mm, columns_mm = dataset.PixelSpacing = list(SPACING_MM[path.parent.name])
    pixels = np.zeros((dataset.Rows, dataset.Columns), np.uint16)
    pixels[SQUARE] = 1000
    dataset.PixelData = pixels.tobytes()
    dataset.save_as(path)
    # The corner of the first pixel is the same in both series, its centre is what the header says.
    middle = [SPACING_MM["stir"][1] * 63.5, SPACING_MM["stir"][0] * 63.5]
    across, down = ([end - 0.5 for end in (field.start, field.stop)] for field in reversed(SQUARE))
    return [mm * columns_mm - middle[0] for mm in across] + [mm * rows_mm - middle[1] for mm in down]


@pytest.fixture
def card(browser):
    """A Chromium that draws through WebGL."""
    running = browser.browser_type.launch(executable_path=browser_path(), args=WITH_WEBGL)
    yield running
    running.close()


def browser_path() -> str:
    from launcher import browser as chromium

    return chromium.find()


def rescale(*, slope: float, intercept: float) -> None:
    """As if the scanner had said so; windows are in values, so they move along."""
    Instance.objects.update(slope=slope, intercept=intercept)
    for series in Series.objects.all():
        ends = sorted(slope * end + intercept for end in (series.window_low, series.window_high))
        series.window_low, series.window_high = ends
        series.save()


def opened(browser: Browser, address: str, *, script: str = "", fineness: int = 1) -> Desk:
    """Ana's reading, with nothing over the images. `fineness`: pixels of the screen in a pixel of the page."""
    desk = Desk("ana", browser, address)
    if script:
        desk.page.add_init_script(script)
    if fineness != 1:
        screen = {**WINDOW, "deviceScaleFactor": fineness, "mobile": False}
        desk.context.new_cdp_session(desk.page).send("Emulation.setDeviceMetricsOverride", screen)
    desk.signs_in(cast.PASSWORD)
    desk.page.wait_for_url("**/worklist")
    desk.opens_the_next_reading()
    desk.settles()
    desk.page.keyboard.down("h")
    return desk


def pictures(browser: Browser, address: str, *, windows: list[str], script: str = "") -> Pictures:
    """Both panes through these windows, through a narrower one, and inverted; last of all enlarged."""
    desk = opened(browser, address, script=script)
    fits(desk)
    found = dict(looks(desk, windows))
    failures = desk.failures
    desk.close()
    assert not failures
    return found


def fits(desk: Desk) -> None:
    """Makes the window so large that an image fills its pane, pixel by pixel."""
    size = desk.page.viewport_size
    assert size
    width, height = pane_size(desk, "left")
    wider, higher = 2 * (COLUMNS - width), ROWS - height
    desk.page.set_viewport_size({"width": int(size["width"] + wider), "height": int(size["height"] + higher)})
    desk.settles()
    desk.types("Space")
    comes_to_be([(COLUMNS, ROWS)] * 2, lambda: [pane_size(desk, side) for side in SIDES])


def pane_size(desk: Desk, side: str) -> tuple[float, float]:
    box = desk.page.get_by_test_id(f"pane-{side}").bounding_box()
    assert box
    return box["width"], box["height"]


def looks(desk: Desk, windows: list[str]) -> Iterator[tuple[str, np.ndarray]]:
    for window in windows:
        yield from both(desk, window, f"Shift+{WINDOWS.index(window) + 1}")
    for side in SIDES:
        narrows(desk, side)
    yield from both(desk, "narrow")
    yield from both(desk, "inverted", "i")
    desk.types("Equal Equal")  # the panes are linked
    yield from both(desk, "enlarged")


def narrows(desk: Desk, side: str) -> None:
    """To less than a half, by the mouse."""
    box = desk.page.get_by_test_id(f"pane-{side}").bounding_box()
    assert box
    x, y = box["x"] + box["width"] - 50, box["y"] + 300
    desk.page.mouse.move(x, y)
    desk.page.mouse.down()
    desk.page.mouse.move(x - 200, y + 40)
    desk.page.mouse.up()


def both(desk: Desk, name: str, key: str = "") -> Iterator[tuple[str, np.ndarray]]:
    if key:
        desk.types(f"ArrowLeft {key} ArrowRight {key}")
    desk.settles()
    for side in SIDES:
        low, high = (desk.pane(side, f"window-{end}") for end in ("low", "high"))
        yield f"{name}, {side}, {low} to {high}", pane(desk, side)


def pane(desk: Desk, side: str) -> np.ndarray:
    picture = Image.open(io.BytesIO(desk.page.get_by_test_id(f"pane-{side}").screenshot())).convert("L")
    return np.asarray(picture, dtype=int)[BORDER:-BORDER, BORDER:-BORDER]


def assert_same_greys(ones: Pictures, others: Pictures) -> None:
    assert list(ones) == list(others), "the same windows"
    for name in ones:
        assert len(np.unique(ones[name])) > 100, f"a ramp, not an even pane: {name}"
        assert np.abs(ones[name] - others[name]).max() <= 1, f"of 255 grey levels, at any pixel: {name}"


@pytest.mark.parametrize(
    ("slope", "intercept", "windows"), [(1, 0, WINDOWS), (0.5, -40, ["Bright fluid"]), (-2, 300, ["Auto"])]
)
def test_both_paths_draw_the_same_greys(browser, card, ana, stack, slope, intercept, windows):
    rescale(slope=slope, intercept=intercept)
    without, with_card = (
        pictures(running, stack.address, windows=windows, script=script)
        for running, script in ((browser, ""), (card, A_CARD))
    )
    assert_same_greys(without, with_card)


@pytest.mark.parametrize("fineness", [1, 2])
def test_both_paths_put_things_where_the_patient_has_them(browser, card, landmarks, stack, fineness):
    expected = [landmarks[side] for side in SIDES]
    for running, script in ((browser, ""), (card, A_CARD)):
        desk = opened(running, stack.address, script=script, fineness=fineness)
        for keys in ("", *["f ArrowDown ArrowUp f"] * 3):  # as opened, and after one pane was alone for a moment
            desk.types(keys)
            desk.settles()
            comes_to_be(pytest.approx(np.array(expected), abs=0.5), partial(edges_of_both, desk))  # in mm
        desk.close()


def edges_of_both(desk: Desk) -> list[list[float]]:
    return [edges(desk, side) for side in SIDES]


def edges(desk: Desk, side: str) -> list[float]:
    """Left, right, upper and lower edge of what is bright, in mm from the middle of a pane."""
    picture = pane(desk, side)
    bright = picture > picture.max() / 2
    mm = float(desk.pane(side, "mm-per-pixel")) * pane_size(desk, side)[0] / (picture.shape[1] + 2 * BORDER)
    found = []
    for axis in (0, 1):
        along = np.flatnonzero(bright.any(axis=axis))
        middle = bright.shape[1 - axis] / 2
        found += [(along[0] - middle) * mm, (along[-1] + 1 - middle) * mm]
    return found


def test_a_slope_changes_values_and_windows_alike_and_no_grey(browser, ana, stack):
    before = pictures(browser, stack.address, windows=["Marrow"])
    rescale(slope=0.5, intercept=0)
    after = pictures(browser, stack.address, windows=["Marrow"])
    for one, other in zip(before.values(), after.values(), strict=True):
        assert np.abs(one - other).max() <= 1, "of 255 grey levels"
