"""Exams become cases: complete or what is missing; and a coordinator's corrections."""

from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from readers import audit
from readers.errors import Conflict
from readers.models import User
from studies import contents, storage
from studies.locks import refuse_if_locked
from studies.models import Case, CaseState, Instance, RoleSource, Series, Subject
from studies.protocol import PROTOCOL
from studies.stacks import stack


def assemble(case: Case) -> Case:
    """Order and measure every series of a case and say whether it can be read. An allotted case stays as it is."""
    with transaction.atomic():
        case = locked(case)
        if case.state == CaseState.ALLOTTED:
            return case
        for series in arriving(case):
            stack(series)
        storage.settle()
        case = settle(case)
        audit.record("case.assembled", case, actor=None, study=case.study, after=contents.told(case))
        return case


def locked(case: Case) -> Case:
    related = Case.objects.select_related("exam__subject", "study")
    return related.select_for_update(no_key=True, of=["self"]).get(pk=case.pk)


def settle(case: Case) -> Case:
    """To be checked if it is complete. Whatever was decided before was decided of other images, or of other roles."""
    case.state = CaseState.INCOMPLETE if missing(case) or is_arriving(case) else CaseState.TO_CHECK
    case.save(update_fields=["state"])
    return case


def is_arriving(case: Case) -> bool:
    """Whether slices have come in that are not yet ordered and packed with the others of their series."""
    return arriving(case).exists()


def arriving(case: Case) -> QuerySet[Series]:
    loose = Instance.objects.filter(series__exam=case.exam).exclude(object_sha256=F("series__packed_sha256"))
    return Series.objects.filter(pk__in=loose.values("series"))


def missing(case: Case) -> list[str]:
    """What a reader needs and the case does not have, in the coordinator's words: ["sagittal T1"]."""
    return [f"{plane} {role}" for plane, role in PROTOCOL.required if not has(case, plane=plane, role=role)]


def has(case: Case, *, plane: str, role: str) -> bool:
    fitting = [one for one in case.exam.series.all() if (one.plane, one.role) == (plane, role)]
    return any(len(one.instances.all()) >= PROTOCOL.least_slices for one in fitting)


def changeable(case: Case) -> Case:
    """The case, locked, if it may still be changed. Raises Conflict once readers have it, or the study is locked."""
    case = locked(case)
    refuse_if_locked(case.study)
    if case.state == CaseState.ALLOTTED:
        raise Conflict("case_frozen", "This case has been allotted to readers and cannot be changed any more.")
    return case


@transaction.atomic
def correct_role(series: Series, *, role: str, actor: User) -> Case:
    """Overrule the role that physics gave a series, or confirm it: either way the doubt is gone."""
    case = changeable(series.exam.case)
    before = {"series": series.number, "role": series.role, "source": series.role_source}
    series.role, series.role_source, series.role_doubt = role, RoleSource.COORDINATOR, ""
    series.save(update_fields=["role", "role_source", "role_doubt"])
    after: dict[str, Any] = {"series": series.number, "role": role, "source": series.role_source}
    case = settle(case)
    after |= contents.told(case)
    audit.record("series.role corrected", case, actor=actor, study=case.study, before=before, after=after)
    return case


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
    told, after = {"subject": before}, {"subject": pseudonym, "is_joined": known is not None}
    audit.record("case.subject set", case, actor=actor, study=case.study, before=told, after=after)
    return locked(case)


def rename(subject: Subject, *, pseudonym: str) -> None:
    """Give a participant another pseudonym, which shows on every exam of theirs."""
    if Case.objects.filter(exam__subject=subject, state=CaseState.ALLOTTED).exists():
        sentence = "Another exam of this participant has been allotted under the present pseudonym."
        raise Conflict("case_frozen", sentence)
    subject.pseudonym = pseudonym
    subject.save(update_fields=["pseudonym"])
