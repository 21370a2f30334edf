"""A person looks at a case before any reader does: what they are shown, and what they decide."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from django.db import transaction

from readers import audit
from readers.errors import Conflict, Refusal
from readers.models import User
from studies import cases, physics, quality
from studies.models import Case, CaseState, Decision, QualityCheck, QueryState, Series
from studies.stacks import geometry_of, in_space

ACCEPTABLE = (CaseState.TO_CHECK, CaseState.REFUSED)
STATE_AFTER = {Decision.ACCEPTED: CaseState.READY, Decision.REFUSED: CaseState.REFUSED}
UNSURE = "It is not sure what kind of series this is."  # a doubt of an earlier version, since renamed
Answers = Mapping[str, bool]


@dataclass(frozen=True)
class Sheet:
    """What a person is shown beside the images, and what they must answer before accepting them.

    seen  names these images in these roles: a decision that brings it back was made of what is still there
    """

    findings: list[quality.Finding]
    questions: list[quality.Question]
    seen: str


def sheet(case: Case) -> Sheet:
    series = list(case.exam.series.prefetch_related("instances"))
    found = quality.findings([shape(one) for one in series])
    return Sheet(found, quality.questions(found), digest(series))


def digest(series: Iterable[Series]) -> str:
    shown = [[one.number, one.role, one.plane, one.packed_sha256] for one in series]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def shape(series: Series) -> quality.Shape:
    slices = in_space(list(series.instances.all()))
    return quality.Shape(
        number=series.number,
        role=series.role,
        plane=series.plane,
        frame=series.frame,
        slices=tuple(geometry_of(one, series) for one in slices),
        is_3d=series.is_3d,
        doubt=doubt(series),
    )


def doubt(series: Series) -> str:
    """Why the role of a series is not sure, in a sentence; blank if it is."""
    return physics.DOUBTS.get(series.role_doubt, UNSURE) if series.role_doubt else ""


def decide(case: Case, *, decision: str, reason: str, answers: Answers, seen: str, actor: User) -> Case:
    if decision == Decision.ACCEPTED:
        return accept(case, answers=answers, seen=seen, actor=actor)
    return refuse(case, reason=reason, answers=answers, seen=seen, actor=actor)


@transaction.atomic
def accept(case: Case, *, answers: Answers, actor: User, seen: str = "") -> Case:
    """Release the case to readers.

    answers  True for each question of its sheet, by name
    seen     what the sheet named when the person looked; blank where nobody can have come between
    Raises   Conflict if it is not there to be accepted or a query is open; Refusal if a question is not answered
    """
    case = cases.changeable(case)
    check_state(case)
    check_queries(case)
    shown = still_as(seen, sheet(case))
    check_answers(shown, answers)
    return settle(case, Decision.ACCEPTED, shown, answers=answers, reason="", actor=actor)


@transaction.atomic
def refuse(case: Case, *, reason: str, answers: Answers, actor: User, seen: str = "") -> Case:
    """Keep the case from readers, for a reason. It can be looked at again. Also takes an acceptance back."""
    case = cases.changeable(case)
    if case.state == CaseState.REFUSED:
        raise Conflict("already_refused", "This case has been refused already.")
    if not reason.strip():
        raise Refusal("reason_needed", "Say why the case is refused: whoever looks at it next will ask.")
    shown = still_as(seen, sheet(case))
    return settle(case, Decision.REFUSED, shown, answers=answers, reason=reason.strip(), actor=actor)


def still_as(seen: str, shown: Sheet) -> Sheet:
    if seen not in ("", shown.seen):
        raise Conflict("images_changed", "The images or their roles have changed meanwhile. Look at them again.")
    return shown


def check_state(case: Case) -> None:
    if case.state == CaseState.READY:
        raise Conflict("already_accepted", "This case has been accepted already.")
    if missing := cases.missing(case):
        raise Conflict("incomplete", f"This case cannot be accepted: {' and '.join(missing)} missing.")
    if case.state not in ACCEPTABLE:
        raise Conflict("still_importing", "Images of this case are being imported. Look at it again afterwards.")


def check_queries(case: Case) -> None:
    if case.queries.exclude(state=QueryState.CLOSED).exists():
        raise Conflict("query_open", "A question to the centre is not closed. Close it, then accept the case.")


def check_answers(shown: Sheet, answers: Answers) -> None:
    """Raises Refusal with the first question that was not answered with yes."""
    left = [question for question in shown.questions if answers.get(question.name) is not True]
    if left:
        sentence = f"Not answered yet: {left[0].sentence}"
        raise Refusal("unanswered", sentence, unanswered=[question.name for question in left])


def settle(case: Case, decision: Decision, shown: Sheet, *, answers: Answers, reason: str, actor: User) -> Case:
    """Write what was shown, answered and decided, and let the case follow. The case is locked."""
    asked = {question.name for question in shown.questions}
    check = QualityCheck.objects.create(
        case=case,
        decision=decision,
        reason=reason,
        findings=[asdict(finding) for finding in shown.findings],
        answers={name: answer for name, answer in answers.items() if name in asked},
        checked_by=actor,
    )
    before, case.state = {"state": case.state}, STATE_AFTER[decision]
    case.save(update_fields=["state"])
    after = {"state": case.state, "answers": check.answers}
    audit.record(f"case.{decision}", case, actor=actor, study=case.study, before=before, after=after, reason=reason)
    return case
