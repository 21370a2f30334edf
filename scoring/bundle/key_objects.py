"""The images that the pins of a signed reading lie on, as a DICOM key object selection (TID 2010)."""

from pathlib import Path

from pydicom.uid import KeyObjectSelectionDocumentStorage

from scoring.bundle import documents
from scoring.bundle.content import CONTAINS, SOURCE, Code, image, observer, text
from scoring.dossier import CaseRecord, Header, ReadingRecord

SERIES_NUMBER = 901
OF_INTEREST = Code("113000", "DCM", "Of Interest")
DESCRIPTION = Code("113012", "DCM", "Key Object Description")


class KeyObjects:
    def begin(self, folder: Path, header: Header) -> None:
        self.folder = folder / "dicom" / "ko"
        self.folder.mkdir(parents=True)

    def add(self, case: CaseRecord) -> None:
        for reading in case.signed:
            if reading.pins:
                (self.folder / f"{reading.code}.dcm").write_bytes(selection(case, reading))

    def finish(self) -> None:
        """Every selection is a file of its own."""


def selection(case: CaseRecord, reading: ReadingRecord) -> bytes:
    """Each image once, in the order of the pins."""
    images = [documents.image_of(case, pin) for pin in reading.pins]
    uids = dict.fromkeys(slice.uid for _, slice in images)
    items = " ".join(dict.fromkeys(pin.item for pin in reading.pins))
    return documents.document(
        case,
        reading,
        sop_class=KeyObjectSelectionDocumentStorage,
        modality="KO",
        series_number=SERIES_NUMBER,
        title=OF_INTEREST,
        template="2010",
        items=[
            *observer(reading.reader),
            text(CONTAINS, DESCRIPTION, f"Pins of reading {reading.code}: {items}"),
            *(image(SOURCE, uid) for uid in uids),
        ],
        images=images,
        SeriesDescription=f"Pins of reading {reading.code}",
    )
