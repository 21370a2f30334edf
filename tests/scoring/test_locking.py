"""A locked study: nothing is written any more, and the seed of its allotments is there to be checked."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from scoring import allocation, charter, locking
from scoring.models import Adjudication, Charter, Consensus, FinalScore, Operation, Reading, Score
from tests import cast, scene
from tests.cast import client_of


def lock(study, people, reason="All is read."):
    return locking.lock(study, reason=reason, actor=people.dora, now=timezone.now())


@pytest.fixture
def locked(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 2})
    scene.decide_all(Adjudication.objects.get(), people)
    return lock(study, people)


def test_it_is_recorded_with_its_reason(locked):
    event = AuditEvent.objects.get(action="study.locked")
    assert (event.reason, event.after["seed_sha256"]) == ("All is read.", charter.seed_of(locked).sha256)


@pytest.mark.parametrize("model", [Reading, Score, Operation, Consensus, FinalScore, Adjudication, Charter])
def test_the_database_refuses_every_write(locked, model):
    row = model.objects.first() or new_operation(locked)
    with pytest.raises(IntegrityError, match="This study is locked"), transaction.atomic():
        row.save()


def new_operation(study):
    reading = Reading.objects.filter(case__study=study).first()
    item = reading.charter.instrument.items.first()
    now = timezone.now()
    key = "00000000-0000-4000-8000-000000000000"
    return Operation(
        reading=reading, key=key, kind="comment", item=item, value={}, outcome="applied", desk=key, made_at=now,
        received_at=now,
    )  # fmt: skip


def test_nothing_more_is_allotted_or_amended(locked, people):
    scene.make_case(locked, "late")
    with pytest.raises(Conflict, match="locked"):
        allocation.allot(locked, actor=people.dora)
    with pytest.raises(Conflict, match="locked"):
        cast.amend(locked, people, requires_pins=True)


def test_a_study_with_unsigned_readings_is_not_locked(study, people):
    scene.allot(study, people, cases=2)
    with pytest.raises(Conflict, match="4 readings are not signed"):
        lock(study, people)


def test_a_study_with_open_adjudications_is_not_locked(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 2})
    with pytest.raises(Conflict, match="1 adjudication is not signed"):
        lock(study, people)


def test_it_is_locked_once_and_for_a_reason(study, people):
    with pytest.raises(Refusal, match="Say why"):
        lock(study, people, reason=" ")
    lock(study, people)
    with pytest.raises(Conflict, match="locked"):
        lock(study, people)


def test_another_study_goes_on(locked, people):
    other = cast.open_study(people, title="Another")
    case = scene.make_case(other, "S-99")
    allocation.allot(other, actor=people.dora)
    assert scene.fill(scene.reading_of(case, people.ana)).scores.count() == 25


def test_the_coordinator_locks_and_no_reader_does(study, people):
    path = f"/api/studies/{study.code}/lock"
    assert client_of(people.ana).post(path, {"reason": "Enough."}).status_code == 404
    assert client_of(people.dora).post(path, {"reason": "All is read."}).status_code == 204
    assert client_of(people.dora).get(f"/api/studies/{study.code}").json()["state"] == "locked"
