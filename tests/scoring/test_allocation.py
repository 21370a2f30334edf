"""Allotting cases: the plan becomes rows, and the seed is kept."""

import json

import pytest

from readers.errors import Conflict
from readers.models import AuditEvent
from scoring import allocation, plan
from scoring.models import Reading
from studies import team
from studies.models import CaseState, Membership
from tests import scene


def test_every_ready_case_goes_to_both_readers(study, people):
    cases = scene.allot(study, people, cases=3)
    for case in cases:
        assert {reading.reader for reading in case.readings.all()} == {people.ana, people.ben}
        assert case.state == CaseState.ALLOTTED


def test_no_two_readings_share_a_code(study, people):
    scene.allot(study, people, cases=5)
    assert len(set(Reading.objects.values_list("code", flat=True))) == 10


def test_the_stored_seed_and_inputs_give_the_stored_plan_again(study, people):
    scene.allot(study, people, cases=4)
    run = study.allocations.get()
    kept = json.loads(json.dumps(run.inputs))
    inputs = plan.Inputs(tuple(kept["cases"]), kept["held"], tuple(map(tuple, kept["pairs"])))
    again = plan.plan(inputs, seed=run.seed)
    assert plan.sha256(again) == run.plan_sha256
    rows = Reading.objects.values_list("reader__username", "position", "case__code")
    assert sorted((row.reader, row.position, row.case) for row in again) == sorted(rows)


def test_cases_that_come_later_do_not_move_what_was_allotted(study, people):
    scene.allot(study, people, cases=2)
    before = set(Reading.objects.values_list("code", "reader", "position"))
    scene.make_case(study, "late")
    allocation.allot(study, actor=people.dora)
    assert before < set(Reading.objects.values_list("code", "reader", "position"))
    assert sorted(Reading.objects.filter(reader=people.ana).values_list("position", flat=True)) == [1, 2, 3]


def test_it_refuses_with_one_reader(study, people):
    team.end(Membership.objects.get(user=people.ben), actor=people.dora)
    scene.make_case(study, "S-01")
    with pytest.raises(Conflict, match="two different readers"):
        allocation.allot(study, actor=people.dora)


def test_it_refuses_when_no_case_is_ready(study, people):
    with pytest.raises(Conflict, match="No case is ready"):
        allocation.allot(study, actor=people.dora)


def test_a_case_that_nobody_has_checked_is_not_allotted(study, people):
    for name in ("S-01", "S-02"):
        scene.make_unchecked(study, name)
    with pytest.raises(Conflict, match="2 cases wait to be checked"):
        allocation.allot(study, actor=people.dora)
    assert allocation.outlook(study)["cases_to_check"] == 2


def test_it_is_recorded(study, people):
    scene.allot(study, people, cases=2)
    event = AuditEvent.objects.get(action="cases.allotted")
    assert event.actor == people.dora
    assert event.after["readings"] == 4


def test_each_run_draws_a_seed_of_its_own(study, people):
    for name in ("S-01", "S-02"):
        scene.make_case(study, name)
        allocation.allot(study, actor=people.dora)
    seeds = study.allocations.values_list("seed", flat=True)
    assert len(set(seeds)) == 2
    assert all(len(seed) == 32 for seed in seeds)
