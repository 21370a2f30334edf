"""A zip nobody vouches for: how many files it holds, and each of them unpacked alone, counted as it is really read."""

import stat
import zlib
from collections.abc import Iterator
from pathlib import Path

from studies.errors import Refused
from studies.limits import Limits
from studies.ziplists import STORED, Entry, entries_of

# A blank slice shrinks a thousandfold and harms nobody, so ratios count only from these sizes on.
ENTRY_RATIO_FROM = 4 * 1024 * 1024
TOTAL_RATIO_FROM = 256 * 1024 * 1024
PIECE = 1024 * 1024
STARTS = (b"PK\x03\x04", b"PK\x05\x06")  # of a zip, of an empty zip


def is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in STARTS


class Archive:
    """An opened zip that has passed the checks. Entries are numbered from 1, in the order of its directory."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Raises Refused if the zip is damaged, locked, too large, or built to deceive."""
        self.limits, self.size, self.unpacked = limits, path.stat().st_size, 0
        self.file = path.open("rb")
        try:
            self.entries = entries_of(self.file, limits)
        except Refused:
            self.close()
            raise

    def __len__(self) -> int:
        return len(self.entries)

    def close(self) -> None:
        self.file.close()

    def unpack(self, number: int, *, to: Path) -> None:
        """Write one entry to a file; raises Refused as soon as it grows beyond what it may."""
        entry = self.entries[number - 1]
        if not is_plain(entry):
            raise Refused("not_a_file")
        try:
            self.write(entry, to)
        except zlib.error as problem:
            raise Refused("broken") from problem
        if is_zip(to):
            raise Refused("nested_zip")

    def write(self, entry: Entry, target: Path) -> None:
        size = checksum = 0
        with target.open("wb") as file:
            for piece in self.pieces(entry):
                size, checksum = size + len(piece), zlib.crc32(piece, checksum)
                self.count(entry, size, len(piece))
                file.write(piece)
        if (size, checksum) != (entry.size, entry.crc32):
            raise Refused("broken")

    def count(self, entry: Entry, size: int, more: int) -> None:
        """What has come out of the entry so far, and out of the zip, must stay within the limits."""
        self.unpacked += more
        if size > self.limits.enhanced_bytes:
            raise Refused("too_large")
        if size > ENTRY_RATIO_FROM and size > self.limits.zip_entry_ratio * entry.packed_bytes:
            raise Refused("bad_zip")
        is_bomb = self.unpacked > TOTAL_RATIO_FROM and self.unpacked > self.limits.zip_total_ratio * self.size
        if is_bomb or self.unpacked > self.limits.zip_total_bytes:
            raise Refused("zip_too_large")

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """The bytes of an entry, a piece at a time: no more than it is said to hold, and one to show that it lied."""
        left = entry.size + 1
        for piece in self.packed(entry) if entry.method == STORED else inflated(self.packed(entry)):
            yield piece[:left]
            left -= len(piece)
            if left <= 0:
                return

    def packed(self, entry: Entry) -> Iterator[bytes]:
        self.file.seek(entry.data_at)
        left = entry.packed_bytes
        while left and (piece := self.file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Raw deflate (RFC 1951), never more than a piece in memory however much a few bytes grow."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in packed:
        while piece and not stream.eof:
            yield stream.decompress(piece, PIECE)
            piece = stream.unconsumed_tail
    yield stream.flush()


def is_plain(entry: Entry) -> bool:
    """Whether the entry is a file: no link, no device, no pipe."""
    return stat.S_IFMT(entry.mode) in (0, stat.S_IFREG)
