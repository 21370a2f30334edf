"""Identifiers of many kinds, planted in synthetic MR images in the shapes of several vendors.

files(vendor)   the files of one exam, {name: bytes}, with every canary in each
CANARIES        {kind: the string planted}
VENDORS         what `files` makes
spellings(text) the bytes that a canary could be found as

A canary is found if any spelling of it stands anywhere in bytes that left.
"""
# ruff: noqa: E501  # tables of one entry a line

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from tests import dicom
from tests.traces import is_a_few_digits

ROOT = "1.2.826.0.1.3680043.10.777"
UID_OF_DENS = re.compile(rb"\b2\.25\.\d{30,}\b")
NAME, KANJI, UMLAUT = "Kanarienvogel^Piepmatz", "金糸雀^文鳥", "Wellensittich^Gänseblüm"
# Of the top level: attribute -> what is planted.
PLAIN: dict[str, str] = {
    "PatientName": NAME, "PatientID": "MRN-4711-0815", "OtherPatientIDs": "OLDMRN-5522", "OtherPatientNames": "Zeisig^Tirili",
    "PatientBirthName": "Stieglitz", "PatientMotherBirthName": "Rotkehlchen", "PatientBirthDate": "19610203",
    "PatientBirthTime": "031415", "PatientAddress": "Vogelweg 17", "PatientTelephoneNumbers": "+49 555 0199 277",
    "MilitaryRank": "Feldhahn", "EthnicGroup": "Finkenvolk", "Occupation": "Vogelwart", "PatientComments": "sings at dawn",
    "AdditionalPatientHistory": "fell from nest", "PatientReligiousPreference": "Eulenkult", "IssuerOfPatientID": "HEIMATKLINIK",
    "ResponsiblePerson": "Amsel^Vater", "CountryOfResidence": "Vogelland", "RegionOfResidence": "Nesttal",
    "ReferringPhysicianName": "Dr^Pelikan", "PerformingPhysicianName": "Dr^Reiher", "OperatorsName": "Kranich^MTRA",
    "NameOfPhysiciansReadingStudy": "Dr^Uhu", "RequestingPhysician": "Dr^Kiebitz", "PhysiciansOfRecord": "Dr^Kormoran",
    "AccessionNumber": "ACC-909090", "StudyID": "STUDYID77", "AdmissionID": "ADMIT-31337",
    "InstitutionName": "Vogelklinik Nord", "InstitutionAddress": "Am Futterhaus 3", "InstitutionalDepartmentName": "Volierenstation",
    "StationName": "KAEFIG07", "PerformedStationAETitle": "STANGEAE", "RetrieveAETitle": "NESTAE",
    "DeviceSerialNumber": "SN-70707-X", "ManufacturerModelName": "Papagei 3000", "SoftwareVersions": "gefieder 8.1b",
    "Manufacturer": "SIEMENS, property of Vogelklinik", "StudyDescription": "HWS Herr Kanarienvogel",
    "SeriesDescription": "stir cerv Piepmatz", "ProtocolName": "tirili_cerv_protocol", "SequenceName": "*zwitscher2d1",
    "ImageComments": "patient is the mayor", "RequestedProcedureDescription": "MR Hals Mayor", "ScheduledProcedureStepDescription": "neck of K",
    "PerformedProcedureStepDescription": "HWS nativ Sittich", "PerformedProcedureStepID": "PPS-123987", "BodyPartExamined": "SCHNABEL",
    "ContrastBolusAgent": "Kolibrivist", "StudyDate": "20240517", "SeriesDate": "20240518", "AcquisitionDate": "20240519",
    "ContentDate": "20240520", "StudyTime": "101533", "AcquisitionDateTime": "20240521091755.123456",
    "InstanceCreationDate": "20240522", "PatientAge": "062Y", "DeviceUID": f"{ROOT}.8.1", "InstanceCreatorUID": f"{ROOT}.8.2",
    "ScanOptions": "ZUGVOGEL", "ClinicalTrialSubjectID": "TRIAL-SUBJ-33", "BranchOfService": "Luftwaffe",
}  # fmt: skip
NUMBERS = {
    "FlipAngle": "88442211",
    "RescaleIntercept": "99553311",
    "SeriesNumber": "77664422",
    "PatientWeight": "81.775533",
}
UIDS = {"StudyInstanceUID": "1", "SeriesInstanceUID": "2", "FrameOfReferenceUID": "3"}


@dataclass(frozen=True)
class Kind:
    """A hidden place: what is planted there, and how."""

    text: str
    plant: Callable[[Dataset, str], None]


