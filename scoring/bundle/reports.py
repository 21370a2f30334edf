"""Each signed reading as a DICOM structured report: TID 1500, one measurement group (TID 1501) an item (PS3.16).

A grade is a number without unit, with its pins as points in patient space; not assessable is a code with its reason.
The sums stand in a last group. Public codes name the spine and the template; what a grade, a site or a reason is has a
private code (99DENS), for no public one is certain to mean the same.
"""

from collections.abc import Iterator
from pathlib import Path

from pydicom.uid import Comprehensive3DSRStorage

from scoring.bundle import counted, documents, terms
from scoring.bundle.content import (
    CONTAINS,
    HAS_CONTEXT,
    HAS_MODIFIER,
    SPINE,
    Code,
    code,
    container,
    image,
    number,
    observer,
    point,
    private,
    text,
    uidref,
)
from scoring.dossier import AnswerRecord, CaseRecord, Header, PinRecord, ReadingRecord

SERIES_NUMBER = 900  # those of images are small
TITLE = Code("126000", "DCM", "Imaging Measurement Report")
LANGUAGE = (Code("121049", "DCM", "Language of Content Item and Descendants"), Code("en", "RFC5646", "English"))
REPORTED = Code("121058", "DCM", "Procedure reported")
PROCEDURE = private("MRCSPINE", "MRI of the cervical spine")
MEASUREMENTS, GROUP = Code("126010", "DCM", "Imaging Measurements"), Code("125007", "DCM", "Measurement Group")
TRACKED, TRACKED_UID = Code("112039", "DCM", "Tracking Identifier"), Code("112040", "DCM", "Tracking Unique Identifier")
FINDING, SITE = Code("121071", "DCM", "Finding"), Code("363698007", "SCT", "Finding Site")
PLACE = Code("106233006", "SCT", "Topographical modifier")
MEASURED_ON = Code("121112", "DCM", "Source of Measurement")
NOT_ASSESSABLE = private("NOTASSESSABLE", "Not assessable")


class Reports:
    def begin(self, folder: Path, header: Header) -> None:
        self.header, self.folder = header, folder / "dicom" / "sr"
        self.items = {item.code: item for item in header.items}
        self.folder.mkdir(parents=True)

    def add(self, case: CaseRecord) -> None:
        """A report refers to images: of a case without any there is none."""
        if any(series.slices for series in case.exam.series):
            for reading in case.signed:
                (self.folder / f"{reading.code}.dcm").write_bytes(self.report(case, reading))

    def finish(self) -> None:
        """Every report is a file of its own."""

    def report(self, case: CaseRecord, reading: ReadingRecord) -> bytes:
        groups = [self.group(case, reading, answer) for answer in reading.answers]
        return documents.document(
            case,
            reading,
            sop_class=Comprehensive3DSRStorage,
            modality="SR",
            series_number=SERIES_NUMBER,
            title=TITLE,
            template="1500",
            items=[
                code(HAS_MODIFIER, *LANGUAGE),
                *observer(reading.reader),
                code(HAS_MODIFIER, REPORTED, PROCEDURE),
                container(MEASUREMENTS, [*groups, *([self.sums(reading)] if reading.is_whole else [])]),
            ],
            images=documents.all_images(case),
            SeriesDescription=f"Reading {reading.code}",
            PerformedProcedureCodeSequence=[],
            CompletionFlag="COMPLETE",
            VerificationFlag="UNVERIFIED",
            PreliminaryFlag="FINAL",
        )

    def group(self, case: CaseRecord, reading: ReadingRecord, answer: AnswerRecord) -> bytes:
        """What was asked of which place, and the answer."""
        item, pins = self.items[answer.item], [pin for pin in reading.pins if pin.item == answer.item]
        asked = private(*terms.test_of(self.header, item))
        uids = dict.fromkeys(documents.image_of(case, pin)[1].uid for pin in pins)
        return container(
            GROUP,
            [
                *tracked(reading, item.code),
                code(CONTAINS, FINDING, asked),
                site(private(item.code, item.label)),
                *self.answer(case, asked, answer, pins),
                *(image(MEASURED_ON, uid) for uid in uids),
            ],
        )

    def answer(self, case: CaseRecord, asked: Code, answer: AnswerRecord, pins: list[PinRecord]) -> Iterator[bytes]:
        if answer.grade is None:
            reason = answer.not_assessable
            label = self.header.instrument.reasons.get(reason, reason)
            yield code(CONTAINS, NOT_ASSESSABLE, private(reason.upper() or "BLANK", label or "Blank"))
        else:
            yield number(asked, answer.grade, [point(pin.point, frame_of(case, pin)) for pin in pins])

    def sums(self, reading: ReadingRecord) -> bytes:
        """The sums that are computable. One that is not is left out: there is no such number."""
        values, names = counted.of_reading(self.header, reading), terms.parameters(self.header)
        known = {**values.sums, **values.subtotals}
        measured = [number(private(*names[name]), part.observed) for name, part in known.items() if part.is_computable]
        about = [*tracked(reading, "sums"), code(CONTAINS, FINDING, private("SUMS", "Sums of the instrument")), site()]
        return container(GROUP, [*about, *measured])


def tracked(reading: ReadingRecord, what: str) -> list[bytes]:
    uid = documents.uid_of("tracked", reading.code, what)
    return [text(HAS_CONTEXT, TRACKED, what), uidref(HAS_CONTEXT, TRACKED_UID, uid)]


def site(place: Code | None = None) -> bytes:
    """The cervical spine, and which place in it."""
    return code(HAS_MODIFIER, SITE, SPINE, (code(HAS_MODIFIER, PLACE, place),) if place else ())


def frame_of(case: CaseRecord, pin: PinRecord) -> str:
    series, _ = documents.image_of(case, pin)
    return series.frame
