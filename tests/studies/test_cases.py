import numpy as np
import pytest

from readers.errors import Conflict
from readers.models import AuditEvent
from studies import cases, contents
from studies.models import Case, CaseState, Series, Subject
from tests import dicom

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(study, people, imported):
    imported(study, people.dora, dicom.exam().values())
    return Case.objects.get()


def test_a_case_without_a_sagittal_t1_says_so(study, people, imported):
    imported(study, people.dora, dicom.stack(role="STIR").values())
    case = Case.objects.get()
    assert (case.state, cases.missing(case)) == (CaseState.INCOMPLETE, ["sagittal T1"])


def test_an_axial_t1_is_no_sagittal_t1(study, people, imported):
    axial = dicom.stack(role="T1", plane="axial", series=2)
    imported(study, people.dora, [*dicom.stack(role="STIR").values(), *axial.values()])
    assert cases.missing(Case.objects.get()) == ["sagittal T1"]


def test_two_slices_are_no_series_to_read(study, people, imported):
    imported(study, people.dora, [*dicom.stack(role="STIR").values(), *dicom.stack(role="T1", series=2, n=2).values()])
    assert cases.missing(Case.objects.get()) == ["sagittal T1"]


def test_slices_are_ordered_by_place_not_by_arrival(study, people, imported):
    slices = [dicom.part10(dicom.image(index=index)) for index in (3, 0, 4, 1, 2)]
    imported(study, people.dora, slices)
    assert [one.position[0] for one in Series.objects.get().instances.all()] == [-60, -56, -52, -48, -44]


def tilted(index: int, *, degrees: float) -> bytes:
    """An axial slice tilted forward, its centre 6 mm above that of the slice before."""
    dataset = dicom.image(role="T2", plane="axial", index=index, pixels=dicom.noise(index, rows=200))
    right, down = np.array([1, 0, 0]), np.array([0, np.cos(np.radians(degrees)), -np.sin(np.radians(degrees))])
    dataset.ImageOrientationPatient = [*right, *down]
    dataset.ImagePositionPatient = list(np.array([0, 0, 6.0 * index]) - right * 0.75 * 23 / 2 - down * 0.5 * 199 / 2)
    return dicom.part10(dataset)


def test_slices_that_follow_the_discs_are_one_series_ordered_by_their_centres(study, people, imported):
    """The first pixel of a steep slice lies above that of the flat slice over it; the centres keep the order."""
    files = [tilted(index, degrees=degrees) for index, degrees in enumerate((20, 10, 0))]
    imported(study, people.dora, files[::-1])
    slices = list(Series.objects.get().instances.all())
    apart = [(one.distance_mm - slices[0].distance_mm) / np.cos(np.radians(10)) for one in slices]
    assert [round(distance) for distance in apart] == [0, 6, 12]
    assert [one.position[2] for one in slices] != sorted(one.position[2] for one in slices)
    assert Series.objects.get().column_direction == slices[1].column_direction


def test_the_window_comes_from_the_pixels_of_the_central_third(study, people, imported):
    inner = dicom.noise(1, rows=64, columns=64)
    outer = np.full_like(inner, 4000)
    slices = [dicom.image(index=index, pixels=inner if index in (3, 4, 5) else outer) for index in range(9)]
    imported(study, people.dora, [dicom.part10(one) for one in slices])
    series = Series.objects.get()
    low, high = np.percentile(inner, [1, 99.5])  # intake measures every second pixel of every second row
    assert (series.window_low, series.window_high) == pytest.approx((low, high), abs=0.01 * 4096)


def test_a_blank_series_still_has_a_window(study, people, imported):
    blank = np.zeros((32, 24), np.uint16)
    imported(study, people.dora, [dicom.part10(dicom.image(index=index, pixels=blank)) for index in range(3)])
    series = Series.objects.get()
    assert series.window_low < series.window_high


def test_a_corrected_role_counts_and_is_recorded(case, people):
    stir = case.exam.series.get(role="STIR")
    changed = cases.correct_role(stir, role="OTHER", actor=people.dora)
    assert (changed.state, cases.missing(changed)) == (CaseState.INCOMPLETE, ["sagittal STIR"])
    event = AuditEvent.objects.get(action="series.role corrected")
    assert event.before == {"series": stir.number, "role": "STIR", "source": "physics"}
    assert event.after == {
        "series": stir.number, "role": "OTHER", "source": "coordinator", **contents.told(changed),
    }  # fmt: skip
    assert [one["label"] for one in event.after["exam"]["series"]] == ["T1 sagittal", "Other sagittal"]


def test_a_correction_outlives_the_next_import(case, people, study, imported):
    cases.correct_role(case.exam.series.get(role="STIR"), role="OTHER", actor=people.dora)
    imported(study, people.dora, dicom.stack(role="STIR", series=1, n=7).values())
    assert case.exam.series.get(number=1).role == "OTHER"


def test_an_allotted_case_keeps_its_roles_and_its_subject(case, people):
    Case.objects.update(state=CaseState.ALLOTTED)
    with pytest.raises(Conflict):
        cases.correct_role(case.exam.series.first(), role="OTHER", actor=people.dora)
    with pytest.raises(Conflict):
        cases.set_subject(case, pseudonym="RA-017", actor=people.dora)
    assert set(case.exam.series.values_list("role", flat=True)) == {"STIR", "T1"}


def test_assembling_leaves_an_allotted_case_as_it_is(case):
    Case.objects.update(state=CaseState.ALLOTTED)
    Series.objects.update(window_low=-1)
    assert cases.assemble(case).state == CaseState.ALLOTTED
    assert set(Series.objects.values_list("window_low", flat=True)) == {-1}


def test_a_subject_is_renamed_and_it_is_recorded(case, people):
    before = case.exam.subject.pseudonym
    assert cases.set_subject(case, pseudonym="RA-017", actor=people.dora).exam.subject.pseudonym == "RA-017"
    event = AuditEvent.objects.get(action="case.subject set")
    assert event.before == {"subject": before}
    assert event.after == {"subject": "RA-017", "is_joined": False}


def test_a_pseudonym_in_the_study_joins_its_exams(case, people, study, imported):
    imported(study, people.dora, dicom.exam(exam=2, patient="B").values(), subject="RA-017")
    cases.set_subject(case, pseudonym="RA-017", actor=people.dora)
    assert Subject.objects.get(pseudonym="RA-017").exams.count() == 2


def test_a_subject_of_an_allotted_exam_is_not_renamed_by_another_exam(case, people, study, imported):
    imported(study, people.dora, dicom.exam(exam=2).values())
    Case.objects.filter(pk=case.pk).update(state=CaseState.ALLOTTED)
    second = Case.objects.exclude(pk=case.pk).get()
    with pytest.raises(Conflict):
        cases.set_subject(second, pseudonym="RA-017", actor=people.dora)
