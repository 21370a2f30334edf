"""Every DICOM element Dens looks at, each with what becomes of it and why. Nothing else of a header is ever decoded.

CHECKED  decides whether the file is taken, then forgotten
KEYED    turned into a keyed code (deidentify.py), then forgotten
KEPT     stored: what a reader needs to see the slice in its place, and the physics that made it
"""

import math
from enum import Enum
from typing import Any, NamedTuple

from pydicom.dataset import Dataset
from pydicom.multival import MultiValue


class Use(Enum):
    CHECKED = "checked"
    KEYED = "keyed"
    KEPT = "kept"


ELEMENTS: dict[str, tuple[Use, str]] = {
    "SOPClassUID": (Use.CHECKED, "only classic MR images are read"),
    "ImageType": (Use.CHECKED, "screen captures can show a name"),
    "BurnedInAnnotation": (Use.CHECKED, "burnt-in text can be a name"),
    "NumberOfFrames": (Use.CHECKED, "one file must be one slice"),
    "SamplesPerPixel": (Use.CHECKED, "greyscale only"),
    "StudyInstanceUID": (Use.KEYED, "which images are one exam"),
    "SeriesInstanceUID": (Use.KEYED, "which images are one series"),
    "SOPInstanceUID": (Use.KEYED, "the same file again is no second slice"),
    "FrameOfReferenceUID": (Use.KEYED, "series that share it can be linked by position"),
    "PatientID": (Use.KEYED, "exams of one person meet"),
    "IssuerOfPatientID": (Use.KEYED, "two hospitals may give the same number"),
    "ImagePositionPatient": (Use.KEPT, "where the slice lies"),
    "ImageOrientationPatient": (Use.KEPT, "how the slice is turned"),
    "PixelSpacing": (Use.KEPT, "how large a pixel is"),
    "Rows": (Use.KEPT, "size of the image"),
    "Columns": (Use.KEPT, "size of the image"),
    "BitsAllocated": (Use.CHECKED, "how the pixels are written"),
    "BitsStored": (Use.CHECKED, "how the pixels are written"),
    "HighBit": (Use.CHECKED, "how the pixels are written"),
    "PixelRepresentation": (Use.KEPT, "whether pixels have a sign"),
    "PhotometricInterpretation": (Use.CHECKED, "whether low values are dark or bright"),
    "PixelData": (Use.KEPT, "the image"),
    "ScanningSequence": (Use.KEPT, "tells an inversion recovery; only codes of the closed set below"),
    "RepetitionTime": (Use.KEPT, "weighting: T1 or T2"),
    "EchoTime": (Use.KEPT, "weighting: T1 or T2"),
    "InversionTime": (Use.KEPT, "tells a STIR"),
    "FlipAngle": (Use.KEPT, "weighting of gradient echoes"),
    "EchoTrainLength": (Use.KEPT, "blurring"),
    "SliceThickness": (Use.KEPT, "partial volume"),
    "SpacingBetweenSlices": (Use.KEPT, "gaps between slices"),
    "MagneticFieldStrength": (Use.KEPT, "which inversion time nulls fat"),
}

SCANNING_SEQUENCES = ("SE", "IR", "GR", "EP", "RM")  # ScanningSequence (0018,0020), defined terms of PS3.3 C.8.3.1


class Parameter(NamedTuple):
    """A number of the MR module that is kept: rounded, and only within what physics allows, so it can carry no text."""

    keyword: str
    name: str
    low: float
    high: float
    decimals: int


PARAMETERS = (
    Parameter("RepetitionTime", "repetition_time_ms", 0, 60_000, 2),
    Parameter("EchoTime", "echo_time_ms", 0, 2_000, 2),
    Parameter("InversionTime", "inversion_time_ms", 0, 10_000, 1),
    Parameter("FlipAngle", "flip_angle_deg", 0, 360, 1),
    Parameter("EchoTrainLength", "echo_train_length", 0, 2_000, 0),
    Parameter("SliceThickness", "slice_thickness_mm", 0, 50, 2),
    Parameter("SpacingBetweenSlices", "slice_spacing_mm", -100, 100, 2),
    Parameter("MagneticFieldStrength", "field_strength_t", 0, 15, 2),
)


def numbers(dataset: Dataset, keyword: str) -> list[float]:
    """The finite numbers an element holds; an empty list if it is absent or holds anything else."""
    value: Any = dataset.get(keyword)
    values = value if isinstance(value, MultiValue | list | tuple) else [value]
    try:
        found = [float(item) for item in values]
    except (TypeError, ValueError):
        return []
    return found if all(math.isfinite(item) for item in found) else []


def whole(dataset: Dataset, keyword: str, default: int = 0) -> int:
    found = numbers(dataset, keyword)
    return int(found[0]) if found else default


def text(dataset: Dataset, keyword: str) -> str:
    return str(dataset.get(keyword) or "").strip(" \0")


def codes(dataset: Dataset, keyword: str) -> list[str]:
    """The values of a CS element, upper case, one or many."""
    value: Any = dataset.get(keyword) or []
    values = value if isinstance(value, MultiValue | list | tuple) else [value]
    return [str(item).strip().upper() for item in values]
