"""The facts of a study's exams, each counted in days from the first exam of its participant. Readers never see them."""

from dataclasses import dataclass

from studies.models import Case, ExamFacts, Study

MEANINGS = {
    "age_years": ("Age at the exam", "years; 90 stands for 90 and more"),
    "sex": ("Sex", "F, M or O, as the scanner was told"),
    "days_from_baseline": ("Days since the participant's first exam in the study", "0 for the first; empty if undated"),
    "centre": ("Centre", "the name the study gives it"),
    "vendor": ("Scanner", "its maker"),
    "field_strength_t": ("Field strength", "tesla"),
}


@dataclass(frozen=True)
class CaseFacts:
    """days_from_baseline  None where a header gave no date: nothing is guessed"""

    case: str
    subject: str
    age_years: int | None
    sex: str
    days_from_baseline: int | None
    centre: str | None
    vendor: str
    field_strength_t: float | None


def facts(study: Study) -> list[CaseFacts]:
    """One row a case, by participant and day."""
    rows = study.cases.select_related("exam__subject", "exam__facts__centre")
    known = [(case, case.exam.facts) for case in rows if hasattr(case.exam, "facts")]
    first: dict[int, int] = {}
    for case, of_exam in known:
        if of_exam.shifted_day is not None:
            subject = case.exam.subject_id
            first[subject] = min(of_exam.shifted_day, first.get(subject, of_exam.shifted_day))
    made = [row_of(case, of_exam, first=first.get(case.exam.subject_id)) for case, of_exam in known]
    return sorted(made, key=lambda row: (row.subject, row.days_from_baseline or 0, row.case))


def row_of(case: Case, of_exam: ExamFacts, *, first: int | None) -> CaseFacts:
    day = of_exam.shifted_day
    return CaseFacts(
        case=case.code,
        subject=case.exam.subject.pseudonym,
        age_years=of_exam.age_years,
        sex=of_exam.sex,
        days_from_baseline=None if day is None or first is None else day - first,
        centre=of_exam.centre.name if of_exam.centre else None,
        vendor=of_exam.vendor,
        field_strength_t=of_exam.field_strength_t,
    )
