"""A locked study is opened again by two people and for a reason, and no other way; the seed stays what it is: known."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from scoring import allocation, locking, unlocking
from scoring.models import Adjudication, Allocation, Unlocking, UnlockingState
from studies import team
from studies.models import Study
from tests import scene
from tests.cast import client_of

REASON = "Two subjects were exchanged at import."
NOTE = "I have seen the two folders."


@pytest.fixture
def locked(study, people):
    """One case is settled, a second one is ready and was not allotted."""
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 2})
    scene.decide_all(Adjudication.objects.get(), people)
    scene.make_case(study, "late")
    return locking.lock(study, reason="All is read.", actor=people.dora, now=timezone.now())


def ask(study, actor, reason=REASON):
    return unlocking.ask(study, reason=reason, actor=actor, now=timezone.now())


def decide(asked, actor, *, grant=True, note=NOTE):
    return unlocking.decide(asked, grant=grant, note=note, actor=actor, now=timezone.now())


def check_now():
    """What the database checks at a commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def is_locked(study):
    return Study.objects.get(pk=study.pk).locked_at is not None


def test_one_person_asks_and_another_one_opens_the_study(locked, people):
    asked = ask(locked, people.dora)
    assert is_locked(locked)
    granted = decide(asked, people.ada)
    check_now()
    assert not is_locked(locked)
    assert (granted.state, granted.asked_by, granted.decided_by) == (UnlockingState.GRANTED, people.dora, people.ada)
    case = locked.cases.order_by("pk").last()
    case.exam.subject.pseudonym = "S-77"
    case.exam.subject.save()


def test_both_steps_are_recorded_with_their_reasons(locked, people):
    asked = ask(locked, people.dora)
    decide(asked, people.ada)
    first, second = AuditEvent.objects.filter(action__startswith="study.unlock").order_by("pk")
    assert (first.action, first.actor, first.reason) == ("study.unlocking_asked", people.dora, REASON)
    assert (second.action, second.actor, second.reason) == ("study.unlocked", people.ada, NOTE)
    assert second.before == {"locked_at": asked.locked_at.isoformat()}
    assert (second.after["asked_by"], second.after["reason"]) == ("dora", REASON)


@pytest.mark.parametrize("grant", [True, False])
def test_who_asks_does_not_decide(locked, people, grant):
    with pytest.raises(Refusal, match="A second person decides"):
        decide(ask(locked, people.dora), people.dora, grant=grant)
    assert is_locked(locked)


def test_a_declined_study_stays_locked_and_may_be_asked_for_again(locked, people):
    assert decide(ask(locked, people.dora), people.ada, grant=False).state == UnlockingState.DECLINED
    check_now()
    assert is_locked(locked)
    assert ask(locked, people.ada).state == UnlockingState.ASKED


def test_a_request_is_decided_once_and_one_waits_at_a_time(locked, people):
    asked = ask(locked, people.dora)
    with pytest.raises(Conflict, match="asked for this already"):
        ask(locked, people.ada)
    decide(asked, people.ada, grant=False)
    with pytest.raises(Conflict, match="decided already"):
        decide(asked, people.ada)


def test_it_takes_a_locked_study_and_a_reason(study, locked, people):
    with pytest.raises(Refusal, match="Say why"):
        ask(locked, people.dora, reason=" ")
    decide(ask(locked, people.dora), people.ada)
    with pytest.raises(Conflict, match="is not locked"):
        ask(locked, people.dora)


def test_it_is_locked_again_and_an_old_consent_opens_nothing(locked, people):
    decide(ask(locked, people.dora), people.ada)
    check_now()
    locking.lock(locked, reason="Mended.", actor=people.dora, now=timezone.now())
    with pytest.raises(IntegrityError, match="This study is locked"), transaction.atomic():
        Study.objects.filter(pk=locked.pk).update(locked_at=None, locked_by=None)


# --- the seed ---


def test_the_seed_stays_open_and_nothing_more_is_drawn_from_it(locked, people):
    shown = allocation.outlook(locked)["seed"]
    decide(ask(locked, people.dora), people.ada)
    study = Study.objects.get(pk=locked.pk)
    assert shown is not None
    assert allocation.outlook(study)["seed"] == shown
    assert allocation.manifests(study)[0]["seed"] == shown
    with pytest.raises(Conflict, match="Open a new study"):
        allocation.allot(study, actor=people.dora)


