"""Ana's whole life is the same, byte for byte, whatever Ben does, and Clara's whoever of the two said which.

A leak planted on purpose is found.
"""

import re
import secrets

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from scipy.stats import binomtest

from config.headers import ResponseHeaders
from scoring import blinding, drawing, second_looks, worklist
from scoring.models import Consensus, Dispute, Reading
from scoring.serializers import ReadingOutput
from tests import cast, scene
from tests.worlds import BEN, Listener, World, adjudicate, answer_as_third, live, signs, told

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(once):
    return cast.invite()


def in_a_world_of_its_own(people, act, *, life=live):
    """A transcript, and nothing left behind of the world it was heard in."""
    with override_settings(EMAIL_HOST="mail.example.org"), transaction.atomic():
        heard = life(people, cast.open_study(people, reopens_compared=True), act)
        transaction.set_rollback(True)
    people.ana.refresh_from_db()
    return heard


def difference(one, other):
    """Where the two first differ, for whoever has to mend it."""
    at = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return None if at is None else (one[max(at - 200, 0) : at + 100], other[max(at - 200, 0) : at + 100])


@pytest.fixture(scope="module")
def alone(people):
    """What Ana hears while Ben is absent."""
    return in_a_world_of_its_own(people, BEN["is absent"])


@pytest.mark.parametrize("what", [what for what in BEN if what != "is absent"])
def test_ana_hears_the_same_whether_ben_is_absent_or(what, people, alone):
    with_ben = in_a_world_of_its_own(people, BEN[what])
    assert difference(alone, with_ben) is None
    assert alone == with_ben


def test_the_transcript_holds_her_whole_life(people):
    said = told(in_a_world_of_its_own(people, BEN["disagrees"]))
    assert len(re.findall("^(?:get|post|put|patch|delete|options|mail) ", said, re.MULTILINE)) > 80
    for part in (
        "get | /api/readings |",
        "/images/1 |",
        "/operations |",
        "/sign | 200",
        "/reopen | ",
        "mails | ",
        "404",
    ):
        assert part in said, part


@blinding.acting_as(blinding.ITSELF)
def asked_past_the_role(question):
    """What a view could tell that took the trouble to get round the readers' role."""
    return question()


def plant_in_the_list(monkeypatch):
    """A list that drops what has been compared."""
    honest = worklist.of

    def leaking(user, *, now):
        compared = asked_past_the_role(lambda: set(Consensus.objects.values_list("case", flat=True)))
        groups = honest(user, now=now)
        for group in groups:
            group["readings"] = [one for one in group["readings"] if one.case_id not in compared]
        return groups

    monkeypatch.setattr(worklist, "of", leaking)


def plant_in_a_field(monkeypatch):
    """A count of readings that counts the other reader's."""
    signed = Reading.objects.filter(state="signed")
    leaking = lambda _, reading: asked_past_the_role(signed.all().count)  # noqa: E731
    monkeypatch.setattr(ReadingOutput, "get_n_readings", leaking)


def plant_in_a_header(monkeypatch):
    """An entity tag that changes when the study does."""
    honest = ResponseHeaders.__call__

    def leaking(self, request):
        response = honest(self, request)
        response.headers["ETag"] = str(Reading.objects.filter(state="signed").count())
        return response

    monkeypatch.setattr(ResponseHeaders, "__call__", leaking)


@pytest.mark.parametrize("plant", [plant_in_the_list, plant_in_a_field, plant_in_a_header])
def test_a_leak_is_found(people, monkeypatch, plant):
    plant(monkeypatch)
    alone, with_ben = (in_a_world_of_its_own(people, BEN[one]) for one in ("is absent", "disagrees"))
    assert told(alone) != told(with_ben)


def test_work_that_only_takes_longer_is_found(people, monkeypatch):
    """A list that says the same but asks the database once more when a case has been compared."""
    honest = worklist.of

    def slower(user, *, now):
        if asked_past_the_role(Consensus.objects.exists):
            Reading.objects.exists()
        return honest(user, now=now)

    monkeypatch.setattr(worklist, "of", slower)
    alone, with_ben = (in_a_world_of_its_own(people, BEN[one]) for one in ("is absent", "disagrees"))
    assert told(alone) == told(with_ben)
    assert alone != with_ben


