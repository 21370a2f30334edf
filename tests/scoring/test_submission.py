"""A reading's life: saved as it is given, signed once, locked for good."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from readers.signatures import content_sha256
from scoring import review, submission
from scoring.models import Pin, ReadingState, Score, Sitting
from tests import cast, scene
from tests.cast import PASSWORD

PLACE = {
    "series": 1,
    "slice": 1,
    "point": [0.0, -20.25, 31.0],
    "view": {"centre": [0.0, 0.0, 0.0], "mm_per_pixel": 0.3, "low": 10, "high": 900},
}


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


def sign(reading, *, password=PASSWORD, meaning=submission.MEANING, content_sha256=None):
    """Ana signs what is shown to her, or something else."""
    shown = content_sha256 or review.of(reading)["content_sha256"]
    options = {"password": password, "meaning": meaning, "content_sha256": shown}
    return submission.sign(reading, **options, actor=reading.reader, now=timezone.now())


def put_pin(reading, item):
    question = submission.find_item(reading, item)
    return submission.put_pin(reading, question, key=uuid4(), place=PLACE, actor=reading.reader, now=timezone.now())


def with_pins_required(study, people):
    cast.amend(study, people, requires_pins=True)
    [case] = scene.allot(study, people)
    return scene.reading_of(case, people.ana)


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
        sign(reading, password="wrong")
    reading.refresh_from_db()
    assert reading.state == ReadingState.STARTED
    assert AuditEvent.objects.filter(action="password.refused", actor=people.ana).exists()


def test_another_meaning_is_refused(reading):
    scene.fill(reading)
    with pytest.raises(Refusal) as refusal:
        sign(reading, meaning="Seen.")
    assert refusal.value.code == "meaning_refused"


def test_what_was_not_shown_is_not_signed(reading):
    shown = review.of(scene.fill(reading))["content_sha256"]
    save(reading, grade=1)
    with pytest.raises(Conflict) as conflict:
        sign(reading, content_sha256=shown)
    assert conflict.value.code == "changed_since_shown"
    assert sign(reading).state == ReadingState.SIGNED


def test_the_signed_content_holds_comments_and_the_pins_that_are_there(reading):
    scene.fill(reading, VB_C4=2)
    question = submission.find_item(reading, "VB_C4")
    submission.write_comment(reading, question, text="Faint.", actor=reading.reader, now=timezone.now())
    kept, taken_out = put_pin(reading, "VB_C4"), put_pin(reading, "VB_C4")
    submission.take_pin(reading, question, key=taken_out.key, actor=reading.reader, now=timezone.now())
    content = review.of(reading)["content"]
    [score] = [score for score in content["scores"] if score["item"] == "VB_C4"]
    assert score == {"item": "VB_C4", "grade": 2, "not_assessable": "", "comment": "Faint."}
    assert content["pins"] == [{"key": str(kept.key), "item": "VB_C4", **PLACE}]
    assert sign(reading).signature.content_sha256 == content_sha256(content)


def test_pins_are_required_where_the_charter_says_so(study, people):
    reading = scene.fill(with_pins_required(study, people), VB_C4=2, VB_C5=1, DG_C5C6=1, FJ_C2C3="artefact")
    put_pin(reading, "VB_C5")
    missing = [{"item": "VB_C4", "label": "BME at vertebral body C4"}]
    assert review.of(reading)["missing_pins"] == missing
    with pytest.raises(Refusal) as refusal:
        sign(reading)
    assert (refusal.value.code, refusal.value.extras["missing"]) == ("pins_missing", missing)
    put_pin(reading, "VB_C4")
    assert sign(reading).state == ReadingState.SIGNED


def test_a_pin_taken_out_shows_nothing(study, people):
    reading = scene.fill(with_pins_required(study, people), VB_C4=2)
    pin, question = put_pin(reading, "VB_C4"), submission.find_item(reading, "VB_C4")
    assert review.of(reading)["missing_pins"] == []
    submission.take_pin(reading, question, key=pin.key, actor=reading.reader, now=timezone.now())
    assert [item["item"] for item in review.of(reading)["missing_pins"]] == ["VB_C4"]


def test_no_pin_is_missing_where_the_charter_asks_for_none(reading):
    assert review.of(scene.fill(reading, VB_C4=2))["missing_pins"] == []


def test_the_review_names_what_has_no_answer_and_what_was_never_looked_at(reading):
    scene.fill(reading)
    save(reading, item="FJ_C7T1")
    now = timezone.now()
    Sitting.objects.create(reading=reading, desk=uuid4(), slices={"1": [900, 0, 4000]}, begun_at=now, updated_at=now)
    shown = review.of(reading)
    assert shown["missing"] == [{"item": "FJ_C7T1", "label": "BME at facet joint C7/T1"}]
    assert shown["unseen"] == [
        {"series": 1, "label": "STIR sagittal", "n_unseen": 1, "n_slices": 3},
        {"series": 2, "label": "T1 sagittal", "n_unseen": 3, "n_slices": 3},
    ]


def test_a_series_that_was_looked_at_is_not_named(reading):
    now, slices = timezone.now(), {"1": [900, 1, 4000], "2": [1, 1, 1]}
    Sitting.objects.create(reading=reading, desk=uuid4(), slices=slices, begun_at=now, updated_at=now)
    assert review.of(reading)["unseen"] == []


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


def test_the_database_itself_refuses_to_move_a_signed_pin(reading):
    pin = put_pin(scene.fill(reading, VB_C4=2), "VB_C4")
    sign(reading)
    with pytest.raises(IntegrityError, match="signed and locked"), transaction.atomic():
        Pin.objects.filter(pk=pin.pk).update(slice=2)


def test_the_database_itself_refuses_to_unsign(reading):
    signed = scene.sign(scene.fill(reading))
    with pytest.raises(IntegrityError, match="signed and locked"), transaction.atomic():
        type(signed).objects.filter(pk=signed.pk).update(state="started", signature=None)
