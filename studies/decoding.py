"""Pixels of a classic MR image as 16-bit numbers, whichever lossless way they were written."""

import struct

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.encaps import get_frame

from studies.dicom import JPEG_LOSSLESS, RLE_LOSSLESS, UNCOMPRESSED, quiet
from studies.elements import text, whole
from studies.errors import Refused
from studies.planes import Pixels

JPEG_2000_START = b"\xff\x4f\xff\x51"  # SOC, SIZ
LOSSLESS_FRAME_MARKERS = (0xC3, 0xF7)  # SOF3 of JPEG lossless, SOF55 of JPEG-LS


def decode(dataset: Dataset) -> Pixels:
    """The (rows, columns) pixels in stored values, int16 if signed, else uint16; low values dark.

    dataset  from `dicom.read`, which has checked size, bits and encoding
    Raises   Refused broken if the pixels are not what the header says
    """
    with quiet():
        try:
            stored = stored_pixels(dataset)
            if stored.shape != size(dataset):
                raise Refused("broken")
            return upright(cleaned(stored, dataset), dataset)
        except Refused:
            raise
        except Exception as problem:  # a codec may raise anything on damaged bytes
            raise Refused("broken") from problem


def size(dataset: Dataset) -> tuple[int, int]:
    return whole(dataset, "Rows"), whole(dataset, "Columns")


def stored_pixels(dataset: Dataset) -> NDArray[np.generic]:
    syntax = str(dataset.file_meta.TransferSyntaxUID)
    if syntax in UNCOMPRESSED:
        return uncompressed(dataset)
    if syntax == RLE_LOSSLESS:
        return dataset.pixel_array
    frame = get_frame(dataset.PixelData, 0, number_of_frames=1)
    if announced_size(frame) != size(dataset):  # a codec allocates what the stream announces, not what the header says
        raise Refused("broken")
    return imagecodecs.ljpeg_decode(frame) if syntax in JPEG_LOSSLESS else dataset.pixel_array


def uncompressed(dataset: Dataset) -> NDArray[np.generic]:
    rows, columns = size(dataset)
    kind = np.dtype("<u2") if whole(dataset, "BitsAllocated") == 16 else np.dtype("u1")
    return np.frombuffer(dataset.PixelData, kind, count=rows * columns).reshape(rows, columns)


def cleaned(stored: NDArray[np.generic], dataset: Dataset) -> Pixels:
    """16 bits each, with the bits above BitsStored (0028,0101), where old scanners put overlays, made the sign."""
    spare = 16 - whole(dataset, "BitsStored")
    shifted = stored.astype(np.uint16) << spare
    if whole(dataset, "PixelRepresentation") == 1:
        return shifted.view(np.int16) >> spare
    return shifted >> spare


def upright(pixels: Pixels, dataset: Dataset) -> Pixels:
    """MONOCHROME1 (low is bright) turned into MONOCHROME2 (low is dark) within the same range of values."""
    if text(dataset, "PhotometricInterpretation") == "MONOCHROME2":
        return pixels
    if pixels.dtype == np.int16:
        return ~pixels
    return np.uint16(2 ** whole(dataset, "BitsStored") - 1) - pixels


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
