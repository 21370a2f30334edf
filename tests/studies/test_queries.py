"""Questions to the centre: asked, answered, closed, and never without a trace."""

from datetime import UTC, datetime

import pytest

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from studies import checks, queries
from studies.models import Case, CaseState, QueryState
from tests import scene

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def case(study):
    return scene.make_unchecked(study, "S-01")


@pytest.fixture
def query(case, people):
    return queries.ask(case, question=" Was the patient moved? ", actor=people.dora)


def test_a_question_is_asked(case, people, query):
    assert (query.case, query.state, query.question) == (case, QueryState.OPEN, "Was the patient moved?")
    event = AuditEvent.objects.get(action="query.asked")
    assert (event.object_key, event.actor, event.after) == (query.code, people.dora, {"case": case.code})


def test_what_the_centre_said_is_written_down(people, query):
    answered = queries.answer(query, answer="Yes, between the two.", actor=people.ada, now=NOW)
    assert (answered.state, answered.answer) == (QueryState.ANSWERED, "Yes, between the two.")
    assert (answered.answered_by, answered.answered_at) == (people.ada, NOW)


def test_a_second_answer_replaces_the_first_which_the_audit_trail_keeps(people, query):
    queries.answer(query, answer="Yes.", actor=people.dora, now=NOW)
    queries.answer(query, answer="No.", actor=people.dora, now=NOW)
    query.refresh_from_db()
    assert query.answer == "No."
    assert AuditEvent.objects.filter(action="query.answered").last().before == {"state": "answered", "answer": "Yes."}


def test_an_answered_query_is_closed_and_the_case_can_be_accepted(case, people, query):
    queries.answer(query, answer="Yes.", actor=people.dora, now=NOW)
    closed = queries.close(query, actor=people.dora, now=NOW)
    assert (closed.state, closed.closed_by, closed.closed_at) == (QueryState.CLOSED, people.dora, NOW)
    assert AuditEvent.objects.filter(action="query.closed").exists()
    assert scene.accept(case).state == CaseState.READY


def test_an_answer_does_not_yet_release_the_case(case, people, query):
    queries.answer(query, answer="Yes.", actor=people.dora, now=NOW)
    with pytest.raises(Conflict, match="Close it"):
        checks.check_queries(case)


def test_an_open_query_is_withdrawn(people, query):
    assert queries.close(query, actor=people.dora, now=NOW).state == QueryState.CLOSED
    assert AuditEvent.objects.filter(action="query.withdrawn").exists()


def test_a_closed_query_stays_as_it_is(people, query):
    queries.close(query, actor=people.dora, now=NOW)
    with pytest.raises(Conflict):
        queries.answer(query, answer="Too late.", actor=people.dora, now=NOW)
    with pytest.raises(Conflict):
        queries.close(query, actor=people.dora, now=NOW)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 501])
def test_a_question_is_a_few_words(case, people, text):
    with pytest.raises(Refusal, match="at most 500"):
        queries.ask(case, question=text, actor=people.dora)


def test_an_answer_is_a_few_words_too(people, query):
    with pytest.raises(Refusal):
        queries.answer(query, answer="", actor=people.dora, now=NOW)


def test_an_accepted_case_that_is_asked_about_waits_again(case, people):
    scene.accept(case)
    queries.ask(case, question="Is this the right patient?", actor=people.dora)
    assert Case.objects.get().state == CaseState.TO_CHECK


def test_of_an_allotted_case_nothing_is_asked(case, people):
    Case.objects.update(state=CaseState.ALLOTTED)
    with pytest.raises(Conflict):
        queries.ask(case, question="Is this the right patient?", actor=people.dora)
