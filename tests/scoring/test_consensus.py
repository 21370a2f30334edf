"""Two signed readings: what agrees counts, what differs is disputed, and all of it exactly once."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from readers.models import AuditEvent
from scoring import consensus
from scoring.models import Adjudication, Consensus, ConsensusState, Dispute, FinalScore, Slip
from tests import cast, scene
from tests.cast import client_of


@pytest.fixture
def case(study, people):
    return scene.allot(study, people)[0]


def test_one_signed_reading_is_not_compared(case, people):
    scene.sign(scene.fill(scene.reading_of(case, people.ana)))
    assert consensus.compare(case, now=timezone.now()) is None


def test_equal_readings_settle_the_case(case, people):
    scene.read(case, people, ana={"VB_C4": 2}, ben={"VB_C4": 2})
    assert case.consensus.state == ConsensusState.SETTLED
    assert case.consensus.final_scores.count() == 25
    assert case.consensus.final_scores.get(item__code="VB_C4").grade == 2


def test_what_differs_is_disputed_and_the_rest_agreed(case, people):
    scene.read(case, people, ana={"VB_C4": 2, "SP_C7": 1}, ben={"VB_C4": 1, "SP_C7": 1})
    disputed = Dispute.objects.values_list("item__code", flat=True)
    assert list(disputed) == ["VB_C4"]
    assert case.consensus.state == ConsensusState.OPEN
    assert case.consensus.final_scores.count() == 24


def test_a_grade_against_not_assessable_is_disputed(case, people):
    scene.read(case, people, ana={"FJ_C2C3": 0}, ben={"FJ_C2C3": "artefact"})
    assert Dispute.objects.get().item.code == "FJ_C2C3"


def test_not_assessable_to_both_is_agreed_with_both_reasons(case, people):
    scene.read(case, people, ana={"FJ_C2C3": "not_covered"}, ben={"FJ_C2C3": "artefact"})
    final = FinalScore.objects.get(item__code="FJ_C2C3")
    assert (final.grade, final.not_assessable) == (None, "artefact + not_covered")


def test_a_degenerative_flag_is_disputed_like_a_grade(case, people):
    scene.read(case, people, ana={"DG_C5C6": 1})
    assert Dispute.objects.get().item.code == "DG_C5C6"


def test_comparing_again_changes_nothing(case, people):
    scene.read(case, people, ana={"VB_C4": 2})
    consensus.compare(case, now=timezone.now())
    assert Consensus.objects.count() == Adjudication.objects.count() == Dispute.objects.count() == 1
    assert AuditEvent.objects.filter(action="case.compared").count() == 1


def test_the_sides_of_disputes_are_shuffled(case, people):
    every_item = {item.code: 1 for item in scene.reading_of(case, people.ana).charter.instrument.items.all()}
    scene.read(case, people, ana=every_item)
    lefts = set(Dispute.objects.values_list("left__reader__username", flat=True))
    assert lefts == {"ana", "ben"}


ONE_LEVEL_OFF = {"ana": {"VB_C4": 2, "SP_C6": 1}, "ben": {"VB_C3": 2, "SP_C5": 1}}
FITS = "One reading seems to be counted one level lower than the other throughout the spine."


def test_a_probable_slip_is_kept_without_a_grade_and_without_whose_it_is(case, people):
    scene.read(case, people, **ONE_LEVEL_OFF)
    finding = {"kind": "shift", "regions": ["VB", "FJ", "SP", "DG"], "n_explained": 2, "n_now": 4, "n_after": 0}
    assert Slip.objects.get().finding == finding
    assert AuditEvent.objects.get(action="case.compared").after["slip"] == "shift"


def test_an_ordinary_disagreement_is_no_slip(case, people):
    scene.read(case, people, ana={"VB_C4": 2}, ben={"VB_C4": 1, "SP_C7": 1})
    assert not Slip.objects.exists()


def test_the_coordinator_is_told_of_a_slip_and_nobody_who_is_blinded(case, people):
    scene.read(case, people, **ONE_LEVEL_OFF)
    slips = f"/api/studies/{case.study.code}/slips"
    assert client_of(people.dora).get(slips).json() == [{"case": case.code, "sentence": FITS}]
    for person in (people.ana, people.ben, people.clara, people.eve, people.sam):
        assert client_of(person).get(slips).status_code == 404
    for path in ("/api/adjudications", f"/api/adjudications/{case.consensus.adjudication.code}"):
        answer = client_of(people.clara).get(path)
        assert answer.status_code == 200
        assert "level lower" not in answer.content.decode()


def test_the_sweep_finds_a_case_nobody_has_compared(case, people):
    for reader in (people.ana, people.ben):
        scene.sign(scene.fill(scene.reading_of(case, reader)))
    assert list(consensus.waiting()) == [case]
    consensus.compare(case, now=timezone.now())
    assert not consensus.waiting().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_signatures_at_the_same_moment_resolve_the_case_once(attempt):
    """Both sign at once and every signature compares at once: one consensus, one adjudication, two signatures."""
    people = cast.invite()
    [case] = scene.allot(cast.open_study(people), people)
    readings = [
        scene.fill(scene.reading_of(case, people.ana), VB_C4=2),
        scene.fill(scene.reading_of(case, people.ben), VB_C4=1),
    ]
    start, failures = threading.Barrier(len(readings)), []

    def sign_and_compare(reading):
        try:
            start.wait()
            scene.sign(reading)
            consensus.compare(case, now=timezone.now())
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign_and_compare, args=[reading]) for reading in readings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert AuditEvent.objects.filter(action="reading.signed").count() == 2
    assert AuditEvent.objects.filter(action="case.compared").count() == 1
    assert Consensus.objects.count() == Adjudication.objects.count() == Dispute.objects.count() == 1
