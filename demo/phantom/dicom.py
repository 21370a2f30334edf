"""Writes a phantom as classic DICOM MR, one file per slice, as a scanner would send it.

The patient's name, number and dates are invented and look it; they are there so that de-identification has
something to remove.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, MRImageStorage

from demo.phantom.shapes import Array
from demo.phantom.simulation import Phantom

SAGITTAL = [0, 1, 0, 0, 0, -1]  # columns run to the back, rows to the feet


@dataclass(frozen=True)
class Protocol:
    """What a series' headers say about its acquisition; times in ms."""

    name: str
    number: int
    description: str
    repetition_time: float
    echo_time: float
    echo_train_length: int
    bandwidth: int
    inversion_time: float | None = None


PROTOCOLS = (
    Protocol("stir", 3, "SAG STIR C-SPINE", 4200, 58, 12, 260, inversion_time=160),
    Protocol("t1", 4, "SAG T1 TSE C-SPINE", 620, 9.8, 3, 220),
)


@dataclass(frozen=True)
class Visit:
    """Who was examined when. Its UIDs are hashes: the same examination is written with the same UIDs again."""

    phantom: Phantom
    subject: str
    name: str
    date: str

    def uid(self, *parts: object) -> UID:
        """A UID under 2.25 from a hash of what it names."""
        phantom = self.phantom
        picture = (phantom.seed, *map(str, phantom.lesions), *phantom.stir.shape)
        key = "|".join(map(str, (self.subject, self.name, self.date, *picture, *parts)))
        return UID(f"2.25.{int(hashlib.sha256(key.encode()).hexdigest(), 16) % 10**36}")


def write_dicom(
    phantom: Phantom, folder: Path, *, subject: str, visit: str = "V1", date: str = "20240115"
) -> list[Path]:
    """Write folder/stir and folder/t1, one Part 10 file per slice; their paths in that order.

    subject  also the patient's name and number;  date  of the study, YYYYMMDD
    """
    examination = Visit(phantom, subject, visit, date)
    return [path for protocol in PROTOCOLS for path in _write_series(examination, protocol, Path(folder))]


def _write_series(visit: Visit, protocol: Protocol, folder: Path) -> list[Path]:
    volume = getattr(visit.phantom, protocol.name)
    (folder / protocol.name).mkdir(parents=True, exist_ok=True)
    window = int(np.percentile(volume[len(volume) // 2], 99.2))
    paths = []
    for index, pixels in enumerate(volume):
        dataset = _image(visit, protocol, index)
        _add_pixels(dataset, pixels, window)
        paths.append(folder / protocol.name / f"{protocol.name}_{index + 1:03}.dcm")
        dataset.save_as(paths[-1], enforce_file_format=True)
    return paths


def _image(visit: Visit, protocol: Protocol, index: int) -> Dataset:
    dataset = Dataset()
    _add_identity(dataset, visit)
    _add_patient(dataset, visit)
    _add_series(dataset, visit, protocol)
    _add_acquisition(dataset, protocol)
    _add_place(dataset, visit, index)
    dataset.InstanceNumber = index + 1
    dataset.SOPInstanceUID = visit.uid(protocol.name, index)
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.MediaStorageSOPClassUID = MRImageStorage
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    return dataset


def _add_identity(dataset: Dataset, visit: Visit) -> None:
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "OTHER"]
    dataset.SOPClassUID = MRImageStorage
    dataset.Modality = "MR"
    dataset.Manufacturer = "SYNTHETIC PHANTOM"
    dataset.ManufacturerModelName = "procedural cervical phantom"
    dataset.StudyInstanceUID, dataset.StudyID = visit.uid("study"), "1"
    dataset.StudyDescription = "SYNTHETIC CERVICAL SPINE (no patient)"
    dataset.StudyDate = dataset.SeriesDate = dataset.AcquisitionDate = dataset.ContentDate = visit.date
    dataset.StudyTime = "101500"


def _add_patient(dataset: Dataset, visit: Visit) -> None:
    patient = visit.phantom.patient
    dataset.PatientName, dataset.PatientID = visit.subject + "^", visit.subject
    dataset.PatientSex, dataset.PatientAge = patient.sex, f"{patient.age:03}Y"
    dataset.PatientBirthDate = dataset.AccessionNumber = dataset.ReferringPhysicianName = ""
    dataset.PatientIdentityRemoved = "YES"
    dataset.DeidentificationMethod = "Synthetic image: never belonged to a patient"


def _add_series(dataset: Dataset, visit: Visit, protocol: Protocol) -> None:
    dataset.SeriesInstanceUID = visit.uid(protocol.name)
    dataset.SeriesNumber, dataset.AcquisitionNumber = protocol.number, 1
    dataset.SeriesDescription = dataset.ProtocolName = protocol.description
    dataset.SeriesTime = dataset.AcquisitionTime = dataset.ContentTime = f"10{20 + 4 * protocol.number}00"
    dataset.BodyPartExamined, dataset.PatientPosition = "CSPINE", "HFS"


def _add_acquisition(dataset: Dataset, protocol: Protocol) -> None:
    """A spin-echo train at 1.5 T, with an inversion pulse before it for STIR."""
    is_inversion = protocol.inversion_time is not None
    dataset.ScanningSequence = ["SE", "IR"] if is_inversion else ["SE"]
    dataset.ScanOptions = ["FS"] if is_inversion else ""
    dataset.SequenceVariant, dataset.MRAcquisitionType = ["SK", "SP"], "2D"
    dataset.RepetitionTime, dataset.EchoTime = protocol.repetition_time, protocol.echo_time
    dataset.EchoTrainLength, dataset.PixelBandwidth = protocol.echo_train_length, protocol.bandwidth
    dataset.MagneticFieldStrength, dataset.FlipAngle = 1.5, 150
    if is_inversion:
        dataset.InversionTime = protocol.inversion_time


def _add_place(dataset: Dataset, visit: Visit, index: int) -> None:
    """ImagePositionPatient (0020,0032) is the centre of the first pixel, patient LPS, mm."""
    geometry = visit.phantom.geometry
    position = [round(value, 4) for value in geometry.position(index)]
    dataset.FrameOfReferenceUID, dataset.PositionReferenceIndicator = visit.uid("frame of reference"), ""
    dataset.ImageOrientationPatient, dataset.ImagePositionPatient = SAGITTAL, position
    dataset.SliceLocation = position[0]
    dataset.SliceThickness, dataset.SpacingBetweenSlices = geometry.thickness_mm, geometry.spacing_mm
    dataset.PixelSpacing = [round(geometry.pixel_mm, 6)] * 2


def _add_pixels(dataset: Dataset, pixels: Array, window: int) -> None:
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.Rows, dataset.Columns = pixels.shape
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 12, 11, 0
    dataset.WindowCenter, dataset.WindowWidth = window // 2, window
    dataset.PixelData = pixels.astype("<u2").tobytes()
