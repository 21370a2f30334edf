"""A file of a scanner becomes a reading copy: pixels, geometry, a few numbers, and keyed codes. The rest is forgotten.

Not a cleaned header but no header: only what `elements.py` lists as kept goes in, so nothing has to be found to be
removed. Codes are keyed (HMAC-SHA256), never plain hashes, which anybody could recompute from a guessed number; and no
table of UIDs is held, so every worker maps the same file to the same place.
"""

import hmac
import uuid
from dataclasses import dataclass

import numpy as np
from pydicom.dataset import Dataset

from studies.decoding import decode
from studies.elements import PARAMETERS, SCANNING_SEQUENCES, Parameter, codes, numbers, text
from studies.errors import Refused
from studies.geometry import Geometry, read_geometry
from studies.planes import Pixels


@dataclass(frozen=True, eq=False)
class ReadingCopy:
    """Everything Dens keeps of one image.

    exam_uid .. frame  keyed UIDs, "2.25." and at most 39 digits
    series_uid         of one stack: a DICOM series may hold several echoes, or the three planes of a localizer
    subject_key        keyed from the patient's id; from the exam's UID where there is none
    parameters         names and units of `elements.PARAMETERS`; absent where the header has no plausible value
    sequences          codes of ScanningSequence (0018,0020), those of the closed set only
    """

    exam_uid: str
    series_uid: str
    instance_uid: str
    frame: str
    subject_key: str
    geometry: Geometry
    parameters: dict[str, float]
    sequences: list[str]
    pixels: Pixels

    @property
    def is_signed(self) -> bool:
        return self.pixels.dtype == np.int16


def study_key(secret: str, study_code: str) -> bytes:
    """One key a study, so that the same patient in two studies cannot be joined."""
    return keyed(secret.encode(), "study", study_code)


def reading_copy(dataset: Dataset, *, key: bytes) -> ReadingCopy:
    """The reading copy of an image read by `dicom.read`. Raises Refused."""
    series, geometry, pixels = identifier(dataset, "SeriesInstanceUID"), read_geometry(dataset), decode(dataset)
    parameters = kept_parameters(dataset)
    stack = f"{series}\0{geometry.grid} {parameters.get('echo_time_ms')} {pixels.dtype}"
    return ReadingCopy(
        exam_uid=keyed_uid(key, "exam", identifier(dataset, "StudyInstanceUID")),
        series_uid=keyed_uid(key, "series", stack),
        instance_uid=keyed_uid(key, "instance", identifier(dataset, "SOPInstanceUID")),
        frame=frame(dataset, key=key, series=series),
        subject_key=subject_key(dataset, key=key),
        geometry=geometry,
        parameters=parameters,
        sequences=[code for code in codes(dataset, "ScanningSequence") if code in SCANNING_SEQUENCES],
        pixels=pixels,
    )


def identifier(dataset: Dataset, keyword: str) -> str:
    value = text(dataset, keyword)
    if not value:
        raise Refused("no_identity")
    return value


def frame(dataset: Dataset, *, key: bytes, series: str) -> str:
    """The keyed frame of reference; a series without one has a frame of its own and is linked to no other."""
    named = text(dataset, "FrameOfReferenceUID")
    return keyed_uid(key, "frame", named) if named else keyed_uid(key, "frame of series", series)


def subject_key(dataset: Dataset, *, key: bytes) -> str:
    patient, issuer = text(dataset, "PatientID"), text(dataset, "IssuerOfPatientID")
    if patient:
        return keyed(key, "patient", f"{issuer}\0{patient}").hex()
    return keyed(key, "patient of exam", identifier(dataset, "StudyInstanceUID")).hex()


def kept_parameters(dataset: Dataset) -> dict[str, float]:
    values = {parameter.name: plausible(dataset, parameter) for parameter in PARAMETERS}
    return {name: value for name, value in values.items() if value is not None}


def plausible(dataset: Dataset, parameter: Parameter) -> float | None:
    found = numbers(dataset, parameter.keyword)[:1]
    return round(found[0], parameter.decimals) if found and parameter.low <= found[0] <= parameter.high else None


def keyed(key: bytes, label: str, value: str) -> bytes:
    """HMAC-SHA256 of a value under a label of its own, so that equal values of two kinds never look equal."""
    return hmac.digest(key, f"{label}\0{value}".encode(), "sha256")


def keyed_uid(key: bytes, label: str, uid: str) -> str:
    """A DICOM UID from a keyed UUID (PS3.5 B.2): "2.25." and the UUID as a number, at most 44 characters."""
    return f"2.25.{uuid.UUID(bytes=keyed(key, label, uid)[:16], version=5).int}"
