"""What a zip says it holds, read without belief: where each entry lies, and that no two of them share a byte.

A zip (PKWARE APPNOTE 6.3.10) ends with a record that points at a directory; each record of the directory points at a
local header, behind which the packed bytes lie. All three are read here, because what the interpreter checks of them
differs from version to version (Python 3.11.7 reads entries that overlap). Names are skipped, never looked at but for
the stroke by which a folder ends.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, NamedTuple

from studies.errors import Refused
from studies.limits import Limits

STORED, DEFLATED = 0, 8
DIRECTORY_BYTES = 16 * 1024**2  # 20,000 entries with names of 800 bytes
LONGEST_COMMENT = 65_535
IN_64_BITS = 0xFFFFFFFF
ENCRYPTED = 0x0001 | 0x0040 | 0x2000  # the entry; strongly; its header as well
SIZES_FOLLOW = 0x0008  # behind the packed bytes, in a data descriptor

END = struct.Struct("<4s4H2IH")
ZIP64_LOCATOR, ZIP64_LOCATOR_BYTES = b"PK\x06\x07", 20
RECORD = struct.Struct("<4s6H3I5H2I")  # of the directory
HEADER = struct.Struct("<4s5H3I2H")  # before the packed bytes


class End(NamedTuple):
    """The record at the end of a zip."""

    signature: bytes
    disk: int
    first_disk: int
    entries_here: int
    entries: int
    directory_bytes: int
    directory_at: int
    comment_bytes: int


class Record(NamedTuple):
    """A record of the directory, without its name, extra field and comment."""

    signature: bytes
    made_by: int
    needs: int
    flags: int
    method: int
    time: int
    date: int
    crc32: int
    packed_bytes: int
    size: int
    name_bytes: int
    extra_bytes: int
    comment_bytes: int
    disk: int
    internal: int
    attributes: int
    header_at: int


@dataclass(frozen=True)
class Entry:
    """One file or folder. `mode` is what Unix says of it, 0 where another system packed it."""

    header_at: int
    data_at: int
    packed_bytes: int
    size: int
    crc32: int
    method: int
    is_folder: bool
    mode: int


def entries_of(file: IO[bytes], limits: Limits) -> list[Entry]:
    """The files in a zip, without its folders, in the order of the directory.

    Raises  Refused if the zip is damaged, locked, empty, too large, or built to deceive
    """
    end = end_of(file)
    if end.entries > limits.zip_entries or end.directory_bytes > DIRECTORY_BYTES:
        raise Refused("zip_too_large")
    file.seek(end.directory_at)
    listed = list(records(file.read(end.directory_bytes), n=end.entries))
    if not any(not is_folder for _, is_folder in listed):
        raise Refused("empty_zip")
    if sum(record.size for record, _ in listed) > limits.zip_total_bytes:
        raise Refused("zip_too_large")
    entries = [located(file, record, is_folder=is_folder) for record, is_folder in listed]
    check_places(entries, end.directory_at)
    return [entry for entry in entries if not entry.is_folder]


def end_of(file: IO[bytes]) -> End:
    """The end record: nothing may lie behind its comment, nor between the directory and it."""
    size = file.seek(0, 2)
    tail_at = max(0, size - END.size - LONGEST_COMMENT - ZIP64_LOCATOR_BYTES)
    file.seek(tail_at)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END.size:
        raise Refused("bad_zip")
    if tail[max(0, at - ZIP64_LOCATOR_BYTES) :].startswith(ZIP64_LOCATOR):
        raise Refused("zip_too_large")  # only a zip beyond 4 GiB or 65,535 entries needs the 64-bit form
    end = End._make(END.unpack_from(tail, at))
    is_one_disk = end.disk == end.first_disk == 0 and end.entries_here == end.entries
    ends_here = at + END.size + end.comment_bytes == len(tail)
    if not is_one_disk or not ends_here or end.directory_at + end.directory_bytes != tail_at + at:
        raise Refused("bad_zip")
    return end


def records(directory: bytes, *, n: int) -> Iterator[tuple[Record, bool]]:
    """Each record of the directory and whether it is of a folder. There must be as many as the end record says."""
    at = 0
    for _ in range(n):
        if at + RECORD.size > len(directory):
            raise Refused("bad_zip")
        record = Record._make(RECORD.unpack_from(directory, at))
        check_record(record)
        name_ends = at + RECORD.size + record.name_bytes
        yield record, record.name_bytes > 0 and directory[name_ends - 1 : name_ends] == b"/"
        at = name_ends + record.extra_bytes + record.comment_bytes
    if at != len(directory):
        raise Refused("bad_zip")


def check_record(record: Record) -> None:
    if record.signature != b"PK\x01\x02" or record.disk != 0:
        raise Refused("bad_zip")
    if record.flags & ENCRYPTED:
        raise Refused("encrypted_zip")
    if record.method not in (STORED, DEFLATED):
        raise Refused("bad_zip")
    if IN_64_BITS in (record.packed_bytes, record.size, record.header_at):
        raise Refused("zip_too_large")


def located(file: IO[bytes], record: Record, *, is_folder: bool) -> Entry:
    """The entry, with the place of its bytes from its local header, which must say the same as the directory."""
    file.seek(record.header_at)
    header = file.read(HEADER.size)
    if len(header) < HEADER.size:
        raise Refused("bad_zip")
    signature, _, flags, method, _, _, _, packed_bytes, _, name_bytes, extra_bytes = HEADER.unpack(header)
    says_size = not flags & SIZES_FOLLOW and packed_bytes != IN_64_BITS
    if (signature, method) != (b"PK\x03\x04", record.method) or (says_size and packed_bytes != record.packed_bytes):
        raise Refused("bad_zip")
    if flags & ENCRYPTED:
        raise Refused("encrypted_zip")
    data_at = record.header_at + HEADER.size + name_bytes + extra_bytes
    return Entry(
        record.header_at, data_at, record.packed_bytes, record.size, record.crc32, record.method,
        is_folder=is_folder, mode=record.attributes >> 16,
    )  # fmt: skip


def check_places(entries: list[Entry], directory_at: int) -> None:
    """No two entries share a byte, by which 3 MB can claim to hold 600 GB, and the first begins the file."""
    entries = sorted(entries, key=lambda entry: entry.header_at)
    borders = [entry.header_at for entry in entries[1:]] + [directory_at]
    overlap = any(entry.data_at + entry.packed_bytes > border for entry, border in zip(entries, borders, strict=True))
    if overlap or entries[0].header_at != 0:
        raise Refused("bad_zip")
