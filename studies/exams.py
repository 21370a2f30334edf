"""Whose exam it is: participants under their pseudonym, exams with their facts, and a case for each."""

from collections.abc import Mapping

from readers.codes import new_code
from studies.copies import ReadingCopy
from studies.errors import Refused
from studies.models import Case, Exam, ExamFacts, Subject, Upload


def check_patient(copy: ReadingCopy, *, upload: Upload) -> None:
    """A pseudonym given with an upload means one person: the first patient in it. Raises Refused for another."""
    if upload.subject_key not in ("", copy.subject_key):
        raise Refused("several_patients")
    if not upload.subject_key:
        check_pseudonym(copy, upload=upload)
        upload.subject_key = copy.subject_key
        upload.save(update_fields=["subject_key"])


def check_pseudonym(copy: ReadingCopy, *, upload: Upload) -> None:
    named = Subject.objects.filter(study=upload.study, key=copy.subject_key, exams__isnull=False).first()
    if named and named.pseudonym != upload.subject:
        raise Refused("other_subject")


def make(firsts: Mapping[str, ReadingCopy], *, upload: Upload) -> list[Exam]:
    """Exams with their subjects, facts and cases, for those of the UIDs that are not there yet; gives the new ones.

    firsts  one reading copy of each exam, by the exam's UID
    """
    known = set(Exam.objects.filter(uid__in=firsts).values_list("uid", flat=True))
    missing = {uid: copy for uid, copy in firsts.items() if uid not in known}
    keys = sorted({copy.subject_key for copy in missing.values()})
    subjects = {key: subject_of(key, upload=upload) for key in keys}
    made = [exam_of(missing[uid], subject=subjects[missing[uid].subject_key], upload=upload) for uid in sorted(missing)]
    return [exam for exam, is_new in made if is_new]


def subject_of(key: str, *, upload: Upload) -> Subject:
    """The participant by the pseudonym the coordinator gave, else by the key; a new one gets a random pseudonym.

    A pseudonym joins exams that two hospitals made under different patient ids.
    """
    subjects = Subject.objects.filter(study=upload.study)
    named = subjects.filter(pseudonym=upload.subject).first() if upload.subject else None
    if named:
        return named
    fresh = {"pseudonym": upload.subject or f"S-{new_code()}"}
    return Subject.objects.get_or_create(study=upload.study, key=key, defaults=fresh)[0]


def exam_of(copy: ReadingCopy, *, subject: Subject, upload: Upload) -> tuple[Exam, bool]:
    exam, is_new = Exam.objects.get_or_create(
        uid=copy.exam_uid, defaults={"subject": subject, "patient_key": copy.subject_key}
    )
    if is_new:
        Case.objects.create(exam=exam, study=upload.study)
        ExamFacts.objects.create(exam=exam, centre=upload.centre, **facts_of(copy))
    return exam, is_new


def facts_of(copy: ReadingCopy) -> dict[str, object]:
    return {
        "age_years": copy.facts.age_years,
        "sex": copy.facts.sex,
        "shifted_day": copy.facts.shifted_day,
        "vendor": copy.facts.vendor,
        "field_strength_t": copy.parameters.get("field_strength_t"),
    }


def forget_empty(made: list[Exam]) -> None:
    """Take back exams of which, in the end, no image was taken. They were made in this very transaction."""
    for exam in Exam.objects.filter(pk__in=[exam.pk for exam in made], series=None):
        exam.case.delete()
        exam.facts.delete()
        exam.delete()
        Subject.objects.filter(pk=exam.subject_id, exams=None).delete()