@pytest.fixture
def lower_left(monkeypatch):
    """Sides are not drawn: what was graded lower stands left."""

    class Ordered(secrets.SystemRandom):
        def sample(self, readings, k):
            return sorted(readings, key=lambda one: one.scores.get(item__code="VB_C4").grade)

    monkeypatch.setattr(drawing, "RANDOM", Ordered())


SAID = ({"VB_C4": 1, "VB_C5": 0, "SP_C6": 0}, {"VB_C4": 3, "VB_C5": 2, "SP_C6": "artefact"})


def test_clara_hears_the_same_whoever_of_the_two_said_which(people, lower_left):
    """Who is who changes nothing but the sides, which are drawn: here they are held still."""
    worlds = {"ana": SAID[0], "ben": SAID[1]}, {"ana": SAID[1], "ben": SAID[0]}
    one, other = (in_a_world_of_its_own(people, said, life=adjudicate) for said in worlds)
    assert difference(one, other) is None
    assert one == other
    assert "/sign | 200" in one


def test_clara_hears_the_same_whether_the_two_differ_or_agree(people, monkeypatch):
    """An agreed case that is mixed in: until it is signed and after, it is like any other."""

    class Certain(secrets.SystemRandom):
        def random(self):
            return 0.0

    monkeypatch.setattr(drawing, "RANDOM", Certain())
    monkeypatch.setattr(drawing, "MOST_ITEMS_OF_A_FIRST_SHAM", 1)
    agreed, disputed = ({"ana": {"VB_C4": 1}, "ben": {"VB_C4": grade}} for grade in (1, 2))
    one, other = (told(in_a_world_of_its_own(people, said, life=answer_as_third)) for said in (agreed, disputed))
    assert difference(one, other) is None
    assert one == other
    assert "/sign | 200" in one


def test_the_sides_are_drawn_for_each_item(study, people):
    """Of some forty items, each side is Ana's about half the time: a coin would give fewer than 5 once in a million."""
    [case] = scene.allot(study, people)
    items = [item.code for item in scene.reading_of(case, people.ana).charter.instrument.items.all()]
    scene.read(case, people, ana={}, ben=dict.fromkeys(items, 1))
    left = Dispute.objects.filter(left__reader=people.ana).count()
    n_items = Dispute.objects.count()
    assert binomtest(left, n_items).pvalue > 1e-6


def test_two_lives_in_the_same_world_are_the_same(people, alone):
    assert in_a_world_of_its_own(people, BEN["is absent"]) == alone


def ask_again(people, _, said):
    """What Ana hears of the batch of second looks: her list, then each of them. Ben has said this in every case."""
    study = cast.open_study(people, self_check=True)
    scene.allot(study, people, cases=3)
    world, ana = World(people, study), Listener(people.ana)
    for reading in Reading.objects.filter(case__study=study, reader=people.ana):
        scene.sign(scene.fill(reading, VB_C4=2))
    signs(**said)(world)
    second_looks.hand_out(study.allocations.get(), now=timezone.now())
    rows = ana.ask("get", "/api/readings")[0]["readings"]
    heard = [ana.ask("get", f"/api/readings/{row['code']}") for row in rows if row["is_second_look"]]
    for reading in heard:
        ana.ask("get", f"/api/readings/{reading['code']}/images")
        ana.ask("get", f"/api/readings/{reading['code']}/sign")
    counts = [len(reading["asked"]) for reading in heard]
    return without_what_is_asked(told(ana.transcript.without_nonces())), counts


def without_what_is_asked(heard):
    """The transcript without the items asked: their codes, the regions that hold them, and the length of both."""
    heard = re.sub(r'"regions":\[.*?\]\},"asked":\[.*?\]', '"regions and asked"', heard)
    return re.sub(r"\('Content-Length', '\d+'\)", "length", heard)


@pytest.mark.parametrize("said", [{"VB_C4": 1}, {"VB_C4": 2, "VB_C5": 1, "SP_C6": 3}])
def test_a_batch_differs_in_nothing_but_the_items(people, said):
    """Which items, how many of them, and so the length of that one answer: nothing else, whatever Ben has said."""
    worlds = ({"VB_C4": 2}, said)
    (agreed, few), (disputed, many) = (in_a_world_of_its_own(people, one, life=ask_again) for one in worlds)
    assert difference(agreed, disputed) is None
    assert agreed == disputed
    assert len(few) == len(many) == 3
    assert agreed.count("regions and asked") == 3
