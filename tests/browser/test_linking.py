"""Two panes scroll together by millimetres of the patient: with each slice of one comes the nearest of the other."""

import io
import re
from pathlib import Path

import numpy as np
import pydicom
import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, expect
from pydicom.dataset import Dataset

from demo.phantom import simulate, write_dicom
from scoring import allocation
from tests import cast, real, scene
from tests.browser.desk import Desk, comes_to_be

STIR_MM, T1_MM = 4.8, 4.4  # from slice to slice
N_SLICES = 9
APART = re.compile(r"^(?:offset )?[+−]\d+\.\d mm$", re.MULTILINE)  # in the bottom line a minus is a hyphen
SAME_MM = 0.05  # nearer than that, nothing is said


def space(folder: Path, spacing_mm: float) -> list[Dataset]:
    """Moves the slices of a series apart, around the middle of the patient."""
    paths = sorted(folder.glob("*"))
    for index, path in enumerate(paths):
        dataset = pydicom.dcmread(path)
        _, y, z = dataset.ImagePositionPatient
        dataset.ImagePositionPatient = [round((index - (len(paths) - 1) / 2) * spacing_mm, 4), y, z]
        dataset.SpacingBetweenSlices = spacing_mm
        dataset.save_as(path)
    return [pydicom.dcmread(path) for path in paths]


def opens(folder: Path, desk) -> Desk:
    """Ana has one case to read, and opens it."""
    people = cast.invite()
    study = cast.open_study(people)
    call_command("import_dicom", study.code, str(folder), stdout=io.StringIO())
    scene.accept(study.cases.get())
    allocation.allot(study, actor=people.dora)
    ana = desk("ana")
    ana.signs_in(cast.PASSWORD)
    ana.page.wait_for_url("**/worklist")
    ana.opens_the_next_reading()
    return ana


def centres(series: list[Dataset]) -> np.ndarray:
    """Of the slices, patient LPS in mm, from right to left."""
    return np.array(sorted((centre(one) for one in series), key=lambda point: point[0]))


def centre(one: Dataset) -> list[float]:
    row, column = np.reshape(np.array(one.ImageOrientationPatient, dtype=float), (2, 3))
    down, right = (float(mm) for mm in one.PixelSpacing)
    position = np.array(one.ImagePositionPatient, dtype=float)
    return list(position + row * right * (one.Columns - 1) / 2 + column * down * (one.Rows - 1) / 2)


def normal(one: Dataset) -> np.ndarray:
    row, column = np.reshape(np.array(one.ImageOrientationPatient, dtype=float), (2, 3))
    across = np.cross(row, column)
    return across * np.sign(across[np.abs(across).argmax()])


def shown(desk: Desk, side: str) -> tuple[int, float]:
    """The slice of a pane, counted from 0, and where it says it lies."""
    return int(desk.pane(side, "slice")) - 1, float(desk.pane(side, "slice-mm"))


def apart(desk: Desk) -> str:
    """What the right pane says of its distance to the left one."""
    found = APART.search(desk.page.get_by_test_id("pane-right").inner_text())
    return found.group() if found else ""


def in_words(mm: float) -> str:
    return "" if abs(mm) <= SAME_MM else f"{'+' if mm > 0 else '−'}{abs(mm):.1f} mm"


def walks(desk: Desk, leader: str, follower: str, places: dict[str, np.ndarray]) -> None:
    """Every slice of one pane. `places`: mm of the slices of each pane along one normal."""
    desk.types("ArrowLeft Home" if leader == "left" else "ArrowRight Home")
    for index, mm in enumerate(places[leader]):
        nearest = int(np.abs(places[follower] - mm).argmin())
        further = places[follower][nearest] - mm
        expected = (
            (index, pytest.approx(mm, abs=0.06)),
            (nearest, pytest.approx(places[follower][nearest], abs=0.06)),
            in_words(further if leader == "left" else -further),
        )
        comes_to_be(expected, lambda: (shown(desk, leader), shown(desk, follower), apart(desk)))
        desk.types("ArrowDown")


