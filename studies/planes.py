"""The packed form of one slice, "plane-1": half the bytes of raw pixels, undone by any browser without a codec.

Each pixel becomes its difference to the left neighbour (the first column: to 0) modulo 2^16, zigzagged so that small
differences of either sign are small numbers: z = ((d << 1) ^ (d >> 15)) & 0xFFFF. All low bytes, then all high bytes,
then one gzip member. On real STIR and T1 slices 0.31 and 0.35 of the raw bytes remain, with gzip alone 0.41 and 0.50.
"""

import gzip

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.int16] | NDArray[np.uint16]

LEVEL = 6  # packed once at intake, fetched many times


def encode(pixels: Pixels) -> bytes:
    """The plane of a (rows, columns) image of 16 bits; the same pixels always give the same bytes."""
    unsigned = np.ascontiguousarray(pixels).view(np.uint16)
    difference = np.diff(unsigned, axis=1, prepend=np.uint16(0)).view(np.int16)
    zigzag = ((difference << 1) ^ (difference >> 15)).view(np.uint16)
    low, high = (zigzag & 0xFF).astype(np.uint8), (zigzag >> 8).astype(np.uint8)
    return gzip.compress(low.tobytes() + high.tobytes(), compresslevel=LEVEL, mtime=0)


def decode(plane: bytes, *, rows: int, columns: int, is_signed: bool) -> Pixels:
    """The pixels of a plane, as the browser gets them."""
    low, high = np.frombuffer(gzip.decompress(plane), np.uint8).reshape(2, rows, columns)
    zigzag = low.astype(np.uint16) | (high.astype(np.uint16) << 8)
    difference = (zigzag >> 1) ^ (np.uint16(0) - (zigzag & 1))
    unsigned = np.cumsum(difference, axis=1, dtype=np.uint16)
    return unsigned.view(np.int16) if is_signed else unsigned
