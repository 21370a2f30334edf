"""How far a series reaches, and how its slices follow each other."""

from dataclasses import replace

import numpy as np
import pytest

from studies.dicom import read
from studies.extents import extent_mm, overlap, steps_mm
from studies.geometry import Geometry, read_geometry, vector
from tests import dicom, real


def series(*indices: int, plane: str = "sagittal") -> list[Geometry]:
    return [read_geometry(dicom.image(plane=plane, index=index)) for index in indices]


def test_steps_do_not_depend_on_the_order_of_the_files():
    assert steps_mm(series(3, 0, 2, 1)) == [4.0, 4.0, 4.0]


def test_a_missing_slice_is_a_step_twice_as_long():
    assert steps_mm(series(0, 1, 3, 4)) == [4.0, 8.0, 4.0]


def test_two_slices_at_one_place_are_a_step_of_nothing():
    assert steps_mm(series(0, 1, 1, 2)) == [4.0, 0.0, 4.0]


@pytest.mark.parametrize("n", [0, 1])
def test_a_single_slice_has_no_steps(n):
    assert steps_mm(series(*range(n))) == []


def test_fanned_slices_are_measured_between_their_centres():
    """As axial slices that follow the discs: each turned about its own centre, against its neighbour."""
    fanned = [turned(one, degrees) for one, degrees in zip(series(0, 1, 2), (7, 0, -7), strict=True)]
    assert steps_mm(fanned) == pytest.approx([4.0, 4.0], abs=0.001)


def turned(one: Geometry, degrees: float) -> Geometry:
    angle = np.radians(degrees)
    turned = replace(one, column_direction=(float(np.sin(angle)), 0.0, -float(np.cos(angle))))
    moved = np.add(one.position, np.subtract(one.centre, turned.centre))
    return replace(turned, position=vector(moved))


def test_an_oblique_stack_is_measured_across_its_slices_and_not_along_the_body():
    tilt = np.radians(20)
    normal = np.array([np.cos(tilt), np.sin(tilt), 0])
    row = (-float(np.sin(tilt)), float(np.cos(tilt)), 0.0)
    oblique = [
        replace(one, row_direction=row, position=tuple(float(part) for part in 4.0 * n * normal))
        for n, one in enumerate(series(0, 1, 2))
    ]
    assert steps_mm(oblique) == pytest.approx([4.0, 4.0], abs=0.001)


def test_a_sagittal_series_is_as_high_as_its_rows_and_as_wide_as_its_slices_lie_apart():
    assert extent_mm(series(0, 1, 2)) == pytest.approx((8.0, 24 * 0.75, 32 * 0.5))


def test_an_axial_series_is_as_high_as_its_slices_lie_apart():
    assert extent_mm(series(0, 1, 2, plane="axial"))[2] == pytest.approx(8.0)


def test_the_overlap_is_the_share_of_the_smaller_series_along_the_worst_axis():
    assert overlap(series(0, 1, 2, 3, 4), series(0, 1, 2, 3, 4)) == pytest.approx(1.0)
    assert overlap(series(0, 1, 2, 3, 4), series(2, 3, 4, 5, 6)) == pytest.approx(0.5)
    assert overlap(series(0, 1), series(5, 6)) < 0


def test_a_real_axial_series_that_follows_the_discs_shows_its_gaps():
    """Blocks of slices, each along a disc, at 4.5 mm; between the blocks nothing was imaged."""
    folder = real.folder("hitachi-lspine-stir-t1-t2") / "DCMDT"
    axial = [read_geometry(read(folder / f"D{n:07}")) for n in range(22, 39)]
    steps = steps_mm(axial)
    gaps = [step for step in steps if step > 6]
    assert [step for step in steps if step <= 6] == pytest.approx([4.5] * (16 - len(gaps)), abs=0.1)
    assert sorted(gaps) == pytest.approx([16.5, 21.9, 25.0, 26.4], abs=0.1)
