"""DICOM documents about a signed reading: identifiers and times that follow from its content, and what it is about.

Nothing of an original is in them: study, series and instances are those that Dens keeps, under keyed UIDs, and the
patient is a pseudonym. No clock and no name of a library either: the same reading gives the same bytes.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from pydicom import Dataset
from pydicom.uid import UID

from scoring.bundle.content import PRIVATE, Code, coded, reference
from scoring.dossier import CaseRecord, PinRecord, ReadingRecord, SeriesRecord, SignatureRecord, SliceRecord
from studies import part10

UNSAID = (
    "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "ReferringPhysicianName", "StudyID", "AccessionNumber",
)  # fmt: skip
EQUIPMENT = {"Manufacturer": "Dens", "ManufacturerModelName": "Dens", "DeviceSerialNumber": "1", "SoftwareVersions": "1"}
Images = Iterable[tuple[SeriesRecord, SliceRecord]]


def uid_of(*labels: str) -> UID:
    """2.25 and a version 5 UUID: the same labels, the same UID."""
    digest = sha256("\x1f".join(labels).encode()).digest()
    return UID(f"2.25.{UUID(bytes=digest[:16], version=5).int}")


def document(
    case: CaseRecord,
    reading: ReadingRecord,
    *,
    sop_class: UID,
    modality: str,
    series_number: int,
    title: Code,
    template: str,
    items: Iterable[Dataset],
    images: Images,
    **values: Any,
) -> Dataset:
    """A document of a reading.

    images   what it refers to; all of it is named as evidence
    values   further attributes of this kind of document
    """
    signature = signature_of(reading)
    content = (modality, reading.code, signature.content_sha256)
    made = Dataset()
    made.SpecificCharacterSet = "ISO_IR 192"
    made.SOPClassUID, made.SOPInstanceUID = sop_class, uid_of("instance", *content)
    made.StudyInstanceUID, made.SeriesInstanceUID = case.exam.uid, uid_of("series", *content)
    made.Modality, made.SeriesNumber, made.InstanceNumber = modality, series_number, 1
    made.PatientID, made.PatientName = case.subject, f"{case.subject}^"
    moment = datetime.fromisoformat(signature.signed_at)
    made.ContentDate, made.ContentTime = moment.strftime("%Y%m%d"), moment.strftime("%H%M%S")
    made.ReferencedPerformedProcedureStepSequence = []
    made.ValueType, made.ContinuityOfContent = "CONTAINER", "SEPARATE"
    made.ConceptNameCodeSequence, made.ContentTemplateSequence = coded(title), [template_item(template)]
    made.CodingSchemeIdentificationSequence = [scheme()]
    made.CurrentRequestedProcedureEvidenceSequence = [evidence(case, images)]
    made.ContentSequence = list(items)
    fill(made, {**dict.fromkeys(UNSAID), **EQUIPMENT, **values})
    made.file_meta = part10.file_meta(made.SOPInstanceUID)
    made.file_meta.MediaStorageSOPClassUID = sop_class
    return made


def fill(made: Dataset, values: Mapping[str, Any]) -> None:
    for keyword, value in values.items():
        setattr(made, keyword, value)


def signature_of(reading: ReadingRecord) -> SignatureRecord:
    assert reading.signature is not None, "a document is made of a signed reading"
    return reading.signature


def template_item(identifier: str) -> Dataset:
    made = Dataset()
    made.MappingResource, made.TemplateIdentifier = "DCMR", identifier
    return made


def scheme() -> Dataset:
    """Whose the private codes are."""
    made = Dataset()
    made.CodingSchemeDesignator, made.CodingSchemeName = PRIVATE, "Dens: items and sums of a scoring instrument"
    made.CodingSchemeResponsibleOrganization = "Dens"
    return made


def evidence(case: CaseRecord, images: Images) -> Dataset:
    """The images a document is about, by series, each once."""
    found: dict[str, dict[str, Dataset]] = {}
    for series, slice in images:
        found.setdefault(series.uid, {}).setdefault(slice.uid, reference(slice.uid))
    study = Dataset()
    study.StudyInstanceUID = case.exam.uid
    study.ReferencedSeriesSequence = [series_item(uid, list(slices.values())) for uid, slices in found.items()]
    return study


def series_item(uid: str, slices: list[Dataset]) -> Dataset:
    made = Dataset()
    made.SeriesInstanceUID, made.ReferencedSOPSequence = uid, slices
    return made


def all_images(case: CaseRecord) -> Images:
    return ((series, slice) for series in case.exam.series for slice in series.slices)


def image_of(case: CaseRecord, pin: PinRecord) -> tuple[SeriesRecord, SliceRecord]:
    """The series and the slice a pin lies on."""
    series = next(one for one in case.exam.series if one.number == pin.series)
    return series, series.slices[pin.slice - 1]


def save(made: Dataset, path: Path) -> None:
    path.write_bytes(part10.write(made))
