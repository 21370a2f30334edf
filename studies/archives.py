"""A zip nobody vouches for: how many files it holds, and each of them unpacked alone, counted as it is really read.

Nothing a zip says about itself is believed but where its entries begin; their names are never looked at.
"""

import struct
import zlib
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from studies.errors import Refused

MAX_ENTRIES = 20_000
MAX_ENTRY_BYTES = 64 * 1024 * 1024
MAX_TOTAL_BYTES = 8 * 1024**3
MAX_DIRECTORY_BYTES = 16 * 1024 * 1024
# A blank slice shrinks a thousandfold and harms nobody, so ratios count only from these sizes on.
MAX_ENTRY_RATIO, ENTRY_RATIO_FROM = 30, 4 * 1024 * 1024
MAX_TOTAL_RATIO, TOTAL_RATIO_FROM = 10, 256 * 1024 * 1024

CHUNK = 1024 * 1024
STARTS = (b"PK\x03\x04", b"PK\x05\x06")  # of a zip, of an empty zip
END, END_BYTES, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
ZIP64_LOCATOR, ZIP64_LOCATOR_BYTES = b"PK\x06\x07", 20
LOCAL_HEADER_BYTES = 30
DAMAGE = (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, struct.error)
IS_ENCRYPTED = 0x1


def is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in STARTS


class Archive:
    """An opened zip that has passed the checks. Entries are numbered from 1, in the order of its directory."""

    def __init__(self, path: Path) -> None:
        """Raises Refused if the zip is damaged, locked, too large, or built to deceive."""
        self.size, self.unpacked = path.stat().st_size, 0
        check_directory(path)
        try:
            self.zip = ZipFile(path)
        except (*DAMAGE, OSError) as problem:  # OSError: a seek to where nothing can be
            raise Refused("bad_zip") from problem
        self.entries = [entry for entry in self.zip.infolist() if not entry.is_dir()]
        check_entries(self.entries, end=self.zip.start_dir)

    def __len__(self) -> int:
        return len(self.entries)

    def close(self) -> None:
        self.zip.close()

    def unpack(self, number: int, *, to: Path) -> None:
        """Write one entry to a file; raises Refused as soon as it grows beyond what it may."""
        entry = self.entries[number - 1]
        try:
            with self.zip.open(entry) as packed, to.open("wb") as file:
                self.copy(packed, file, packed_bytes=entry.compress_size)
        except DAMAGE as problem:
            raise Refused("broken") from problem
        if is_zip(to):
            raise Refused("nested_zip")

    def copy(self, packed: IO[bytes], file: IO[bytes], *, packed_bytes: int) -> None:
        size = 0
        while chunk := packed.read(CHUNK):
            size, self.unpacked = size + len(chunk), self.unpacked + len(chunk)
            if size > MAX_ENTRY_BYTES:
                raise Refused("too_large")
            if is_bomb(size, packed_bytes, MAX_ENTRY_RATIO, ENTRY_RATIO_FROM):
                raise Refused("bad_zip")
            if self.unpacked > MAX_TOTAL_BYTES or is_bomb(self.unpacked, self.size, MAX_TOTAL_RATIO, TOTAL_RATIO_FROM):
                raise Refused("zip_too_large")
            file.write(chunk)


def is_bomb(size: int, packed_bytes: int, ratio: int, floor: int) -> bool:
    return size > floor and size > ratio * packed_bytes


def check_directory(path: Path) -> None:
    """Looks at the end record before ZipFile reads the directory it announces into memory."""
    with path.open("rb") as file:
        file.seek(0, 2)
        tail = min(file.tell(), END_BYTES + LONGEST_COMMENT + ZIP64_LOCATOR_BYTES)
        file.seek(-tail, 2)
        check_end_record(file.read())


def check_end_record(tail: bytes) -> None:
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_BYTES:
        raise Refused("bad_zip")
    if tail[max(0, at - ZIP64_LOCATOR_BYTES) :].startswith(ZIP64_LOCATOR):
        raise Refused("zip_too_large")  # only a zip beyond 4 GiB or 65,535 entries needs the 64-bit form
    entries, directory_bytes = struct.unpack_from("<HI", tail, at + 10)
    if entries > MAX_ENTRIES or directory_bytes > MAX_DIRECTORY_BYTES:
        raise Refused("zip_too_large")


def check_entries(entries: list[ZipInfo], *, end: int) -> None:
    if not entries:
        raise Refused("empty_zip")
    if len(entries) > MAX_ENTRIES:
        raise Refused("zip_too_large")
    if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
        raise Refused("encrypted_zip")
    if overlap(entries, end=end) or any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise Refused("bad_zip")


def overlap(entries: list[ZipInfo], *, end: int) -> bool:
    """Whether two entries share bytes, by which 3 MB can claim to hold 600 GB (Python before 3.11.8 reads that)."""
    spans = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    borders = [start for start, _ in spans[1:]] + [end]
    return spans[0][0] < 0 or any(
        start + LOCAL_HEADER_BYTES + size > border for (start, size), border in zip(spans, borders, strict=True)
    )
