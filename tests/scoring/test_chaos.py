"""300 readings at the server's door under lost, doubled, late and reordered requests, two machines and ended sessions.

The browsers are scripts (tests/chaos/scripted.py) with dice of a known seed; tests/chaos/test_chaos.py does the same
with the real page. What happened is printed, and a run in which nothing went wrong is no run.
"""

import copy
from collections import Counter

import pytest
from django.db.models.base import ModelState

from scoring import allocation
from scoring.models import Reading
from studies.models import Case, Exam, Instance, Series
from tests import scene
from tests.cast import client_of
from tests.chaos import books
from tests.chaos.scripted import Script

N_READINGS = 300
STEPS = 3
MUST_HAPPEN = {
    "a request is lost",
    "a request is not answered",
    "a request arrives twice",
    "a request is late",
    "a page was killed",
    "signed in again",
    "taken over",
    "a conflict, decided for mine",
    "a conflict, decided for theirs",
}


@pytest.fixture
def readings(study, people):
    more_of(scene.make_case(study, "S-000"), times=N_READINGS // 2 - 1)
    allocation.allot(study, actor=people.dora)
    return list(Reading.objects.select_related("reader").order_by("pk"))


def more_of(case, *, times):
    """More ready cases with the same images, all at once: 150 of them through every door would take too long."""
    exams = [renewed(case.exam, uid=f"{case.exam.uid}.{number}") for number in range(times)]
    Exam.objects.bulk_create(exams)
    Case.objects.bulk_create(Case(study=case.study, exam=exam, state=case.state) for exam in exams)
    for one in case.exam.series.all():
        series = Series.objects.bulk_create(renewed(one, exam=exam, uid=f"{exam.uid}.{one.number}") for exam in exams)
        for at, instance in enumerate(one.instances.all()):
            Instance.objects.bulk_create(renewed(instance, series=new, uid=f"{new.uid}.{at}") for new in series)


def renewed(row, **changes):
    """The same row once more, with changes."""
    again = copy.copy(row)
    again.pk, again._state = None, ModelState()
    for name, value in changes.items():
        setattr(again, name, value)
    return again


def play(readings, happened):
    """Each reading at two browsers of its reader's own. Gives the scripts, with what was said in them."""
    scripts = []
    for seed, reading in enumerate(readings):
        doors = [client_of(reading.reader), client_of(reading.reader)]
        scripts.append(
            Script(reading.code, doors=doors, username=reading.reader.username, seed=seed, happened=happened)
        )
        scripts[-1].run(steps=STEPS)
    return scripts


def test_nothing_is_lost_doubled_or_overwritten(readings):
    happened = Counter()
    scripts = play(readings, happened)
    print(f"\n{len(scripts)} readings: {dict(happened)}")
    assert happened.keys() >= MUST_HAPPEN
    for reading, script in zip(readings, scripts, strict=True):
        assert books.lost(reading, words=script.words.last()) == []
        assert books.unrecorded(reading, promised=script.network.promised) == []
        assert books.doubled(reading) == []
        assert books.overwritten(reading) == []
