"""What a charter's design and triggers make of two readings: averaged, adjudicated, single, or left unresolved."""

from django.utils import timezone

from scoring import allocation, consensus
from scoring.models import Adjudication, Dispute, FinalScore, Repeat
from scoring.rules import Design, Presence
from tests import cast, scene
from tests.bundles import bundle, rows


def final(code):
    found = FinalScore.objects.get(item__code=code)
    return found.value, found.method


def test_a_difference_the_charter_tolerates_is_averaged(study, people):
    cast.amend(study, people, trigger_item_difference=2)
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 2, "VB_C5": 3}, ben={"VB_C4": 1, "VB_C5": 1})
    assert final("VB_C4") == (1.5, "averaged")
    assert list(Dispute.objects.values_list("item__code", flat=True)) == ["VB_C5"]


def test_presence_in_the_patient_brings_every_difference_to_the_adjudicator(study, people):
    cast.amend(study, people, trigger_item_difference=None, trigger_presence=(Presence.PATIENT,))
    seen, unseen = scene.allot(study, people, cases=2)
    scene.read(seen, people, ana={"VB_C4": 1}, ben={"SP_C6": 1})
    scene.read(unseen, people, ana={"VB_C4": 1, "SP_C6": 2})
    assert set(Dispute.objects.values_list("item__code", flat=True)) == {"VB_C4", "SP_C6"}
    assert Adjudication.objects.get().consensus.case == unseen


def test_what_has_no_mean_stays_unresolved(study, people):
    cast.amend(study, people, trigger_not_assessable=False, trigger_flags=False)
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": "artefact", "DG_C5C6": 1})
    assert final("VB_C4") == (None, "unresolved")
    assert final("DG_C5C6") == (None, "unresolved")
    assert not Adjudication.objects.exists()


def test_the_mean_of_two_needs_no_adjudicator(people):
    study = cast.open_study(people, design=Design.MEAN)
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 3, "SP_C6": 1}, ben={"SP_C6": 1})
    assert (final("VB_C4"), final("SP_C6")) == ((1.5, "averaged"), (1, "agreed"))
    [total] = rows(bundle(study), "totals.csv")
    assert total["total"] == "2.5"


def test_one_reader_is_the_result_and_means_nothing_else(people):
    study = cast.open_study(people, design=Design.SINGLE, pool_size=1)
    [case] = scene.allot(study, people)
    reading = case.readings.get()
    scene.sign(scene.fill(reading, VB_C4=2))
    assert consensus.compare(case, now=timezone.now()).state == "settled"
    assert final("VB_C4") == (2, "single")
    name = "R1" if reading.reader == people.ana else "R2"  # by the order in which they joined
    assert rows(bundle(study), "consensus.csv")[0]["reader_1"] == name


def test_a_repeat_never_counts_for_the_result(study, people):
    cast.amend(study, people, repeat_percent=20, repeat_min_cases=3)
    scene.allot(study, people, cases=20)
    repeat = Repeat.objects.filter(reading__reader=people.ana).select_related("reading__case").first()
    case = repeat.reading.case
    scene.sign(scene.fill(repeat.reading, VB_C4=3))
    assert consensus.compare(case, now=timezone.now()) is None
    scene.read(case, people)
    assert case.consensus.final_scores.get(item__code="VB_C4").grade == 0
    table = rows(bundle(study), "readings.csv")
    assert {row["pass"] for row in table if row["reading"] == repeat.reading.code} == {"2"}
    assert allocation.outlook(study)["readers"][0]["held"] == 20
