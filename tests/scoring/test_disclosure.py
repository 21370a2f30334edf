"""When agreement may be seen: by the charter's rule, and never of so few cases that it would give grades away."""

from django.utils import timezone

from scoring import locking, reliability
from scoring.rules import Disclosure
from tests import cast, scene
from tests.cast import client_of


def agreement(study, people):
    reliability.compute(study, now=timezone.now())
    return client_of(people.dora).get(f"/api/studies/{study.code}/agreement").json()


def read_all(cases, people):
    for case in cases:
        scene.read(case, people)


def test_it_is_withheld_while_a_reading_is_not_signed(study, people):
    cases = scene.allot(study, people, cases=6)
    read_all(cases[:5], people)
    shown = agreement(study, people)
    assert (shown["state"], shown["items"], shown["n_cases"]) == ("withheld", [], 0)
    assert "once every reading is signed" in shown["withheld"]


def test_it_is_shown_once_everything_is_signed(study, people):
    read_all(scene.allot(study, people, cases=5), people)
    shown = agreement(study, people)
    assert (shown["state"], shown["withheld"], shown["n_cases"]) == ("ready", None, 5)


def test_of_fewer_than_five_cases_it_would_be_a_list_of_grades(study, people):
    read_all(scene.allot(study, people, cases=4), people)
    assert "from 5 compared cases on" in agreement(study, people)["withheld"]


def test_a_charter_may_wait_for_the_lock(study, people):
    cast.amend(study, people, disclosure=Disclosure.LOCKED)
    read_all(scene.allot(study, people, cases=5), people)
    assert "once the study is locked" in agreement(study, people)["withheld"]
    locking.lock(study, reason="All is read.", actor=people.dora, now=timezone.now())
    assert agreement(study, people)["state"] == "ready"
