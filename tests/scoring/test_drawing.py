"""Who is drawn to decide, what happens when somebody joins or leaves, and agreed cases mixed in among disputed ones."""

import secrets

import pytest
from django.utils import timezone

from readers.models import AuditEvent, User
from scoring import drawing, gathering, locking, reopening, tasks
from scoring.models import Adjudication, Consensus, FinalScore, Sham
from scoring.rules import Resolution
from studies.models import Membership, Role
from tests import scene
from tests.cast import PASSWORD, amend, client_of
from tests.scoring.test_adjudication_modes import answer, decide, door, shown, sign


@pytest.fixture
def join(study):
    """Somebody joins as an adjudicator."""

    def joining(name):
        user = User.objects.create_user(name, password=PASSWORD, full_name=f"{name.capitalize()} Jansen")
        Membership.objects.create(study=study, user=user, role=Role.ADJUDICATOR)
        return user

    return joining


def leave(study, person):
    Membership.objects.filter(study=study, user=person).update(ended_at=timezone.now())


def dispute(study, people, *, cases=1):
    for case in scene.allot(study, people, cases=cases):
        scene.read(case, people, ana={"VB_C4": 2})
    return list(Adjudication.objects.all())


def test_the_queue_is_shared_evenly(study, people, join):
    others = [join("judy"), join("jack")]
    drawn = [one.adjudicator for one in dispute(study, people, cases=6)]
    assert [drawn.count(one) for one in (people.clara, *others)] == [2, 2, 2]


def test_a_case_of_somebody_else_is_not_in_ones_queue(study, people, join):
    judy = join("judy")
    for one in dispute(study, people, cases=2):
        [other] = {people.clara, judy} - {one.adjudicator}
        assert client_of(one.adjudicator).get(door(one)).status_code == 200
        assert client_of(other).get(door(one)).status_code == 404


def test_the_draw_is_recorded(study, people):
    dispute(study, people)
    event = AuditEvent.objects.get(action="adjudication.drawn")
    assert (event.actor, event.before, event.after) == (None, {"adjudicator": None}, {"adjudicator": "clara"})


def test_with_nobody_there_it_waits_and_the_coordinator_is_told(study, people):
    leave(study, people.clara)
    [found] = dispute(study, people)
    assert found.adjudicator is None
    told = client_of(people.dora).get(f"/api/studies/{study.code}/progress").json()["lacking"]
    assert told == ["1 case waits for an adjudicator: nobody in the team may decide. Add somebody under People."]


def test_who_joins_is_drawn_by_the_next_sweep(study, people, join):
    leave(study, people.clara)
    [found] = dispute(study, people)
    tasks.sweep()
    judy = join("judy")
    tasks.sweep()
    found.refresh_from_db()
    assert found.adjudicator == judy


def test_what_was_drawn_for_who_left_is_drawn_again(study, people, join):
    [found] = dispute(study, people)
    leave(study, people.clara)
    judy = join("judy")
    tasks.sweep()
    tasks.sweep()
    found.refresh_from_db()
    assert found.adjudicator == judy
    assert AuditEvent.objects.filter(action="adjudication.drawn").count() == 2


def test_who_has_begun_keeps_it(study, people, join):
    [found] = dispute(study, people)
    decide(found, people.clara, "VB_C4", "left")
    leave(study, people.clara)
    join("judy")
    tasks.sweep()
    found.refresh_from_db()
    assert found.adjudicator == people.clara
    [told] = client_of(people.dora).get(f"/api/studies/{study.code}/progress").json()["lacking"]
    assert told.startswith("1 case waits for who has begun to decide and has left the team.")


def test_what_is_read_again_is_out_of_the_queue(study, people):
    amend(study, people, reopens_compared=True)
    [found] = dispute(study, people)
    decide(found, people.clara, "VB_C4", "left")
    supersede(found, people)
    clara = client_of(people.clara)
    assert clara.get("/api/adjudications").json() == []
    gone = clara.get(door(found))
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "read_again")
    assert gone.json()["error"]["message"] == "This case is being read again. Nothing is to be decided here any more."
    assert decide(found, people.clara, "VB_C4", "right").status_code == 404
    assert client_of(people.eve).get(door(found)).json()["error"]["code"] == "not_found"


