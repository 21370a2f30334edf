"""The last look: what it finds, and what it leaves alone."""

import time

import numpy as np
import pytest

from studies import part10, residual
from studies.deidentify import reading_copy, study_key
from studies.dicom import WANTED, read
from studies.errors import Refused
from studies.multiframe import slices
from studies.walk import walk
from tests import dicom

KEY = study_key("a secret", "STUDYCODE")
LO, DARK = 0x00081030, np.zeros((32, 32), np.uint16)


def removed(*values: bytes, vr: str = "LO") -> residual.Removed:
    return residual.removed((LO, vr, value) for value in values)


def is_found(left: residual.Removed, content: bytes) -> bool:
    try:
        residual.check_text(left, content)
    except Refused:
        return True
    return False


def is_in_pixels(left: residual.Removed, pixels) -> bool:
    try:
        residual.check_pixels(left, pixels)
    except Refused:
        return True
    return False


@pytest.mark.parametrize(
    ("value", "left"),
    [
        (b"Kanarienvogel", b'"x": "kanarienVOGEL"'),
        (b"Kanarienvogel sings ", b"sings"),
        (b"Kanarienvogel\\Piepmatz", b"-Piepmatz-"),
        ("Gänseblüm".encode("latin-1"), "Gänseblüm".encode()),
        ("Gänseblüm".encode(), "Gänseblüm".encode("latin-1")),
        ("Gänseblüm".encode(), rb'"G\u00e4nsebl\u00fcm"'),
        ("金糸雀".encode("shift_jis"), "金糸雀".encode()),
        (b"\x1b$B6b;e?}\x1b(B", "金糸雀".encode()),
        (b"MRN-4711", b"mrn-4711"),
        (b"4711081", b'"slope": 4711081.0'),
    ],
)
def test_text_is_found_in_every_spelling(value, left):
    assert is_found(removed(value), left)


def test_each_name_in_a_name_is_found():
    left = removed(b"Kanarienvogel^Piepmatz^Anna Lena=", vr="PN")
    assert all(is_found(left, name) for name in (b"Kanarienvogel", b"Piepmatz", b"Anna", b"Lena"))


@pytest.mark.parametrize(
    "left", [b"20240517", b"2024-05-17", b"2024/05/17", b"17.05.2024", b"17/05/2024", b"05/17/2024"]
)
def test_a_date_is_found_in_six_forms(left):
    assert is_found(removed(b"20240517", vr="DA"), left)


def test_uids_are_found_but_not_those_of_the_standard():
    left = removed(b"1.2.826.0.1\0", b"1.2.840.10008.5.1.4.1.1.4", vr="UI")
    assert is_found(left, b"..1.2.826.0.1..")
    assert not is_found(left, b"..1.2.840.10008.5.1.4.1.1.4..")


@pytest.mark.parametrize(
    ("value", "left"),
    [
        (b"Li", b"[Li]"),
        (b"12345", b"[12345]"),  # a number of physics as likely as of a patient
        (b"0.68359375", b"[0.68359375]"),  # scanners repeat spacings in private elements
        (b"471108", b"[38.471108, 4711080]"),
        (b"", b"anything"),
        (b"0, 0, 120", b'"a":[0, 0, 120]'),
    ],
)
def test_what_could_stand_there_by_chance_is_left_alone(value, left):
    assert not is_found(removed(value), left)


def test_the_preamble_and_unknown_bytes_are_searched_for_text():
    left = residual.removed([(0x00291010, "UN", b"\1\2Piepmatz\0\3")], preamble=b"Kanarienvogel".ljust(128, b"\0"))
    assert is_found(left, b"piepmatz")
    assert is_found(left, b"kanarienvogel")


def opened(tmp_path, **options):
    path = tmp_path / "one"
    path.write_bytes(dicom.part10(dicom.image(**options)))
    walked = walk(path, wanted=WANTED)
    ((flat, pixels),) = slices(read(path))
    return residual.removed(walked.texts, walked.preamble), reading_copy(flat, pixels, key=KEY), pixels


def test_a_slice_without_traces_passes(tmp_path):
    residual.check(*opened(tmp_path))


@pytest.mark.parametrize("name", ["SIEMENS", "Siemens", "true", "null", "geometry", "pixels_sha256"])
def test_a_name_that_is_a_word_of_ours_does_no_harm(tmp_path, name):
    _, copy, pixels = opened(tmp_path)
    residual.check(removed(name.encode()), copy, pixels)


def test_a_coincidence_in_a_keyed_code_does_no_harm(tmp_path):
    _, copy, pixels = opened(tmp_path)
    residual.check(removed(copy.subject_key[:12].encode(), copy.exam_uid[5:17].encode()), copy, pixels)


def test_text_in_a_16_bit_image_is_found():
    pixels = DARK.copy()
    pixels.reshape(-1)[100:107] = np.frombuffer(b"Kanarienvogel\0", "<u2")
    assert is_in_pixels(removed(b"Kanarienvogel"), pixels)


def test_text_in_a_16_bit_image_is_found_at_odd_bytes_and_in_signed_pixels():
    pixels = DARK.copy()
    pixels.reshape(-1)[100:107] = np.frombuffer(b"\0Kanarienvogel", "<u2")
    assert is_in_pixels(removed(b"Kanarienvogel"), pixels.view(np.int16))


def test_text_in_an_8_bit_image_is_found():
    pixels = DARK.copy()
    pixels.reshape(-1)[100:113] = np.frombuffer(b"Kanarienvogel", "u1")
    assert is_in_pixels(removed(b"Kanarienvogel"), pixels)


def test_noise_of_16_bits_passes():
    """The strings of a long header, in 20 slices in which every byte is as likely as any other."""
    left = removed(*(f"word{number:05}".encode() for number in range(300)))
    random = np.random.default_rng(1)
    assert not any(is_in_pixels(left, random.integers(0, 65536, (384, 384)).astype(np.uint16)) for _ in range(20))


def test_a_written_file_without_traces_passes(tmp_path):
    left, copy, _ = opened(tmp_path)
    residual.check_file(left, part10.write(part10.of(copy)), part10.own_values(copy))


def test_a_trace_in_a_written_file_is_found(tmp_path):
    left, copy, _ = opened(tmp_path)
    written = part10.of(copy)
    written.ImageComments = "of Piepmatz"
    with pytest.raises(Refused, match="identifier_left"):
        residual.check_file(left, part10.write(written), part10.own_values(copy))


def test_a_12_bit_slice_costs_next_to_nothing():
    """No timing of milliseconds, which depend on the machine: 200 slices of 300 KB in less than two seconds."""
    left = removed(*(f"word{number:05}".encode() for number in range(300)))
    pixels = np.random.default_rng(1).integers(0, 4096, (384, 384)).astype(np.uint16)
    start = time.process_time()
    for _ in range(200):
        residual.check_pixels(left, pixels)
    assert time.process_time() - start < 2
