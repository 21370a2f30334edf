"""A study whose numbers have something to tell: minds changed on the way, a pin, images looked at, a decision."""

from uuid import uuid4

from django.utils import timezone

from scoring import adjudication, consensus, sittings, submission
from scoring.models import Adjudication, Reading
from studies.models import Case, Study
from tests import scene
from tests.cast import PASSWORD, People

PIN = {"series": 1, "slice": 1, "point": [0.0, 4.0, 8.0], "view": {}}
DEVICE = {"browser": "Firefox 140", "platform": "Linux", "screen": "1920x1080", "renderer": "", "pixel_ratio": 1.0}
WINDOWS = [{"series": 1, "low": 0, "high": 900, "ms": 9_000}]


def read(study: Study, people: People) -> list[Case]:
    """Five cases. On the first Ana and Ben differ at C4 and C7, and Ana changed her mind on the way."""
    cases = scene.allot(study, people, cases=5)
    anas, bens = (scene.reading_of(cases[0], reader) for reader in (people.ana, people.ben))
    look(anas)
    say(anas, "VB_C4", 1)
    scene.fill(anas, VB_C4=2, VB_C5="artefact", SP_C2=3)
    scene.fill(bens, VB_C4=1, VB_C5="artefact", SP_C2=3, SP_C7=1)
    scene.sign(anas)
    scene.sign(bens)
    consensus.compare(cases[0], now=timezone.now())
    for case in cases[1:]:
        scene.read(case, people)
    return cases


def look(reading: Reading) -> None:
    """Ana has one slice of the STIR on screen, and pins it."""
    item = reading.charter.instrument.items.get(code="VB_C4")
    submission.put_pin(reading, item, key=uuid4(), place=PIN, actor=reading.reader, now=timezone.now())
    sittings.record(
        reading, desk=uuid4(), active_ms=40_000, slices={"1": [0, 30_000]}, windows=WINDOWS, device=DEVICE,
        now=timezone.now(),
    )  # fmt: skip


def say(reading: Reading, item: str, grade: int) -> None:
    submission.save(reading, item=item, grade=grade, not_assessable="", actor=reading.reader, now=timezone.now())


def decide(people: People) -> None:
    """Clara takes the left answer at C4, thinks again, and takes the right one; at C7 she sees an old operation."""
    found = Adjudication.objects.get()
    for item, choice, not_assessable in (("VB_C4", "left", ""), ("VB_C4", "right", ""), ("SP_C7", "other", "anatomy")):
        adjudication.decide(
            found, item=item, choice=choice, grade=None, not_assessable=not_assessable, reason="extent",
            comment="Faint.", actor=people.clara, now=timezone.now(),
        )  # fmt: skip
    adjudication.sign(found, password=PASSWORD, meaning=adjudication.MEANING, actor=people.clara, now=timezone.now())
