"""The reading copy of one slice: all that is left of an original once `deidentify.py` has been over it.

It crosses from the process that opens originals to the one that stores them as one line of JSON and the packed plane.
"""

import json
from dataclasses import dataclass
from typing import Any

from studies.geometry import Geometry, vector


@dataclass(frozen=True)
class Facts:
    """What coordinators and statisticians may know of an exam. None and "" where the header does not say.

    age_years    at the exam, 90 for 90 and more
    sex          "F", "M", "O"
    shifted_day  the day of the exam, counted from a start that only the study's key knows
    vendor       one of `models.Vendor`
    """

    age_years: int | None = None
    sex: str = ""
    shifted_day: int | None = None
    vendor: str = ""


@dataclass(frozen=True, eq=False)
class ReadingCopy:
    """Everything Dens keeps of one slice.

    exam_uid .. frame  keyed UIDs, "2.25." and at most 39 digits
    series_uid         of one stack: a DICOM series may hold several echoes, or the three planes of a localizer
    subject_key        keyed from the patient's id; from the exam's UID where there is none
    slope, intercept   rescaled value = slope * stored value + intercept
    low, high          1st and 99.5th percentile of the slice, in rescaled values
    parameters         names and units of `elements.PARAMETERS`; absent where the header has no plausible value
    sequences          codes of ScanningSequence (0018,0020), those of the closed set only
    has_contrast       whether a contrast medium was given
    is_3d              whether it was acquired as one volume
    pixels_sha256      of the decoded pixels with their size and type, whichever way they were compressed
    plane              the packed pixels (planes.py)
    """

    exam_uid: str
    series_uid: str
    instance_uid: str
    frame: str
    subject_key: str
    geometry: Geometry
    is_signed: bool
    slope: float
    intercept: float
    low: float
    high: float
    parameters: dict[str, float]
    sequences: list[str]
    has_contrast: bool
    is_3d: bool
    facts: Facts
    pixels_sha256: str
    plane: bytes

    def header(self) -> bytes:
        """All but the plane, as one line of JSON."""
        given = {name: value for name, value in vars(self).items() if name != "plane"}
        return json.dumps({**given, "geometry": vars(self.geometry), "facts": vars(self.facts)}).encode()


def from_header(header: bytes, plane: bytes) -> ReadingCopy:
    """The reading copy that `header()` wrote. Raises TypeError, KeyError or ValueError for anything else."""
    given: dict[str, Any] = json.loads(header)
    lies = given.pop("geometry")
    for name in ("position", "row_direction", "column_direction"):
        lies[name] = vector(lies[name])
    return ReadingCopy(**{**given, "geometry": Geometry(**lies), "facts": Facts(**given["facts"]), "plane": plane})
