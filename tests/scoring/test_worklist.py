"""What is open to a reader: part by part, by their own signatures and the calendar, and by nothing anybody else did."""

from datetime import timedelta

import pytest
from django.utils import timezone

from readers.models import Signature
from scoring import worklist
from scoring.models import Reading, Repeat
from tests import cast, scene
from tests.cast import client_of

DAYS = 14


@pytest.fixture
def repeating(study, people):
    """Twenty cases, a fifth of them repeated after two weeks."""
    cast.amend(study, people, repeat_percent=20, repeat_min_days=DAYS, repeat_min_cases=3)
    scene.allot(study, people, cases=20)
    return study


def shown(person):
    [group] = client_of(person).get("/api/readings").json()
    return group


def sign_part_one(person):
    for reading in Reading.objects.filter(reader=person, part=1):
        scene.sign(scene.fill(reading))


def later(days):
    return timezone.now() + timedelta(days=days)


def test_the_second_part_is_closed_until_the_first_is_signed(repeating, people):
    second = Reading.objects.filter(reader=people.ana, part=2).first()
    assert len(shown(people.ana)["readings"]) == Reading.objects.filter(reader=people.ana, part=1).count()
    assert shown(people.ana)["opens_next"] is None
    assert client_of(people.ana).get(f"/api/readings/{second.code}").status_code == 404


def test_then_it_opens_as_a_whole_after_the_charters_days(repeating, people):
    sign_part_one(people.ana)
    last = Signature.objects.order_by("signed_at").last().signed_at
    opens = last + timedelta(days=DAYS)
    assert shown(people.ana)["opens_next"] == opens.isoformat().replace("+00:00", "Z")
    second = Reading.objects.filter(reader=people.ana, part=2)
    assert not worklist.open_to(people.ana, now=opens - timedelta(seconds=1)).filter(part=2).exists()
    assert worklist.open_to(people.ana, now=opens).filter(part=2).count() == second.count()
    assert second.filter(repeat__isnull=False).count() == 4


def test_what_the_other_reader_does_opens_nothing(repeating, people):
    sign_part_one(people.ben)
    assert not worklist.open_to(people.ana, now=later(30)).filter(part=2).exists()


def test_what_has_been_begun_stays_open(repeating, people):
    sign_part_one(people.ana)
    begun = Reading.objects.filter(reader=people.ana, part=2).first()
    scene.fill(begun)
    assert worklist.open_to(people.ana, now=timezone.now()).filter(pk=begun.pk).exists()


def test_a_run_without_repeats_has_no_second_part(study, people):
    scene.allot(study, people, cases=6)
    assert set(Reading.objects.values_list("part", flat=True)) == {1}


def test_a_repeat_looks_like_every_other_reading(repeating, people):
    repeat = Repeat.objects.filter(reading__reader=people.ana).first().reading
    fresh = Reading.objects.filter(reader=people.ana, part=2, repeat=None).first()
    ana = client_of(people.ana)
    for reading in (repeat, fresh):
        scene.fill(reading)
    answers = [ana.get(f"/api/readings/{reading.code}").json() for reading in (repeat, fresh)]
    assert answers[0].keys() == answers[1].keys()
    of_its_own = {"code", "position", "next", "scores"}
    assert {k: v for k, v in answers[0].items() if k not in of_its_own} == {
        k: v for k, v in answers[1].items() if k not in of_its_own
    }


def test_nothing_of_the_first_reading_is_in_the_repeat(repeating, people):
    repeat = Repeat.objects.filter(reading__reader=people.ana).first()
    scene.sign(scene.fill(repeat.original, VB_C4=3))
    scene.fill(Reading.objects.filter(pk=repeat.reading_id).get())
    said = client_of(people.ana).get(f"/api/readings/{repeat.reading.code}").json()
    assert {score["grade"] for score in said["scores"]} == {0}
    assert repeat.original.code not in str(said)
