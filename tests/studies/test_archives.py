import io
import random
import stat
import struct
import zipfile
from dataclasses import replace

import pytest

from studies import archives, ziplists
from studies.archives import Archive, is_zip
from studies.errors import Refused
from studies.limits import DEFAULTS
from tests.dicom import zipped

FILES = {"a/one": b"1" * 100, "a/b/two": b"2" * 200}
RECORD, HEADER, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file.zip"


def reason(path, content: bytes, **limits: int) -> str:
    path.write_bytes(content)
    with pytest.raises(Refused) as refusal:
        Archive(path, replace(DEFAULTS, **limits))
    return refusal.value.reason


def changed(content: bytes, mark: bytes, offset: int, form: str, *values: int, nth: int = 0) -> bytes:
    """The zip with other values written behind the n-th mark."""
    at, edited = content.index(mark), bytearray(content)
    for _ in range(nth):
        at = content.index(mark, at + 4)
    struct.pack_into(form, edited, at + offset, *values)
    return bytes(edited)


def with_mode(kind: int) -> bytes:
    """A zip whose first entry says, as Unix does, what kind of thing it is."""
    packed = io.BytesIO()
    entry = zipfile.ZipInfo("one")
    entry.create_system, entry.external_attr = 3, (kind | 0o644) << 16
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(entry, b"/etc/passwd")
        archive.writestr("two", b"2")
    return packed.getvalue()


