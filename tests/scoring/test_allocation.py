"""Allotting cases: the plan becomes rows, its seed stays sealed, and every run can be rebuilt from its manifest."""

import json
import subprocess
import sys
from collections import Counter

import pytest
from django.db import IntegrityError
from django.utils import timezone

from readers.errors import Conflict
from readers.models import AuditEvent
from scoring import allocation, charter, locking, plan
from scoring.models import Reading, Repeat
from studies import team
from studies.models import CaseState, Centre, ExamFacts, Membership, Role
from tests import cast, scene
from tests.cast import client_of


def more_readers(study, *names):
    """Further readers of the study."""
    made = []
    for name in names:
        person = cast.User.objects.create_user(name, full_name=name.capitalize())
        made.append(Membership.objects.create(study=study, user=person, role=Role.READER))
    return made


def rebuilt(run, study):
    inputs = plan.Inputs.from_json(json.loads(json.dumps(run.inputs)))
    return plan.plan(inputs, seed=plan.run_seed(charter.seed_of(study).seed, run.run))


def test_every_ready_case_goes_to_both_readers(study, people):
    cases = scene.allot(study, people, cases=3)
    for case in cases:
        assert {reading.reader for reading in case.readings.all()} == {people.ana, people.ben}
        assert case.state == CaseState.ALLOTTED


def test_no_two_readings_share_a_code(study, people):
    scene.allot(study, people, cases=5)
    assert len(set(Reading.objects.values_list("code", flat=True))) == 10


def test_the_sealed_seed_and_the_inputs_give_the_plan_again(study, people):
    scene.allot(study, people, cases=4)
    run = study.allocations.get()
    again = rebuilt(run, study)
    assert plan.sha256(again) == run.plan_sha256
    rows = Reading.objects.values_list("reader__username", "position", "case__code")
    assert sorted((row.reader, row.position, row.case) for row in again) == sorted(rows)


def test_a_later_run_follows_from_the_same_seed(study, people):
    scene.allot(study, people, cases=2)
    scene.make_case(study, "late")
    second = allocation.allot(study, actor=people.dora)
    assert second.run == 2
    assert second.seed_sha256 == study.allocations.first().seed_sha256
    assert plan.sha256(rebuilt(second, study)) == second.plan_sha256


def test_cases_that_come_later_do_not_move_what_was_allotted(study, people):
    scene.allot(study, people, cases=2)
    before = set(Reading.objects.values_list("code", "reader", "position"))
    scene.make_case(study, "late")
    allocation.allot(study, actor=people.dora)
    assert before < set(Reading.objects.values_list("code", "reader", "position"))
    assert sorted(Reading.objects.filter(reader=people.ana).values_list("position", flat=True)) == [1, 2, 3]


def test_manifests_have_the_seed_once_the_study_is_locked_and_not_before(study, people):
    [case] = scene.allot(study, people)
    dora, path = client_of(people.dora), f"/api/studies/{study.code}/allocation/manifests"
    [sealed] = dora.get(path).json()
    assert sealed["seed"] is None
    scene.read(case, people)
    locking.lock(study, reason="All is read.", actor=people.dora, now=timezone.now())
    [unsealed] = dora.get(path).json()
    assert plan.seed_sha256(unsealed["seed"]) == sealed["seed_sha256"]
    assert unsealed | {"seed": None} == sealed


def test_a_manifest_names_no_participant_and_no_centre(study, people):
    case = scene.make_case(study, "S-SECRET")
    centre = Centre.objects.create(study=study, name="Secret Hospital")
    ExamFacts.objects.create(exam=case.exam, centre=centre)
    cast.amend(study, people, strata=("centre",))
    run = allocation.allot(study, actor=people.dora)
    assert "SECRET" not in json.dumps(run.manifest(seed=None)).upper()


def test_it_refuses_with_one_reader(study, people):
    team.end(Membership.objects.get(user=people.ben), actor=people.dora)
    scene.make_case(study, "S-01")
    with pytest.raises(Conflict, match="two different readers"):
        allocation.allot(study, actor=people.dora)


