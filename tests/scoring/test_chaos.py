"""300 readings at the server's door under lost, doubled, late and reordered requests, two machines and ended sessions.

The browsers are scripts (tests/chaos/scripted.py) with dice of a known seed; tests/chaos/test_chaos.py does the same
with the real page. What happened is printed, and a run in which nothing went wrong is no run.
"""

from collections import Counter

import pytest

from scoring import allocation
from scoring.models import Reading
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
    scene.more_of(scene.make_case(study, "S-000"), times=N_READINGS // 2 - 1)
    allocation.allot(study, actor=people.dora)
    return list(Reading.objects.select_related("reader").order_by("pk"))


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
