"""Every unblinding, planned or by accident, is a record: who, what, when, why, and what it means."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from readers.models import AuditEvent
from scoring.models import Unblinding
from tests.cast import client_of

TODAY = timezone.now().date()
TOLD = {
    "who": "Ana Almeida",
    "what": "She saw the name of a participant on a paper list.",
    "why": "The list lay in the reading room.",
    "impact": "One case; her reading of it was not begun. It was given to somebody else.",
    "is_planned": False,
    "happened_on": TODAY.isoformat(),
}


def tell(person, study, **changes):
    return client_of(person).post(f"/api/studies/{study.code}/unblindings", TOLD | changes)


def test_it_is_written_down_and_listed(study, people):
    assert tell(people.dora, study).status_code == 201
    [record] = client_of(people.dora).get(f"/api/studies/{study.code}/unblindings").json()
    assert record["recorded_by"] == "Dora Duarte"
    assert {name: record[name] for name in TOLD} == TOLD
    assert AuditEvent.objects.get(action="unblinding.recorded").reason == TOLD["why"]


@pytest.mark.parametrize("name", ["who", "what", "why", "impact"])
def test_a_record_that_explains_nothing_is_refused(study, people, name):
    assert tell(people.dora, study, **{name: "  "}).status_code == 400
    assert not Unblinding.objects.exists()


def test_an_accident_lies_in_the_past_and_a_plan_may_not(study, people):
    tomorrow = (TODAY + timedelta(days=2)).isoformat()
    assert tell(people.dora, study, happened_on=tomorrow).status_code == 400
    assert tell(people.dora, study, happened_on=tomorrow, is_planned=True).status_code == 201


def test_no_reader_sees_or_writes_one(study, people):
    tell(people.dora, study)
    for person in (people.ana, people.clara, people.sam, people.eve):
        assert tell(person, study).status_code == 404
        assert client_of(person).get(f"/api/studies/{study.code}/unblindings").status_code == 404


def test_it_is_never_changed(study, people):
    tell(people.dora, study)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unblinding.objects.update(impact="None.")
