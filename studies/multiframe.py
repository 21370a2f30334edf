"""The slices of a file, one at a time: of a classic image itself, of an Enhanced MR file one for each frame.

What stands in the functional groups of a frame (PS3.3 C.7.6.16) is laid flat under the names that classic images use,
so that nothing behind this module need know how a file was written.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from pydicom.dataset import Dataset

from studies.decoding import decode
from studies.dicom import PixelSource, is_enhanced
from studies.elements import codes, numbers, text, whole
from studies.errors import Refused
from studies.planes import Pixels
from studies.walk import Span

SHARED, PER_FRAME = "SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"
AGENTS = "ContrastBolusAgentSequence"
CLASSIC_NAMES = {
    "EffectiveEchoTime": "EchoTime",
    "InversionTimes": "InversionTime",
    "RFEchoTrainLength": "EchoTrainLength",
}
PARTS_OF_THE_SIGNAL = {"PHASE", "PHASE MAP", "REAL", "IMAGINARY"}
OFFSET_BYTES = 4
ITEM_HEADER_BYTES = 8


def slices(dataset: Dataset) -> Iterator[tuple[Dataset, Pixels]]:
    """Each slice of a file from `dicom.read`: its attributes under their classic names, and its pixels.

    In a multi-frame file InstanceNumber (0020,0013) is the number of the frame, from 1.
    Raises  Refused, perhaps after some slices; no_magnitude if there is none
    """
    is_empty = True
    for number, frame in enumerate(frames(dataset), start=1):
        flat = flattened(dataset, number) if is_enhanced(dataset) else dataset
        if not is_phase(flat):
            is_empty = False
            yield flat, decode(flat, frame)
    if is_empty:
        raise Refused("no_magnitude")


def frames(dataset: Dataset) -> Iterator[bytes]:
    """The bytes of each frame, read when it is asked for: a multi-frame file may hold a gigabyte."""
    source: PixelSource = dataset.pixel_source
    for spans in frame_spans(dataset, source):
        yield b"".join(source.read(span.start, span.length) for span in spans)


def frame_spans(dataset: Dataset, source: PixelSource) -> list[list[Span]]:
    count = whole(dataset, "NumberOfFrames", default=1)
    if source.span.fragments is None:
        length = whole(dataset, "Rows") * whole(dataset, "Columns") * whole(dataset, "BitsAllocated") // 8
        return [[Span(source.span.whole.start + number * length, length)] for number in range(count)]
    table, *fragments = source.span.fragments
    if count == 1:
        return [fragments]
    if len(fragments) == count:
        return [[fragment] for fragment in fragments]
    return by_offsets(source.read(table.start, table.length), fragments, count=count)


def by_offsets(table: bytes, fragments: list[Span], *, count: int) -> list[list[Span]]:
    """Frames of several fragments each, by the Basic Offset Table (PS3.5 A.4). Raises Refused if it does not fit."""
    offsets = np.frombuffer(table[: len(table) // OFFSET_BYTES * OFFSET_BYTES], "<u4").tolist()
    starts = [fragment.start - fragments[0].start for fragment in fragments]
    if len(offsets) != count or not set(offsets) <= set(starts) or offsets != sorted(set(offsets)):
        raise Refused("broken")
    cuts = [*(starts.index(offset) for offset in offsets), len(fragments)]
    return [fragments[first:last] for first, last in pairwise(cuts)]


def flattened(dataset: Dataset, number: int) -> Dataset:
    """The attributes of one frame; what the frame says of itself counts more than what all frames share."""
    flat = Dataset()
    flat.file_meta = dataset.file_meta
    for element in dataset:
        if element.VR != "SQ" and element.keyword != "PixelData":
            flat.add(element)
    for group in groups(dataset, number):
        add_macros(group, flat)
    if text(flat, "InversionRecovery").upper() == "NO":
        flat.InversionTimes = None
    for name, classic in CLASSIC_NAMES.items():
        rename(flat, name, classic)
    flat.ScanningSequence = scanning_sequence(flat)
    flat.ContrastBolusAgent = "CONTRAST" if has_contrast(dataset, flat) else None
    flat.InstanceNumber = number
    return flat


def groups(dataset: Dataset, number: int) -> list[Dataset]:
    """The shared functional groups, then those of a frame. Raises Refused where the file has fewer than frames."""
    shared, own = dataset.get(SHARED) or [], dataset.get(PER_FRAME) or []
    if len(own) < number:
        raise Refused("broken")
    return [*shared[:1], own[number - 1]]


def add_macros(group: Dataset, flat: Dataset) -> None:
    for macro in group:
        for item in macro.value if macro.VR == "SQ" else ():
            for element in item:
                if element.VR != "SQ":
                    flat.add(element)


def rename(flat: Dataset, name: str, classic: str) -> None:
    found = numbers(flat, name)
    if found:
        setattr(flat, classic, found[0])


def has_contrast(dataset: Dataset, flat: Dataset) -> bool:
    """Whether a contrast medium is named, and the frame does not say that it was still to come."""
    return bool(dataset.get(AGENTS)) and text(flat, "ContrastBolusAgentAdministered").upper() != "NO"


def scanning_sequence(flat: Dataset) -> list[str]:
    """ScanningSequence (0018,0020) from what Enhanced MR says instead of it."""
    echo = {"SPIN": ["SE"], "GRADIENT": ["GR"], "BOTH": ["SE", "GR"]}.get(text(flat, "EchoPulseSequence").upper(), [])
    told: list[Any] = [("InversionRecovery", "IR"), ("EchoPlanarPulseSequence", "EP")]
    return echo + [code for keyword, code in told if text(flat, keyword).upper() == "YES"]


def is_phase(flat: Dataset) -> bool:
    """Whether a frame shows the phase or a part of the complex signal: nobody scores those."""
    kind = codes(flat, "ImageType")  # of classic images: the third value and those behind it, vendor by vendor
    told = {*codes(flat, "ComplexImageComponent"), *kind[2:5]}
    return bool(told & PARTS_OF_THE_SIGNAL) or bool({"P", "R", "I"} & set(kind[2:4]))
