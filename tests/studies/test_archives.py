import struct
import zipfile

import pytest

from studies import archives
from studies.archives import Archive, is_zip
from studies.errors import Refused
from tests.dicom import zipped

FILES = {"a/one": b"1" * 100, "a/b/two": b"2" * 200}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file.zip"


def reason(path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(Refused) as refusal:
        Archive(path)
    return refusal.value.reason


def unpacked(path, number: int) -> bytes:
    target = path.with_name("unpacked")
    archive = Archive(path)
    try:
        archive.unpack(number, to=target)
    finally:
        archive.close()
    return target.read_bytes()


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_entries_come_out_by_number(path, compression):
    path.write_bytes(zipped(FILES, compression=compression))
    assert is_zip(path)
    assert [unpacked(path, 1), unpacked(path, 2)] == list(FILES.values())


def test_folders_are_no_entries(path):
    path.write_bytes(zipped({"a/": b"", **FILES}))
    assert len(Archive(path)) == 2


def test_names_are_never_followed(path, tmp_path):
    path.write_bytes(zipped({"../../outside": b"x", "/etc/outside": b"y"}))
    assert [unpacked(path, 1), unpacked(path, 2)] == [b"x", b"y"]
    assert list(tmp_path.rglob("outside")) == []


def test_a_zip_without_files_is_refused(path):
    assert reason(path, zipped({})) == "empty_zip"
    assert reason(path, zipped({"folder/": b""})) == "empty_zip"


@pytest.mark.parametrize("kept", [4, 40, 150])
def test_a_zip_cut_off_is_refused(path, kept):
    assert reason(path, zipped(FILES)[:kept]) == "bad_zip"


def test_a_locked_zip_is_refused(path):
    content = zipped(FILES)
    directory = content.index(b"PK\x01\x02")
    locked = bytearray(content)
    locked[6] |= 1
    locked[directory + 8] |= 1
    assert reason(path, bytes(locked)) == "encrypted_zip"


def test_entries_that_share_bytes_are_refused(path):
    """The bomb of D. Fifield 2019: every entry points at the same packed bytes."""
    content = bytearray(zipped(FILES))
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    struct.pack_into("<I", content, second + 42, 0)
    assert reason(path, bytes(content)) == "bad_zip"


def test_other_compressions_are_refused(path):
    assert reason(path, zipped(FILES, compression=zipfile.ZIP_LZMA)) == "bad_zip"


def test_too_many_entries_are_refused_before_they_are_listed(path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_ENTRIES", 1)
    monkeypatch.setattr(archives, "ZipFile", None)  # it would read the whole directory
    assert reason(path, zipped(FILES)) == "zip_too_large"


def test_a_directory_of_many_megabytes_is_refused_before_it_is_read(path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_DIRECTORY_BYTES", 50)
    monkeypatch.setattr(archives, "ZipFile", None)
    assert reason(path, zipped(FILES)) == "zip_too_large"


def test_the_64_bit_form_is_refused(path):
    content = zipped(FILES)
    end = content.rindex(b"PK\x05\x06")
    assert reason(path, content[:end] + b"PK\x06\x07" + bytes(16) + content[end:]) == "zip_too_large"


def test_a_zip_in_a_zip_is_refused(path):
    path.write_bytes(zipped({"inner": zipped(FILES)}))
    with pytest.raises(Refused, match="nested_zip"):
        unpacked(path, 1)


def test_a_damaged_entry_is_broken_and_the_others_are_not(path):
    content = zipped(FILES, compression=zipfile.ZIP_STORED)
    path.write_bytes(content.replace(b"1" * 100, b"1" * 99 + b"x"))
    with pytest.raises(Refused, match="broken"):
        unpacked(path, 1)
    assert unpacked(path, 2) == FILES["a/b/two"]


def test_a_blank_slice_may_shrink_as_it_likes(path):
    path.write_bytes(zipped({"blank": bytes(2_000_000)}))
    assert unpacked(path, 1) == bytes(2_000_000)


def test_a_bomb_is_stopped_while_it_unpacks(path):
    path.write_bytes(zipped({"bomb": bytes(60_000_000)}))
    with pytest.raises(Refused, match="bad_zip"):
        unpacked(path, 1)
    assert path.with_name("unpacked").stat().st_size <= archives.ENTRY_RATIO_FROM


def test_an_entry_larger_than_any_slice_is_refused(path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_ENTRY_BYTES", 150)
    path.write_bytes(zipped(FILES))
    assert unpacked(path, 1) == FILES["a/one"]
    with pytest.raises(Refused, match="too_large"):
        unpacked(path, 2)


def test_what_all_entries_unpack_to_is_counted(path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_TOTAL_BYTES", 250)
    path.write_bytes(zipped(FILES))
    archive, target = Archive(path), path.with_name("unpacked")
    archive.unpack(1, to=target)
    with pytest.raises(Refused, match="zip_too_large"):
        archive.unpack(2, to=target)


def test_a_size_that_lies_is_not_believed(path):
    """An entry that says it is small gives no more than it says; its checksum then tells."""
    content = bytearray(zipped(FILES))
    directory = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, 10)
    path.write_bytes(bytes(content))
    with pytest.raises(Refused, match="broken"):
        unpacked(path, 1)