def in_sequence(*path: str) -> Callable[[Dataset, str], None]:
    """Into the last attribute, in an item of each sequence before it."""

    def plant(dataset: Dataset, text: str) -> None:
        for keyword in path[:-1]:
            if keyword not in dataset:
                setattr(dataset, keyword, Sequence([Dataset()]))
            dataset = dataset[keyword].value[0]
        setattr(dataset, path[-1], text)

    return plant


def raw(tag: int, vr: str) -> Callable[[Dataset, str], None]:
    def plant(dataset: Dataset, text: str) -> None:
        padded = text + " " * (len(text) % 2)
        dataset.add_new(tag, vr, padded.encode() if vr in ("OB", "OW", "UN") else text)

    return plant


def bytes_in(encoding: str, tag: int) -> Callable[[Dataset, str], None]:
    def plant(dataset: Dataset, text: str) -> None:
        value = text.encode(encoding)
        dataset.add_new(tag, "UN", value + b" " * (len(value) % 2))

    return plant


def private(vr: str, number: int, *within: str) -> Callable[[Dataset, str], None]:
    def plant(dataset: Dataset, text: str) -> None:
        for keyword in within:
            dataset = dataset[keyword].value[0]
        value = text.encode() + b" " * (len(text) % 2) if vr in ("OB", "UN") else text
        dataset.private_block(0x0029, "VOGEL PRIVATE", create=True).add_new(number, vr, value)

    return plant


def private_sequence(dataset: Dataset, text: str) -> None:
    item = Dataset()
    item.PatientName = item.InstitutionName = text
    dataset.private_block(0x0029, "VOGEL PRIVATE", create=True).add_new(0x40, "SQ", Sequence([item]))


def icon(dataset: Dataset, text: str) -> None:
    item = Dataset()
    item.Rows = item.Columns = 8
    item.BitsAllocated = item.BitsStored = 8
    item.add_new("PixelData", "OB", text.encode().ljust(64, b"\0"))
    dataset.IconImageSequence = Sequence([item])


def overlay(dataset: Dataset, text: str) -> None:
    dataset.add_new(0x60000010, "US", 8)
    dataset.add_new(0x60000011, "US", 16)
    dataset.add_new(0x60003000, "OW", text.encode().ljust(16, b"\0"))


def value_of_many(keyword: str, *others: str) -> Callable[[Dataset, str], None]:
    def plant(dataset: Dataset, text: str) -> None:
        setattr(dataset, keyword, [*others, text])

    return plant


