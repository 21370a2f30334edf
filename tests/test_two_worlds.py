"""Ana's whole life is the same, byte for byte, whatever Ben does; and a leak planted on purpose is found."""

import pytest
from django.db import transaction

from config.headers import ResponseHeaders
from scoring import blinding, worklist
from scoring.models import Consensus, Reading
from scoring.serializers import ReadingOutput
from tests import cast
from tests.worlds import BEN, Ben, live


@pytest.fixture(autouse=True)
def post_office(settings):
    settings.EMAIL_HOST = "mail.example.org"


def in_a_world_of_its_own(people, ben):
    """A transcript, and nothing left behind of the world it was heard in."""
    with transaction.atomic():
        heard = live(people, cast.open_study(people), ben)
        transaction.set_rollback(True)
    people.ana.refresh_from_db()
    return heard


def difference(one, other):
    """Where the two first differ, for whoever has to mend it."""
    at = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return None if at is None else (one[max(at - 200, 0) : at + 100], other[max(at - 200, 0) : at + 100])


@pytest.mark.parametrize("what", [what for what in BEN if what != "is absent"])
def test_ana_hears_the_same_whether_ben_is_absent_or(what, people):
    alone, with_ben = (in_a_world_of_its_own(people, BEN[one]) for one in ("is absent", what))
    assert difference(alone, with_ben) is None
    assert alone == with_ben


def test_the_transcript_holds_her_whole_life(people):
    heard = in_a_world_of_its_own(people, BEN["disagrees"]).split("\n")
    assert len(heard) > 100
    said = "\n".join(heard)
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
    assert alone != with_ben


def test_two_lives_in_the_same_world_are_the_same(people):
    assert in_a_world_of_its_own(people, Ben()) == in_a_world_of_its_own(people, Ben())
