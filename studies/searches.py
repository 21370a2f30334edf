"""The rows that QIDO-RS searches: what is known of exams, series and instances, by the keywords of DICOM."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from pydicom.uid import MRImageStorage

from studies.dicomweb import Numbers, Scope, description
from studies.models import Exam, Instance, Series
from studies.qido import UIDS, Question, Row, matches, page

EXAM, SERIES, INSTANCE = "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"
OF_EXAM = (
    "StudyDate", "StudyTime", "AccessionNumber", "InstanceAvailability", "ModalitiesInStudy", "ReferringPhysicianName",
    "RetrieveURL", "PatientName", "PatientID", "PatientBirthDate", "PatientSex", EXAM, "StudyID", "StudyDescription",
    "NumberOfStudyRelatedSeries", "NumberOfStudyRelatedInstances",
)  # fmt: skip
OF_SERIES = (
    "Modality", "SeriesDescription", "SeriesDate", "SeriesTime", "RetrieveURL", EXAM, SERIES, "SeriesNumber",
    "NumberOfSeriesRelatedInstances",
)  # fmt: skip
OF_INSTANCE = (
    "SOPClassUID", INSTANCE, "InstanceAvailability", "RetrieveURL", EXAM, SERIES, "InstanceNumber", "Rows", "Columns",
    "BitsAllocated",
)  # fmt: skip


class Search:
    """One question put to a scope. Each method gives the matching rows of the asked-for page, and if there are more.

    base  the address of the study's DICOMweb service, for RetrieveURL
    """

    def __init__(self, scope: Scope, question: Question, *, base: str) -> None:
        self.scope, self.question, self.base = scope, question, base

    def exams(self) -> tuple[Sequence[Row], bool]:
        found = self.named(self.scope.exams(), uid=EXAM)
        return self.page(self.exam_row(exam) for exam in found)

    def series(self) -> tuple[Sequence[Row], bool]:
        found = self.named(self.named(self.scope.list_series(), uid=SERIES), exam__uid=EXAM)
        exams = self.exam_rows({one.exam_id for one in found})
        return self.page({**exams[one.exam_id], **self.series_row(one)} for one in found)

    def instances(self) -> tuple[Sequence[Row], bool]:
        found = self.scope.instances()
        for path, keyword in (("uid", INSTANCE), ("series__uid", SERIES), ("series__exam__uid", EXAM)):
            found = self.named(found, **{path: keyword})
        above = self.series_rows({one.series_id for one in found})
        numbers = Numbers(one.series_id for one in found)
        return self.page({**above[one.series_id], **self.instance_row(one, numbers)} for one in found)

    def named(self, found: QuerySet, **paths: str) -> QuerySet:
        """Those whose UID is in the question, if it names any: the database looks, not we."""
        for path, keyword in paths.items():
            if wanted := self.question.wanted.get(keyword):
                found = found.filter(**{f"{path}__in": UIDS.split(wanted)})
        return found

    def page(self, rows: Iterable[Row]) -> tuple[Sequence[Row], bool]:
        return page([row for row in rows if matches(row, self.question.wanted)], self.question)

    def exam_rows(self, keys: set[int]) -> dict[int, Row]:
        return {exam.pk: self.exam_row(exam) for exam in self.scope.exams().filter(pk__in=keys)}

    def series_rows(self, keys: set[int]) -> dict[int, Row]:
        found = list(self.scope.list_series().filter(pk__in=keys))
        exams = self.exam_rows({one.exam_id for one in found})
        return {one.pk: {**exams[one.exam_id], **self.series_row(one)} for one in found}

    def exam_row(self, exam: Exam) -> Row:
        return {
            EXAM: exam.uid,
            "PatientName": exam.subject.pseudonym,
            "PatientID": exam.subject.pseudonym,
            "PatientIdentityRemoved": "YES",
            "ModalitiesInStudy": "MR",
            "InstanceAvailability": "ONLINE",
            "NumberOfStudyRelatedSeries": str(exam.n_series),  # type: ignore[attr-defined]  # annotated
            "NumberOfStudyRelatedInstances": str(exam.n_instances),  # type: ignore[attr-defined]
            "RetrieveURL": f"{self.base}/studies/{exam.uid}",
        }

    def series_row(self, one: Series) -> Row:
        return {
            SERIES: one.uid,
            "Modality": "MR",
            "SeriesNumber": str(one.number),
            "SeriesDescription": description(one),
            "FrameOfReferenceUID": one.frame,
            "NumberOfSeriesRelatedInstances": str(one.n_instances),  # type: ignore[attr-defined]
            "RetrieveURL": f"{self.base}/studies/{one.exam.uid}/series/{one.uid}",
        }

    def instance_row(self, one: Instance, numbers: Numbers) -> Row:
        above = f"{self.base}/studies/{one.series.exam.uid}/series/{one.series.uid}"
        return {
            "SOPClassUID": str(MRImageStorage),
            INSTANCE: one.uid,
            "InstanceNumber": str(numbers.of(one)),
            "Rows": str(one.series.rows),
            "Columns": str(one.series.columns),
            "BitsAllocated": "16",
            "RetrieveURL": f"{above}/instances/{one.uid}",
        }
