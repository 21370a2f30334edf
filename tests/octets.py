"""DICOM elements written byte by byte, also those no library would write.

element(), sequence(), item()  explicit VR little endian, unless told otherwise
file()                         behind a preamble and a group 0002 that says what you like
"""

import struct

from tests import dicom

EXPLICIT = "1.2.840.10008.1.2.1"
UNDEFINED = 0xFFFFFFFF
LONG = ("OB", "OW", "SQ", "UN", "UT", "UC")
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD


def head(tag: int, vr: str, length: int, *, order: str = "<") -> bytes:
    group, number = tag >> 16, tag & 0xFFFF
    if not vr:
        return struct.pack(f"{order}HHI", group, number, length)
    if vr in LONG:
        return struct.pack(f"{order}HH2sHI", group, number, vr.encode(), 0, length)
    return struct.pack(f"{order}HH2sH", group, number, vr.encode(), length)


def element(tag: int, vr: str, value: bytes = b"", *, length: int | None = None, order: str = "<") -> bytes:
    return head(tag, vr, len(value) if length is None else length, order=order) + value


def item(content: bytes = b"", *, is_open: bool = False) -> bytes:
    if is_open:
        return head(ITEM, "", UNDEFINED) + content + head(ITEM_END, "", 0)
    return head(ITEM, "", len(content)) + content


def sequence(tag: int, *items: bytes, vr: str = "SQ", is_open: bool = False) -> bytes:
    content = b"".join(items)
    if is_open:
        return head(tag, vr, UNDEFINED) + content + head(SEQUENCE_END, "", 0)
    return head(tag, vr, len(content)) + content


def nested(depth: int, *, tag: int = 0x00081140, is_open: bool = False) -> bytes:
    """A sequence in a sequence in a sequence."""
    content = b""
    for _ in range(depth):
        content = sequence(tag, item(content, is_open=is_open), is_open=is_open)
    return content


def file(body: bytes, *, syntax: str = EXPLICIT) -> bytes:
    return dicom.file_of(syntax, body)
