"""Values of the attributes Dens looks at (rules/mr.yaml), read without trust: numbers, words, codes, or nothing."""

import math
from typing import Any, NamedTuple

from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from studies.rulebook import RULES

SCANNING_SEQUENCES = RULES.terms("ScanningSequence")


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