@pytest.fixture
def pair(tmp_path) -> tuple[Path, dict[str, np.ndarray]]:
    """A phantom whose STIR and T1 have slices at other places, and where they lie."""
    write_dicom(simulate(7, [], size=96, n_slices=N_SLICES), tmp_path / "neck", subject="S-01")
    stir, t1 = space(tmp_path / "neck" / "stir", STIR_MM), space(tmp_path / "neck" / "t1", T1_MM)
    return tmp_path / "neck", {"left": centres(stir)[:, 0], "right": centres(t1)[:, 0]}


def test_each_slice_brings_the_nearest_of_the_other_series_and_says_how_far_it_lies(pair, desk):
    folder, places = pair
    ana = opens(folder, desk)
    walks(ana, "left", "right", places)
    walks(ana, "right", "left", places)


def test_a_pane_moved_alone_by_keys_stays_as_far_away_and_says_so(pair, desk):
    folder, _ = pair
    ana = opens(folder, desk)
    for keys, expected in (
        ("ArrowRight Alt+ArrowDown Alt+ArrowDown", (4, 6, f"offset +{2 * T1_MM:.1f} mm")),
        ("ArrowLeft ArrowUp", (3, 5, f"offset +{T1_MM + STIR_MM:.1f} mm")),
        ("l l", (3, 3, in_words(STIR_MM - T1_MM))),
    ):
        ana.types(keys)
        comes_to_be(expected, lambda: (shown(ana, "left")[0], shown(ana, "right")[0], apart(ana)))


@pytest.fixture
def lumbar() -> tuple[Path, dict[str, list[Dataset]]]:
    """A real study of a Hitachi scanner: sagittal slices tilted by a degree and a half, axial ones by twenty."""
    folder = real.folder("hitachi-lspine-stir-t1-t2")
    series: dict[str, list[Dataset]] = {}
    for path in sorted(folder.glob("DCMDT/*")):
        dataset = pydicom.dcmread(path, stop_before_pixels=True)
        series.setdefault(dataset.get("SeriesDescription", ""), []).append(dataset)
    return folder, series


def test_oblique_slices_of_a_real_study_go_together(lumbar, desk):
    folder, series = lumbar
    stir, t1 = series["STIR SAG"], series["T1 SAG"]
    along = normal(stir[0])
    walks(opens(folder, desk), "left", "right", {"left": centres(stir) @ along, "right": centres(t1) @ along})


def test_an_axial_slice_of_a_real_study_is_drawn_where_it_crosses_the_sagittal_one(lumbar, desk):
    folder, series = lumbar
    ana = opens(folder, desk)
    ana.types("ArrowRight")
    while ana.pane("right", "role") != "T1" or ana.pane("right", "linked") != "none":
        ana.types("PageDown")
        ana.settles()
    line = ana.page.get_by_test_id("pane-left").get_by_test_id("reference-line")
    ana.types("Home")
    for axial in sorted(series["T1 AX"], key=lambda one: centre(one)[2]):
        where = pytest.approx(np.array(crossing(ana, series["STIR SAG"], axial)), abs=1)
        comes_to_be(where, lambda: ends(line))
        ana.types("ArrowDown")
    ana.types("c")
    expect(line).to_have_count(0)


def ends(line: Locator) -> list[list[float]]:
    drawn = [float(line.get_attribute(name) or "nan") for name in ("x1", "y1", "x2", "y2")]
    return sorted([drawn[:2], drawn[2:]])


def crossing(desk: Desk, stir: list[Dataset], axial: Dataset) -> list[list[float]]:
    """Where the middle sagittal slice cuts the upper and the lower edge of an axial one, in pixels of the left pane."""
    box = desk.page.get_by_test_id("pane-left").bounding_box()
    assert box
    middle = centres(stir)[len(stir) // 2]
    mm = float(desk.pane("left", "mm-per-pixel"))
    right, down = np.reshape(np.array(stir[0].ImageOrientationPatient, dtype=float), (2, 3))
    row, column = np.reshape(np.array(axial.ImageOrientationPatient, dtype=float), (2, 3))
    across = np.cross(right, down)
    ends = []
    for edge in (-0.5, axial.Rows - 0.5):
        start = np.array(axial.ImagePositionPatient, dtype=float) + column * edge * float(axial.PixelSpacing[0])
        point = start + row * (across @ (middle - start)) / (across @ row) - middle
        ends.append([box["width"] / 2 + point @ right / mm, box["height"] / 2 + point @ down / mm])
    return sorted(ends)
