"""A person looks at a case before any reader does."""

import pytest
from django.db import IntegrityError, transaction

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from scoring import allocation
from studies import cases, checks, queries
from studies.models import Case, CaseState, Decision, QualityCheck
from tests import dicom, scene
from tests.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(study):
    return scene.make_unchecked(study, "S-01")


def yes_to_all(case):
    return {question.name: True for question in checks.sheet(case).questions}


def state_of(case):
    return Case.objects.get(pk=case.pk).state


def test_a_complete_case_waits_to_be_checked(case):
    assert case.state == CaseState.TO_CHECK


def test_an_accepted_case_is_ready_and_says_who_accepted_what(case, people):
    assert checks.accept(case, answers=yes_to_all(case), actor=people.dora).state == CaseState.READY
    check = QualityCheck.objects.get()
    assert (check.case, check.decision, check.checked_by) == (case, Decision.ACCEPTED, people.dora)
    assert check.answers == yes_to_all(case)
    assert {"name": "together", "series": None, "state": "pass", "sentence": "STIR and T1 show the same place."} in (
        check.findings
    )
    event = AuditEvent.objects.get(action="case.accepted")
    assert (event.actor, event.object_key, event.before) == (people.dora, case.code, {"state": "to_check"})
    assert event.after == {"state": "ready", "answers": yes_to_all(case)}


@pytest.mark.parametrize("answer", [None, False])
def test_a_case_is_not_accepted_while_a_question_is_unanswered(case, people, answer):
    answers = {**yes_to_all(case), "no_burned_in_text": answer}
    with pytest.raises(Refusal, match="No text is burnt into any image") as refusal:
        checks.accept(case, answers=answers, actor=people.dora)
    assert refusal.value.extras == {"unanswered": ["no_burned_in_text"]}
    assert (state_of(case), QualityCheck.objects.count()) == (CaseState.TO_CHECK, 0)


def test_answers_to_questions_nobody_asked_are_not_kept(case, people):
    checks.accept(case, answers={**yes_to_all(case), "something_else": True}, actor=people.dora)
    assert "something_else" not in QualityCheck.objects.get().answers


def test_an_incomplete_case_is_not_accepted(case, people):
    cases.correct_role(case.exam.series.get(role="T1"), role="OTHER", actor=people.dora)
    with pytest.raises(Conflict, match="sagittal T1 missing"):
        checks.accept(case, answers=yes_to_all(case), actor=people.dora)


def test_a_case_with_an_open_query_is_not_accepted(case, people):
    queries.ask(case, question="Is this the first visit?", actor=people.dora)
    with pytest.raises(Conflict, match="question to the centre"):
        checks.accept(case, answers=yes_to_all(case), actor=people.dora)


def test_a_case_is_accepted_once(case, people):
    scene.accept(case)
    with pytest.raises(Conflict, match="already"):
        checks.accept(case, answers=yes_to_all(case), actor=people.dora)


def test_images_that_changed_since_the_person_looked_must_be_looked_at_again(case, people):
    seen, answers = checks.sheet(case).seen, yes_to_all(case)
    cases.correct_role(case.exam.series.get(role="T1"), role="T1", actor=people.dora)
    assert checks.sheet(case).seen == seen
    scene.make_series(case.exam, number=3, role="T2")
    cases.assemble(case)
    for decide in (
        lambda: checks.accept(case, answers=answers, seen=seen, actor=people.dora),
        lambda: checks.refuse(case, reason="Blurred.", answers={}, seen=seen, actor=people.dora),
    ):
        with pytest.raises(Conflict, match="changed meanwhile"):
            decide()
    assert state_of(case) == CaseState.TO_CHECK


def test_a_refused_case_keeps_its_reason_and_can_be_looked_at_again(case, people):
    assert checks.refuse(case, reason=" Moved. ", answers={}, actor=people.dora).state == CaseState.REFUSED
    assert AuditEvent.objects.get(action="case.refused").reason == "Moved."
    assert checks.accept(case, answers=yes_to_all(case), actor=people.dora).state == CaseState.READY
    assert [(check.decision, check.reason) for check in case.checks.all()] == [("accepted", ""), ("refused", "Moved.")]


