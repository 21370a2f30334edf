"""An Enhanced MR file gives the same slices as the classic files it could have been written as."""

import numpy as np
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGLSLossless, RLELossless

from studies.deidentify import reading_copy
from studies.dicom import read
from studies.errors import Refused
from studies.extents import steps_mm
from studies.geometry import plane
from studies.models import Case, Series
from studies.multiframe import by_offsets, slices
from studies.physics import recognise
from studies.walk import Span
from tests import dicom, real

KEY = b"a study's key"


@pytest.fixture
def of(tmp_path):
    """of(dataset): the reading copies of a file."""

    def copies(dataset):
        path = tmp_path / "file"
        path.write_bytes(dicom.part10(dataset) if not isinstance(dataset, bytes) else dataset)
        return [reading_copy(flat, pixels, key=KEY) for flat, pixels in slices(read(path))]

    return copies


def stir(n: int = 4):
    return [dicom.image(index=index) for index in range(n)]


def test_every_frame_is_the_slice_it_was(of):
    classic = [copy for one in stir() for copy in of(one)]
    enhanced = of(dicom.enhanced(stir()))
    assert [one.pixels_sha256 for one in enhanced] == [one.pixels_sha256 for one in classic]
    assert [one.geometry for one in enhanced] == [one.geometry for one in classic]


def test_its_physics_are_found_in_the_functional_groups(of):
    first = of(dicom.enhanced(stir()))[0]
    assert first.parameters["repetition_time_ms"] == 4000
    assert first.parameters["echo_time_ms"] == 60
    assert first.parameters["inversion_time_ms"] == 160
    assert first.parameters["echo_train_length"] == 8
    assert first.sequences == ["SE", "IR"]
    assert recognise(first.parameters, first.sequences).role == "STIR"


def test_each_frame_has_a_uid_of_its_own_that_stays(of):
    uids = [one.instance_uid for one in of(dicom.enhanced(stir()))]
    assert len(set(uids)) == 4
    assert [one.instance_uid for one in of(dicom.enhanced(stir()))] == uids
    assert len({one.series_uid for one in of(dicom.enhanced(stir()))}) == 1


def test_what_a_frame_says_of_itself_counts_more_than_what_all_share(of):
    whole = dicom.enhanced(stir())
    whole.PerFrameFunctionalGroupsSequence[2].MREchoSequence = dicom.macro(EffectiveEchoTime=90.0)
    assert [one.parameters["echo_time_ms"] for one in of(whole)] == [60, 60, 90, 60]


def test_each_frame_is_rescaled_by_itself(of):
    whole = dicom.enhanced(stir(2))
    whole.PerFrameFunctionalGroupsSequence[1].PixelValueTransformationSequence = dicom.macro(
        RescaleSlope=2.5, RescaleIntercept=-10
    )
    first, second = of(whole)
    assert (first.slope, first.intercept) == (1, 0)
    assert (second.slope, second.intercept) == (2.5, -10)
    assert second.high == pytest.approx(2.5 * np.percentile(dicom.noise(1, 1, 1)[::2, ::2], 99.5) - 10, rel=0.02)


def test_frames_of_phase_are_left_out(of):
    whole = dicom.enhanced(stir())
    whole.PerFrameFunctionalGroupsSequence[1].MRImageFrameTypeSequence = dicom.macro(ComplexImageComponent="PHASE")
    assert len(of(whole)) == 3


def test_a_file_of_nothing_but_phase_is_refused_and_said(of):
    whole = dicom.enhanced(stir())
    for group in whole.PerFrameFunctionalGroupsSequence:
        group.MRImageFrameTypeSequence = dicom.macro(ComplexImageComponent="PHASE")
    with pytest.raises(Refused, match="no_magnitude"):
        of(whole)


def test_an_inversion_that_was_not_switched_on_is_none(of):
    whole = dicom.enhanced(stir())
    whole.SharedFunctionalGroupsSequence[0].MRModifierSequence[0].InversionRecovery = "NO"
    first = of(whole)[0]
    assert "inversion_time_ms" not in first.parameters
    assert first.sequences == ["SE"]


@pytest.mark.parametrize(("administered", "found"), [("YES", True), (None, True), ("NO", False)])
def test_a_contrast_medium_counts_unless_the_frame_says_it_was_still_to_come(of, administered, found):
    whole = dicom.enhanced(stir())
    whole.ContrastBolusAgentSequence = dicom.macro(CodeMeaning="canary agent")
    for group in whole.PerFrameFunctionalGroupsSequence:
        group.ContrastBolusUsageSequence = dicom.macro(ContrastBolusAgentAdministered=administered)
    assert [one.has_contrast for one in of(whole)] == [found] * 4


def test_without_a_named_medium_nothing_was_given(of):
    assert not of(dicom.enhanced(stir()))[0].has_contrast


def test_a_frame_says_what_came_before_and_what_after_contrast(of):
    whole = dicom.enhanced([dicom.image(role="T1", index=index) for index in range(2)])
    whole.ContrastBolusAgentSequence = dicom.macro(CodeMeaning="canary agent")
    for group, told in zip(whole.PerFrameFunctionalGroupsSequence, ("NO", "YES"), strict=True):
        group.ContrastBolusUsageSequence = dicom.macro(ContrastBolusAgentAdministered=told)
    found = [recognise(one.parameters, one.sequences, has_contrast=one.has_contrast).role for one in of(whole)]
    assert found == ["T1", "T1C"]


@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless])
def test_compressed_frames_are_decoded_one_by_one(of, syntax):
    frames = []
    for one in stir():
        one.compress(syntax, generate_instance_uid=False)
        frames.append(next(iter_frames(one)))
    whole = dicom.enhanced(stir())
    whole.file_meta.TransferSyntaxUID = syntax
    whole.PixelData = encapsulate(frames)
    whole["PixelData"].is_undefined_length = True
    plain = of(dicom.enhanced(stir()))
    assert [one.pixels_sha256 for one in of(whole)] == [one.pixels_sha256 for one in plain]


