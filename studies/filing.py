"""Reading copies find their place: subject, exam, case, series, instance. Many files at once, in one transaction.

Everything shared is asked for in one order (subjects, exams, cases, each sorted), so that two workers that meet in one
exam wait for each other and never in a circle.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Max

from readers import audit
from studies import contents, exams, physics, storage
from studies.copies import ReadingCopy
from studies.errors import Refused
from studies.geometry import Geometry, plane
from studies.models import Case, CaseState, Exam, Instance, Series, Upload, UploadedFile, Verdict


@dataclass(frozen=True)
class Slice:
    """A reading copy whose plane is written: `offset` bytes into the object of its batch."""

    copy: ReadingCopy
    offset: int
    n_bytes: int


@dataclass
class Opened:
    """A file as the child gave it: its slices, or why it is refused; and what became of it."""

    row: UploadedFile
    slices: list[Slice] = field(default_factory=list)
    reason: str = ""
    content_key: str = ""
    case: Case | None = None
    verdict: str = Verdict.PENDING

    def refuse(self, reason: str) -> None:
        self.slices, self.reason, self.case, self.verdict = [], reason, None, Verdict.REFUSED


def write_plane(copy: ReadingCopy, stored: storage.Writer) -> Slice:
    return Slice(replace(copy, plane=b""), stored.add(copy.plane), len(copy.plane))


class Filing:
    """One batch of an upload finding its place. Within a transaction; `object_sha256` holds the planes."""

    def __init__(self, upload: Upload, *, object_sha256: str) -> None:
        self.upload, self.object_sha256 = upload, object_sha256
        self.cases: dict[str, Case] = {}
        self.series: dict[str, Series] = {}
        self.known: dict[str, tuple[str, int]] = {}  # pixels and exam of an image, by its UID
        self.new: list[Instance] = []
        self.new_exams: list[Exam] = []

    def file(self, opened: list[Opened]) -> None:
        """Give every file its verdict and its case, and write the new slices."""
        accepted = [one for one in opened if one.slices and self.is_of_the_patient(one)]
        copies = [each.copy for one in accepted for each in one.slices]
        self.hold_cases(copies)
        self.look_up(copies)
        for one in accepted:
            self.judge(one)
        Instance.objects.bulk_create(self.new)
        self.take_back()
        exams.forget_empty(self.new_exams)
        self.tell()

    def take_back(self) -> None:
        """A case with a new slice is no longer what a person checked. It waits until it is assembled again."""
        changed = {one.series.exam_id for one in self.new}
        Case.objects.filter(exam__in=changed).exclude(state=CaseState.ALLOTTED).update(state=CaseState.INCOMPLETE)

    def tell(self) -> None:
        """Record every case that has a new slice, as it is now."""
        changed = Case.objects.filter(exam__in={one.series.exam_id for one in self.new}).order_by("code")
        for case in changed.select_related("exam__subject", "exam__facts__centre", "study"):
            study, actor = case.study, self.upload.uploaded_by
            audit.record("case.filed", case, actor=actor, study=study, after=contents.told(case))

    def is_of_the_patient(self, one: Opened) -> bool:
        """A pseudonym given with an upload means one person: the first patient in it of whom an image was taken."""
        if self.upload.subject:
            try:
                exams.check_patient(one.slices[0].copy, upload=self.upload)
            except Refused as refusal:
                one.refuse(refusal.reason)
        return bool(one.slices)

    def hold_cases(self, copies: list[ReadingCopy]) -> None:
        """The exams' cases, made where new, and held until the end of the transaction: nobody allots them meanwhile."""
        firsts = {copy.exam_uid: copy for copy in reversed(copies)}
        self.new_exams = exams.make(firsts, upload=self.upload)
        held = Case.objects.select_related("exam").filter(exam__uid__in=firsts)
        held = held.select_for_update(no_key=True, of=["self"])
        self.cases = {case.exam.uid: case for case in held.order_by("exam__uid")}

    def look_up(self, copies: Iterable[ReadingCopy]) -> None:
        wanted = {copy.instance_uid: copy.series_uid for copy in copies}
        found = Instance.objects.filter(uid__in=wanted)
        told = found.values_list("uid", "pixels_sha256", "series__exam")
        self.known = {uid: (pixels, exam) for uid, pixels, exam in told}
        self.series = {one.uid: one for one in Series.objects.filter(uid__in=set(wanted.values()))}

    def judge(self, one: Opened) -> None:
        case = self.cases[one.slices[0].copy.exam_uid]
        try:
            for each in one.slices:
                self.check_place(each.copy, case=case)
            new = [each for each in one.slices if self.is_new(each.copy)]
            if new and case.state == CaseState.ALLOTTED:
                raise Refused("case_frozen")
        except Refused as refusal:
            return one.refuse(refusal.reason)
        for each in new:
            self.add(each, exam=case.exam)
        one.case, one.verdict = case, Verdict.IMPORTED if new else Verdict.DUPLICATE
        return None

    def check_place(self, copy: ReadingCopy, *, case: Case) -> None:
        """UIDs can lie: an image must not slip into another exam by naming its series, nor one patient into another."""
        series, known = self.series.get(copy.series_uid), self.known.get(copy.instance_uid)
        if (series and series.exam_id != case.exam_id) or (known and known[1] != case.exam_id):
            raise Refused("mixed_up")
        if case.exam.patient_key not in ("", copy.subject_key):
            raise Refused("mixed_up")

    def is_new(self, copy: ReadingCopy) -> bool:
        known = self.known.get(copy.instance_uid)
        if known and known[0] != copy.pixels_sha256:
            raise Refused("other_pixels")
        return known is None

    def add(self, one: Slice, *, exam: Exam) -> None:
        copy = one.copy
        series = self.series.get(copy.series_uid) or new_series(copy, exam=exam)
        self.series[copy.series_uid], self.known[copy.instance_uid] = series, (copy.pixels_sha256, exam.pk)
        self.new.append(instance(one, series=series, object_sha256=self.object_sha256))