def test_it_refuses_fewer_readers_than_the_charter_asks_for(study, people):
    cast.amend(study, people, pool_size=3)
    scene.make_case(study, "S-01")
    with pytest.raises(Conflict, match="asks for 3 readers, this study has 2"):
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


def test_nobody_reads_a_case_of_their_own_hospital(study, people):
    more_readers(study, "carl")
    berlin = Centre.objects.create(study=study, name="Berlin")
    Membership.objects.filter(user=people.ana).update(centre=berlin)
    for place in range(6):
        ExamFacts.objects.create(exam=scene.make_case(study, f"S-{place}").exam, centre=berlin)
    allocation.allot(study, actor=people.dora)
    assert not Reading.objects.filter(reader=people.ana).exists()


def test_a_case_that_only_one_reader_may_read_stops_the_run_and_says_so(study, people):
    berlin = Centre.objects.create(study=study, name="Berlin")
    Membership.objects.filter(user=people.ana).update(centre=berlin)
    ExamFacts.objects.create(exam=scene.make_case(study, "S-01").exam, centre=berlin)
    with pytest.raises(Conflict):
        allocation.allot(study, actor=people.dora)
    assert not Reading.objects.exists()


def test_who_is_away_gets_no_case(study, people):
    more_readers(study, "carl")
    Membership.objects.filter(user=people.ben).update(is_away=True)
    scene.allot(study, people, cases=4)
    assert not Reading.objects.filter(reader=people.ben).exists()


def test_a_share_is_kept(study, people):
    more_readers(study, "carl", "dana")
    Membership.objects.filter(user=people.ana).update(share=80)
    scene.allot(study, people, cases=10)
    held = Counter(Reading.objects.values_list("reader__username", flat=True))
    assert held == {"ana": 8, "ben": 4, "carl": 4, "dana": 4}


def test_repeats_are_readings_of_the_same_reader_under_a_code_of_their_own(study, people):
    cast.amend(study, people, repeat_percent=20, repeat_min_cases=3)
    scene.allot(study, people, cases=20)
    repeats = Repeat.objects.select_related("reading", "original")
    assert len(repeats) == 8
    for repeat in repeats:
        assert repeat.reading.case_id == repeat.original.case_id
        assert repeat.reading.reader_id == repeat.original.reader_id
        assert repeat.reading.code != repeat.original.code
        assert (repeat.original.part, repeat.reading.part) == (1, 2)
        assert repeat.reading.position - repeat.original.position > 3


def test_the_database_refuses_a_second_first_reading(study, people):
    [case] = scene.allot(study, people)
    first = scene.reading_of(case, people.ana)
    again = Reading(case=case, reader=people.ana, charter=first.charter, allocation=first.allocation, position=9)
    with pytest.raises(IntegrityError, match="reads a case once"):
        scene.commit(again)


def test_it_is_recorded(study, people):
    scene.allot(study, people, cases=2)
    event = AuditEvent.objects.get(action="cases.allotted")
    assert event.actor == people.dora
    assert event.after["readings"] == 4


def test_a_practice_set_is_never_allotted(people):
    practice_set = charter.found_study(
        title="Practice", instrument=cast.INSTRUMENT, actor=people.dora, is_practice=True
    )
    scene.make_case(practice_set, "P-01")
    with pytest.raises(Conflict, match="practice set"):
        allocation.allot(practice_set, actor=people.dora)


def test_the_downloaded_file_verifies_by_the_script_that_needs_no_dens(study, people, tmp_path):
    """With strata, repeats and a late case; once the study is locked."""
    cast.amend(study, people, repeat_percent=20, repeat_min_cases=1, repeat_min_days=1)
    cases = scene.allot(study, people, cases=8)
    cases.append(scene.make_case(study, "late"))
    allocation.allot(study, actor=people.dora)
    for reading in Reading.objects.all():
        scene.sign(scene.fill(reading))
    locking.lock(study, reason="All is read.", actor=people.dora, now=timezone.now())
    downloaded = tmp_path / "manifests.json"
    downloaded.write_bytes(client_of(people.dora).get(f"/api/studies/{study.code}/allocation/manifests").content)
    told = subprocess.run(
        [sys.executable, "-I", "docs/verify_allocation.py", str(downloaded)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
