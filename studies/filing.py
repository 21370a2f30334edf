"""A reading copy finds its place: subject, exam, series, instance. Called within one transaction for each file."""

import hashlib

from django.db.models import Max

from readers.codes import new_code
from studies import physics, planes, storage
from studies.deidentify import ReadingCopy
from studies.errors import Refused
from studies.geometry import Geometry, plane
from studies.models import Case, CaseState, Exam, Instance, Series, Subject, Upload, Verdict


def file(copy: ReadingCopy, *, upload: Upload) -> tuple[Case, Verdict]:
    """The case an image belongs to now, and whether it was new (imported) or known (duplicate). Raises Refused."""
    if upload.subject:
        check_patient(copy, upload=upload)
    case = locked_case(exam_of(copy, upload=upload), upload=upload)
    verdict = Verdict.DUPLICATE if is_known(copy) else Verdict.IMPORTED
    if verdict == Verdict.IMPORTED:
        add(copy, case=case)
    if upload.subject and not upload.subject_key:
        remember_patient(copy, upload=upload)
    return case, verdict


def is_known(copy: ReadingCopy) -> bool:
    known = Instance.objects.filter(uid=copy.instance_uid).first()
    if known and known.pixels_sha256 != digest(copy):
        raise Refused("other_pixels")
    return known is not None


def add(copy: ReadingCopy, *, case: Case) -> None:
    if case.state == CaseState.ALLOTTED:
        raise Refused("case_frozen")
    add_instance(copy, series=series_of(copy, exam=case.exam))


def digest(copy: ReadingCopy) -> str:
    """SHA-256 of the decoded pixels with their size and type, whichever way they were compressed."""
    form = f"{copy.pixels.shape} {copy.pixels.dtype} "
    return hashlib.sha256(form.encode() + copy.pixels.tobytes()).hexdigest()


def check_patient(copy: ReadingCopy, *, upload: Upload) -> None:
    """A pseudonym given with an upload means one person: the first patient in it of whom an image was taken."""
    if upload.subject_key not in ("", copy.subject_key):
        raise Refused("several_patients")
    named = Subject.objects.filter(study=upload.study, key=copy.subject_key, exams__isnull=False).first()
    if named and named.pseudonym != upload.subject:
        raise Refused("other_subject")


def remember_patient(copy: ReadingCopy, *, upload: Upload) -> None:
    upload.subject_key = copy.subject_key
    upload.save(update_fields=["subject_key"])


def exam_of(copy: ReadingCopy, *, upload: Upload) -> Exam:
    known = Exam.objects.filter(uid=copy.exam_uid).first()
    if known:
        return known
    return Exam.objects.get_or_create(uid=copy.exam_uid, defaults={"subject": subject_of(copy, upload=upload)})[0]


def subject_of(copy: ReadingCopy, *, upload: Upload) -> Subject:
    """The participant by the pseudonym the coordinator gave, else by the key; a new one gets a random pseudonym.

    A pseudonym joins exams that two hospitals made under different patient ids.
    """
    subjects = Subject.objects.filter(study=upload.study)
    named = subjects.filter(pseudonym=upload.subject).first() if upload.subject else None
    if named:
        return named
    fresh = {"pseudonym": upload.subject or f"S-{new_code()}"}
    return Subject.objects.get_or_create(study=upload.study, key=copy.subject_key, defaults=fresh)[0]


def locked_case(exam: Exam, *, upload: Upload) -> Case:
    """The case of an exam, held until the end of the transaction, so that nobody allots it meanwhile."""
    case, _ = Case.objects.get_or_create(exam=exam, defaults={"study": upload.study})
    return Case.objects.select_for_update(of=["self"]).select_related("exam").get(pk=case.pk)


def series_of(copy: ReadingCopy, *, exam: Exam) -> Series:
    known = Series.objects.filter(uid=copy.series_uid).first()
    return known or new_series(copy, exam=exam)


def new_series(copy: ReadingCopy, *, exam: Exam) -> Series:
    last = exam.series.aggregate(last=Max("number"))["last"] or 0
    return Series.objects.create(
        exam=exam,
        uid=copy.series_uid,
        number=last + 1,
        role=physics.role(copy.parameters, copy.sequences),
        plane=plane(copy.geometry.slice_normal),
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


def add_instance(copy: ReadingCopy, *, series: Series) -> Instance:
    packed = planes.encode(copy.pixels)
    return Instance.objects.create(
        series=series,
        uid=copy.instance_uid,
        position=copy.geometry.position,
        row_direction=copy.geometry.row_direction,
        column_direction=copy.geometry.column_direction,
        distance_mm=0,  # along the normal of the whole series, known when all its slices are (cases.assemble)
        pixels_sha256=digest(copy),
        plane_sha256=storage.put(packed),
        plane_bytes=len(packed),
    )
