"""The blind self-check: everybody is asked again in every case, slips are settled, the rest goes to Clara."""

import pytest
from django.db import transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from scoring import consensus, gathering, locking, reliability, reopening, second_answers, second_looks, submission
from scoring.looks import Verdict
from scoring.models import Adjudication, Consensus, ConsensusState, Dispute, FinalScore, Method, Reading, SelfCheck
from tests import cast, scene
from tests.cast import client_of
from tests.threads import in_thread, wait_until_somebody_waits_for_me


@pytest.fixture
def study(people):
    return cast.open_study(people, self_check=True)


@pytest.fixture
def cases(study, people):
    """Two read cases: in the first Ana says 2 of C4 and Ben nothing, in the second they agree."""
    disputed, agreed = scene.allot(study, people, cases=2)
    scene.read(disputed, people, ana={"VB_C4": 2})
    scene.read(agreed, people, ana={"VB_C5": 1}, ben={"VB_C5": 1})
    return disputed, agreed


def hand_out(study):
    return second_looks.hand_out(study.allocations.get(), now=timezone.now())


def again(case, reader):
    return Reading.objects.get(self_check__original__case=case, reader=reader)


def look_again(case, reader, **grades):
    """What is asked again is answered: 0, or what is named."""
    reading = again(case, reader)
    for code in reading.asked:
        given = {"grade": grades.get(code, 0), "not_assessable": ""}
        submission.save(reading, item=code, **given, actor=reader, now=timezone.now())
    return scene.sign(reading)


def both_look_again(case, people, *, ana=None, ben=None):
    look_again(case, people.ana, **(ana or {}))
    look_again(case, people.ben, **(ben or {}))
    return second_answers.evaluate(case, now=timezone.now())


def test_a_disputed_case_waits_for_its_readers_and_not_for_the_adjudicator(cases):
    disputed, agreed = cases
    assert disputed.consensus.state == ConsensusState.CHECKING
    assert agreed.consensus.state == ConsensusState.SETTLED
    assert not Adjudication.objects.exists()


def test_nobody_is_asked_before_everybody_has_signed_everything(study, people):
    first, second = scene.allot(study, people, cases=2)
    scene.read(first, people, ana={"VB_C4": 2})
    scene.sign(scene.fill(scene.reading_of(second, people.ana)))
    assert hand_out(study) == []
    scene.sign(scene.fill(scene.reading_of(second, people.ben)))
    assert hand_out(study) == []
    consensus.compare(second, now=timezone.now())
    assert len(hand_out(study)) == 4


def test_every_case_is_asked_again_of_both_also_without_a_dispute(study, people, cases):
    hand_out(study)
    for case in cases:
        for reader in (people.ana, people.ben):
            assert len(again(case, reader).asked) == 2
    assert "VB_C4" in again(cases[0], people.ana).asked
    assert sorted(SelfCheck.objects.values_list("disputed", flat=True)) == [[], [], ["VB_C4"], ["VB_C4"]]


def test_they_come_after_everything_else_each_in_an_order_of_their_own(study, people, cases):
    hand_out(study)
    for reader in (people.ana, people.ben):
        order = list(Reading.objects.filter(reader=reader).values_list("position", "part"))
        assert order == [(1, 1), (2, 1), (3, 3), (4, 3)]


def test_handing_out_twice_changes_nothing(study, cases):
    assert len(hand_out(study)) == 4
    assert hand_out(study) == []
    assert AuditEvent.objects.filter(action="second_looks.handed_out").count() == 1


def test_where_both_say_the_same_now_it_was_a_slip(study, people, cases):
    hand_out(study)
    found = both_look_again(cases[0], people)
    final = FinalScore.objects.get(consensus=found, item__code="VB_C4")
    assert (found.state, final.grade, final.method) == (ConsensusState.SETTLED, 0, Method.SELF_CHECKED)
    assert found.final_scores.count() == 25
    assert not Adjudication.objects.exists()