def iter_frames(dataset):
    from pydicom.encaps import generate_frames

    return generate_frames(dataset.PixelData, number_of_frames=1)


def test_a_frame_in_several_fragments_is_found_by_the_offset_table():
    fragments = [Span(100, 10), Span(118, 10), Span(136, 10)]
    table = np.array([0, 36], "<u4").tobytes()
    assert by_offsets(table, fragments, count=2) == [fragments[:2], fragments[2:]]


@pytest.mark.parametrize("offsets", [[], [0], [0, 7], [36, 0], [0, 0]])
def test_an_offset_table_that_does_not_fit_is_broken(offsets):
    fragments = [Span(100, 10), Span(118, 10), Span(136, 10)]
    with pytest.raises(Refused, match="broken"):
        by_offsets(np.array(offsets, "<u4").tobytes(), fragments, count=2)


def test_fewer_functional_groups_than_frames_are_broken(of):
    whole = dicom.enhanced(stir())
    del whole.PerFrameFunctionalGroupsSequence[3]
    with pytest.raises(Refused, match="broken"):
        of(whole)


@pytest.mark.django_db
def test_an_enhanced_stir_with_a_classic_t1_is_one_case(study, people, imported):
    whole = dicom.part10(dicom.enhanced([dicom.image(index=index) for index in range(5)]))
    upload = imported(study, people.dora, [whole, *dicom.stack(role="T1", series=2).values()])
    assert set(upload.files.values_list("verdict", flat=True)) == {"imported"}
    assert sorted(Series.objects.values_list("role", "plane")) == [("STIR", "sagittal"), ("T1", "sagittal")]
    assert [one.instances.count() for one in Series.objects.all()] == [5, 5]
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_real_enhanced_head_is_one_stack_in_order(study, people, imported):
    path = real.folder("siemens-xa30-enhanced-head-t1") / "enhanced_96frames.dcm"
    imported(study, people.dora, [path.read_bytes()])
    series = Series.objects.get()
    places = list(series.instances.values_list("distance_mm", flat=True))
    assert (series.plane, series.role, series.role_doubt) == ("sagittal", "T1", "gradient_echo")
    assert len(places) == 96
    assert np.diff(places) == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize(
    ("folder", "n_files", "n_slices", "plane_of_it", "recognised", "step_mm"),
    [
        ("ge_anatomical_001", 4, 4, "sagittal", ("T1", "gradient_echo"), 1.0),
        ("generic_compressed_001", 4, 4, "sagittal", ("OTHER", ""), 1.0),  # a fluid-nulling volume
        ("generic_compressed_jpeg_001", 4, 4, "sagittal", ("OTHER", ""), 1.0),
        ("generic_compressed_jpegls_001", 4, 4, "sagittal", ("OTHER", ""), 1.0),
        ("generic_compressed_rle_001", 4, 4, "sagittal", ("OTHER", ""), 1.0),
        ("hitachi_anatomical_001", 4, 4, "oblique", ("OTHER", ""), 4.0),  # proton density
        ("hyperfine_anatomical_001", 1, 8, "axial", ("OTHER", ""), 5.0),
        ("philips_anatomical_001", 4, 4, "coronal", ("OTHER", ""), 0.6),
        ("philips_enhanced_anatomical_001", 1, 8, "sagittal", ("T1", "gradient_echo"), 1.2),
        ("siemens_anatomical_001_implicit", 4, 4, "sagittal", ("OTHER", ""), 1.0),
        ("siemens_multiframe_anatomical_001", 1, 8, "axial", ("OTHER", "weighting_unknown"), 0.9),
    ],
)
def test_files_of_many_scanners_are_read(of, folder, n_files, n_slices, plane_of_it, recognised, step_mm):
    files = sorted(path for path in (real.folder("multivendor-headers") / folder).iterdir() if path.is_file())
    copies = [copy for path in files for copy in of(path.read_bytes())]
    first = copies[0]
    assert (len(files), len(copies)) == (n_files, n_slices)
    assert len({copy.instance_uid for copy in copies}) == n_slices
    assert len({copy.series_uid for copy in copies}) == 1
    assert plane(first.geometry.slice_normal) == plane_of_it
    assert recognise(first.parameters, first.sequences, has_contrast=first.has_contrast) == recognised
    assert steps_mm([copy.geometry for copy in copies]) == pytest.approx([step_mm] * (n_slices - 1), abs=0.01)


@pytest.mark.parametrize("kind", [["ORIGINAL", "PRIMARY", "P"], ["ORIGINAL", "PRIMARY", "PHASE MAP", "P", "SE"],
                                  ["ORIGINAL", "PRIMARY", "OTHER", "IMAGINARY"]])  # fmt: skip
def test_a_classic_phase_image_is_left_out(of, kind):
    image = dicom.image()
    image.ImageType = kind
    with pytest.raises(Refused, match="no_magnitude"):
        of(image)


def test_a_classic_magnitude_image_is_taken(of):
    image = dicom.image()
    image.ImageType = ["ORIGINAL", "PRIMARY", "M", "ND", "NORM"]
    assert len(of(image)) == 1


def test_stacks_and_repetitions_of_one_file_are_series_of_their_own(of):
    whole = dicom.enhanced(stir())
    for number, group in enumerate(whole.PerFrameFunctionalGroupsSequence):
        group.FrameContentSequence[0].StackID = str(number // 2)
        group.FrameContentSequence[0].TemporalPositionIndex = number % 2
    assert len({one.series_uid for one in of(whole)}) == 4
