"""Reading files nobody vouches for: each refusal with its reason, and nothing of a header in a warning or a log."""

import contextlib
import logging
import tracemalloc
import warnings
import zlib

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.datadict import keyword_for_tag

from studies.dicom import WANTED, read
from studies.elements import numbers
from studies.errors import Refused
from studies.limits import Limits
from tests import dicom, real

SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
CT = "1.2.840.10008.5.1.4.1.1.2"
ENHANCED = "1.2.840.10008.5.1.4.1.1.4.1"
ENHANCED_COLOUR = "1.2.840.10008.5.1.4.1.1.4.3"
DEFLATED = "1.2.840.10008.1.2.1.99"
LOSSY_JPEG = "1.2.840.10008.1.2.4.50"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file"


def reason(path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(Refused) as refusal:
        read(path)
    return refusal.value.reason


def spoilt(**changes) -> bytes:
    return dicom.part10(spoilt_dataset(**changes))


def spoilt_dataset(**changes) -> dicom.Dataset:
    dataset = dicom.image()
    for keyword, value in changes.items():
        if value is None:
            del dataset[keyword]
        else:
            setattr(dataset, keyword, value)
    return dataset


def test_it_reads_only_the_elements_dens_looks_at(path):
    path.write_bytes(dicom.part10(dicom.image()))
    keywords = {element.keyword for element in read(path)}
    assert keywords <= {keyword_for_tag(tag) for tag in WANTED}
    assert "PatientName" not in keywords


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x89PNG\r\n" + bytes(500), bytes(200)], ids=["empty", "text", "png", "zeros"]
)
def test_it_refuses_what_is_not_dicom(path, content):
    assert reason(path, content) == "not_dicom"


def test_it_refuses_a_file_without_preamble(path):
    assert reason(path, dicom.part10(dicom.image())[132:]) == "not_dicom"


@pytest.mark.parametrize("kind", [SECONDARY_CAPTURE, CT])
def test_it_refuses_other_kinds_of_image(path, kind):
    assert reason(path, spoilt(SOPClassUID=kind)) == "not_mr"


def test_it_refuses_what_is_not_magnetic_resonance(path):
    assert reason(path, spoilt(Modality="CT")) == "not_mr"


def test_it_refuses_colour(path):
    assert reason(path, spoilt(SOPClassUID=ENHANCED_COLOUR)) == "unsupported_pixels"


def test_the_pixels_stay_in_the_file(path):
    dataset = spoilt_dataset(SOPClassUID=ENHANCED, NumberOfFrames=2)
    dataset.PixelData *= 2
    path.write_bytes(dicom.part10(dataset))
    found = read(path)
    assert "PixelData" not in found
    assert found.pixel_source.read_all() == dataset.PixelData


def test_functional_groups_are_read(path):
    position, shared = dicom.Dataset(), dicom.Dataset()
    position.ImagePositionPatient = [1, 2, 3]
    shared.PlanePositionSequence = [position]
    dataset = spoilt_dataset(SOPClassUID=ENHANCED, SharedFunctionalGroupsSequence=[shared])
    path.write_bytes(dicom.part10(dataset))
    group = read(path).SharedFunctionalGroupsSequence[0]
    assert numbers(group.PlanePositionSequence[0], "ImagePositionPatient") == [1, 2, 3]


@pytest.mark.parametrize("frames", [4097, 2**31 - 1])
def test_it_refuses_more_frames_than_a_series_has(path, frames):
    assert reason(path, spoilt(SOPClassUID=ENHANCED, NumberOfFrames=frames)) == "too_large"


def test_it_refuses_frames_that_are_not_there(path):
    assert reason(path, spoilt(SOPClassUID=ENHANCED, NumberOfFrames=9)) == "broken"


@pytest.mark.parametrize("rows", [31, 33, 48])
def test_it_refuses_a_size_that_the_pixels_do_not_have(path, rows):
    assert reason(path, spoilt(Rows=rows)) == "broken"


def test_it_refuses_a_classic_image_of_many_frames(path):
    assert reason(path, spoilt(NumberOfFrames=2)) == "unsupported_kind"


def test_it_leaves_a_dicomdir_aside(path):
    dataset = dicom.image()
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = "1.2.840.10008.1.3.10"
    assert reason(path, dicom.part10(dataset)) == "directory"


