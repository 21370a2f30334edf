"""Each hostile or odd input gets its verdict and never another, within its memory, and the file after it is fine."""

from pathlib import Path

import pytest

from studies.archives import Archive
from studies.errors import SENTENCES, Refused
from studies.limits import DEFAULTS, MIB
from studies.sandbox import Sandbox
from tests import dicom, hostile

MEMORY = 160 * MIB  # of the child, at its highest


@pytest.fixture(scope="module")
def box():
    with Sandbox(b"k" * 32) as opened:
        yield opened


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "file"


def verdict(box: Sandbox, path: Path) -> str:
    try:
        return "imported" if list(box.copies(path)) else "nothing"
    except Refused as refusal:
        return refusal.reason


def most_memory(process: int) -> int:
    """Bytes a process held at its highest."""
    (line,) = [line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def named(inputs) -> list:
    return [pytest.param(one, id=one.name) for one in inputs]


@pytest.mark.parametrize("one", named(hostile.FILES))
def test_a_file(box, path, one):
    one.write(path)
    assert verdict(box, path) == one.verdict
    assert most_memory(box.child.number) < MEMORY
    path.write_bytes(dicom.part10(dicom.image()))
    assert verdict(box, path) == "imported"


@pytest.mark.parametrize("one", named(hostile.ZIPS))
def test_a_zip(box, path, one):
    """Entry by entry; a zip that is refused is refused at the first trouble."""
    one.write(path)
    found = set()
    try:
        archive = Archive(path, limits=DEFAULTS)
        for number in range(1, len(archive) + 1):
            archive.unpack(number, to=path.with_name("entry"))
            found.add(verdict(box, path.with_name("entry")))
    except Refused as refusal:
        found = {refusal.reason}
    assert found == {one.verdict}
    assert {each.name for each in path.parent.iterdir()} <= {"file", "entry", "data"}


def test_an_odd_preamble_is_gone(box, path):
    hostile.ODD[0].write(path)
    (copy,) = box.copies(path)
    assert b"MZ" not in copy.header()


def test_odd_ways_of_writing_give_the_same_pixels(box, path):
    digests = set()
    for one in hostile.ODD:
        if one.name in ("implicit VR", "big endian", "JPEG lossless", "JPEG-LS", "JPEG 2000", "RLE"):
            (copy,) = box.copies(one.write(path))
            digests.add(copy.pixels_sha256)
    (copy,) = box.copies(hostile.Input("plain", hostile.part10, "").write(path))
    assert digests == {copy.pixels_sha256}


def test_no_child_ever_had_to_be_replaced(box):
    """All of them are refused by reading them, not by crashing."""
    assert box.child.files > len(hostile.FILES)


def test_every_verdict_is_one_that_people_are_told_of():
    verdicts = {one.verdict for one in (*hostile.FILES, *hostile.ZIPS)}
    assert verdicts - {"imported"} <= set(SENTENCES)
    assert len(hostile.FILES) + len(hostile.ZIPS) > 50
