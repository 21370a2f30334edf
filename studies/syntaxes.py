"""The transfer syntaxes that are read, and how each writes the elements of a header."""

from typing import NamedTuple

IMPLICIT = "1.2.840.10008.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
BIG_ENDIAN = "1.2.840.10008.1.2.2"  # retired, and still found in old archives

UNCOMPRESSED = (IMPLICIT, EXPLICIT, BIG_ENDIAN)
JPEG_LOSSLESS = ("1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70")
JPEG_LS_LOSSLESS = "1.2.840.10008.1.2.4.80"
JPEG_2000_LOSSLESS = "1.2.840.10008.1.2.4.90"
RLE_LOSSLESS = "1.2.840.10008.1.2.5"
# Deflated is left out on purpose: one megabyte of it unpacks to gigabytes before anybody can count.
ACCEPTED = (*UNCOMPRESSED, *JPEG_LOSSLESS, JPEG_LS_LOSSLESS, JPEG_2000_LOSSLESS, RLE_LOSSLESS)


class Coding(NamedTuple):
    """Whether an element names its VR, and which byte of a number comes first."""

    is_implicit: bool
    is_little: bool


def coding(syntax: str) -> Coding:
    return Coding(is_implicit=syntax == IMPLICIT, is_little=syntax != BIG_ENDIAN)
