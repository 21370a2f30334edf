"""Attributes as bytes, explicit VR little endian (PS3.5 7.1.2), sequences and items with their lengths.

A structured report of 25 items is some six hundred nested data sets; made one by one as pydicom objects they take a
third of a second, composed of bytes, of which most are the same in every report, some milliseconds.
"""

import struct
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydicom.datadict import dictionary_VR, tag_for_keyword

LONG = {"SQ", "UT", "OB", "UC"}  # lengths of four bytes
ITEM = struct.pack("<HH", 0xFFFE, 0xE000)
MAGIC = b"\0" * 128 + b"DICM"


def dataset(values: Mapping[str, Any]) -> bytes:
    """Attributes by keyword, in the order of their tags. A sequence is given as its items, each bytes already."""
    return b"".join(element(keyword, values[keyword]) for keyword in sorted(values, key=tag_of))


@cache
def tag_of(keyword: str) -> int:
    tag = tag_for_keyword(keyword)
    assert tag is not None, f"{keyword} is an attribute of DICOM"
    return tag


@cache
def vr_of(keyword: str) -> str:
    return dictionary_VR(keyword)


def element(keyword: str, value: Any) -> bytes:
    tag, vr = tag_of(keyword), vr_of(keyword)
    content = encoded(vr, value)
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF) + vr.encode()
    length = struct.pack("<HI", 0, len(content)) if vr in LONG else struct.pack("<H", len(content))
    return head + length + content


def encoded(vr: str, value: Any) -> bytes:
    """A value of an even length; None is empty."""
    if vr == "SQ":
        return b"".join(ITEM + struct.pack("<I", len(one)) + one for one in value)
    if vr in ("FL", "UL"):
        numbers: Sequence[float] = value if isinstance(value, list) else [value]
        return struct.pack(f"<{len(numbers)}{'f' if vr == 'FL' else 'I'}", *numbers)
    content = value if isinstance(value, bytes) else ("" if value is None else str(value)).encode()
    return content + (b"\0" if vr in ("UI", "OB") else b" ") * (len(content) % 2)


def file(meta: Mapping[str, Any], content: bytes) -> bytes:
    """A DICOM file (PS3.10 7.1): an empty preamble, the meta information with its length, the data set."""
    told = dataset(meta)
    return MAGIC + element("FileMetaInformationGroupLength", len(told)) + told + content