def test_what_persists_goes_to_the_adjudicator_as_it_stands_now(study, people, cases):
    hand_out(study)
    found = both_look_again(cases[0], people, ana={"VB_C4": 3})
    dispute = Dispute.objects.get()
    assert (found.state, dispute.item.code) == (ConsensusState.OPEN, "VB_C4")
    sides = {dispute.left.scores.get(item=dispute.item).grade, dispute.right.scores.get(item=dispute.item).grade}
    assert sides == {0, 3}
    scene.decide_all(Adjudication.objects.get(), people)
    assert Consensus.objects.get(case=cases[0]).state == ConsensusState.SETTLED
    assert FinalScore.objects.get(consensus=found, item=dispute.item).grade in sides


def test_a_difference_that_is_tolerated_now_is_averaged(people):
    study = cast.open_study(people, self_check=True, trigger_item_difference=2)
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 2})
    hand_out(study)
    found = both_look_again(case, people, ana={"VB_C4": 1})
    final = found.final_scores.get(item__code="VB_C4")
    assert (final.grade, final.method) == (0.5, Method.AVERAGED)


def test_nothing_is_decided_while_one_of_the_two_is_out(study, people, cases):
    hand_out(study)
    look_again(cases[0], people.ana)
    assert second_answers.evaluate(cases[0], now=timezone.now()) is None
    assert not second_answers.waiting().exists()


def test_evaluating_twice_changes_nothing(study, people, cases):
    hand_out(study)
    both_look_again(cases[0], people, ana={"VB_C4": 2})
    assert second_answers.evaluate(cases[0], now=timezone.now()) is None
    assert Adjudication.objects.count() == AuditEvent.objects.filter(action="case.looked_at_again").count() == 1


def test_a_second_look_never_changes_an_agreed_case(study, people, cases):
    hand_out(study)
    asked = again(cases[1], people.ana).asked
    assert both_look_again(cases[1], people, ana=dict.fromkeys(asked, 1)) is None
    assert set(cases[1].consensus.final_scores.values_list("method", flat=True)) == {Method.AGREED}


def test_both_answers_are_kept_with_what_became_of_the_item(study, people, cases):
    hand_out(study)
    assert second_answers.outcomes(cases[0]) == []
    both_look_again(cases[0], people, ana={"VB_C4": 1})
    told = {(one.reading.reader, one.item.code): one for one in second_answers.outcomes(cases[0])}
    anas = told[people.ana, "VB_C4"]
    assert (anas.first.grade, anas.second.grade, anas.verdict) == (2, 1, Verdict.UNSTABLE)
    assert told[people.ben, "VB_C4"].verdict is Verdict.UNSTABLE
    assert [one.verdict for one in told.values()].count(Verdict.UNDISPUTED) == 2


def test_the_reader_is_shown_and_asked_what_is_asked_again_and_no_first_answer(study, people, cases):
    hand_out(study)
    reading = again(cases[0], people.ana)
    told = client_of(people.ana).get(f"/api/readings/{reading.code}").json()
    shown = [item["code"] for region in told["instrument"]["regions"] for item in region["items"]]
    assert sorted(shown) == sorted(told["asked"]) == sorted(reading.asked)
    assert (told["scores"], told["instrument"]["sums"]) == ([], [])
    rows = client_of(people.ana).get("/api/readings").json()[0]["readings"]
    assert [row["is_second_look"] for row in rows] == [False, False, True, True]


def test_nothing_else_can_be_answered_and_nothing_of_it_left_out(study, people, cases):
    hand_out(study)
    reading = again(cases[0], people.ana)
    other = next(item.code for item in reading.charter.instrument.items.all() if item.code not in reading.asked)
    with pytest.raises(Refusal, match="no item"):
        submission.save(reading, item=other, grade=1, not_assessable="", actor=people.ana, now=timezone.now())
    with pytest.raises(Refusal, match="2 items have no answer"):
        scene.sign(reading)


def test_second_looks_are_no_readings_of_their_own(study, people, cases):
    hand_out(study)
    both_look_again(cases[0], people)
    material = reliability.material_of(study)
    assert [len(case.reads) for case in material.cases] == [2, 2]
    assert {read.order for case in material.cases for read in case.reads} == {1, 2}
    codes = {one.code for case in gathering.cases(study) for one in case.standing}
    assert codes == set(Reading.objects.that_count().values_list("code", flat=True))


