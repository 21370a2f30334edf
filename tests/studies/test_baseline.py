"""The facts of a study's exams, as coordinators and statisticians get them."""

import pytest

from studies import baseline
from studies.models import Centre, ExamFacts
from tests import scene

pytestmark = pytest.mark.django_db


def exam_of(study, subject, *, visit, **facts):
    case = scene.make_unchecked(study, f"{subject}-{visit}")
    ExamFacts.objects.create(exam=case.exam, **facts)
    if visit > 1:
        first = study.subjects.get(pseudonym=f"{subject}-1")
        case.exam.subject = first
        case.exam.save()
    return case


def test_days_are_counted_from_the_first_exam_of_each_participant(study):
    exam_of(study, "A", visit=1, shifted_day=900)
    exam_of(study, "A", visit=2, shifted_day=984)
    exam_of(study, "B", visit=1, shifted_day=7000)
    assert [(row.subject, row.days_from_baseline) for row in baseline.facts(study)] == [
        ("A-1", 0), ("A-1", 84), ("B-1", 0),
    ]  # fmt: skip


def test_the_first_exam_need_not_have_come_first(study):
    exam_of(study, "A", visit=1, shifted_day=984)
    exam_of(study, "A", visit=2, shifted_day=900)
    assert [row.days_from_baseline for row in baseline.facts(study)] == [0, 84]


def test_an_exam_without_a_date_has_no_day_and_is_no_baseline(study):
    exam_of(study, "A", visit=1)
    exam_of(study, "A", visit=2, shifted_day=900)
    assert sorted(row.days_from_baseline is None for row in baseline.facts(study)) == [False, True]


def test_everything_known_is_there(study):
    centre = Centre.objects.create(study=study, name="Centre 3")
    facts = {"age_years": 57, "sex": "F", "vendor": "Siemens", "field_strength_t": 1.5, "centre": centre}
    case = exam_of(study, "A", visit=1, shifted_day=1, **facts)
    assert baseline.facts(study) == [
        baseline.CaseFacts(case.code, "A-1", 57, "F", 0, "Centre 3", "Siemens", 1.5),
    ]  # fmt: skip


def test_a_case_without_facts_and_other_studies_are_left_out(study):
    scene.make_unchecked(study, "A")
    assert baseline.facts(study) == []
