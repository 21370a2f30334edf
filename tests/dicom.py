"""Synthetic MR files with everything in the header that must not survive: names, dates, UIDs, private elements.

exam()        the files of one exam with a sagittal STIR and a sagittal T1, as {name: bytes}
image()       one slice as a Dataset, to be spoilt by a test
part10()      a Dataset as the bytes of a file
CANARIES      every string planted in them
"""

import io
import zipfile

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_file_meta_info
from pydicom.uid import UID, EnhancedMRImageStorage, ExplicitVRLittleEndian, MRImageStorage

ROOT = "1.2.826.0.1.3680043.10.543"
PATIENT_ID = "CANARY-MRN-4711"
CANARIES = (
    "Kanarienvogel", "Piepmatz", PATIENT_ID, "19610203", "20240517", "Canary General Hospital", "CANARYSTATION",
    "Dr Canary", "canary protocol", "canary private", "canary comment", "CANARYAE", ROOT,
)  # fmt: skip

PHYSICS = {
    "STIR": {"RepetitionTime": 4000, "EchoTime": 60, "InversionTime": 160, "ScanningSequence": ["SE", "IR"]},
    "T1": {"RepetitionTime": 600, "EchoTime": 12, "InversionTime": 0, "ScanningSequence": "SE"},
    "T2": {"RepetitionTime": 3500, "EchoTime": 100, "ScanningSequence": "SE"},
}
ORIENTATIONS = {
    "sagittal": [0, 1, 0, 0, 0, -1],
    "axial": [1, 0, 0, 0, 1, 0],
    "coronal": [1, 0, 0, 0, 0, -1],
}
NORMAL_AXIS = {"sagittal": 0, "axial": 2, "coronal": 1}


def image(
    *,
    role: str = "STIR",
    plane: str = "sagittal",
    index: int = 0,
    patient: str = PATIENT_ID,
    exam: int = 1,
    series: int = 1,
    pixels: np.ndarray | None = None,
) -> Dataset:
    """Slice `index` of a series, 4 mm further along its normal than the one before."""
    dataset = Dataset()
    dataset.file_meta = file_meta()
    dataset.SOPClassUID = MRImageStorage
    dataset.StudyInstanceUID = f"{ROOT}.{exam}"
    dataset.SeriesInstanceUID = f"{ROOT}.{exam}.{series}"
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = UID(f"{ROOT}.{exam}.{series}.{index + 1}")
    dataset.FrameOfReferenceUID = f"{ROOT}.{exam}.99"
    dataset.Modality = "MR"
    plant_canaries(dataset, patient=patient)
    place(dataset, plane=plane, index=index)
    dataset.update(physics(role))
    draw(dataset, noise(exam, series, index) if pixels is None else pixels)
    return dataset


def file_meta() -> FileMetaDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = MRImageStorage
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = UID(f"{ROOT}.1000")
    meta.SourceApplicationEntityTitle = "CANARYAE"
    return meta


def plant_canaries(dataset: Dataset, *, patient: str) -> None:
    dataset.PatientName = "Kanarienvogel^Piepmatz"
    dataset.PatientID = patient
    dataset.PatientBirthDate = "19610203"
    dataset.StudyDate = dataset.SeriesDate = "20240517"
    dataset.InstitutionName = "Canary General Hospital"
    dataset.StationName = "CANARYSTATION"
    dataset.ReferringPhysicianName = "Dr Canary"
    dataset.SeriesDescription = dataset.ProtocolName = "canary protocol"
    dataset.ImageComments = "canary comment"
    dataset.private_block(0x0029, "canary private", create=True).add_new(0x01, "LO", "canary private value")


def place(dataset: Dataset, *, plane: str, index: int) -> None:
    position = [-60.0, -80.0, 60.0]
    position[NORMAL_AXIS[plane]] += 4.0 * index
    dataset.ImagePositionPatient = position
    dataset.ImageOrientationPatient = ORIENTATIONS[plane]
    dataset.PixelSpacing = [0.5, 0.75]
    dataset.SliceThickness = 4


def physics(role: str) -> Dataset:
    dataset = Dataset()
    for keyword, value in PHYSICS[role].items():
        setattr(dataset, keyword, value)
    return dataset


def noise(*seed: int, rows: int = 32, columns: int = 24) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 4096, (rows, columns)).astype(np.uint16)