def test_a_second_look_is_never_opened_again_with_or_without_a_dispute(study, people, cases):
    hand_out(study)
    for case in cases:
        asked = reopening.ask(look_again(case, people.ana), reason="A slip.", actor=people.ana, now=timezone.now())
        assert reopening.why_not(asked)
        with pytest.raises(Conflict, match="have been asked again"):
            reopening.decide(asked, grant=True, note="", actor=people.dora, now=timezone.now())


def test_a_study_is_not_locked_while_somebody_is_to_look_again(study, people, cases):
    assert locking.unfinished(study) == "1 case waits for a second look of both readers."
    hand_out(study)
    assert locking.unfinished(study) == "4 readings are not signed yet."


def leave(study, person):
    study.memberships.filter(user=person).update(ended_at=timezone.now())


def test_of_who_has_left_the_first_answers_stand(study, people, cases):
    leave(study, people.ben)
    assert {reading.reader for reading in hand_out(study)} == {people.ana}
    look_again(cases[0], people.ana)
    assert second_answers.evaluate(cases[0], now=timezone.now()).state == ConsensusState.SETTLED


def test_when_both_have_left_the_adjudicator_decides(study, people, cases):
    leave(study, people.ana)
    leave(study, people.ben)
    assert hand_out(study) == []
    assert Dispute.objects.get().item.code == "VB_C4"
    assert hand_out(study) == []


def test_what_somebody_left_behind_is_taken_back(study, people, cases):
    hand_out(study)
    look_again(cases[0], people.ana, VB_C4=2)
    leave(study, people.ben)
    for reading in list(second_looks.left_behind()):
        second_looks.withdraw(reading)
    assert list(second_answers.waiting()) == [cases[0]]
    second_answers.evaluate(cases[0], now=timezone.now())
    assert Dispute.objects.count() == 1
    assert not second_looks.left_behind().exists()


def test_the_sweep_finds_what_a_killed_worker_left(study, people, cases):
    assert list(second_looks.due()) == [study.allocations.get()]
    hand_out(study)
    assert not second_looks.due().exists()
    look_again(cases[0], people.ana)
    look_again(cases[0], people.ben)
    assert list(second_answers.waiting()) == [cases[0]]


@pytest.mark.parametrize("rules", [{}, {"design": "paired_mean"}, {"design": "single", "pool_size": 1}])
def test_without_the_rule_nobody_is_asked_again(people, rules):
    study = cast.open_study(people, **rules)
    [case] = scene.allot(study, people)
    for reading in Reading.objects.filter(case=case):
        scene.sign(scene.fill(reading))
    consensus.compare(case, now=timezone.now())
    assert case.consensus.state == ConsensusState.SETTLED
    assert hand_out(study) == []


def test_the_coordinator_sees_how_far_it_is_and_no_value(study, people, cases):
    def steps():
        told = client_of(people.dora).get(f"/api/studies/{study.code}/progress").json()["cases"]
        return [(case["consensus"], case["self_check"]) for case in sorted(told, key=lambda case: case["subject"])]

    assert steps() == [("checking", "none"), ("settled", "none")]
    hand_out(study)
    assert steps() == [("checking", "not_started"), ("settled", "not_started")]
    look_again(cases[0], people.ana)
    assert steps()[0] == ("checking", "in_progress")
    look_again(cases[0], people.ben)
    second_answers.evaluate(cases[0], now=timezone.now())
    assert steps()[0] == ("settled", "done")


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_hand_out_at_once_ask_once():
    people = cast.invite()
    study = cast.open_study(people, self_check=True)
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 2})
    with transaction.atomic():
        first = hand_out(study)
        second = []
        thread, raised = in_thread(lambda: second.append(hand_out(study)))
        wait_until_somebody_waits_for_me()
    thread.join()
    assert not raised
    assert (len(first), second) == (2, [[]])
    assert SelfCheck.objects.count() == 2
