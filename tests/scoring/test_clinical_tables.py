"""From cases to participants: settled cases only, one a participant, the first in time."""

from scoring import reliability
from scoring.models import Adjudication
from studies import covariates
from studies.models import Exam, ExamFacts
from tests import scene


def read_both(study, people, *, second_of_the_same):
    """Two cases of the same or of two participants: the first with oedema at C4, the second with none."""
    first, second = scene.allot(study, people, cases=2)
    if second_of_the_same:
        Exam.objects.filter(pk=second.exam_id).update(subject=first.exam.subject)
    scene.read(first, people, ana={"VB_C4": 2}, ben={"VB_C4": 2})
    scene.read(second, people)
    return first, second


def on_day(case, day):
    ExamFacts.objects.create(exam=case.exam, shifted_day=day)


def n_present(tables):
    return tables["shares"][0]["share"]["counts"]["yes"], tables["n_patients"]


def test_a_case_that_waits_for_the_adjudicator_says_nothing_yet(study, people):
    settled, waiting = scene.allot(study, people, cases=2)
    scene.read(settled, people)
    scene.read(waiting, people, ana={"VB_C4": 2})
    tables = reliability.assembled(study).clinical()
    assert (tables["n_patients"], tables["n_unsettled"]) == (1, 1)
    scene.decide_all(Adjudication.objects.get(), people)
    assert reliability.assembled(study).clinical()["n_unsettled"] == 0


def test_before_anything_is_settled_a_sentence_says_so(study, people):
    scene.allot(study, people, cases=2)
    tables = reliability.assembled(study).clinical()
    assert (tables["sentence"], tables["n_unsettled"]) == ("No participant has a settled consensus yet.", 2)


def test_each_participant_counts_once_with_the_first_exam(study, people):
    first, second = read_both(study, people, second_of_the_same=True)
    on_day(first, 200)
    on_day(second, 100)
    tables = reliability.assembled(study).clinical()
    assert (n_present(tables), tables["n_left_out"]) == ((0, 1), 0)


def test_a_participant_whose_first_exam_is_not_known_is_left_out_and_counted(study, people):
    first, _ = read_both(study, people, second_of_the_same=True)
    on_day(first, 100)
    tables = reliability.assembled(study).clinical()
    assert (n_present(tables), tables["n_left_out"]) == ((0, 0), 1)


def test_what_could_not_be_assessed_is_missing_and_never_absent(study, people):
    [case] = scene.allot(study, people)
    blind = dict.fromkeys(("VB_C2", "VB_C3", "VB_C4", "VB_C5"), "artefact")
    scene.read(case, people, ana=blind, ben=blind)
    share = reliability.assembled(study).clinical()["shares"][0]["share"]
    assert (share["n"], share["n_excluded"]) == (0, 1)


def test_covariates_stand_beside_the_consensus_of_their_participant(study, people):
    read_both(study, people, second_of_the_same=False)
    covariates.enter(study, table="participant,Diagnosis,CRP [mg/dl]\nS-01,RA,2\nS-02,,5", actor=people.dora)
    tables = reliability.assembled(study).clinical()
    [crp] = tables["by_presence"]
    assert (crp["covariate"], crp["unit"]) == ("CRP", "mg/dl")
    assert [(group["median"], group["n"]) for group in crp["groups"]] == [(2.0, 1), (5.0, 1)]
    assert tables["shares"][-1]["label"] == "Diagnosis: RA"
    assert tables["shares"][-1]["share"]["n_excluded"] == 1
