"""Questions to the centre that sent the images: asked, answered, closed. No reader ever learns of one."""

from datetime import datetime

from django.db import transaction

from readers import audit
from readers.errors import Conflict, Refusal
from readers.models import User
from studies import cases
from studies.locks import refuse_if_locked
from studies.models import Case, CaseState, Query, QueryState


@transaction.atomic
def ask(case: Case, *, question: str, actor: User) -> Query:
    """Write down what the centre is asked. Until it is closed the case cannot be accepted, nor stay so."""
    case = cases.changeable(case)
    if case.state == CaseState.READY:
        cases.settle(case)
    query = Query.objects.create(case=case, question=said(question), asked_by=actor)
    audit.record("query.asked", query, actor=actor, study=case.study, after={"case": case.code})
    return query


@transaction.atomic
def answer(query: Query, *, answer: str, actor: User, now: datetime) -> Query:
    """Write down what the centre said. A second answer takes the place of the first, which the audit trail keeps."""
    query = still_open(query)
    before = {"state": query.state, "answer": query.answer}
    query.state, query.answer = QueryState.ANSWERED, said(answer)
    query.answered_by, query.answered_at = actor, now
    query.save()
    after = {"state": query.state, "answer": query.answer}
    audit.record("query.answered", query, actor=actor, study=query.case.study, before=before, after=after)
    return query


@transaction.atomic
def close(query: Query, *, actor: User, now: datetime) -> Query:
    """Settle an answered query, or withdraw an open one."""
    query = still_open(query)
    action = "query.closed" if query.state == QueryState.ANSWERED else "query.withdrawn"
    before = {"state": query.state}
    query.state, query.closed_by, query.closed_at = QueryState.CLOSED, actor, now
    query.save()
    audit.record(action, query, actor=actor, study=query.case.study, before=before, after={"state": query.state})
    return query


def still_open(query: Query) -> Query:
    """The query, locked after its case, as everything that decides about a case is. Raises Conflict if it is closed."""
    refuse_if_locked(cases.locked(query.case).study)
    query = Query.objects.select_for_update(no_key=True, of=["self"]).select_related("case__study").get(pk=query.pk)
    if query.state == QueryState.CLOSED:
        raise Conflict("query_closed", "This query has been closed. Ask anew if something is left to say.")
    return query


def said(text: str) -> str:
    """The text, if there is one and it fits its column. Raises Refusal otherwise."""
    text, longest = text.strip(), Query._meta.get_field("question").max_length or 0
    if not 0 < len(text) <= longest:
        raise Refusal("no_text", f"Write at least a word, and at most {longest} characters.")
    return text
