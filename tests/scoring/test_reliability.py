"""Agreement of a study: from signed readings only, once for the same data, and never shown to a reader."""

from django.utils import timezone

from scoring import locking, reliability, tasks
from scoring.models import ReliabilityReport
from studies import covariates
from tests import scene
from tests.cast import client_of


def test_it_counts_compared_cases_only(study, people):
    compared, half_read, _unread = scene.allot(study, people, cases=3)
    scene.read(compared, people, ana={"VB_C4": 2}, ben={"VB_C4": 1})
    scene.sign(scene.fill(scene.reading_of(half_read, people.ana)))
    report = reliability.compute(study, now=timezone.now())
    assert report.n_cases == 1
    [item] = [row for row in report.content["items"] if row["code"] == "VB_C4"]
    assert sum(map(sum, item["table"])) == 1


def test_not_assessable_is_excluded_and_counted(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"FJ_C2C3": "artefact"})
    report = reliability.compute(study, now=timezone.now())
    [item] = [row for row in report.content["items"] if row["code"] == "FJ_C2C3"]
    assert (item["n_pairs"], item["n_excluded"]) == (0, 1)


def test_the_same_readings_give_no_second_report(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people)
    first = reliability.compute(study, now=timezone.now())
    assert reliability.compute(study, now=timezone.now()) == first
    assert ReliabilityReport.objects.count() == 1


def test_the_sweep_finds_a_study_whose_agreement_is_old(study, people):
    [case] = scene.allot(study, people)
    assert not reliability.outdated().exists()
    scene.read(case, people)
    assert list(reliability.outdated()) == [study]
    reliability.compute(study, now=timezone.now())
    assert not reliability.outdated().exists()


def test_signatures_in_a_row_are_one_change(study, people):
    """What is asked for too soon is left to the sweep, which finds it."""
    one, other = scene.allot(study, people, cases=2)
    scene.read(one, people)
    tasks.compute_agreement(study.pk)
    scene.read(other, people)
    tasks.compute_agreement(study.pk)
    assert ReliabilityReport.objects.get().n_cases == 1
    assert list(reliability.outdated()) == [study]
    assert reliability.is_due(study, now=timezone.now() + reliability.PAUSE)


def test_a_locked_study_is_not_waited_for(study, people):
    """Nothing more is signed in it, and whoever locked it wants to read on."""
    one, other = scene.allot(study, people, cases=2)
    scene.read(one, people)
    tasks.compute_agreement(study.pk)
    scene.read(other, people)
    locking.lock(study, reason="All is read.", actor=people.dora, now=timezone.now())
    tasks.compute_agreement(study.pk)
    assert reliability.newest(study).n_cases == 2


def test_a_report_of_an_older_dens_is_computed_anew(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people)
    reliability.compute(study, now=timezone.now())
    ReliabilityReport.objects.update(content={"items": [], "sums": []})
    assert list(reliability.outdated()) == [study]
    assert reliability.newest(study) is None


def test_the_sweep_finds_a_study_of_whose_participants_more_is_known(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people)
    reliability.compute(study, now=timezone.now())
    covariates.enter(study, table="participant,diagnosis\nS-01,RA\n", actor=people.dora)
    assert list(reliability.outdated()) == [study]


def test_two_readers_who_read_everything_are_a_crossed_pair(study, people):
    for place, case in enumerate(scene.allot(study, people, cases=4)):
        scene.read(case, people, ana={"VB_C4": place % 3}, ben={"VB_C4": (place + 1) % 3})
    [total] = reliability.compute(study, now=timezone.now()).content["sums"]
    icc = total["statistics"]["icc"]
    assert icc["name"] == "ICC(2,1)"
    assert icc["n"] == 4


def test_the_coordinator_sees_it_and_readers_do_not(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people)
    reliability.compute(study, now=timezone.now())
    path = f"/api/studies/{study.code}/agreement"
    locking.lock(study, reason="All is read.", actor=people.dora, now=timezone.now())
    shown = client_of(people.dora).get(path).json()
    assert (shown["state"], shown["n_cases"]) == ("ready", 1)
    for person in (people.ana, people.ben, people.clara, people.eve):
        assert client_of(person).get(path).status_code == 404