def supersede(found, people):
    """A reader opens a compared reading again, as Dora grants it."""
    case = found.consensus.case
    reading = case.readings.first()
    asked = reopening.ask(reading, reason="A level off.", actor=reading.reader, now=timezone.now())
    reopening.decide(asked, grant=True, note="By phone.", actor=people.dora, now=timezone.now())
    return case


def test_who_decided_it_before_is_asked_only_where_there_is_nobody_else(study, people, join):
    amend(study, people, reopens_compared=True)
    [found] = dispute(study, people)
    decide(found, people.clara, "VB_C4", "left")
    case = supersede(found, people)
    assert drawing.candidates(case) == [people.clara]
    judy = join("judy")
    assert drawing.candidates(case) == [judy]
    assert set(drawing.eligible(case)) == {people.clara, judy}


class TestAgreedCases:
    """With a luck that mixes in every case."""

    @pytest.fixture
    def sham(self, study, people, monkeypatch):
        amend(study, people, resolution=Resolution.OWN_FIRST, sham_percent=50)
        monkeypatch.setattr(drawing, "RANDOM", Certain())
        [case] = scene.allot(study, people)
        scene.read(case, people, ana={"VB_C4": 2, "FJ_C3C4": 1}, ben={"VB_C4": 2, "FJ_C3C4": 1})
        return Adjudication.objects.get()

    def settle(self, found, people):
        for item in shown(found, people.clara):
            answer(found, people.clara, item, grade=1)
            decide(found, people.clara, item, "own")
        return sign(found, people.clara)

    def test_what_both_see_is_asked_first(self, sham):
        assert {one.item.code for one in sham.disputes.all()} >= {"VB_C4", "FJ_C3C4"}
        assert Sham.objects.get().adjudication == sham

    def test_it_goes_the_same_way_and_never_counts(self, sham, people):
        before = list(FinalScore.objects.values("item", "grade", "method", "picked"))
        settled = Consensus.objects.values().get()
        assert self.settle(sham, people).status_code == 200
        assert list(FinalScore.objects.values("item", "grade", "method", "picked")) == before
        assert Consensus.objects.values().get() == settled

    def test_it_is_in_no_number_of_disputes(self, sham, people, study):
        told = client_of(people.dora).get(f"/api/studies/{study.code}/progress").json()
        assert (told["cards"]["adjudications_open"], told["cases"][0]["adjudication"]) == (0, "none")
        self.settle(sham, people)
        [case] = gathering.cases(study)
        assert {(one.method, one.decision) for one in case.final.values()} == {("agreed", "")}

    def test_it_is_listed_apart_once_it_is_signed(self, sham, people, study):
        self.settle(sham, people)
        [case] = gathering.cases(study)
        [told] = case.adjudications
        assert (told.is_sham, told.mode) == (True, "own_first")
        disputes = {one.item: one for one in told.disputes}
        assert set(disputes) == set(shown(sham, people.clara))
        row = disputes["VB_C4"]
        assert (row.own_grade, row.grade, row.reason) == (1, 1, "extent")

    def test_the_lock_waits_for_it(self, sham, people, study):
        """What was left over at the lock would be known to have been none."""
        assert locking.unfinished(study) == "1 adjudication is not signed yet."
        self.settle(sham, people)
        assert locking.unfinished(study) is None

    def test_one_that_nobody_can_decide_does_not_keep_the_study_from_its_lock(self, sham, people, study):
        leave(study, people.clara)
        tasks.sweep()
        assert locking.unfinished(study) is None

    def test_there_is_none_without_anybody_to_ask(self, study, people, monkeypatch):
        amend(study, people, resolution=Resolution.MEDIAN, sham_percent=50)
        monkeypatch.setattr(drawing, "RANDOM", Certain())
        leave(study, people.clara)
        [case] = scene.allot(study, people)
        scene.read(case, people)
        assert not Adjudication.objects.exists()


def test_no_agreed_case_is_mixed_in_unless_the_charter_says_so(study, people, monkeypatch):
    monkeypatch.setattr(drawing, "RANDOM", Certain())
    [case] = scene.allot(study, people)
    scene.read(case, people)
    assert not Adjudication.objects.exists()


class Certain(secrets.SystemRandom):
    def random(self):
        return 0.0

    def randint(self, _, high):
        return high