def streamed(files: dict[str, bytes]) -> bytes:
    """A zip written to a pipe: the sizes of each entry follow its bytes."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    packed = Pipe()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def unpacked(path, number: int, **limits: int) -> bytes:
    target = path.with_name("unpacked")
    archive = Archive(path, replace(DEFAULTS, **limits))
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
    assert len(Archive(path, DEFAULTS)) == 2


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


@pytest.mark.parametrize("flag", [0x1, 0x41, 0x2001])
def test_a_locked_zip_is_refused(path, flag):
    assert reason(path, changed(zipped(FILES), RECORD, 8, "<H", flag)) == "encrypted_zip"
    assert reason(path, changed(zipped(FILES), HEADER, 6, "<H", flag)) == "encrypted_zip"


def test_entries_that_share_bytes_are_refused(path):
    """The bomb of D. Fifield 2019: every entry points at the same packed bytes."""
    assert reason(path, changed(zipped(FILES), RECORD, 42, "<I", 0, nth=1)) == "bad_zip"


def test_an_entry_whose_own_header_reaches_into_the_next_is_refused(path):
    """The directory alone shows no overlap: the name and the extra field of the local header count as well."""
    assert reason(path, changed(zipped(FILES), HEADER, 28, "<H", 9)) == "bad_zip"


def test_an_entry_that_reaches_into_the_directory_is_refused(path):
    assert reason(path, changed(streamed(FILES), RECORD, 20, "<I", 100, nth=1)) == "bad_zip"


@pytest.mark.parametrize(("offset", "form"), [(8, "<H"), (18, "<I"), (0, "<I")])
def test_a_local_header_that_contradicts_the_directory_is_refused(path, offset, form):
    assert reason(path, changed(zipped(FILES), HEADER, offset, form, 5, nth=1)) == "bad_zip"


def test_a_zip_written_to_a_pipe_is_read(path):
    path.write_bytes(streamed(FILES))
    assert [unpacked(path, 1), unpacked(path, 2)] == list(FILES.values())


def test_names_need_not_agree_for_nobody_looks_at_them(path):
    path.write_bytes(zipped(FILES).replace(b"a/one", b"\xff\x00../", 1))
    assert unpacked(path, 1) == FILES["a/one"]


@pytest.mark.parametrize("before", [b"MZ", b"PK\x03\x04 of another", zipped({"another": b"x"})])
def test_bytes_before_the_zip_are_refused(path, before):
    assert reason(path, before + zipped(FILES)) == "bad_zip"


def test_bytes_behind_the_zip_are_refused(path):
    assert reason(path, zipped(FILES) + b"more") == "bad_zip"


def test_a_comment_is_no_harm(path):
    content = changed(zipped(FILES), END, 20, "<H", 7)
    path.write_bytes(content + b"comment")
    assert unpacked(path, 1) == FILES["a/one"]


@pytest.mark.parametrize("offset", [4, 6, 8])
def test_one_zip_of_several_is_refused(path, offset):
    assert reason(path, changed(zipped(FILES), END, offset, "<H", 1)) == "bad_zip"


def test_an_entry_on_another_disk_is_refused(path):
    assert reason(path, changed(zipped(FILES), RECORD, 34, "<H", 1)) == "bad_zip"


@pytest.mark.parametrize("n", [1, 3])
def test_a_directory_must_list_what_it_announces(path, n):
    assert reason(path, changed(zipped(FILES), END, 8, "<HH", n, n)) == "bad_zip"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK])
def test_a_link_or_a_device_is_refused_and_the_rest_is_not(path, kind):
    path.write_bytes(with_mode(kind))
    with pytest.raises(Refused, match="not_a_file"):
        unpacked(path, 1)
    assert unpacked(path, 2) == b"2"


def test_a_file_that_unix_packed_is_a_file(path):
    path.write_bytes(with_mode(stat.S_IFREG))
    assert unpacked(path, 1) == b"/etc/passwd"


def test_other_compressions_are_refused(path):
    assert reason(path, zipped(FILES, compression=zipfile.ZIP_LZMA)) == "bad_zip"


def test_too_many_entries_are_refused_before_they_are_listed(path, monkeypatch):
    monkeypatch.setattr(ziplists, "records", None)
    assert reason(path, zipped(FILES), zip_entries=1) == "zip_too_large"


def test_a_directory_of_many_megabytes_is_refused_before_it_is_read(path, monkeypatch):
    monkeypatch.setattr(ziplists, "DIRECTORY_BYTES", 50)
    monkeypatch.setattr(ziplists, "records", None)
    assert reason(path, zipped(FILES)) == "zip_too_large"


def test_more_than_may_come_out_is_refused_before_anything_is(path):
    assert reason(path, zipped(FILES), zip_total_bytes=250) == "zip_too_large"


@pytest.mark.parametrize("offset", [20, 24, 42])
def test_a_size_in_64_bits_is_refused(path, offset):
    assert reason(path, changed(zipped(FILES), RECORD, offset, "<I", 0xFFFFFFFF)) == "zip_too_large"


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


def test_an_entry_larger_than_any_image_is_refused(path):
    path.write_bytes(zipped(FILES))
    assert unpacked(path, 1, enhanced_bytes=150) == FILES["a/one"]
    with pytest.raises(Refused, match="too_large"):
        unpacked(path, 2, enhanced_bytes=150)


def test_what_all_entries_unpack_to_is_counted(path, monkeypatch):
    """Each entry is within its own ratio; together they are not."""
    monkeypatch.setattr(archives, "TOTAL_RATIO_FROM", 250)
    path.write_bytes(zipped(FILES))
    archive, target = Archive(path, replace(DEFAULTS, zip_total_ratio=1)), path.with_name("unpacked")
    archive.size = 250
    archive.unpack(1, to=target)
    with pytest.raises(Refused, match="zip_too_large"):
        archive.unpack(2, to=target)


@pytest.mark.parametrize("said", [10, 99, 101, 5000])
@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_size_that_lies_is_not_believed(path, said, compression):
    """Never more comes out than an entry says, and then it must be exactly that."""
    path.write_bytes(changed(zipped(FILES, compression=compression), RECORD, 24, "<I", said))
    with pytest.raises(Refused, match="broken"):
        unpacked(path, 1)
    assert path.with_name("unpacked").stat().st_size <= said + 1
    assert unpacked(path, 2) == FILES["a/b/two"]


def test_whatever_is_broken_in_a_zip_ends_in_a_refusal(path):
    """Two thousand zips, each with a few bytes overwritten, doubled or cut: a verdict, or the file as it was."""
    chance, content = random.Random(20261103), zipped(FILES)
    for _ in range(2000):
        edited = bytearray(content)
        for _ in range(chance.randint(1, 4)):
            edited[chance.randrange(len(edited))] = chance.choice([0, 1, 0x50, 0xFF, chance.randrange(256)])
        path.write_bytes(bytes(edited[: chance.randint(1, len(edited))] if chance.random() < 0.2 else edited))
        try:
            assert unpacked(path, 1) in FILES.values()
        except Refused:
            continue