def test_an_incomplete_case_can_be_refused_and_stays_incomplete_for_whoever_would_accept_it(case, people):
    cases.correct_role(case.exam.series.get(role="T1"), role="OTHER", actor=people.dora)
    checks.refuse(case, reason="The centre has no T1.", answers={}, actor=people.dora)
    with pytest.raises(Conflict, match="sagittal T1 missing"):
        checks.accept(case, answers=yes_to_all(case), actor=people.dora)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_refusal_needs_a_reason(case, people, reason):
    with pytest.raises(Refusal, match="Say why"):
        checks.refuse(case, reason=reason, answers={}, actor=people.dora)


def test_a_case_is_refused_once(case, people):
    checks.refuse(case, reason="Moved.", answers={}, actor=people.dora)
    with pytest.raises(Conflict, match="already"):
        checks.refuse(case, reason="Moved again.", answers={}, actor=people.dora)


def test_an_acceptance_is_taken_back_before_and_not_after_allotment(case, people):
    scene.accept(case)
    checks.refuse(case, reason="Text in slice 9 after all.", answers={}, actor=people.dora)
    assert state_of(case) == CaseState.REFUSED
    Case.objects.update(state=CaseState.ALLOTTED)
    with pytest.raises(Conflict, match="allotted"):
        checks.refuse(case, reason="Too late.", answers={}, actor=people.dora)
    with pytest.raises(Conflict, match="allotted"):
        checks.accept(case, answers=yes_to_all(case), actor=people.dora)


def test_the_database_knows_no_refusal_without_a_reason(case, people):
    with pytest.raises(IntegrityError), transaction.atomic():
        QualityCheck.objects.create(case=case, decision="refused", findings=[], answers={}, checked_by=people.dora)


@pytest.mark.parametrize("decided", ["accepted", "refused"])
@pytest.mark.parametrize(("role", "state"), [("T1", CaseState.TO_CHECK), ("OTHER", CaseState.INCOMPLETE)])
def test_a_corrected_role_voids_what_was_decided(case, people, decided, role, state):
    if decided == "accepted":
        scene.accept(case)
    else:
        checks.refuse(case, reason="Moved.", answers={}, actor=people.dora)
    cases.correct_role(case.exam.series.get(role="T1"), role=role, actor=people.dora)
    assert state_of(case) == state


def test_a_new_slice_voids_an_acceptance_and_the_same_slices_again_do_not(study, people, imported):
    imported(study, people.dora, dicom.exam(n=5).values())
    case = scene.accept(Case.objects.get())
    imported(study, people.dora, dicom.exam(n=5).values())
    assert state_of(case) == CaseState.READY
    imported(study, people.dora, dicom.exam(n=6).values())
    assert state_of(case) == CaseState.TO_CHECK


def test_a_case_whose_new_slices_are_not_assembled_yet_is_nobodys_to_accept(case, people):
    """As between the batch of an import that stores a slice and its end."""
    case.exam.series.update(packed_sha256="")
    Case.objects.update(state=CaseState.INCOMPLETE)
    with pytest.raises(Conflict, match="being imported"):
        checks.accept(case, answers=yes_to_all(case), actor=people.dora)
    cases.correct_role(case.exam.series.get(role="T1"), role="T1", actor=people.dora)
    assert state_of(case) == CaseState.INCOMPLETE


def test_a_corrected_role_is_doubted_no_more(case, people):
    case.exam.series.filter(role="T1").update(role_doubt="contrast")
    assert [one.name for one in checks.sheet(case).findings if one.state == "question"].count("role") == 1
    cases.correct_role(case.exam.series.get(role="T1"), role="T1", actor=people.dora)
    assert "role" not in [one.name for one in checks.sheet(case).findings]


@pytest.mark.parametrize("state", [state for state in CaseState.values if state not in ("ready", "allotted")])
def test_nothing_unreleased_is_allotted_or_seen_by_a_reader(study, people, state):
    ready, held = scene.make_case(study, "S-01"), scene.make_case(study, "S-02")
    Case.objects.filter(pk=held.pk).update(state=state)
    allocation.allot(study, actor=people.dora)
    assert (state_of(ready), state_of(held)) == (CaseState.ALLOTTED, state)
    for reader in (people.ana, people.ben):
        browser = client_of(reader)
        assert len(browser.get("/api/readings").json()[0]["readings"]) == 1
        for path in ("images", "images/1", "check"):
            assert browser.get(f"/api/cases/{held.code}/{path}").status_code == 404


def test_without_a_checked_case_nothing_is_allotted(study, people, case):
    with pytest.raises(Conflict):
        allocation.allot(study, actor=people.dora)
