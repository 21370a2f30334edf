"""Material and judgement to test with: cases with small images, readings with grades, signatures given."""

import copy
from typing import Any
from zlib import crc32

import numpy as np
from django.db import connection, transaction
from django.db.models.base import ModelState
from django.utils import timezone

from scoring import adjudication, allocation, consensus, review, submission
from scoring.models import Adjudication, Reading
from studies import cases, checks, planes, storage
from studies.models import Case, Exam, Instance, Plane, Series, SeriesRole, Study, Subject
from tests.cast import PASSWORD, People

SIDE = 16  # pixels


def make_case(study: Study, name: str) -> Case:
    """A ready case of subject `name`: Dora has looked at it and accepted it."""
    return accept(make_unchecked(study, name))


def accept(case: Case) -> Case:
    """Say yes to every question there is, as who opened the study."""
    answers = {question.name: True for question in checks.sheet(case).questions}
    return checks.accept(case, answers=answers, actor=case.study.opened_by)


def make_unchecked(study: Study, name: str) -> Case:
    """A case of subject `name` that waits to be checked: a sagittal STIR and a sagittal T1 of three slices."""
    subject = Subject.objects.create(study=study, key=f"key of {name}", pseudonym=name)
    exam = Exam.objects.create(subject=subject, uid=f"2.25.{study.pk}.{crc32(name.encode())}")
    case = Case.objects.create(study=study, exam=exam)
    for number, role in enumerate((SeriesRole.STIR, SeriesRole.T1), start=1):
        make_series(exam, number=number, role=role)
    return cases.assemble(case)


def make_series(exam: Exam, *, number: int, role: str) -> Series:
    series = Series.objects.create(
        exam=exam,
        uid=f"{exam.uid}.{number}",
        number=number,
        role=role,
        plane=Plane.SAGITTAL,
        frame=f"{exam.uid}.0",
        rows=SIDE,
        columns=SIDE,
        row_spacing_mm=1.0,
        column_spacing_mm=1.0,
        row_direction=[0, 1, 0],
        column_direction=[0, 0, -1],
    )
    with storage.Writer() as stored:
        for place in range(3):
            make_slice(series, place, stored)
        Instance.objects.filter(series=series).update(object_sha256=stored.keep())
    return series


def make_slice(series: Series, place: int, stored: storage.Writer) -> Instance:
    pixels = np.random.default_rng(place).integers(0, 4000, (SIDE, SIDE)).astype(np.uint16)
    plane = planes.encode(pixels)
    return Instance.objects.create(
        series=series,
        uid=f"{series.uid}.{place}",
        position=[4.5 * (place - 1), 0, 0],
        row_direction=[0, 1, 0],
        column_direction=[0, 0, -1],
        distance_mm=4.5 * (place - 1),
        pixels_sha256=f"{place:064}",
        low=float(pixels.min()),
        high=float(pixels.max()),
        object_sha256="",  # known when all slices are written
        offset=stored.add(plane),
        plane_bytes=len(plane),
    )


def more_of(case: Case, *, times: int) -> None:
    """More ready cases with the same images, all at once: 150 of them through every door would take too long."""
    exams = [renewed(case.exam, uid=f"{case.exam.uid}.{number}") for number in range(times)]
    Exam.objects.bulk_create(exams)
    Case.objects.bulk_create(Case(study=case.study, exam=exam, state=case.state) for exam in exams)
    for one in case.exam.series.all():
        series = Series.objects.bulk_create(renewed(one, exam=exam, uid=f"{exam.uid}.{one.number}") for exam in exams)
        for at, instance in enumerate(one.instances.all()):
            Instance.objects.bulk_create(renewed(instance, series=new, uid=f"{new.uid}.{at}") for new in series)


def renewed(row: Any, **changes: Any) -> Any:
    """The same row once more, with changes."""
    again = copy.copy(row)
    again.pk, again._state = None, ModelState()
    for name, value in changes.items():
        setattr(again, name, value)
    return again


def allot(study: Study, people: People, *, cases: int = 1) -> list[Case]:
    """Cases of the study, allotted by Dora."""
    made = [make_case(study, f"S-{place:02}") for place in range(1, cases + 1)]
    allocation.allot(study, actor=people.dora)
    for case in made:
        case.refresh_from_db()
    return made


def reading_of(case: Case, reader: Any) -> Reading:
    return Reading.objects.that_count().get(case=case, reader=reader)


def fill(reading: Reading, **grades: int | str) -> Reading:
    """Answer every item: 0, or what is named. A word is a reason why the item is not assessable."""
    for item in reading.charter.instrument.items.all():
        answer = grades.get(item.code, 0)
        submission.save(
            reading,
            item=item.code,
            grade=answer if isinstance(answer, int) else None,
            not_assessable=answer if isinstance(answer, str) else "",
            actor=reading.reader,
            now=timezone.now(),
        )
    return reading


def sign(reading: Reading) -> Reading:
    """The reader signs what is there."""
    return submission.sign(
        reading,
        password=PASSWORD,
        meaning=submission.MEANING,
        content_sha256=review.of(reading)["content_sha256"],
        actor=reading.reader,
        now=timezone.now(),
    )


def read(case: Case, people: People, *, ana: dict[str, Any] | None = None, ben: dict[str, Any] | None = None) -> None:
    """Both read and sign, and the case is compared."""
    sign(fill(reading_of(case, people.ana), **(ana or {})))
    sign(fill(reading_of(case, people.ben), **(ben or {})))
    consensus.compare(case, now=timezone.now())


def decide_all(found: Adjudication, people: People, *, choice: str = "left") -> Adjudication:
    """Clara decides every dispute the same way and signs."""
    for dispute in found.disputes.all():
        adjudication.decide(
            found,
            item=dispute.item.code,
            choice=choice,
            grade=None,
            not_assessable="",
            reason="extent",
            comment="",
            actor=people.clara,
            now=timezone.now(),
        )
    return adjudication.sign(
        found, password=PASSWORD, meaning=adjudication.MEANING, actor=people.clara, now=timezone.now()
    )


def commit(row: Any) -> None:
    """Save a row, and let the database check now what it checks at a commit."""
    with transaction.atomic():
        row.save()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
