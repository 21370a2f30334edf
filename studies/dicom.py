"""Reads a DICOM file nobody vouches for: what it is, whether Dens takes it, and only the elements Dens looks at."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydicom import config, dcmread
from pydicom.dataset import Dataset
from pydicom.filereader import read_file_meta_info
from pydicom.tag import Tag

from studies.elements import ELEMENTS, codes, text, whole
from studies.errors import Refused

MAX_FILE_BYTES = 64 * 1024 * 1024  # a single slice of 4096 x 4096 pixels of 16 bits takes 32 MiB
MIN_SIDE, MAX_SIDE = 16, 4096

CLASSIC_MR = "1.2.840.10008.5.1.4.1.1.4"
ENHANCED_MR = ("1.2.840.10008.5.1.4.1.1.4.1", "1.2.840.10008.5.1.4.1.1.4.3")  # grey, colour
DIRECTORY = "1.2.840.10008.1.3.10"

UNCOMPRESSED = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1")  # little endian: implicit, explicit VR
JPEG_LOSSLESS = ("1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70")
JPEG_LS_LOSSLESS = "1.2.840.10008.1.2.4.80"
JPEG_2000_LOSSLESS = "1.2.840.10008.1.2.4.90"
RLE_LOSSLESS = "1.2.840.10008.1.2.5"
# Deflated is left out on purpose: one megabyte of it unpacks to gigabytes before anybody can count.
ACCEPTED_SYNTAXES = (*UNCOMPRESSED, *JPEG_LOSSLESS, JPEG_LS_LOSSLESS, JPEG_2000_LOSSLESS, RLE_LOSSLESS)


@contextmanager
def quiet() -> Iterator[None]:
    """Silences pydicom, whose warnings and log lines quote header values."""
    log, mode = logging.getLogger("pydicom"), config.settings.reading_validation_mode
    was_disabled = log.disabled
    log.disabled, config.settings.reading_validation_mode = True, config.IGNORE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.disabled, config.settings.reading_validation_mode = was_disabled, mode


def read(path: Path) -> Dataset:
    """The elements of `elements.ELEMENTS` of a classic MR image that Dens takes, each already decoded.

    Raises  Refused with the reason, whatever the bytes are
    """
    check_sniff(path)
    with quiet():
        try:
            return read_checked(path)
        except Refused:
            raise
        except Exception as problem:  # hostile bytes make pydicom raise anything, RecursionError included
            raise Refused("broken") from problem


def read_checked(path: Path) -> Dataset:
    check_syntax(path)
    dataset = dcmread(path, specific_tags=[Tag(keyword) for keyword in ELEMENTS])
    for tag in list(dataset.keys()):
        decode_or_drop(dataset, tag)
    check_kind(dataset)
    check_image(dataset)
    return dataset


def check_sniff(path: Path) -> None:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise Refused("too_large")
    with path.open("rb") as file:
        if file.read(132)[128:] != b"DICM":
            raise Refused("not_dicom")


def check_syntax(path: Path) -> None:
    """Reads group 0002 only: the transfer syntax decides whether the rest may be parsed at all."""
    meta = read_file_meta_info(path)
    if text(meta, "MediaStorageSOPClassUID") == DIRECTORY:
        raise Refused("directory")
    if text(meta, "TransferSyntaxUID") not in ACCEPTED_SYNTAXES:
        raise Refused("unsupported_encoding")


def decode_or_drop(dataset: Dataset, tag: int) -> None:
    """Decodes now, while pydicom is silenced; a value that cannot be decoded counts as missing."""
    try:
        dataset[tag]
    except Exception:
        del dataset[tag]


def check_kind(dataset: Dataset) -> None:
    kind = text(dataset, "SOPClassUID")
    if kind in ENHANCED_MR:
        raise Refused("unsupported_kind")
    if kind != CLASSIC_MR:
        raise Refused("not_mr")
    if text(dataset, "BurnedInAnnotation").upper() == "YES" or "SCREEN SAVE" in codes(dataset, "ImageType"):
        raise Refused("burned_in")


def check_image(dataset: Dataset) -> None:
    if not dataset.get("PixelData"):
        raise Refused("no_pixels")
    if whole(dataset, "NumberOfFrames", default=1) > 1:
        raise Refused("unsupported_kind")
    if not all(MIN_SIDE <= whole(dataset, side) <= MAX_SIDE for side in ("Rows", "Columns")):
        raise Refused("unsupported_size")
    if not is_greyscale(dataset):
        raise Refused("unsupported_pixels")


def is_greyscale(dataset: Dataset) -> bool:
    allocated, stored = whole(dataset, "BitsAllocated"), whole(dataset, "BitsStored")
    return (
        whole(dataset, "SamplesPerPixel", default=1) == 1
        and text(dataset, "PhotometricInterpretation") in ("MONOCHROME1", "MONOCHROME2")
        and allocated in (8, 16)
        and 1 <= stored <= allocated
        and whole(dataset, "HighBit", default=stored - 1) == stored - 1
        and whole(dataset, "PixelRepresentation") in (0, 1)
    )
