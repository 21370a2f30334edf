"""One bounded pass over the bytes of a DICOM file nobody vouches for: where everything lies. Nothing is decoded.

What was walked is what is decoded: `dicom.py` makes its datasets from these elements and no second parser sees the
file. Every length is compared with the bytes that are left before anything is read, nested sequences are kept on a
list instead of calls in calls, and the pixels are stepped over without being touched.
"""

import mmap
import struct
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydicom.datadict import DicomDictionary

from studies.errors import Refused
from studies.limits import DEFAULTS, Limits
from studies.syntaxes import ACCEPTED, EXPLICIT, IMPLICIT, Coding, coding

PREAMBLE, START = 128, 132
META_BYTES = 4096
SMALL = 1024  # a value of unknown kind up to this long may be text

DIRECTORY = "1.2.840.10008.1.3.10"
MEDIA_CLASS, TRANSFER_SYNTAX, PIXELS = 0x00020002, 0x00020010, 0x7FE00010
DELIMITERS = 0xFFFE
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
UNDEFINED = 0xFFFFFFFF

TEXTS = frozenset(("AE", "AS", "CS", "DA", "DT", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UR", "UT"))
NUMBERS = frozenset(("AT", "DS", "FD", "FL", "IS", "SL", "SS", "UL", "US"))
LONG_VRS = frozenset(
    ("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV")
)  # 32 bits of length
NAMES = {vr.encode(): vr for vr in TEXTS | NUMBERS | LONG_VRS}
OPAQUE = frozenset(("OB", "OW", "UN"))
CAN_BE_UNDEFINED = frozenset(("SQ", "UN"))


class Layout(NamedTuple):
    """The structs of one byte order."""

    explicit: struct.Struct  # group, element, VR, length
    implicit: struct.Struct  # group, element, length; also of items
    length: struct.Struct


LITTLE = Layout(struct.Struct("<HH2sH"), struct.Struct("<HHI"), struct.Struct("<I"))
BIG = Layout(struct.Struct(">HH2sH"), struct.Struct(">HHI"), struct.Struct(">I"))


class Element(NamedTuple):
    """The bytes of a wanted element, or the items of a wanted sequence. VR "" where the file does not name it."""

    vr: str
    value: bytes
    coding: Coding
    items: "list[Elements] | None" = None


Elements = dict[int, Element]


class Span(NamedTuple):
    """Where bytes lie in the file."""

    start: int
    length: int


@dataclass(frozen=True)
class PixelSpan:
    """Where the pixels lie. Compressed ones are cut into fragments; the first of them is the offset table."""

    whole: Span
    fragments: list[Span] | None = None


@dataclass
class Walked:
    """What one pass found.

    elements  the wanted ones
    texts     tag, VR and bytes of every value that is or may be text, at any depth, private ones too
    pixels    None if there are none
    """

    syntax: str
    preamble: bytes
    elements: Elements = field(default_factory=dict)
    texts: list[tuple[int, str, bytes]] = field(default_factory=list)
    pixels: PixelSpan | None = None


def walk(file: Path | int, *, wanted: Container[int], limits: Limits = DEFAULTS) -> Walked:
    """Walk over a Part-10 file, given by its path or open, up to its pixels; what lies behind them is never read.

    wanted  the tags whose bytes are taken along, at any depth
    Raises  Refused not_dicom, directory, unsupported_encoding, too_large, too_complex or broken; OSError
    """
    with mapped(file) as content:
        if content[PREAMBLE:START] != b"DICM":
            raise Refused("not_dicom")
        if len(content) > limits.enhanced_bytes:
            raise Refused("too_large")
        try:
            return Walk(content, wanted=wanted, limits=limits).walked()
        except struct.error:  # the file ends in the middle of an element
            raise Refused("broken") from None


def mapped(file: Path | int) -> mmap.mmap:
    with open(file, "rb", buffering=0, closefd=not isinstance(file, int)) as opened:
        try:
            return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file
            raise Refused("not_dicom") from None


class Frame:
    """A sequence or an item (the dataset itself is one) that the walk is in.

    end         where it ends, or where the one around it ends if its length is undefined
    is_open     whether its length is undefined, so that a delimiter must close it
    elements    of an item, items of a sequence; None for both if they are not wanted
    """

    __slots__ = ("coding", "elements", "end", "is_open", "items", "layout")

    def __init__(self, end: int, coding: Coding, *, is_open: bool = False) -> None:
        self.end, self.coding, self.is_open = end, coding, is_open
        self.layout = LITTLE if coding.is_little else BIG
        self.elements: Elements | None = None
        self.items: list[Elements] | None = None


class Sequence(Frame):
    __slots__ = ()


class Walk:
    """The pass itself: where it is, what it is in, and how much it may still meet."""

    def __init__(self, content: mmap.mmap, *, wanted: Container[int], limits: Limits) -> None:
        self.content, self.wanted, self.limits = content, wanted, limits
        self.at, self.count, self.depth = START, 0, 0
        self.found = Walked("", content[:PREAMBLE])
        self.stack: list[Frame] = []

    def walked(self) -> Walked:
        self.read_meta()
        self.enter_dataset()
        while self.stack:
            frame = self.stack[-1]
            if self.at >= frame.end:
                self.leave(frame)
            elif type(frame) is Sequence:
                self.step_item(frame)
            else:
                self.step_element(frame)
        return self.found

    def read_meta(self) -> None:
        """Group 0002 decides whether the rest may be looked at. The length it gives itself is not believed."""
        meta = Frame(len(self.content), coding(EXPLICIT))
        uids = {}
        while self.at + 8 <= meta.end and self.content[self.at : self.at + 2] == b"\x02\x00":
            tag, vr, length = self.head(meta)
            self.check_end(self.at + length, meta, limit=START + META_BYTES)
            value = self.content[self.at : self.at + length]
            if is_text(vr, length):
                self.found.texts.append((tag, vr, value))
            uids[tag] = value.rstrip(b"\0 ").decode("ascii", "replace")
            self.at += length
        if uids.get(MEDIA_CLASS) == DIRECTORY:
            raise Refused("directory")
        self.found.syntax = uids.get(TRANSFER_SYNTAX, "")
        if self.found.syntax not in ACCEPTED:
            raise Refused("unsupported_encoding")

    def enter_dataset(self) -> None:
        self.header_end = self.at + self.limits.header_bytes
        root = Frame(len(self.content), coding(self.found.syntax))
        root.elements = self.found.elements
        self.stack.append(root)

    def head(self, frame: Frame) -> tuple[int, str, int]:
        """Tag, VR and length of the element here; the walk then stands at its value."""
        if frame.coding.is_implicit:
            group, number, length = frame.layout.implicit.unpack_from(self.content, self.at)
            self.at += 8
            return group << 16 | number, "", length
        group, number, code, length = frame.layout.explicit.unpack_from(self.content, self.at)
        self.at += 8
        if group == DELIMITERS:  # a delimiter has no VR, in any encoding
            return group << 16 | number, "", 0
        vr = NAMES.get(code)
        if vr is None:
            raise Refused("broken")
        if vr in LONG_VRS:
            (length,) = frame.layout.length.unpack_from(self.content, self.at)
            self.at += 4
        return group << 16 | number, vr, length

    def step_element(self, frame: Frame) -> None:
        self.tally()
        tag, named, length = self.head(frame)
        vr = named or vr_of(tag)
        if tag >> 16 == DELIMITERS:
            self.leave(frame, by=tag)
        elif tag == PIXELS and len(self.stack) == 1:
            self.take_pixels(frame, length)
        elif length == UNDEFINED or vr == "SQ":
            self.enter_sequence(frame, tag, vr, length)
        else:
            self.check_end(self.at + length, frame, limit=self.header_end)
            self.take(frame, tag, vr, named, length)
            self.at += length

    def take(self, frame: Frame, tag: int, vr: str, named: str, length: int) -> None:
        is_wanted = frame.elements is not None and tag in self.wanted
        may_be_text = is_text(vr, length)
        if is_wanted or may_be_text:
            value = self.content[self.at : self.at + length]
            if may_be_text:
                self.found.texts.append((tag, vr, value))
            if is_wanted:
                frame.elements[tag] = Element(named, value, frame.coding)  # type: ignore[index]

    def tally(self) -> None:
        self.count += 1
        if self.count > self.limits.elements:
            raise Refused("too_complex")

    def check_end(self, end: int, frame: Frame, *, limit: int) -> None:
        if end > frame.end:
            raise Refused("broken")
        if end > limit:
            raise Refused("too_complex")

    def enter_sequence(self, frame: Frame, tag: int, vr: str, length: int) -> None:
        """A sequence, or the unknown, which must be one; the compressed pixels of an icon are stepped over."""
        if length == UNDEFINED and vr not in CAN_BE_UNDEFINED:
            if tag != PIXELS:
                raise Refused("broken")
            self.fragments(frame)
            return
        # PS3.5 6.2.2: the unknown of undefined length is written implicitly, whatever the rest is
        inner = coding(IMPLICIT) if vr == "UN" else frame.coding
        self.enter(Sequence(self.end_of(frame, length), inner, is_open=length == UNDEFINED))
        if frame.elements is not None and tag in self.wanted:
            items = self.stack[-1].items = []
            frame.elements[tag] = Element("SQ", b"", inner, items)

    def step_item(self, frame: Frame) -> None:
        self.tally()
        group, number, length = frame.layout.implicit.unpack_from(self.content, self.at)
        self.at += 8
        tag = group << 16 | number
        if tag == SEQUENCE_END:
            self.leave(frame, by=tag)
            return
        if tag != ITEM:
            raise Refused("broken")
        self.enter(Frame(self.end_of(frame, length), frame.coding, is_open=length == UNDEFINED))
        if frame.items is not None:
            elements = self.stack[-1].elements = {}
            frame.items.append(elements)

    def end_of(self, frame: Frame, length: int) -> int:
        if length == UNDEFINED:
            return frame.end
        self.check_end(self.at + length, frame, limit=self.header_end)
        return self.at + length

    def enter(self, frame: Frame) -> None:
        self.stack.append(frame)
        if len(self.stack) > 2 * self.limits.depth + 1:  # each level is a sequence and an item
            raise Refused("too_complex")

    def leave(self, frame: Frame, *, by: int | None = None) -> None:
        expected = (SEQUENCE_END if type(frame) is Sequence else ITEM_END) if frame.is_open else None
        if by != expected:  # a delimiter that closes nothing, or one that is missing
            raise Refused("broken")
        self.stack.pop()

    def take_pixels(self, frame: Frame, length: int) -> None:
        start = self.at
        if length == UNDEFINED:
            fragments = list(self.fragments(frame))
            self.found.pixels = PixelSpan(Span(start, self.at - start), fragments)
        else:
            self.check_end(start + length, frame, limit=frame.end)
            self.found.pixels = PixelSpan(Span(start, length))
        self.stack.clear()

    def fragments(self, frame: Frame) -> list[Span]:
        """Where the pieces of compressed pixels lie; the walk then stands behind their end."""
        return list(self.each_fragment(frame))

    def each_fragment(self, frame: Frame) -> Iterator[Span]:
        while True:
            self.tally()
            group, number, length = frame.layout.implicit.unpack_from(self.content, self.at)
            self.at += 8
            if group << 16 | number == SEQUENCE_END:
                return
            if group << 16 | number != ITEM:
                raise Refused("broken")
            self.check_end(self.at + length, frame, limit=frame.end)
            yield Span(self.at, length)
            self.at += length


def is_text(vr: str, length: int) -> bool:
    """Whether a value is or may be text."""
    return vr in TEXTS or (vr in OPAQUE and length <= SMALL)


def vr_of(tag: int) -> str:
    """The VR of an element whose file does not name it."""
    if tag >> 16 & 1:
        return "LO" if 0x10 <= tag & 0xFFFF <= 0xFF else "UN"
    known = DicomDictionary.get(tag)
    return known[0][:2] if known else "UN"  # of "OB or OW" the first
