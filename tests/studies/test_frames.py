import numpy as np
import pytest
from django.http import Http404

from studies import frames
from studies.frames import ImagesOutput
from studies.models import Case
from studies.planes import decode
from studies.stacks import middle_first
from tests import dicom

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(study, people, imported):
    t2 = dicom.stack(role="T2", plane="axial", series=3, n=3)
    imported(study, people.dora, [*t2.values(), *dicom.exam().values()])
    return Case.objects.get()


def received_by_browser(case, number: int) -> dict[int, np.ndarray]:
    """The slices of a series by place, split and unpacked as the viewer does it."""
    series = frames.describe(case, "/x")["series"][number - 1]
    body, found = frames.packed(case, number).read_bytes(), {}
    for place in series["transfer_order"]:
        size = series["slices"][place]["bytes"]
        plane, body = body[:size], body[size:]
        found[place] = decode(plane, rows=series["rows"], columns=series["columns"], is_signed=series["is_signed"])
    assert body == b""
    return found


@pytest.mark.parametrize(("count", "order"), [(0, []), (1, [0]), (2, [1, 0]), (5, [2, 3, 1, 4, 0]), (4, [2, 3, 1, 0])])
def test_the_middle_comes_first_and_the_rest_outwards(count, order):
    assert middle_first(count) == order


def test_series_come_sagittal_first_and_in_the_order_of_reading(case):
    labels = [one["label"] for one in frames.describe(case, "/x")["series"]]
    assert labels == ["STIR sagittal", "T1 sagittal", "T2 axial"]


def test_every_slice_arrives_pixel_by_pixel_in_its_place(case):
    for number, series in ((1, 1), (2, 2), (3, 3)):
        for place, pixels in received_by_browser(case, number).items():
            assert np.array_equal(pixels, dicom.noise(1, series, place))


def test_slices_run_from_right_to_left(case):
    series = frames.describe(case, "/x")["series"][0]
    assert series["slice_normal"] == (1, 0, 0)
    assert [one["position"] for one in series["slices"]] == [[x, -80, 60] for x in (-60, -56, -52, -48, -44)]


def test_geometry_is_that_of_the_file(case):
    series = frames.describe(case, "/x")["series"][0]
    assert (series["rows"], series["columns"]) == (32, 24)
    assert (series["row_spacing_mm"], series["column_spacing_mm"]) == (0.5, 0.75)
    assert (series["row_direction"], series["column_direction"]) == ([0, 1, 0], [0, 0, -1])


def test_series_of_one_exam_share_a_frame(case):
    assert [one["frame"] for one in frames.describe(case, "/x")["series"]] == [1, 1, 1]


def test_pixels_are_asked_for_behind_the_same_door(case):
    assert frames.describe(case, "/api/readings/CODE/images")["series"][1]["pixels"] == "/api/readings/CODE/images/2"


def test_it_says_exactly_what_its_schema_lists(case):
    given = frames.describe(case, "/x")["series"][0]
    schema = ImagesOutput().fields["series"].child.fields
    assert set(given) == set(schema)
    assert set(given["slices"][0]) == set(schema["slices"].child.fields)
    assert ImagesOutput(frames.describe(case, "/x")).data["series"][0]["window"] == given["window"]


def test_it_names_no_uid_and_no_code(case):
    given = str(frames.describe(case, "/x"))
    assert "2.25." not in given
    assert case.code not in given
    assert case.exam.subject.pseudonym not in given


@pytest.mark.parametrize("number", [0, 4])
def test_a_series_that_is_not_there_is_not_found(case, number):
    with pytest.raises(Http404):
        frames.packed(case, number)


def test_describing_asks_the_database_three_times(case, django_assert_max_num_queries):
    fresh = Case.objects.get()
    with django_assert_max_num_queries(3):
        frames.describe(fresh, "/x")
