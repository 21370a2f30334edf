"""One bad file costs that file: whatever happens to the child, the next one is opened."""

import logging
import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from studies import sandbox
from studies.errors import Refused
from studies.limits import GIB, Limits
from studies.opening import open_file
from studies.sandbox import Sandbox
from tests import dicom, fragile, real

KEY = b"k" * 32
QUICK = Limits(child_wall_seconds=1, child_memory_bytes=GIB)


@pytest.fixture
def good(tmp_path) -> Path:
    path = tmp_path / "good"
    path.write_bytes(dicom.part10(dicom.image()))
    return path


@pytest.fixture
def asked(tmp_path):
    """asked(deed): a file at which the fragile program does that."""

    def make(deed: str) -> Path:
        path = tmp_path / deed
        path.write_bytes(fragile.MARK + deed.encode())
        return path

    return make


@pytest.fixture
def weak():
    """A sandbox whose children do what a file asks of them."""
    with Sandbox(KEY, QUICK, program=fragile.PROGRAM) as opened:
        yield opened


def verdict(box: Sandbox, path: Path) -> str:
    try:
        return "imported" if list(box.copies(path)) else "nothing"
    except Refused as refusal:
        return refusal.reason


def test_a_file_comes_back_as_its_reading_copy(good):
    with Sandbox(KEY) as box:
        (copy,) = box.copies(good)
    assert (copy.geometry.rows, copy.geometry.columns) == (32, 24)
    assert copy.exam_uid.startswith("2.25.")


def test_it_is_the_same_copy_whoever_opened_the_file(good):
    with Sandbox(KEY) as box:
        (through,), (here,) = box.copies(good), open_file(good, key=KEY)
    assert (through.header(), through.plane) == (here.header(), here.plane)


def test_the_key_is_the_studys_own(good):
    with Sandbox(KEY) as one, Sandbox(b"x" * 32) as other:
        assert next(one.copies(good)).exam_uid != next(other.copies(good)).exam_uid


def test_a_refusal_comes_back_with_its_reason(tmp_path, good):
    path = tmp_path / "text"
    path.write_text("no image")
    with Sandbox(KEY) as box:
        assert [verdict(box, one) for one in (path, good)] == ["not_dicom", "imported"]


@pytest.mark.parametrize("deed", ["crash", "abort", "fill_memory", "hang", "stammer"])
def test_a_child_that_comes_to_grief_costs_one_file(weak, asked, good, deed):
    assert [verdict(weak, path) for path in (good, asked(deed), good, asked(deed), good)] == [
        "imported", "crashed", "imported", "crashed", "imported",
    ]  # fmt: skip


def test_the_kernel_ends_a_child_that_computes_too_long(asked, good, caplog):
    limits = Limits(child_cpu_seconds=1)
    with Sandbox(KEY, limits, program=fragile.PROGRAM) as box, caplog.at_level(logging.WARNING):
        assert [verdict(box, path) for path in (asked("compute"), good)] == ["crashed", "imported"]
    assert "it ended" in caplog.text


def test_what_came_before_a_crash_is_followed_by_a_refusal(weak, tmp_path):
    path = tmp_path / "half"
    path.write_bytes(b"half".ljust(128, b"\0") + dicom.part10(dicom.image())[128:])
    copies = weak.copies(path)
    assert next(copies).geometry.rows == 32
    with pytest.raises(Refused, match="crashed"):
        next(copies)


def test_a_codec_that_really_crashes_costs_one_file(good):
    """A few bytes of a real JPEG turned: on some machines its decoder reads where nothing is."""
    folder = real.folder("siemens-one-image-nine-encodings")
    content = bytearray((folder / "6.dcm").read_bytes())
    start = content.index(b"\xff\xd8\xff")
    for at, value in ((16, 0x5B), (61, 0xBE), (95, 0x86), (147, 0xF5), (196, 0x67), (263, 0x35), (301, 0x98)):
        content[start + at] = value
    spoilt = good.with_name("spoilt")
    spoilt.write_bytes(content)
    with Sandbox(KEY) as box:
        assert verdict(box, spoilt) in ("crashed", "broken")
        assert verdict(box, good) == "imported"


def test_a_codec_that_panics_finds_the_file_broken(good):
    """The decoder of RLE is written in Rust, whose panics are no ordinary exceptions."""
    content = bytearray((real.folder("siemens-one-image-nine-encodings") / "4.dcm").read_bytes())
    start = content.index(b"\xe0\x7f\x10\x00")
    content[start + 5000 : start + 5400] = b"\x7f" * 400
    spoilt = good.with_name("spoilt")
    spoilt.write_bytes(content)
    with Sandbox(KEY) as box:
        assert [verdict(box, path) for path in (spoilt, good)] == ["broken", "imported"]
        assert box.child.files == 2


