"""A reading's life: saved as it is given, signed once, locked for good."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from readers.signatures import content_sha256
from scoring import submission
from scoring.models import ReadingState, Score
from tests import scene
from tests.cast import PASSWORD


@pytest.fixture
def reading(study, people):
    [case] = scene.allot(study, people)
    return scene.reading_of(case, people.ana)


def save(reading, item="VB_C4", grade=None, not_assessable=""):
    return submission.save(
        reading,
        item=item,
        grade=grade,
        not_assessable=not_assessable,
        actor=reading.reader,
        now=timezone.now(),
    )


def test_a_grade_is_saved_and_starts_the_reading(reading):
    save(reading, grade=2)
    reading.refresh_from_db()
    assert reading.state == ReadingState.STARTED
    assert reading.scores.get(item__code="VB_C4").grade == 2


def test_the_first_value_and_every_change_are_recorded(reading):
    save(reading, grade=2)
    save(reading, grade=1)
    first, second = AuditEvent.objects.filter(action="score.saved").order_by("pk")
    assert first.before is None
    assert first.after == {"item": "VB_C4", "grade": 2, "not_assessable": ""}
    assert (second.before["grade"], second.after["grade"]) == (2, 1)


def test_not_assessable_is_neither_zero_nor_blank(reading):
    save(reading, not_assessable="artefact")
    score = reading.scores.get()
    assert (score.grade, score.not_assessable) == (None, "artefact")


def test_a_cleared_item_is_blank_again(reading):
    save(reading, grade=3)
    save(reading)
    assert "VB_C4" in [item.code for item in submission.missing_items(reading)]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"item": "VB_C4", "grade": 4}, "no_such_grade"),
        ({"item": "DG_C5C6", "grade": 2}, "no_such_grade"),
        ({"item": "VB_C9", "grade": 1}, "no_such_item"),
        ({"item": "VB_C4", "not_assessable": "tired"}, "no_such_reason"),
        ({"item": "VB_C4", "grade": 1, "not_assessable": "artefact"}, "two_answers"),
    ],
)
def test_an_answer_the_instrument_does_not_know_is_refused(reading, answer, code):
    with pytest.raises(Refusal) as refusal:
        save(reading, **answer)
    assert refusal.value.code == code
    assert not Score.objects.exists()


def test_an_incomplete_reading_is_refused_with_the_missing_sites_named(reading):
    scene.fill(reading)
    save(reading, item="FJ_C7T1")
    with pytest.raises(Refusal) as refusal:
        scene.sign(reading)
    assert refusal.value.code == "incomplete"
    assert refusal.value.extras["missing"] == [{"item": "FJ_C7T1", "label": "BME at facet joint C7/T1"}]


def test_a_signature_holds_name_time_meaning_and_content(reading):
    signed = scene.sign(scene.fill(reading, VB_C4=2))
    assert signed.state == ReadingState.SIGNED
    assert signed.signature.printed_name == "Ana Almeida"
    assert signed.signature.meaning == submission.MEANING
    assert signed.signature.content_sha256 == content_sha256(submission.content(signed))


def test_a_wrong_password_signs_nothing_and_is_recorded(reading, people):
    scene.fill(reading)
    with pytest.raises(Refusal, match="not your password"):
        submission.sign(reading, password="wrong", meaning=submission.MEANING, actor=people.ana, now=timezone.now())
    reading.refresh_from_db()
    assert reading.state == ReadingState.STARTED
    assert AuditEvent.objects.filter(action="password.refused", actor=people.ana).exists()


def test_another_meaning_is_refused(reading, people):
    scene.fill(reading)
    with pytest.raises(Refusal) as refusal:
        submission.sign(reading, password=PASSWORD, meaning="Seen.", actor=people.ana, now=timezone.now())
    assert refusal.value.code == "meaning_refused"


def test_it_refuses_a_second_signature(reading):
    scene.sign(scene.fill(reading))
    with pytest.raises(Conflict, match="signed and locked"):
        scene.sign(reading)


def test_a_signed_reading_takes_no_more_grades(reading):
    scene.sign(scene.fill(reading))
    with pytest.raises(Conflict, match="signed and locked"):
        save(reading, grade=3)


def test_the_database_itself_refuses_to_change_a_signed_score(reading):
    scene.sign(scene.fill(reading))
    with pytest.raises(IntegrityError, match="signed and locked"), transaction.atomic():
        Score.objects.filter(reading=reading, item__code="VB_C4").update(grade=3)


def test_the_database_itself_refuses_to_unsign(reading):
    signed = scene.sign(scene.fill(reading))
    with pytest.raises(IntegrityError, match="signed and locked"), transaction.atomic():
        type(signed).objects.filter(pk=signed.pk).update(state="started", signature=None)