def draw(dataset: Dataset, pixels: np.ndarray) -> None:
    dataset.Rows, dataset.Columns = pixels.shape
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored = 8 * pixels.itemsize, min(12, 8 * pixels.itemsize)
    dataset.HighBit, dataset.PixelRepresentation = dataset.BitsStored - 1, int(pixels.dtype.kind == "i")
    dataset.PixelData = pixels.tobytes()


def part10(dataset: Dataset) -> bytes:
    """The dataset as a file, with a preamble that also says too much."""
    file = io.BytesIO()
    dataset.preamble = b"Kanarienvogel".ljust(128, b"\0")
    dataset.save_as(file, enforce_file_format=True)
    return file.getvalue()


def file_of(syntax: str, body: bytes) -> bytes:
    """A file that announces a transfer syntax, whatever its body is."""
    meta, file = file_meta(), DicomBytesIO()
    meta.TransferSyntaxUID, meta.MediaStorageSOPInstanceUID = UID(syntax), UID(f"{ROOT}.1")
    write_file_meta_info(file, meta, enforce_standard=bool(syntax))
    return b"Kanarienvogel".ljust(128, b"\0") + b"DICM" + file.getvalue() + body


def stack(*, n: int = 5, **options) -> dict[str, bytes]:
    """The n slices of one series as files."""
    name = "{role}-{series}".format(**{"role": "STIR", "series": 1, **options})
    return {f"{name}-{index}": part10(image(index=index, **options)) for index in range(n)}


def exam(*, exam: int = 1, n: int = 5, patient: str = PATIENT_ID) -> dict[str, bytes]:
    """The files of one exam that makes a ready case."""
    return {
        f"{exam}-{name}": content
        for series, role in enumerate(("STIR", "T1"), start=1)
        for name, content in stack(role=role, series=series, exam=exam, n=n, patient=patient).items()
    }


def zipped(files: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def enhanced(slices: list[Dataset]) -> Dataset:
    """The slices of one series as one Enhanced MR file: what they share once, the rest frame by frame."""
    first = slices[0]
    whole = Dataset()
    whole.file_meta = file_meta()
    whole.file_meta.MediaStorageSOPClassUID = whole.SOPClassUID = EnhancedMRImageStorage
    whole.file_meta.MediaStorageSOPInstanceUID = first.SOPInstanceUID
    for keyword in WHOLE:
        if keyword in first:
            setattr(whole, keyword, first.get(keyword))
    plant_canaries(whole, patient=first.PatientID)
    whole.NumberOfFrames, whole.EchoPulseSequence, whole.MRAcquisitionType = len(slices), "SPIN", "2D"
    whole.SharedFunctionalGroupsSequence = [shared_group(first)]
    whole.PerFrameFunctionalGroupsSequence = [frame_group(one) for one in slices]
    whole.PixelData = b"".join(one.PixelData for one in slices)
    return whole


WHOLE = (
    "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "FrameOfReferenceUID", "Modality", "Rows", "Columns",
    "SamplesPerPixel", "PhotometricInterpretation", "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation",
)  # fmt: skip


def macro(**values) -> list[Dataset]:
    """A sequence of one item with these elements."""
    item = Dataset()
    for keyword, value in values.items():
        if value is not None:
            setattr(item, keyword, value)
    return [item]


def shared_group(first: Dataset) -> Dataset:
    inversion = first.get("InversionTime") or None
    return macro(
        PixelMeasuresSequence=macro(PixelSpacing=first.PixelSpacing, SliceThickness=3.5),
        PlaneOrientationSequence=macro(ImageOrientationPatient=first.ImageOrientationPatient),
        MRTimingAndRelatedParametersSequence=macro(RepetitionTime=float(first.RepetitionTime), RFEchoTrainLength=8),
        MREchoSequence=macro(EffectiveEchoTime=float(first.EchoTime)),
        MRModifierSequence=macro(
            InversionRecovery="YES" if inversion else "NO", InversionTimes=float(inversion) if inversion else None
        ),
    )[0]


def frame_group(one: Dataset) -> Dataset:
    return macro(
        PlanePositionSequence=macro(ImagePositionPatient=one.ImagePositionPatient),
        FrameContentSequence=macro(FrameComments="canary comment", StackID="1"),
    )[0]
