"""A reading copy as a DICOM file that conforms: MR Image Storage, explicit little endian, nothing but what Dens kept.

Written anew from the first byte: an empty preamble, file meta information of our own, the attributes below. A frame of
an enhanced file becomes a classic image. What a module demands and Dens does not know is empty (type 2) or, where it
must not be empty (type 1), one of the dummies in `CONSTANTS`.
"""

import io
from collections.abc import Iterable
from functools import cache

from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRLittleEndian, MRImageStorage

from studies import planes
from studies.copies import ReadingCopy
from studies.elements import PARAMETERS
from studies.planes import Pixels
from studies.rulebook import RULES

VERSION = "0.1.0"
IMPLEMENTATION = UID("2.25.217034812045127766518402937745610283311")  # of Dens; says nothing about an installation
UNSAID = ("PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "ReferringPhysicianName", "StudyID",
          "AccessionNumber", "SeriesNumber", "Laterality", "PatientPosition", "PositionReferenceIndicator",
          "Manufacturer", "InstanceNumber", "SliceThickness", "ScanOptions", "MRAcquisitionType", "RepetitionTime",
          "EchoTime", "EchoTrainLength")  # fmt: skip
CONSTANTS = {
    "ImageType": ["DERIVED", "PRIMARY", "OTHER"],  # Dens forgets whether the scanner called it original
    "Modality": "MR",
    "SequenceVariant": "NONE",
    "SamplesPerPixel": 1,
    "PhotometricInterpretation": "MONOCHROME2",
    "BitsAllocated": 16,
    "BitsStored": 16,
    "HighBit": 15,
    "PatientIdentityRemoved": "YES",
    "DeidentificationMethod": [f"Dens {VERSION}", f"PS3.15 {RULES.annex.edition}", f"policy {RULES.digest[:32]}"],
    "LongitudinalTemporalInformationModified": "REMOVED",
}
UNKNOWN_SEQUENCE = "RM"  # "research mode": ScanningSequence must say something
(SOME_AGENT,) = RULES.terms("ContrastBolusAgent")
PROFILES = {  # CID 7050: what was really done, no more
    "113100": "Basic Application Confidentiality Profile",
    "113103": "Clean Graphics Option",
}
DEIDENTIFYING_EQUIPMENT = ("109104", "De-identifying Equipment")


def of(copy: ReadingCopy, *, number: int | None = None) -> Dataset:
    """The dataset under a pseudonym that is keyed like all else, for files that no database knows."""
    return dataset(copy, patient=pseudonym(copy), number=number)


def pseudonym(copy: ReadingCopy) -> str:
    return f"subject-{copy.subject_key[:12]}"


def dataset(copy: ReadingCopy, *, patient: str, number: int | None = None) -> Dataset:
    """The attributes of a slice, its pixels among them.

    patient  a pseudonym: all that names the patient in the file
    number   InstanceNumber (0020,0013), by geometry; empty if the caller knows no order
    """
    written = Dataset()
    for keyword in UNSAID:
        setattr(written, keyword, None)
    for keyword, value in CONSTANTS.items():
        setattr(written, keyword, value)
    written.DeidentificationMethodCodeSequence = Sequence([code(*profile) for profile in PROFILES.items()])
    written.ContributingEquipmentSequence = Sequence([equipment()])
    add_names(written, copy, patient=patient)
    add_geometry(written, copy)
    add_physics(written, copy)
    add_pixels(written, copy)
    if number is not None:
        written.InstanceNumber = number
    written.file_meta = file_meta(copy.instance_uid)
    return written


def write(written: Dataset) -> bytes:
    """The dataset as the bytes of a file; the same dataset always gives the same bytes."""
    file = io.BytesIO()
    written.preamble = b"\0" * 128
    written.save_as(file, enforce_file_format=True)
    return file.getvalue()


def numbered(content: bytes, number: int) -> bytes:
    """A file of ours with InstanceNumber (0020,0013)."""
    read = dcmread(io.BytesIO(content))
    read.InstanceNumber = number
    return write(read)


def file_meta(instance_uid: str) -> FileMetaDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = MRImageStorage
    meta.MediaStorageSOPInstanceUID = UID(instance_uid)
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = IMPLEMENTATION
    meta.ImplementationVersionName = f"DENS_{VERSION}"
    return meta


