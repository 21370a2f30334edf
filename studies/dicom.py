"""Reads a DICOM file nobody vouches for: what it is, whether Dens takes it, and only the elements Dens looks at."""

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydicom import config
from pydicom.charset import python_encoding
from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag, Tag
from pydicom.uid import UID

from studies.elements import codes, text, whole
from studies.errors import Refused
from studies.limits import DEFAULTS, Limits
from studies.rulebook import RULES
from studies.syntaxes import JPEG_LOSSLESS, RLE_LOSSLESS, UNCOMPRESSED  # noqa: F401
from studies.walk import PIXELS, Element, Elements, PixelSpan, Walked, walk

CLASSIC_MR = "1.2.840.10008.5.1.4.1.1.4"
ENHANCED_MR = ("1.2.840.10008.5.1.4.1.1.4.1", "1.2.840.10008.5.1.4.1.1.4.4")  # as acquired, as converted from classic
ENHANCED_COLOUR_MR = "1.2.840.10008.5.1.4.1.1.4.3"
CHARACTERS = "SpecificCharacterSet"
IDENTIFIERS = ("PatientID", "IssuerOfPatientID")
LATIN, ILLEGIBLE = "latin-1", "\ufffd"

WANTED = RULES.tags - {PIXELS}


@dataclass(frozen=True)
class PixelSource:
    """Where the pixels of a file lie, so that a frame can be read alone.

    file  its path, or the number it is open under
    span  where, and in which fragments if they are compressed
    """

    file: Path | int
    span: PixelSpan

    def read(self, start: int, length: int) -> bytes:
        """Bytes of the file, counted from its beginning, as the spans are."""
        with open(self.file, "rb", buffering=0, closefd=not isinstance(self.file, int)) as opened:
            return os.pread(opened.fileno(), length, start)

    def read_all(self) -> bytes:
        return self.read(*self.span.whole)


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


def read(file: Path | int, limits: Limits = DEFAULTS) -> Dataset:
    """The elements Dens looks at of an MR image that it takes, each already decoded.

    Raises  Refused with the reason, whatever the bytes are
    """
    return dataset_of(file, walk(file, wanted=WANTED, limits=limits), limits=limits)


def dataset_of(file: Path | int, walked: Walked, *, limits: Limits = DEFAULTS) -> Dataset:
    """The same from a file that was walked.

    The pixels, which can be a gigabyte, stay in the file: `pixel_source` says where.
    """
    with quiet():
        try:
            dataset = decoded(walked.elements)
            dataset.file_meta = FileMetaDataset()
            dataset.file_meta.TransferSyntaxUID = UID(walked.syntax)
            check_kind(dataset)
            span = check_pixels(dataset, walked)
            check_size(dataset, span, limits=limits)
            dataset.pixel_source = PixelSource(file, span)
        except Refused:
            raise
        except Exception as problem:  # hostile bytes make pydicom raise anything
            raise Refused("broken") from problem
    return dataset


def decoded(elements: Elements) -> Dataset:
    dataset = Dataset({BaseTag(tag): element_of(tag, element) for tag, element in elements.items()})
    if CHARACTERS in dataset:
        decode_or_drop(dataset, Tag(CHARACTERS))
        dataset.set_original_encoding(None, None, encodings(codes(dataset, CHARACTERS)))
    for tag in list(dataset.keys()):
        decode_or_drop(dataset, tag)
    keep_apart(dataset, elements)
    return dataset


def encodings(names: list[str]) -> list[str]:
    """What Python calls the character sets of a file. pydicom's own way would import whatever name stands there."""
    return [python_encoding.get(name, LATIN) for name in names] or [LATIN]


def keep_apart(dataset: Dataset, elements: Elements) -> None:
    """Two patients whose ids cannot be decoded must not become one: such an id is read byte by byte."""
    for keyword in IDENTIFIERS:
        element = elements.get(tag_for_keyword(keyword) or 0)
        if element and (keyword not in dataset or ILLEGIBLE in text(dataset, keyword)):
            setattr(dataset, keyword, element.value.decode(LATIN))


def element_of(tag: int, element: Element) -> DataElement | RawDataElement:
    if element.items is not None:
        return DataElement(BaseTag(tag), "SQ", Sequence([decoded(item) for item in element.items]))
    vr, value = element.vr or None, element.value
    implicit, little = element.coding
    return RawDataElement(BaseTag(tag), vr, len(value), value, 0, implicit, little)


def decode_or_drop(dataset: Dataset, tag: BaseTag) -> None:
    """Decodes now, while pydicom is silenced; a value that cannot be decoded counts as missing."""
    try:
        dataset[tag]
    except Exception:
        del dataset[tag]


def is_enhanced(dataset: Dataset) -> bool:
    return text(dataset, "SOPClassUID") in ENHANCED_MR


def check_kind(dataset: Dataset) -> None:
    kind = text(dataset, "SOPClassUID")
    if kind == ENHANCED_COLOUR_MR:
        raise Refused("unsupported_pixels")
    if kind != CLASSIC_MR and kind not in ENHANCED_MR:
        raise Refused("not_mr")
    if text(dataset, "Modality") not in ("MR", ""):
        raise Refused("not_mr")
    if text(dataset, "BurnedInAnnotation").upper() == "YES" or "SCREEN SAVE" in codes(dataset, "ImageType"):
        raise Refused("burned_in")


def check_pixels(dataset: Dataset, walked: Walked) -> PixelSpan:
    """Where the pixels are; they are grey and written the way the file says."""
    if walked.pixels is None or not walked.pixels.whole.length:
        raise Refused("no_pixels")
    if not is_greyscale(dataset):
        raise Refused("unsupported_pixels")
    if (walked.pixels.fragments is None) != (walked.syntax in UNCOMPRESSED):
        raise Refused("broken")
    return walked.pixels


def check_size(dataset: Dataset, pixels: PixelSpan, *, limits: Limits) -> None:
    frames = whole(dataset, "NumberOfFrames", default=1)
    if frames != 1 and not is_enhanced(dataset):
        raise Refused("unsupported_kind")
    sides = whole(dataset, "Rows"), whole(dataset, "Columns")
    if not all(limits.least_side <= side <= limits.most_side for side in sides):
        raise Refused("unsupported_size")
    n_bytes = sides[0] * sides[1] * frames * whole(dataset, "BitsAllocated") // 8
    most = limits.enhanced_bytes if is_enhanced(dataset) else limits.classic_bytes
    if frames > limits.frames or max(n_bytes, pixels.whole.length) > most:
        raise Refused("too_large")
    if frames < 1 or (pixels.fragments is None and pixels.whole.length - n_bytes not in (0, 1)):
        raise Refused("broken")


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