def new_series(copy: ReadingCopy, *, exam: Exam) -> Series:
    last = exam.series.aggregate(last=Max("number"))["last"] or 0
    recognised = physics.recognise(copy.parameters, copy.sequences, has_contrast=copy.has_contrast)
    return Series.objects.create(
        exam=exam,
        uid=copy.series_uid,
        number=last + 1,
        role=recognised.role,
        role_doubt=recognised.doubt,
        plane=plane(copy.geometry.slice_normal),
        is_3d=copy.is_3d,
        frame=copy.frame,
        is_signed=copy.is_signed,
        parameters={**copy.parameters, "scanning_sequence": copy.sequences},
        **grid_of(copy.geometry),
    )


def grid_of(geometry: Geometry) -> dict[str, object]:
    return {
        "rows": geometry.rows,
        "columns": geometry.columns,
        "row_spacing_mm": geometry.row_spacing_mm,
        "column_spacing_mm": geometry.column_spacing_mm,
        "row_direction": geometry.row_direction,
        "column_direction": geometry.column_direction,
    }


def instance(one: Slice, *, series: Series, object_sha256: str) -> Instance:
    copy = one.copy
    return Instance(
        series=series,
        uid=copy.instance_uid,
        position=copy.geometry.position,
        row_direction=copy.geometry.row_direction,
        column_direction=copy.geometry.column_direction,
        distance_mm=0,  # along the normal of the whole series, known when all its slices are (stacks.stack)
        slope=copy.slope,
        intercept=copy.intercept,
        low=copy.low,
        high=copy.high,
        pixels_sha256=copy.pixels_sha256,
        object_sha256=object_sha256,
        offset=one.offset,
        plane_bytes=one.n_bytes,
    )
