"""No planted identifier stands in the raw bytes of anything that leaves the engine, whoever made the scanner."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from studies import opening, part10, residual
from studies.deidentify import study_key
from studies.dicom import quiet
from studies.errors import Refused
from studies.facts import VENDOR_NAMES
from tests import canaries, real
from tests.traces import strings_of

ROOT = Path(__file__).parents[2]
KEY = study_key("a secret", "STUDYCODE")


def what_leaves(path) -> dict[str, bytes]:
    """All bytes that are made of a file: of each slice its header, pixels, and the DICOM file."""
    left = {}
    for number, copy in enumerate(opening.open_file(path, key=KEY)):
        left[f"header {number}"] = copy.header()
        left[f"pixels {number}"] = part10.pixels(copy).tobytes()
        left[f"plane {number}"] = copy.plane
        left[f"file {number}"] = part10.write(part10.of(copy))
    return left


def planted(tmp_path, vendor: str) -> list[Path]:
    folder = tmp_path / "scanner"
    folder.mkdir()
    with quiet():
        made = canaries.files(vendor)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return sorted(folder.iterdir())


def test_there_are_many_kinds_of_canaries():
    assert len(canaries.CANARIES) >= 100


@pytest.mark.parametrize("vendor", canaries.VENDORS)
def test_every_canary_is_in_every_file(tmp_path, vendor):
    """Or the tests below could not fail."""
    for path in planted(tmp_path, vendor):
        assert set(canaries.found(path.read_bytes())) == set(canaries.CANARIES)


@pytest.mark.parametrize("vendor", canaries.VENDORS)
def test_no_canary_leaves(tmp_path, vendor):
    slices = 0
    for path in planted(tmp_path, vendor):
        left = what_leaves(path)
        slices += len(left) // 4
        assert {what: canaries.found(content) for what, content in left.items() if canaries.found(content)} == {}
    assert slices == 6


@pytest.mark.parametrize("vendor", canaries.VENDORS)
def test_every_canary_would_be_noticed_if_it_left(tmp_path, vendor):
    """The last look, put before a header in which one canary was forgotten. It knows of those before the pixels."""
    path = planted(tmp_path, vendor)[0]
    copy, removed = next(opening.opened(path, key=KEY, limits=opening.DEFAULTS))
    missed = [kind for kind, text in canaries.CANARIES.items() if not is_noticed(text, copy, removed)]
    assert set(missed) <= UNSEEN


UNSEEN = {
    "trailing padding", "signature", "behind the dataset",  # behind the pixels, where nothing is ever read
    *canaries.NUMBERS,  # written as DS and IS, which are no text
    "private long text",  # where the encoding names no VR: bytes of unknown kind count as text up to 1024 only
    "SeriesInstanceUID", "SOPInstanceUID",  # the canary is only the beginning of what stands there
}  # fmt: skip


def is_noticed(text: str, copy, removed: residual.Removed) -> bool:
    header = copy.header()[:-1] + b', "comment": "' + text.encode() + b'"}'
    try:
        residual.check_text(removed, residual.without_own_words(header, copy))
    except Refused:
        return True
    return False


def digest_of(folder: Path) -> str:
    """Of all that leaves, in the order of the files' names."""
    sha256 = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        for content in what_leaves(path).values():
            sha256.update(content)
    return sha256.hexdigest()


def test_the_same_bytes_leave_every_time_and_in_every_process(tmp_path):
    folder = planted(tmp_path, "hitachi")[0].parent
    program = f"from tests.studies.test_canaries import *; print(digest_of(Path({str(folder)!r})))"
    others = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT, env={"PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, text=True, check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    assert others == {digest_of(folder)}


@pytest.mark.parametrize(
    "name",
    [
        "hitachi-lspine-stir-t1-t2",
        "multivendor-headers",
        "siemens-one-image-nine-encodings",
        "siemens-xa30-enhanced-head-t1",
    ],
)
def test_no_string_of_a_real_header_leaves(name):
    from pydicom import dcmread

    for path in sorted(one for one in real.folder(name).rglob("*") if one.is_file()):
        try:
            left = what_leaves(path)
        except Refused:
            continue
        with quiet():
            strings = strings_of(dcmread(path, stop_before_pixels=True))
        text = b"".join(content for what, content in left.items() if what.startswith(("header", "file")))
        found = {one for one in strings if one.encode() in text} - OURS
        assert found == set(), path.name


# What a written file says of itself, and our own names for vendors
OURS = {"DERIVED", "PRIMARY", "MONOCHROME2", "1.2.840.10008.5.1.4.1.1.4", "1.2.840.10008.1.2.1", *VENDOR_NAMES}
