"""Pixels of one MR frame as 16-bit numbers, whichever lossless way they were written."""

import struct

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate

from studies.dicom import quiet
from studies.elements import text, whole
from studies.errors import Refused
from studies.planes import Pixels
from studies.syntaxes import BIG_ENDIAN, JPEG_LOSSLESS, RLE_LOSSLESS, UNCOMPRESSED

JPEG_2000_START = b"\xff\x4f\xff\x51"  # SOC, SIZ
LOSSLESS_FRAME_MARKERS = (0xC3, 0xF7)  # SOF3 of JPEG lossless, SOF55 of JPEG-LS
FORM = ("BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "PhotometricInterpretation")


def decode(header: Dataset, frame: bytes) -> Pixels:
    """The (rows, columns) pixels in stored values, int16 if signed, else uint16; low values dark.

    header  from `dicom.read`, which has checked size, bits and encoding
    frame   the bytes of one frame, as the file has them
    Raises  Refused broken if the pixels are not what the header says
    """
    with quiet():
        try:
            stored = stored_pixels(header, frame)
            if stored.shape != size(header):
                raise Refused("broken")
            return upright(cleaned(stored, header), header)
        except Refused:
            raise
        except MemoryError:
            raise
        except Exception as problem:  # a codec may raise anything on damaged bytes
            raise Refused("broken") from problem


def size(header: Dataset) -> tuple[int, int]:
    return whole(header, "Rows"), whole(header, "Columns")


def stored_pixels(header: Dataset, frame: bytes) -> NDArray[np.generic]:
    syntax = str(header.file_meta.TransferSyntaxUID)
    if syntax in UNCOMPRESSED:
        return uncompressed(header, frame, syntax=syntax)
    if syntax == RLE_LOSSLESS:
        return by_pydicom(header, frame)
    if announced_size(frame) != size(header):  # a codec allocates what the stream announces, not what the header says
        raise Refused("broken")
    return imagecodecs.ljpeg_decode(frame) if syntax in JPEG_LOSSLESS else by_pydicom(header, frame)


def uncompressed(header: Dataset, frame: bytes, *, syntax: str) -> NDArray[np.generic]:
    rows, columns = size(header)
    is_wide = whole(header, "BitsAllocated") == 16
    if syntax == BIG_ENDIAN and not is_wide:  # written as words or as bytes: the header does not always say which
        raise Refused("unsupported_encoding")
    kind = "u1" if not is_wide else ">u2" if syntax == BIG_ENDIAN else "<u2"
    return np.frombuffer(frame, np.dtype(kind), count=rows * columns).reshape(rows, columns)


def by_pydicom(header: Dataset, frame: bytes) -> NDArray[np.generic]:
    """What pydicom's plug-ins make of a single compressed frame."""
    alone = Dataset()
    alone.file_meta = FileMetaDataset()
    alone.file_meta.TransferSyntaxUID = header.file_meta.TransferSyntaxUID
    alone.Rows, alone.Columns = size(header)
    alone.SamplesPerPixel = 1
    for keyword in FORM:
        setattr(alone, keyword, header.get(keyword))
    alone.HighBit = whole(header, "BitsStored") - 1
    alone.PixelRepresentation = whole(header, "PixelRepresentation")
    alone.PixelData = encapsulate([frame])
    alone["PixelData"].is_undefined_length = True
    return alone.pixel_array


def cleaned(stored: NDArray[np.generic], header: Dataset) -> Pixels:
    """16 bits each, with the bits above BitsStored (0028,0101), where old scanners put overlays, made the sign."""
    spare = 16 - whole(header, "BitsStored")
    words = stored.astype(np.uint16)
    if whole(header, "PixelRepresentation") == 1:
        return (words << spare).view(np.int16) >> spare
    return words if spare == 0 else words & (0xFFFF >> spare)


def upright(pixels: Pixels, header: Dataset) -> Pixels:
    """MONOCHROME1 (low is bright) turned into MONOCHROME2 (low is dark) within the same range of values.

    RescaleSlope and RescaleIntercept then apply to the turned values: greys keep their order, units lose their meaning.
    """
    if text(header, "PhotometricInterpretation") == "MONOCHROME2":
        return pixels
    if pixels.dtype == np.int16:
        return ~pixels
    return np.uint16(2 ** whole(header, "BitsStored") - 1) - pixels


def announced_size(frame: bytes) -> tuple[int, int]:
    """(rows, columns) as the stream itself says: JPEG 2000's SIZ, or the frame header of JPEG and JPEG-LS."""
    if frame.startswith(JPEG_2000_START):
        right, bottom, left, top = struct.unpack_from(">4I", frame, 8)
        return bottom - top, right - left
    at = 2
    while frame[at] == 0xFF:
        if frame[at + 1] in LOSSLESS_FRAME_MARKERS:
            return struct.unpack_from(">2H", frame, at + 5)
        at += 2 + struct.unpack_from(">H", frame, at + 2)[0]
    raise Refused("broken")
