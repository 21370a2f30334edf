"""DICOM documents about a signed reading: identifiers and times that follow from its content, and what it is about.

Nothing of an original is in them: study, series and instances are those that Dens keeps, under keyed UIDs, and the
patient is a pseudonym. No clock and no name of a library either: the same reading gives the same bytes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydicom.uid import UID, ExplicitVRLittleEndian

from scoring.bundle.content import PRIVATE, Code, coded, reference
from scoring.bundle.explicit import dataset, file
from scoring.dossier import CaseRecord, PinRecord, ReadingRecord, SeriesRecord, SignatureRecord, SliceRecord
from studies import part10

UNSAID = (
    "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "ReferringPhysicianName", "StudyID", "AccessionNumber",
)  # fmt: skip
EQUIPMENT = {
    "Manufacturer": "Dens",
    "ManufacturerModelName": "Dens",
    "DeviceSerialNumber": "1",
    "SoftwareVersions": "1",
}
SCHEME = {  # whose the private codes are
    "CodingSchemeDesignator": PRIVATE,
    "CodingSchemeName": "Dens: items and sums of a scoring instrument",
    "CodingSchemeResponsibleOrganization": "Dens",
}
META = {
    "FileMetaInformationVersion": b"\0\1",
    "TransferSyntaxUID": ExplicitVRLittleEndian,
    "ImplementationClassUID": part10.IMPLEMENTATION,
    "ImplementationVersionName": "DENS",
}
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
    items: Sequence[bytes],
    images: Images,
    **values: Any,
) -> bytes:
    """A document of a reading, as a file.

    images   what it refers to; all of it is named as evidence
    values   further attributes of this kind of document
    """
    signature = signature_of(reading)
    content = (modality, reading.code, signature.content_sha256)
    moment, uid = datetime.fromisoformat(signature.signed_at), uid_of("instance", *content)
    about = {
        "SpecificCharacterSet": "ISO_IR 192",
        "SOPClassUID": sop_class,
        "SOPInstanceUID": uid,
        "StudyInstanceUID": case.exam.uid,
        "SeriesInstanceUID": uid_of("series", *content),
        "Modality": modality,
        "SeriesNumber": series_number,
        "InstanceNumber": 1,
        "PatientID": case.subject,
        "PatientName": f"{case.subject}^",
        "ContentDate": moment.strftime("%Y%m%d"),
        "ContentTime": moment.strftime("%H%M%S"),
        "ReferencedPerformedProcedureStepSequence": [],
        "ValueType": "CONTAINER",
        "ContinuityOfContent": "SEPARATE",
        "ConceptNameCodeSequence": coded(title),
        "ContentTemplateSequence": [dataset({"MappingResource": "DCMR", "TemplateIdentifier": template})],
        "CodingSchemeIdentificationSequence": [dataset(SCHEME)],
        "CurrentRequestedProcedureEvidenceSequence": [evidence(case, images)],
        "ContentSequence": items,
    }
    written = dataset({**dict.fromkeys(UNSAID), **EQUIPMENT, **about, **values})
    return file({**META, "MediaStorageSOPClassUID": sop_class, "MediaStorageSOPInstanceUID": uid}, written)


def signature_of(reading: ReadingRecord) -> SignatureRecord:
    assert reading.signature is not None, "a document is made of a signed reading"
    return reading.signature


def evidence(case: CaseRecord, images: Images) -> bytes:
    """The images a document is about, by series, each once."""
    found: dict[str, dict[str, bytes]] = {}
    for series, slice in images:
        found.setdefault(series.uid, {}).setdefault(slice.uid, reference(slice.uid))
    by_series = [
        dataset({"SeriesInstanceUID": uid, "ReferencedSOPSequence": list(slices.values())})
        for uid, slices in found.items()
    ]
    return dataset({"StudyInstanceUID": case.exam.uid, "ReferencedSeriesSequence": by_series})


def all_images(case: CaseRecord) -> Images:
    return ((series, slice) for series in case.exam.series for slice in series.slices)


def image_of(case: CaseRecord, pin: PinRecord) -> tuple[SeriesRecord, SliceRecord]:
    """The series and the slice a pin lies on."""
    series = next(one for one in case.exam.series if one.number == pin.series)
    return series, series.slices[pin.slice - 1]