HIDDEN: dict[str, Kind] = {
    "name in a listed sequence": Kind("Meise^Gelistet", in_sequence("RequestAttributesSequence", "RequestedProcedureDescription")),
    "ID in a listed sequence": Kind("REQ-665544", in_sequence("RequestAttributesSequence", "RequestedProcedureID")),
    "name in an unlisted sequence": Kind("Drossel^Ungelistet", in_sequence("AnatomicRegionSequence", "PatientName")),
    "text in a code meaning": Kind("neck of Bachstelze", in_sequence("AnatomicRegionSequence", "CodeMeaning")),
    "name three sequences deep": Kind("Tief^Taucher", in_sequence("ReferencedStudySequence", "RequestAttributesSequence", "ReferencedPatientSequence", "PatientName")),
    "original name": Kind("Alter^Sperber", in_sequence("OriginalAttributesSequence", "ModifiedAttributesSequence", "PatientName")),
    "system that changed attributes": Kind("FALKENSYS", in_sequence("OriginalAttributesSequence", "ModifyingSystem")),
    "UID of another object": Kind(f"{ROOT}.9.1", in_sequence("ReferencedImageSequence", "ReferencedSOPInstanceUID")),
    "UID of another study": Kind(f"{ROOT}.9.2", in_sequence("ReferencedStudySequence", "ReferencedSOPInstanceUID")),
    "other patient ID in a sequence": Kind("ALT-889900", in_sequence("OtherPatientIDsSequence", "PatientID")),
    "signature": Kind("signed by Kuckuck", in_sequence("DigitalSignaturesSequence", "CertificateType")),
    "contributing site": Kind("Falknerei Sued", in_sequence("ContributingEquipmentSequence", "InstitutionName")),
    "person code": Kind("Storch of ward 5", in_sequence("PerformingPhysicianIdentificationSequence", "PersonIdentificationCodeSequence", "CodeMeaning")),
    "private text": Kind("private Pinguin", private("LO", 0x10)),
    "private bytes": Kind("CSA of Kanarienvogel", private("OB", 0x11)),
    "private unknown": Kind("unknown Nachtigall", private("UN", 0x12)),
    "private date": Kind("19991231", private("DA", 0x13)),
    "private long text": Kind("long story of a Lerche " * 60, private("UT", 0x14)),
    "private in a sequence": Kind("nested Nandu", private("LO", 0x15, "RequestAttributesSequence")),
    "private sequence": Kind("Emu^Privat", private_sequence),
    "curve": Kind("curve of a Schwalbe", raw(0x50003000, "OB")),
    "curve description": Kind("Schwalbenkurve", raw(0x50000022, "LO")),
    "overlay bits": Kind("OVL Rabe Krahe ", overlay),
    "overlay label": Kind("OverlayLabelFink", raw(0x60001500, "LO")),
    "overlay description": Kind("OverlayDescrFink", raw(0x60000022, "LO")),
    "overlay comments": Kind("OverlayCommtFink", raw(0x60004000, "LT")),
    "icon": Kind("icon of a Bussard", icon),
    "trailing padding": Kind("padding Habicht", raw(0xFFFCFFFC, "OB")),
    "unknown even group": Kind("unbekannter Vogel", raw(0x00160FFE, "LO")),
    "unknown element": Kind("elementarer Vogel", raw(0x0018FFF2, "UN")),
    "image type": Kind("SITTICHTYP", value_of_many("ImageType", "ORIGINAL", "PRIMARY", "M")),
    "scanning sequence": Kind("SPECHT", value_of_many("ScanningSequence", "SE", "IR")),
    "sequence variant": Kind("DOHLE", value_of_many("SequenceVariant", "SK")),
    "dimension": Kind("vogeldim", in_sequence("DimensionIndexSequence", "DimensionDescriptionLabel")),
    "frame comment": Kind("frame of Zaunkoenig", in_sequence("SharedFunctionalGroupsSequence", "FrameContentSequence", "FrameComments")),
    "frame label": Kind("FRAMEWACHTEL", in_sequence("SharedFunctionalGroupsSequence", "FrameContentSequence", "FrameLabel")),
    "stack": Kind("STAPELSTAR", in_sequence("SharedFunctionalGroupsSequence", "FrameContentSequence", "StackID")),
    "name with umlauts": Kind(UMLAUT, raw(0x0008009C, "PN")),
    "name in ideographs": Kind(KANJI, raw(0x0040A075, "PN")),
    "name in Latin-1": Kind("Möwe^Lörrach", bytes_in("latin-1", 0x0016FFE0)),
    "name in Shift-JIS": Kind("白鳥^太郎", bytes_in("shift_jis", 0x0016FFE2)),
}  # fmt: skip
META = {
    "source AE title": ("SourceApplicationEntityTitle", "QUELLAE07"),
    "sending AE title": ("SendingApplicationEntityTitle", "SENDAE08"),
    "receiving AE title": ("ReceivingApplicationEntityTitle", "EMPFANGAE"),
    "private creator of the meta": ("PrivateInformationCreatorUID", f"{ROOT}.7.7"),
    "private information of the meta": ("PrivateInformation", "meta Pirol"),
    "implementation": ("ImplementationVersionName", "VOGELIMPL_9"),
}
PREAMBLE, BEHIND = "preamble of Mauersegler", "behind the end: Basstoelpel"
CANARIES: dict[str, str] = {
    **PLAIN, **NUMBERS, **{keyword: f"{ROOT}.{number}" for keyword, number in UIDS.items()}, "SOPInstanceUID": f"{ROOT}.4",
    **{name: kind.text.strip() for name, kind in HIDDEN.items()}, **{name: text for name, (_, text) in META.items()},
    "preamble": PREAMBLE, "behind the dataset": BEHIND,
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How a vendor writes: its name for itself, encoding, private creators, and whether many frames go into one file."""

    manufacturer: str
    syntax: str
    creators: dict[int, str]
    is_signed: bool = False
    is_enhanced: bool = False


VENDORS: dict[str, Shape] = {
    "siemens": Shape("SIEMENS", ImplicitVRLittleEndian, {0x0019: "SIEMENS MR HEADER", 0x0051: "SIEMENS MR HEADER"}),
    "siemens enhanced": Shape("Siemens Healthineers", ExplicitVRLittleEndian, {0x0021: "SIEMENS MR SDI 02"}, is_enhanced=True),
    "ge": Shape("GE MEDICAL SYSTEMS", ExplicitVRLittleEndian, {0x0009: "GEMS_IDEN_01", 0x0043: "GEMS_PARM_01"}, is_signed=True),
    "philips": Shape("Philips Medical Systems", ExplicitVRLittleEndian, {0x2001: "Philips Imaging DD 001", 0x2005: "Philips MR Imaging DD 001"}),
    "philips enhanced": Shape("Philips", ImplicitVRLittleEndian, {0x2005: "Philips MR Imaging DD 005"}, is_enhanced=True),
    "hitachi": Shape("Hitachi Medical Corporation", ExplicitVRLittleEndian, {0x0009: "MMCPrivate", 0x0029: "MMCPrivate"}),
    "canon": Shape("CANON_MEC", ExplicitVRLittleEndian, {0x700D: "TOSHIBA_MEC_MR3"}),
}  # fmt: skip


def files(vendor: str, *, n: int = 3) -> dict[str, bytes]:
    """A sagittal STIR and a sagittal T1 of n slices each, as the vendor would write them, with every canary."""
    shape = VENDORS[vendor]
    made = {}
    for series, role in enumerate(("STIR", "T1"), start=1):
        slices = [
            dicom.image(role=role, series=series, index=index, pixels=drawn(shape, series, index)) for index in range(n)
        ]
        datasets = [dicom.enhanced(slices)] if shape.is_enhanced else slices
        for index, dataset in enumerate(datasets):
            made[f"Kanarienvogel-{role}-{index}"] = written(dataset, shape, series=series, index=index)
    return made


def drawn(shape: Shape, series: int, index: int) -> np.ndarray:
    pixels = dicom.noise(series, index, 7)
    return pixels.astype(np.int16) - 100 if shape.is_signed else pixels


def written(dataset: Dataset, shape: Shape, *, series: int, index: int) -> bytes:
    plant(dataset, shape)
    scanner = list(VENDORS.values()).index(shape)
    dataset.SeriesInstanceUID = f"{ROOT}.2.{scanner}.{series}"
    dataset.SOPInstanceUID = UID(f"{ROOT}.4.{scanner}.{series}.{index}")
    dataset.file_meta = meta(dataset, shape)
    dataset.preamble = PREAMBLE.encode().ljust(128, b"\0")
    file = io.BytesIO()
    dataset.save_as(file, enforce_file_format=True)
    return file.getvalue() + BEHIND.encode()


def plant(dataset: Dataset, shape: Shape) -> None:
    dataset.SpecificCharacterSet = ["ISO_IR 192"]
    for keyword, text in {**PLAIN, **NUMBERS}.items():
        setattr(dataset, keyword, text)
    dataset.Manufacturer = f"{shape.manufacturer} {PLAIN['Manufacturer']}"
    for keyword, number in UIDS.items():
        setattr(dataset, keyword, f"{ROOT}.{number}")
    for kind in HIDDEN.values():
        kind.plant(dataset, kind.text)
    for group, creator in shape.creators.items():
        block = dataset.private_block(group, creator, create=True)
        block.add_new(0x20, "LO", f"{NAME} of {shape.manufacturer}")
        block.add_new(0x21, "UN", PLAIN["PatientID"].encode() + b"\0")


def meta(dataset: Dataset, shape: Shape) -> FileMetaDataset:
    made = FileMetaDataset()
    made.MediaStorageSOPClassUID, made.MediaStorageSOPInstanceUID = dataset.SOPClassUID, dataset.SOPInstanceUID
    made.TransferSyntaxUID, made.ImplementationClassUID = UID(shape.syntax), UID(f"{ROOT}.1000")
    for keyword, text in META.values():
        setattr(made, keyword, text.encode() if keyword == "PrivateInformation" else text)
    return made


def spellings(text: str) -> set[bytes]:
    """The bytes a canary could be found as: in several encodings, a name by its parts, a date in its usual forms."""
    words = {text, *(part for part in text.split("^") if len(part) > 3 or not part.isascii())}
    if len(text) == 8 and text.isdigit():
        year, month, day = text[:4], text[4:6], text[6:]
        words |= {f"{year}-{month}-{day}", f"{day}.{month}.{year}", f"{month}/{day}/{year}"}
    forms = {word.encode(code, "ignore") for word in words for code in ("utf-8", "latin-1", "shift_jis", "utf-16-le")}
    return {form for form in forms if len(form) > 3}


def found(content: bytes) -> list[str]:
    """The kinds whose canary stands in the bytes, in any spelling. A UID that Dens made holds a time of day by chance."""
    beside_uids = UID_OF_DENS.sub(b"", content)
    return [
        kind
        for kind, text in CANARIES.items()
        if any(form in (beside_uids if is_a_few_digits(text) else content) for form in spellings(text))
    ]
