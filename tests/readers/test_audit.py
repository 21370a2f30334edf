"""The record of what people did can be added to and never changed: the database refuses."""

import pytest
from django.db import IntegrityError, connection, transaction

from readers import audit
from readers.models import AuditEvent


@pytest.fixture
def event(people):
    return audit.record("tested", people.ana, actor=people.ana, before=1, after=2, reason="a test")


def test_it_says_who_did_what_to_what_from_which_value_to_which_and_why(event, people):
    assert (event.actor, event.action, event.object_type) == (people.ana, "tested", "user")
    assert (event.before, event.after, event.reason) == (1, 2, "a test")


def test_an_event_cannot_be_changed(event):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        AuditEvent.objects.update(reason="another")


def test_an_event_cannot_be_deleted(event):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        AuditEvent.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_the_record_cannot_be_emptied():
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE readers_auditevent CASCADE")


def test_an_event_falls_with_the_change_it_records(people):
    class Failed(Exception):
        pass

    @transaction.atomic
    def change():
        audit.record("tested", people.ana, actor=people.ana)
        raise Failed

    with pytest.raises(Failed):
        change()
    assert not AuditEvent.objects.filter(action="tested").exists()
