"""Media types as DICOMweb uses them (PS3.18 section 8.7): what a client says it accepts, and what of that Dens has.

Parameters come quoted and unquoted, in any case, and `transfer-syntax=*` means "as stored".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydicom.uid import ExplicitVRLittleEndian

RELATED, DICOM, JSON, OCTETS = (
    "multipart/related",
    "application/dicom",
    "application/dicom+json",
    "application/octet-stream",
)
PLAIN_JSON, PNG, JPEG = "application/json", "image/png", "image/jpeg"
RENDERED = (PNG, JPEG)
ANY = "*/*"
SYNTAX = str(ExplicitVRLittleEndian)  # in which every reading copy is written
PIECE = re.compile(r'((?:"(?:\\.|[^"\\])*"|[^",;])*)([,;]?)')
LONGEST = 4096  # characters of a header that are looked at


class Unreadable(ValueError):
    """A media type that is none."""


@dataclass(frozen=True)
class Media:
    """One media type, or range of types, with its parameters in lower-case names. `quality` is 0 for "not this"."""

    name: str
    parameters: dict[str, str] = field(default_factory=dict)
    quality: float = 1.0

    @property
    def content(self) -> str:
        """What it is about: of multipart/related the type of its parts."""
        return self.parameters.get("type", ANY).lower() if self.is_multipart else self.name

    @property
    def is_multipart(self) -> bool:
        return self.name == RELATED

    def covers(self, name: str) -> bool:
        return self.content in (ANY, name, f"{name.partition('/')[0]}/*")

    def takes_our_syntax(self) -> bool:
        return self.parameters.get("transfer-syntax", "*") in ("*", SYNTAX)


def parse(text: str) -> Media:
    """A single media type, such as a Content-Type. Raises Unreadable."""
    found = accepted(text)
    if len(found) != 1:
        raise Unreadable
    return found[0]


def accepted(header: str) -> list[Media]:
    """The media ranges of an Accept header, the most wanted first. Raises Unreadable."""
    ranges = [media(pieces) for pieces in split(header[:LONGEST])]
    return sorted((one for one in ranges if one.quality > 0), key=lambda one: -one.quality)


def split(header: str) -> Iterator[list[str]]:
    """Each media range as its pieces, cut at semicolons and commas outside quotes."""
    pieces: list[str] = []
    for piece, end in PIECE.findall(header):
        pieces.append(piece.strip())
        if end != ";":
            if any(pieces):
                yield pieces
            pieces = []


def media(pieces: list[str]) -> Media:
    name, *rest = pieces
    name = name.lower()
    if not re.fullmatch(r"[^\s/]+/[^\s/]+", name):
        raise Unreadable
    parameters = dict(parameter(piece) for piece in rest if piece)
    return Media(name, parameters, quality(parameters.pop("q", "1")))


def parameter(piece: str) -> tuple[str, str]:
    name, equals, value = piece.partition("=")
    if not equals:
        raise Unreadable
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] == '"':
        value = re.sub(r"\\(.)", r"\1", value[1:-1])
    return name.strip().lower(), value


def quality(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        raise Unreadable from None


def mixes(ranges: list[Media]) -> bool:
    """Whether DICOM and rendered images are asked for in one breath, which PS3.18 8.7.4 forbids."""
    names = {one.content for one in ranges}
    return DICOM in names and bool(names & {*RENDERED, "image/*"})


def choose_parts(ranges: list[Media], content: str) -> Media | None:
    """The first range that takes `content` as parts of multipart/related, or alone where it says so by name."""
    return next((one for one in ranges if serves_parts(one, content)), None)


def serves_parts(one: Media, content: str) -> bool:
    return one.takes_our_syntax() and (one.name in (ANY, content) or (one.is_multipart and one.covers(content)))


def choose_plain(ranges: list[Media], offered: tuple[str, ...]) -> str | None:
    """The first of `offered` that some range covers, in the order of the ranges."""
    plain = (one for one in ranges if not one.is_multipart)
    return next((name for one in plain for name in offered if one.covers(name)), None)
