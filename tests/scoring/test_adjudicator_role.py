"""What the database itself keeps from an adjudicator: values and pins before their time, results, and shams."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from scoring import submission
from scoring.blinding import ADJUDICATOR, acting_as
from scoring.models import Adjudication, Consensus, Dispute, FinalScore, Pin, Score, Sham
from scoring.rules import Resolution
from tests import scene
from tests.cast import amend
from tests.scoring.test_adjudication_modes import answer, decide, shown

VIEW = {"centre": [0, 0, 0], "mm_per_pixel": 0.5, "low": 0, "high": 1000}


def opened(study, people, mode):
    """A case on which Ana and Ben differ at two sites; Ana has pinned what she saw, and taken one pin out again."""
    amend(study, people, resolution=Resolution(mode), subject_gap=4)
    [case] = scene.allot(study, people)
    reading = scene.reading_of(case, people.ana)
    for code, slice_number in (("VB_C4", 0), ("VB_C4", 1), ("SP_C7", 2)):
        put_pin(reading, code, slice_number)
    out = reading.pins.get(slice=1)
    submission.take_pin(reading, out.item, key=out.key, actor=people.ana, now=timezone.now())
    scene.read(case, people, ana={"VB_C4": 2, "SP_C7": 1})
    return Adjudication.objects.get()


def put_pin(reading, code, slice_number):
    item = submission.find_item(reading, code)
    place = {"series": 1, "slice": slice_number, "point": [0.0, 1.0, 2.0], "view": VIEW}
    submission.put_pin(reading, item, key=uuid4(), place=place, actor=reading.reader, now=timezone.now())


def places():
    return sorted(Pin.objects.values_list("item__code", "slice"))


@pytest.mark.parametrize("mode", ["own_first", "median", "closest_two"])
def test_before_an_own_answer_there_is_neither_value_nor_pin(study, people, mode):
    opened(study, people, mode)
    with acting_as(ADJUDICATOR, people.clara):
        assert not Score.objects.exists()
        assert not places()


def test_after_it_there_are_those_of_that_item(study, people):
    answer(opened(study, people, "own_first"), people.clara, "VB_C4", grade=1)
    with acting_as(ADJUDICATOR, people.clara):
        assert sorted(Score.objects.values_list("item__code", "grade")) == [("VB_C4", 0), ("VB_C4", 2)]
        assert places() == [("VB_C4", 0)]


def test_a_pin_that_was_taken_out_is_no_evidence(study, people):
    opened(study, people, "pick_item")
    with acting_as(ADJUDICATOR, people.clara):
        assert places() == [("SP_C7", 2), ("VB_C4", 0)]


def test_pins_stand_on_their_side_and_tell_places_alone(study, people):
    found = opened(study, people, "pick_item")
    row = found.disputes.get(item__code="VB_C4")
    with_pin, without = ("left", "right") if row.left.reader_id == people.ana.pk else ("right", "left")
    told = shown(found, people.clara)["VB_C4"]
    assert told[f"{without}_pins"] == []
    [pin] = told[f"{with_pin}_pins"]
    assert set(pin) == {"series", "slice", "point", "view"}
    assert (pin["series"], pin["slice"], pin["point"]) == (1, 0, [0.0, 1.0, 2.0])


@pytest.mark.parametrize("column", ["key", "saved_at"])
def test_which_pin_it_is_and_when_it_was_put_is_refused(study, people, column):
    opened(study, people, "pick_item")
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with acting_as(ADJUDICATOR, people.clara), refused, transaction.atomic():
        list(Pin.objects.values_list(column))


@pytest.mark.parametrize("question", [
    lambda: list(Consensus.objects.values_list("state")),
    lambda: list(Consensus.objects.values_list("settled_at")),
    FinalScore.objects.exists,
    Sham.objects.exists,
])  # fmt: skip
def test_what_a_case_came_to_is_refused(study, people, question):
    opened(study, people, "pick_item")
    refused = pytest.raises(ProgrammingError, match=r"permission denied|does not exist")
    with acting_as(ADJUDICATOR, people.clara), refused, transaction.atomic():
        question()


@pytest.mark.parametrize("change", [
    lambda: Dispute.objects.update(item_id=1),
    lambda: Adjudication.objects.update(mode="pick_item"),
    lambda: Consensus.objects.update(state="settled"),
])  # fmt: skip
def test_what_is_no_decision_is_not_an_adjudicators_to_change(study, people, change):
    opened(study, people, "pick_item")
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with acting_as(ADJUDICATOR, people.clara), refused, transaction.atomic():
        change()


def test_deciding_leaves_the_connection_as_it_was(study, people):
    found = opened(study, people, "own_first")
    for item in ("VB_C4", "SP_C7"):
        answer(found, people.clara, item, grade=1)
        assert decide(found, people.clara, item, "own").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user")
        assert cursor.fetchone() == (True,)
