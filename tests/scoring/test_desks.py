"""One desk has a reading at a time: it goes on asking, or loses it; another may take it over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from readers.errors import Conflict
from scoring import desks
from scoring.models import Desk
from tests import scene
from tests.cast import client_of

FIRST, SECOND = uuid4(), uuid4()


@pytest.fixture
def reading(study, people):
    [case] = scene.allot(study, people)
    return scene.reading_of(case, people.ana)


def hold(reading, desk, *, now, take=False):
    return desks.hold(reading, desk=desk, take=take, now=now)


def test_a_desk_has_the_reading_for_half_a_minute_and_renews_it(reading):
    now = timezone.now()
    assert hold(reading, FIRST, now=now).until == now + timedelta(seconds=30)
    later = now + timedelta(seconds=10)
    assert hold(reading, FIRST, now=later).until == later + timedelta(seconds=30)
    assert Desk.objects.count() == 1


def test_another_desk_waits_until_the_first_falls_silent(reading):
    now = timezone.now()
    hold(reading, FIRST, now=now)
    with pytest.raises(Conflict, match="open in another window"):
        hold(reading, SECOND, now=now + timedelta(seconds=29))
    assert hold(reading, SECOND, now=now + timedelta(seconds=30)).key == SECOND


def test_another_desk_may_take_over_and_the_first_is_told(reading):
    now = timezone.now()
    hold(reading, FIRST, now=now)
    hold(reading, SECOND, now=now, take=True)
    with pytest.raises(Conflict) as conflict:
        hold(reading, FIRST, now=now)
    assert conflict.value.code == "open_elsewhere"


def test_a_signed_reading_is_held_by_nobody(reading):
    scene.sign(scene.fill(reading))
    with pytest.raises(Conflict) as conflict:
        hold(reading, FIRST, now=timezone.now(), take=True)
    assert conflict.value.code == "signed"


def test_the_page_asks_at_the_door(reading, people):
    ana, path = client_of(people.ana), f"/api/readings/{reading.code}/desk"
    until = parse_datetime(ana.put(path, {"desk": str(FIRST), "take": False}).json()["until"])
    assert until > timezone.now()
    refused = ana.put(path, {"desk": str(SECOND), "take": False})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "open_elsewhere")
    assert ana.put(path, {"desk": str(SECOND), "take": True}).status_code == 200


def test_holding_a_reading_does_not_begin_it(reading):
    hold(reading, FIRST, now=timezone.now())
    reading.refresh_from_db()
    assert reading.state == "assigned"
