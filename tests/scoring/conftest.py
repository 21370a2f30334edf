"""Studies that several tests of judgement look at."""

from uuid import uuid4

import pytest
from django.utils import timezone

from scoring import submission
from scoring.models import Adjudication
from tests import scene

PLACE = {
    "series": 2,
    "slice": 2,
    "point": [4.5, -20.25, 31],
    "view": {"centre": [0, 0, 0], "mm_per_pixel": 0.3, "low": 10, "high": 900},
}


@pytest.fixture
def compared(study, people):
    """One case settled by agreement and adjudication, one still open."""
    settled, still_open = scene.allot(study, people, cases=2)
    scene.read(settled, people, ana={"VB_C4": 2, "VB_C5": 1}, ben={"VB_C4": 1, "VB_C5": 1, "FJ_C2C3": 0})
    scene.decide_all(Adjudication.objects.get(), people)
    scene.read(still_open, people, ana={"SP_C7": 3})
    return study


@pytest.fixture
def shown(study, people):
    """Ana says and shows why, and takes one pin out again; both sign."""
    [case] = scene.allot(study, people)
    reading = scene.fill(scene.reading_of(case, people.ana), VB_C4=2)
    question = submission.find_item(reading, "VB_C4")
    by_ana = {"actor": people.ana, "now": timezone.now()}
    submission.write_comment(reading, question, text="=Faint", **by_ana)
    for _ in range(2):
        pin = submission.put_pin(reading, question, key=uuid4(), place=PLACE, **by_ana)
    submission.put_pin(reading, submission.find_item(reading, "VB_C5"), key=uuid4(), place=PLACE, **by_ana)
    submission.take_pin(reading, question, key=pin.key, **by_ana)
    scene.sign(reading)
    scene.sign(scene.fill(scene.reading_of(case, people.ben)))
    return study