def code(value: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "DCM", meaning
    return item


def equipment() -> Dataset:
    """An item of ContributingEquipmentSequence (0018,A001): who took the identity out. No date, no place."""
    item = Dataset()
    item.Manufacturer = item.ManufacturerModelName = "Dens"
    item.SoftwareVersions = VERSION
    item.PurposeOfReferenceCodeSequence = Sequence([code(*DEIDENTIFYING_EQUIPMENT)])
    return item


def add_names(written: Dataset, copy: ReadingCopy, *, patient: str) -> None:
    written.SOPClassUID = MRImageStorage
    written.StudyInstanceUID, written.SeriesInstanceUID = UID(copy.exam_uid), UID(copy.series_uid)
    written.SOPInstanceUID, written.FrameOfReferenceUID = UID(copy.instance_uid), UID(copy.frame)
    written.PatientName = written.PatientID = patient
    if not patient.isascii():
        written.SpecificCharacterSet = "ISO_IR 192"


def add_geometry(written: Dataset, copy: ReadingCopy) -> None:
    lies = copy.geometry
    written.ImagePositionPatient = [decimal(part) for part in lies.position]
    written.ImageOrientationPatient = [decimal(part) for part in (*lies.row_direction, *lies.column_direction)]
    written.PixelSpacing = [decimal(lies.row_spacing_mm), decimal(lies.column_spacing_mm)]
    written.Rows, written.Columns = lies.rows, lies.columns


def add_physics(written: Dataset, copy: ReadingCopy) -> None:
    for parameter in PARAMETERS:
        value = copy.parameters.get(parameter.name)
        if value is not None:
            setattr(written, parameter.keyword, decimal(value) if parameter.decimals else int(value))
    written.MRAcquisitionType = "3D" if copy.is_3d else "2D"
    add_inversion(written, copy)
    if copy.has_contrast:
        written.ContrastBolusAgent = SOME_AGENT


def add_inversion(written: Dataset, copy: ReadingCopy) -> None:
    """ScanningSequence (0018,0020) and InversionTime (0018,0082), which must not stand without IR and must with it."""
    sequences = list(copy.sequences)
    if copy.parameters.get("inversion_time_ms") and "IR" not in sequences:  # not every scanner says so
        sequences.append("IR")
    written.ScanningSequence = sequences or UNKNOWN_SEQUENCE
    if "IR" not in sequences:
        written.pop("InversionTime", None)
    elif "InversionTime" not in written:
        written.InversionTime = None


def add_pixels(written: Dataset, copy: ReadingCopy) -> None:
    if (copy.slope, copy.intercept) != (1.0, 0.0):
        written.RescaleIntercept, written.RescaleSlope = decimal(copy.intercept), decimal(copy.slope)
        written.RescaleType = "US"
    written.WindowCenter = decimal((copy.low + copy.high) / 2)
    written.WindowWidth = decimal(max(1.0, copy.high - copy.low))
    written.PixelRepresentation = int(copy.is_signed)
    written.add_new("PixelData", "OW", pixels(copy).astype("<u2" if not copy.is_signed else "<i2").tobytes())


def pixels(copy: ReadingCopy) -> Pixels:
    size = copy.geometry
    return planes.decode(copy.plane, rows=size.rows, columns=size.columns, is_signed=copy.is_signed)


def decimal(value: float) -> str:
    """A number as DS, which takes 16 characters."""
    return f"{value:.10g}"


def own_values(copy: ReadingCopy) -> list[bytes]:
    """What Dens itself puts into the file of a slice, as it stands there, for `residual.check_file` to leave out."""
    uids = (copy.exam_uid, copy.series_uid, copy.instance_uid, copy.frame)
    names = [(vr, pseudonym(copy)) for vr in ("LO", "PN")]
    return [*constants(), *(as_written("UI", uid) for uid in uids), *(as_written(*name) for name in names)]


@cache
def constants() -> list[bytes]:
    written = Dataset()
    for keyword, value in {**CONSTANTS, "ContrastBolusAgent": SOME_AGENT}.items():
        setattr(written, keyword, value)
    written.DeidentificationMethodCodeSequence = Sequence([code(*profile) for profile in PROFILES.items()])
    written.ContributingEquipmentSequence = Sequence([equipment()])
    meta = file_meta("2.25.1")
    del meta.MediaStorageSOPInstanceUID
    found = {as_written(one.VR, one.value) for one in [*written.iterall(), *meta] if one.VR in ("CS", "LO", "SH", "UI")}
    return sorted(found, key=len, reverse=True)


def as_written(vr: str, value: str | Iterable[str]) -> bytes:
    """The VR, length and bytes of a value in explicit little endian."""
    joined = value if isinstance(value, str) else "\\".join(value)
    padded = joined.encode() + (b"\0" if vr == "UI" else b" ") * (len(joined) % 2)
    return vr.encode() + len(padded).to_bytes(2, "little") + padded