def test_the_database_draws_nothing_from_a_known_seed_either(locked, people):
    decide(ask(locked, people.dora), people.ada)
    run = Allocation.objects.get()
    run.pk, run.run = None, 2
    with pytest.raises(IntegrityError, match="seed of this study is known"), transaction.atomic():
        run.save()


# --- what the database holds by itself ---


@transaction.atomic
def committed(act):
    act()
    check_now()


def refused(match, act):
    with pytest.raises(IntegrityError, match=match):
        committed(act)


def test_no_lock_goes_without_an_unlocking(locked, people):
    studies = Study.objects.filter(pk=locked.pk)
    refused("This study is locked", lambda: studies.update(locked_at=None, locked_by=None))
    ask(locked, people.dora)
    refused("This study is locked", lambda: studies.update(locked_at=None, locked_by=None))
    refused("This study is locked", lambda: studies.update(locked_at=timezone.now()))
    refused("This study is locked", lambda: studies.update(title="Another"))


def test_nothing_else_of_the_study_changes_with_the_lock(locked, people):
    asked = ask(locked, people.dora)

    def open_and_rename():
        Unlocking.objects.filter(pk=asked.pk).update(state="granted", decided_by=people.ada)
        Study.objects.filter(pk=locked.pk).update(locked_at=None, locked_by=None, title="Another")

    refused("This study is locked", open_and_rename)


def test_no_unlocking_is_granted_without_opening_the_study(locked, people):
    asked = Unlocking.objects.filter(pk=ask(locked, people.dora).pk)
    refused("opens its study", lambda: asked.update(state="granted", decided_by=people.ada))


def test_nobody_grants_their_own_request_in_sql(locked, people):
    asked = Unlocking.objects.filter(pk=ask(locked, people.dora).pk)
    refused("unlocking_needs_two_people", lambda: asked.update(state="granted", decided_by=people.dora))


def test_a_request_begins_as_asked_for_the_lock_of_today_and_is_never_rewritten(locked, people):
    whole = {"study": locked, "reason": REASON, "asked_by": people.dora, "asked_at": timezone.now()}
    done = {"state": "granted", "decided_by": people.ada, "locked_at": locked.locked_at}
    refused("decided once", lambda: Unlocking.objects.create(**whole, **done))
    refused("decided once", lambda: Unlocking.objects.create(**whole, locked_at=timezone.now()))
    asked = Unlocking.objects.filter(pk=ask(locked, people.dora).pk)
    refused("decided once", lambda: asked.update(reason="Another.", state="declined", decided_by=people.ada))
    refused("decided once", lambda: asked.delete())
    decide(asked.get(), people.ada, grant=False)
    refused("decided once", lambda: asked.update(note="Well."))


# --- at the door ---


def test_the_page_says_who_asked_and_whether_one_may_decide(locked, people):
    path = f"/api/studies/{locked.code}/unlockings"
    dora, ada = client_of(people.dora), client_of(people.ada)
    assert dora.post(path, {"reason": REASON}).status_code == 201
    [own], [others] = dora.get(path).json(), ada.get(path).json()
    assert (own["asked_by"], own["reason"], own["state"]) == ("Dora Duarte", REASON, "asked")
    assert (own["can_decide"], others["can_decide"]) == (False, True)
    answer = ada.post(f"/api/unlockings/{own['code']}/decide", {"grant": True, "note": "Yes."})
    assert (answer.status_code, answer.json()["state"], answer.json()["decided_by"]) == (200, "granted", "Ada Adler")
    assert dora.get(f"/api/studies/{locked.code}").json()["state"] == "open"


def test_a_second_coordinator_may_join_the_locked_study_and_decide(locked, people):
    asked = ask(locked, people.dora)
    team.add(locked, username="eve", full_name="", role="coordinator", actor=people.dora)
    answer = client_of(people.eve).post(f"/api/unlockings/{asked.code}/decide", {"grant": True})
    assert answer.status_code == 200


def test_nobody_who_may_not_lock_asks_or_decides(locked, people):
    asked = ask(locked, people.dora)
    for person in (people.ana, people.clara, people.sam, people.eve):
        browser = client_of(person)
        assert browser.get(f"/api/studies/{locked.code}/unlockings").status_code == 404
        assert browser.post(f"/api/studies/{locked.code}/unlockings", {"reason": REASON}).status_code == 404
        assert browser.post(f"/api/unlockings/{asked.code}/decide", {"grant": True}).status_code == 404
    assert is_locked(locked)
