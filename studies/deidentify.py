"""A slice of a scanner becomes a reading copy: pixels, geometry, a few numbers, and keyed codes. The rest is forgotten.

Not a cleaned header but no header: only what `rules/mr.yaml` lists goes in, so nothing has to be found to be
removed. Codes are keyed (HMAC-SHA256), never plain hashes, which anybody could recompute from a guessed number; and no
table of UIDs is held, so every worker maps the same file to the same place.
"""

import hashlib
import hmac
import re
import uuid

import numpy as np
from pydicom.dataset import Dataset

from studies.copies import ReadingCopy
from studies.elements import PARAMETERS, SCANNING_SEQUENCES, Parameter, codes, numbers, text, whole
from studies.errors import Refused
from studies.facts import facts
from studies.geometry import Geometry, read_geometry
from studies.planes import Pixels, encode

LARGEST_SCALE = 1e5
FARTHEST_MM, LARGEST_SPACING_MM = 10_000, 100
NO_AGENT = ("0", "N", "NA", "NO", "NONE", "OFF", "WITHOUT")  # what scanners write for "no contrast medium"


def study_key(secret: str, study_code: str) -> bytes:
    """One key a study, so that the same patient in two studies cannot be joined."""
    return keyed(secret.encode(), "study", study_code)


def reading_copy(flat: Dataset, pixels: Pixels, *, key: bytes) -> ReadingCopy:
    """The reading copy of one slice. Raises Refused.

    flat    the classic attributes of the slice, from `multiframe.slices`
    pixels  (rows, columns) in stored values
    """
    series, geometry, parameters = identifier(flat, "SeriesInstanceUID"), checked_geometry(flat), kept_parameters(flat)
    stack = f"{series}\0{geometry.grid} {pixels.dtype} {stack_of(flat)}"
    slope, intercept = rescale(flat)
    low, high = sorted(slope * end + intercept for end in grey_range(pixels))  # a slope can be negative
    return ReadingCopy(
        exam_uid=keyed_uid(key, "exam", identifier(flat, "StudyInstanceUID")),
        series_uid=keyed_uid(key, "series", stack),
        instance_uid=keyed_uid(key, "instance", instance_of(flat)),
        frame=frame(flat, key=key, series=series),
        subject_key=subject_key(flat, key=key),
        geometry=geometry,
        is_signed=pixels.dtype == np.int16,
        slope=slope,
        intercept=intercept,
        low=low,
        high=high,
        parameters=parameters,
        sequences=[code for code in codes(flat, "ScanningSequence") if code in SCANNING_SEQUENCES],
        has_contrast=has_contrast(flat),
        is_3d=text(flat, "MRAcquisitionType").upper() == "3D",
        facts=facts(flat, key=key),
        pixels_sha256=digest(pixels),
        plane=encode(pixels),
    )


def stack_of(flat: Dataset) -> str:
    """What tells the stacks of one DICOM series apart: echoes (to the millisecond: scanners jitter), and in Enhanced MR
    the stack, the repetition, and the kind of image made of several, such as water and fat."""
    echo = round(sum(numbers(flat, "EchoTime")[:1]))
    return f"{echo} {text(flat, 'StackID')} {whole(flat, 'TemporalPositionIndex')} {codes(flat, 'FrameType')[2:4]}"


def instance_of(flat: Dataset) -> str:
    """What names a slice: the UID of its file, with the frame's number where the file holds several."""
    uid = identifier(flat, "SOPInstanceUID")
    return f"{uid}\0{whole(flat, 'InstanceNumber')}" if whole(flat, "NumberOfFrames", default=1) > 1 else uid


def has_contrast(flat: Dataset) -> bool:
    agent = re.sub("[^A-Z0-9]", "", text(flat, "ContrastBolusAgent").upper())
    return bool(agent) and agent not in NO_AGENT


def rescale(flat: Dataset) -> tuple[float, float]:
    """RescaleSlope (0028,1053) and RescaleIntercept (0028,1052); 1 and 0 where they are missing or beyond belief."""
    slope, intercept = numbers(flat, "RescaleSlope")[:1] or [1.0], numbers(flat, "RescaleIntercept")[:1] or [0.0]
    if not 0 < abs(slope[0]) <= LARGEST_SCALE or abs(intercept[0]) > LARGEST_SCALE:
        return 1.0, 0.0
    return float(f"{slope[0]:.6g}"), float(f"{intercept[0]:.6g}")  # more digits could be those of a number


def checked_geometry(flat: Dataset) -> Geometry:
    """The geometry, if it lies in a scanner: numbers without bounds could carry a hospital number."""
    geometry = read_geometry(flat)
    far = max(abs(part) for part in geometry.position)
    if far > FARTHEST_MM or max(geometry.row_spacing_mm, geometry.column_spacing_mm) > LARGEST_SPACING_MM:
        raise Refused("no_geometry")
    return geometry


def grey_range(pixels: Pixels) -> tuple[float, float]:
    """1st and 99.5th percentile, from every second pixel of every second row."""
    sample = pixels[::2, ::2].ravel()
    low, high = int(0.01 * (sample.size - 1)), int(0.995 * (sample.size - 1))
    ranked = np.partition(sample, (low, high))
    return float(ranked[low]), float(ranked[high])


def digest(pixels: Pixels) -> str:
    """SHA-256 of the decoded pixels with their size and type, whichever way they were compressed."""
    form = f"{pixels.shape} {pixels.dtype} "
    return hashlib.sha256(form.encode() + pixels.tobytes()).hexdigest()


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
