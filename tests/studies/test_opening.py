"""All steps from a file to its reading copies; and what must be ready before the jail is shut."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from studies import planes
from studies.copies import from_header
from studies.errors import Refused
from studies.limits import Limits
from studies.opening import open_file
from tests import dicom, hostile, real

KEY = b"k" * 32
LATE_IMPORTS = """
import sys
from pathlib import Path
from studies import opening, residual
from studies.errors import Refused
opening.preload()
before = set(sys.modules)
for path in Path(sys.argv[1]).iterdir():
    try:
        list(opening.open_file(path, key=b"k"))
    except Refused:
        pass
for word in ("naïve", "山田", "Иванов", "김", "Δ", "שלום", "สมชาย"):
    residual.forms("PN", word.encode())
print(sorted(set(sys.modules) - before))
"""


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "file"


def test_a_file_becomes_its_reading_copy(path):
    pixels = dicom.noise(7)
    path.write_bytes(dicom.part10(dicom.image(pixels=pixels)))
    (copy,) = open_file(path, key=KEY)
    unpacked = planes.decode(copy.plane, rows=32, columns=24, is_signed=copy.is_signed)
    assert np.array_equal(unpacked, pixels)


def test_an_open_file_is_as_good_as_its_path(path):
    path.write_bytes(dicom.part10(dicom.image()))
    with path.open("rb") as file:
        (through,) = open_file(file.fileno(), key=KEY)
    (copy,) = open_file(path, key=KEY)
    assert through.header() == copy.header()


def test_no_canary_is_in_what_comes_out(path):
    path.write_bytes(dicom.part10(dicom.image()))
    (copy,) = open_file(path, key=KEY)
    out = copy.header() + copy.plane
    assert [canary for canary in dicom.CANARIES if canary.encode() in out] == []


def test_the_header_of_a_copy_can_be_read_back(path):
    path.write_bytes(dicom.part10(dicom.image()))
    (copy,) = open_file(path, key=KEY)
    assert vars(from_header(copy.header(), copy.plane)) == vars(copy)


def test_the_limits_are_those_given(path):
    path.write_bytes(dicom.part10(dicom.image()))
    with pytest.raises(Refused, match="too_complex"):
        list(open_file(path, key=KEY, limits=Limits(elements=5)))


def test_the_frames_of_a_multi_frame_file_come_one_by_one():
    (path,) = real.folder("siemens-xa30-enhanced-head-t1").glob("*.dcm")
    copies = list(open_file(path, key=KEY))
    assert len(copies) == 96
    assert len({copy.instance_uid for copy in copies}) == 96
    assert len({copy.series_uid for copy in copies}) == 1


def test_nothing_is_imported_once_the_jail_is_shut(tmp_path):
    """The child could not: it cannot open a file."""
    folder = tmp_path / "odd"
    folder.mkdir()
    for number, one in enumerate(hostile.ODD):
        one.write(folder / str(number))
    asked = [sys.executable, "-c", LATE_IMPORTS, folder]
    assert subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60).stdout.strip() == "[]"