@pytest.mark.parametrize("syntax", [LOSSY_JPEG, "1.2.840.10008.1.2.4.999", ""])
def test_it_refuses_encodings_that_are_not_on_the_list(path, syntax):
    assert reason(path, dicom.file_of(syntax, b"")) == "unsupported_encoding"


def test_it_refuses_a_deflated_file_without_inflating_it(path):
    """A megabyte of deflated zeros inflates to a gigabyte: the syntax must be looked at before the rest."""
    bomb = zlib.compress(bytes(100_000_000))[2:-4]
    tracemalloc.start()
    try:
        assert reason(path, dicom.file_of(DEFLATED, bomb)) == "unsupported_encoding"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_it_refuses_a_file_larger_than_any_slice(path):
    path.write_bytes(dicom.part10(dicom.image()))
    for limits in (Limits(classic_bytes=1000), Limits(enhanced_bytes=1000)):
        with pytest.raises(Refused, match="too_large"):
            read(path, limits)


def test_it_refuses_a_header_without_image(path):
    assert reason(path, spoilt(PixelData=None)) == "no_pixels"


@pytest.mark.parametrize("changes", [{"Rows": 15}, {"Columns": 4097}, {"Rows": None}])
def test_it_refuses_images_too_small_or_too_large(path, changes):
    assert reason(path, spoilt(**changes)) == "unsupported_size"


@pytest.mark.parametrize(
    "changes",
    [
        {"SamplesPerPixel": 3},
        {"PhotometricInterpretation": "RGB"},
        {"BitsAllocated": 32},
        {"BitsStored": 17},
        {"HighBit": 15},
        {"PixelRepresentation": 2},
        {"BitsAllocated": 12},
    ],
)
def test_it_refuses_what_is_not_plain_greyscale(path, changes):
    assert reason(path, spoilt(**changes)) == "unsupported_pixels"


@pytest.mark.parametrize(
    "changes", [{"BurnedInAnnotation": "YES"}, {"ImageType": ["DERIVED", "SECONDARY", "SCREEN SAVE"]}]
)
def test_it_refuses_images_with_burnt_in_text(path, changes):
    assert reason(path, spoilt(**changes)) == "burned_in"


def test_bytes_turned_at_random_never_raise_anything_else(path):
    content, random = dicom.part10(dicom.image()), np.random.default_rng(11)
    for _ in range(150):
        spoilt_bytes = bytearray(content)
        for at in random.integers(132, len(content) - 1600, 8):
            spoilt_bytes[at] = random.integers(256)
        path.write_bytes(spoilt_bytes)
        with contextlib.suppress(Refused):
            read(path)


def test_a_file_cut_off_anywhere_never_raises_anything_else(path):
    content = dicom.part10(dicom.image())
    for length in range(0, len(content), 97):
        path.write_bytes(content[:length])
        with contextlib.suppress(Refused):
            read(path)


def test_a_number_that_is_none_counts_as_missing(path):
    path.write_bytes(spoilt(RepetitionTime="4000").replace(b"4000", b"n/a "))
    assert numbers(read(path), "RepetitionTime") == []


def test_neither_warning_nor_log_quotes_the_header(path, caplog, monkeypatch):
    """pydicom quotes an invalid UID in a warning and, as a line, in its log."""
    root = dicom.ROOT.encode()
    path.write_bytes(dicom.part10(dicom.image()).replace(root, b"Kanarienvogel".ljust(len(root), b"x")))
    monkeypatch.setattr(logging.getLogger("pydicom"), "propagate", True)
    with warnings.catch_warnings(record=True) as warned, caplog.at_level(logging.DEBUG):
        warnings.simplefilter("always")
        read(path)
    assert [str(one.message) for one in warned] == []
    assert caplog.text == ""


def test_the_headers_of_many_vendors_are_read():
    folder = real.folder("multivendor-headers")
    refused = {}
    for path in sorted(folder.rglob("*.dcm")):
        try:
            read(path)
        except Refused as refusal:
            refused[path.parent.name] = refusal.reason
    assert refused == {}


def test_a_real_study_is_read_without_its_patient():
    path = real.folder("hitachi-lspine-stir-t1-t2") / "DCMDT" / "D0000056"
    assert dcmread(path).PatientName
    assert "PatientName" not in read(path)
