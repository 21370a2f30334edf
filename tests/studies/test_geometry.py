import numpy as np
import pytest

from studies.errors import Refused
from studies.geometry import distance_mm, nearest_axis, plane, read_geometry, slice_normal, stack_normal
from tests import dicom


@pytest.mark.parametrize("name", ["sagittal", "axial", "coronal"])
def test_the_plane_is_told_from_the_orientation(name):
    assert plane(read_geometry(dicom.image(plane=name)).slice_normal) == name


def test_a_plane_tilted_45_degrees_is_oblique():
    half = np.sqrt(0.5)
    assert plane((half, half, 0)) == "oblique"


def test_a_slightly_tilted_sagittal_plane_is_sagittal():
    assert plane((0.999467, -0.02681, -0.018617)) == "sagittal"


def test_sagittal_slices_run_from_right_to_left_however_the_scanner_turned_them():
    assert slice_normal((0, 1, 0), (0, 0, -1)) == (1, 0, 0)
    assert slice_normal((0, -1, 0), (0, 0, -1)) == (1, 0, 0)


def test_axial_slices_run_from_feet_to_head_and_coronal_ones_from_front_to_back():
    assert slice_normal((1, 0, 0), (0, 1, 0)) == (0, 0, 1)
    assert slice_normal((1, 0, 0), (0, 0, -1)) == (0, 1, 0)


def test_row_spacing_comes_first_in_pixel_spacing():
    geometry = read_geometry(dicom.image())
    assert (geometry.row_spacing_mm, geometry.column_spacing_mm) == (0.5, 0.75)


def test_the_centre_of_a_slice_lies_half_the_field_of_view_from_its_first_pixel():
    geometry = read_geometry(dicom.image())  # 32 rows of 0.5 mm to the feet, 24 columns of 0.75 mm to the back
    assert geometry.centre == (-60.0, -80.0 + 23 * 0.75 / 2, 60.0 - 31 * 0.5 / 2)


def test_slices_are_ordered_by_position_along_the_normal():
    positions = [read_geometry(dicom.image(index=index)) for index in (3, 0, 2, 1)]
    normal = stack_normal([one.slice_normal for one in positions])
    assert [distance_mm(one.centre, normal) for one in positions] == [-48.0, -60.0, -52.0, -56.0]


def test_slices_that_follow_the_discs_have_a_common_normal():
    assert stack_normal([(0, 0.6, 0.8), (0, -0.6, 0.8)]) == (0, 0, 1)


def test_small_tilts_stay_on_one_grid_and_other_planes_do_not():
    assert nearest_axis((0.03, -0.35, 0.94)) == nearest_axis((0.05, -0.03, 0.99)) == "axial"
    assert read_geometry(dicom.image(plane="sagittal")).grid != read_geometry(dicom.image(plane="axial")).grid


@pytest.mark.parametrize("keyword", ["ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing"])
def test_it_refuses_a_slice_that_is_nowhere(keyword):
    dataset = dicom.image()
    del dataset[keyword]
    with pytest.raises(Refused, match="no_geometry"):
        read_geometry(dataset)


@pytest.mark.parametrize("orientation", [[0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 1, 0], [0, 2, 0, 0, 0, -1]])
def test_it_refuses_directions_that_are_no_right_angle_of_unit_vectors(orientation):
    dataset = dicom.image()
    dataset.ImageOrientationPatient = orientation
    with pytest.raises(Refused, match="no_geometry"):
        read_geometry(dataset)


def test_it_refuses_a_pixel_without_size():
    dataset = dicom.image()
    dataset.PixelSpacing = [0, 0.5]
    with pytest.raises(Refused, match="no_geometry"):
        read_geometry(dataset)