@pytest.mark.parametrize("deed", ["fork", "execute", "read_file", "write_file", "connect", "kill_parent"])
def test_a_child_can_do_nothing_but_compute(weak, asked, good, deed):
    """Each deed fails with an error inside the child, and nothing but the name of that error leaves it."""
    assert [verdict(weak, path) for path in (asked(deed), good)] == ["broken", "imported"]
    assert not Path("/tmp/written-by-a-child").exists()


def test_an_error_nobody_foresaw_is_logged_by_its_name_and_nothing_else(weak, asked, caplog):
    with caplog.at_level(logging.DEBUG):
        assert verdict(weak, asked("quote")) == "broken"
    assert "KeyError" in caplog.text
    assert "CANARY" not in caplog.text


def test_words_in_place_of_keys_do_not_come_out(weak, tmp_path):
    path = tmp_path / "name"
    path.write_bytes(b"name".ljust(128, b"\0") + dicom.part10(dicom.image())[128:])
    assert verdict(weak, path) == "crashed"


def test_a_child_is_replaced_after_its_share_of_files(good):
    with Sandbox(KEY, Limits(child_files=2)) as box:
        numbers = [box.child.number for _ in range(5) if verdict(box, good) == "imported"]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3] != numbers[4]


def test_who_stops_listening_leaves_nothing_behind(weak, good):
    next(weak.copies(good))
    assert verdict(weak, good) == "imported"


def test_two_sandboxes_do_not_disturb_each_other(good):
    with Sandbox(KEY) as one, Sandbox(KEY) as other:
        assert [verdict(box, good) for box in (one, other, one, other)] == ["imported"] * 4


def test_no_child_is_left_when_a_sandbox_closes(good):
    with Sandbox(KEY) as box:
        verdict(box, good)
        number = box.child.number
    for _ in range(100):
        if not Path(f"/proc/{number}").exists():
            return
        time.sleep(0.02)
    pytest.fail("the child is still there")


def test_the_child_has_neither_our_environment_nor_our_key_in_sight(good, monkeypatch):
    monkeypatch.setattr(sandbox, "nurseries", {})
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    with Sandbox(KEY) as box:
        verdict(box, good)
        process = Path(f"/proc/{box.child.nursery.process.pid}")
        with suppress(PermissionError):  # nobody may look, unless they are root
            assert b"secret" not in (process / "environ").read_bytes()
            assert KEY.hex().encode() not in (process / "cmdline").read_bytes()


def test_the_walls_stand(good):
    """All of them on Linux; a kernel that forbids one is told of here."""
    with Sandbox(KEY) as box:
        verdict(box, good)
        status = Path(f"/proc/{box.child.number}/status").read_text()
        limits = Path(f"/proc/{box.child.number}/limits").read_text()
    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status
    assert [line.split()[3:5] for line in limits.splitlines() if line.startswith("Max file size")] == [["0", "0"]]
    assert str(2 * GIB) in limits


def test_a_program_that_does_not_start_is_no_fault_of_the_file(good):
    with Sandbox(KEY, program="tests.nowhere") as box, pytest.raises(RuntimeError, match="does not start"):
        list(box.copies(good))


def test_a_nursery_that_was_killed_is_replaced(good):
    with Sandbox(KEY) as box:
        verdict(box, good)
        box.child.nursery.process.kill()
        box.child.nursery.process.wait()
        box.end_child()
        assert verdict(box, good) == "imported"


def test_a_forked_worker_has_a_nursery_of_its_own(good):
    with Sandbox(KEY) as box:
        assert verdict(box, good) == "imported"
    child = os.fork()
    if not child:
        with Sandbox(KEY) as box:
            os._exit(0 if verdict(box, good) == "imported" else 1)
    assert os.waitpid(child, 0)[1] == 0
    with Sandbox(KEY) as box:
        assert verdict(box, good) == "imported"


def test_every_encoding_is_read_in_the_jail_too():
    """Nothing is imported, and no file opened, that was not before the jail was shut."""
    folder = real.folder("siemens-one-image-nine-encodings")
    with Sandbox(KEY) as box:
        digests = {next(box.copies(path)).pixels_sha256 for path in sorted(folder.glob("*.dcm"))}
    assert len(digests) == 1
