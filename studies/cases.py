"""Exams become cases: slices in order, windows measured, ready or what is missing; and a coordinator's corrections."""

from typing import Any

import numpy as np
from django.db import transaction

from readers import audit
from readers.errors import Conflict
from readers.models import User
from studies import planes, storage
from studies.geometry import Geometry, distance_mm, plane, stack_normal, vector
from studies.models import Case, CaseState, Instance, Plane, RoleSource, Series, SeriesRole, Subject

LEAST_SLICES = 3
REQUIRED = ((Plane.SAGITTAL, SeriesRole.STIR), (Plane.SAGITTAL, SeriesRole.T1))
WINDOW_PERCENTILES = (1, 99.5)


def assemble(case: Case) -> Case:
    """Order and measure every series of a case and say whether it can be read. An allotted case stays as it is."""
    with transaction.atomic():
        case = locked(case)
        if case.state == CaseState.ALLOTTED:
            return case
        for series in case.exam.series.all():
            measure(series)
        return settle(case)


def locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=["self"]).select_related("exam__subject", "study").get(pk=case.pk)


def settle(case: Case) -> Case:
    case.state = CaseState.INCOMPLETE if missing(case) else CaseState.READY
    case.save(update_fields=["state"])
    return case


def missing(case: Case) -> list[str]:
    """What a reader needs and the case does not have, in the coordinator's words: ["sagittal T1"]."""
    return [f"{plane} {role}" for plane, role in REQUIRED if not has(case, plane=plane, role=role)]


def has(case: Case, *, plane: str, role: str) -> bool:
    series = case.exam.series.all()
    return any(one.plane == plane and one.role == role and len(one.instances.all()) >= LEAST_SLICES for one in series)


def measure(series: Series) -> None:
    """Order the slices along the common normal, and take plane, directions and window from the middle of the stack."""
    slices = list(series.instances.all())
    lies = {one: geometry_of(one, series) for one in slices}
    normal = stack_normal([geometry.slice_normal for geometry in lies.values()])
    for one, geometry in lies.items():
        one.distance_mm = distance_mm(geometry.centre, normal)
    Instance.objects.bulk_update(slices, ["distance_mm"])
    slices.sort(key=lambda one: (one.distance_mm, one.uid))
    middle = slices[len(slices) // 2]
    series.plane = plane(normal)
    series.row_direction, series.column_direction = middle.row_direction, middle.column_direction
    series.window_low, series.window_high = window(series, slices)
    series.save()


def geometry_of(one: Instance, series: Series) -> Geometry:
    directions = vector(one.row_direction), vector(one.column_direction)
    spacing = series.row_spacing_mm, series.column_spacing_mm
    return Geometry(vector(one.position), *directions, *spacing, series.rows, series.columns)


def window(series: Series, slices: list[Instance]) -> tuple[float, float]:
    """The grey window to open with, in stored values, from the central third: the outer slices are mostly air.

    Computed from the pixels, never taken from the header, whose window would tell two visits of a patient apart.
    """
    third = len(slices) // 3
    stack = [pixels(one, series) for one in slices[third : len(slices) - third]]
    low, high = np.percentile(np.stack(stack), WINDOW_PERCENTILES)
    return float(low), float(max(high, low + 1))


def pixels(one: Instance, series: Series) -> planes.Pixels:
    plane = storage.get(one.plane_sha256)
    return planes.decode(plane, rows=series.rows, columns=series.columns, is_signed=series.is_signed)


def changeable(case: Case) -> Case:
    """The case, locked, if it may still be changed. Raises Conflict once readers have it."""
    case = locked(case)
    if case.state == CaseState.ALLOTTED:
        raise Conflict("case_frozen", "This case has been allotted to readers and cannot be changed any more.")
    return case


@transaction.atomic
def correct_role(series: Series, *, role: str, actor: User) -> Case:
    """Overrule the role that physics gave a series."""
    case = changeable(series.exam.case)
    before = {"series": series.number, "role": series.role, "source": series.role_source}
    series.role, series.role_source = role, RoleSource.COORDINATOR
    series.save(update_fields=["role", "role_source"])
    after: dict[str, Any] = {"series": series.number, "role": role, "source": series.role_source}
    audit.record("series.role corrected", case, actor=actor, study=case.study, before=before, after=after)
    return settle(case)


@transaction.atomic
def set_subject(case: Case, *, pseudonym: str, actor: User) -> Case:
    """Say which participant a case is of. A pseudonym that is already in the study joins its exams."""
    case = changeable(case)
    before = case.exam.subject.pseudonym
    known = Subject.objects.filter(study=case.study, pseudonym=pseudonym).first()
    if known:
        case.exam.subject = known
        case.exam.save(update_fields=["subject"])
    else:
        rename(case.exam.subject, pseudonym=pseudonym)
    audit.record("case.subject set", case, actor=actor, study=case.study, before=before, after=pseudonym)
    return locked(case)


def rename(subject: Subject, *, pseudonym: str) -> None:
    """Give a participant another pseudonym, which shows on every exam of theirs."""
    if Case.objects.filter(exam__subject=subject, state=CaseState.ALLOTTED).exists():
        sentence = "Another exam of this participant has been allotted under the present pseudonym."
        raise Conflict("case_frozen", sentence)
    subject.pseudonym = pseudonym
    subject.save(update_fields=["pseudonym"])
