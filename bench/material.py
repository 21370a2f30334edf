"""Images to measure with: 500 slices of 384 x 384 pixels of 12 in 16 bits, four patients with five series each."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, MRImageStorage

PATIENTS, SERIES, SLICES, SIDE = 4, 5, 25, 384
ROOT = "1.2.826.0.1.3680043.10.543"
WEIGHTING = (
    {"RepetitionTime": 4000, "EchoTime": 60, "InversionTime": 160, "ScanningSequence": ["SE", "IR"]},
    {"RepetitionTime": 600, "EchoTime": 12, "ScanningSequence": "SE"},
    {"RepetitionTime": 3500, "EchoTime": 100, "ScanningSequence": "SE"},
)
WORDS = (
    "InstitutionName", "InstitutionAddress", "ReferringPhysicianName", "StationName", "StudyDescription",
    "SeriesDescription", "OperatorsName", "ManufacturerModelName", "DeviceSerialNumber", "ProtocolName",
    "SoftwareVersions", "PatientComments", "RequestedProcedureDescription", "ImageComments", "AccessionNumber",
)  # fmt: skip


def write(folder: Path) -> list[Path]:
    """The files, patient by patient."""
    paths = []
    for number, dataset in enumerate(images()):
        paths.append(folder / f"{number:04}")
        dataset.save_as(paths[-1], enforce_file_format=True)
    return paths


def images() -> Iterator[Dataset]:
    for patient in range(PATIENTS):
        for series in range(SERIES):
            for place in range(SLICES):
                yield image(patient, series, place)


def image(patient: int, series: int, place: int) -> Dataset:
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = MRImageStorage
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    uid = f"{ROOT}.{patient + 1}"
    dataset.StudyInstanceUID, dataset.FrameOfReferenceUID = uid, f"{uid}.99"
    dataset.SeriesInstanceUID = f"{uid}.{series + 1}"
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = UID(f"{uid}.{series + 1}.{place + 1}")
    dataset.Modality, dataset.PatientID, dataset.PatientName = "MR", f"P{patient}", f"Somebody^Number {patient}"
    for keyword in WORDS:
        setattr(dataset, keyword, f"text {keyword[:8]}")
    private(dataset)
    for keyword, value in WEIGHTING[series % 3].items():
        setattr(dataset, keyword, value)
    lie(dataset, place)
    draw(dataset, np.random.default_rng([patient, series, place]))
    return dataset


def private(dataset: Dataset) -> None:
    """Sixty elements of a vendor's own, as real headers have."""
    block = dataset.private_block(0x0029, "A VENDOR", create=True)
    for number in range(60):
        block.add_new(number, "LO", f"private value {number}")


def lie(dataset: Dataset, place: int) -> None:
    dataset.ImageOrientationPatient = [0, 1, 0, 0, 0, -1]
    dataset.ImagePositionPatient = [4.0 * place - 50, -96, 96]
    dataset.PixelSpacing, dataset.SliceThickness, dataset.SpacingBetweenSlices = [0.5, 0.5], 3.5, 4


def draw(dataset: Dataset, noise: np.random.Generator) -> None:
    """Tissue is smooth, and a receiver adds noise to it: what matters to a compressor."""
    down, right = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    tissue = 900 * np.exp(-8 * (right - 0.5) ** 2) * (1 + 0.5 * np.sin(20 * down))
    pixels = np.clip(tissue + noise.normal(0, 25, tissue.shape), 0, 4095).astype("<u2")
    dataset.Rows = dataset.Columns = SIDE
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 12, 11, 0
    dataset.PixelData = pixels.tobytes()
