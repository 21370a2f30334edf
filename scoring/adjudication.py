"""The adjudicator's decisions: one disputed item at a time, then signed, and the case has its consensus."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404

from readers import audit, jobs, signatures
from readers.errors import Conflict, Refusal
from readers.models import User
from readers.signatures import Intent
from scoring import catalogue, consensus
from scoring.models import Adjudication, AdjudicationState, Choice, Dispute, FinalScore, Method, Score
from studies.models import Case

MEANING = "I have seen both readings without names and decided each disputed item. These are my decisions."


@transaction.atomic
def decide(
    adjudication: Adjudication,
    *,
    item: str,
    choice: str,
    grade: int | None,
    not_assessable: str,
    reason: str,
    comment: str,
    actor: User,
    now: datetime,
) -> Dispute:
    """Decide one item: the left value, the right value, or another one, with a reason.

    The first decision claims the adjudication; whoever comes second finds nothing here.
    """
    adjudication = Adjudication.objects.select_for_update(no_key=True).get(pk=adjudication.pk)
    claim(adjudication, actor=actor)
    dispute = adjudication.disputes.select_related("item__instrument").filter(item__code=item).first()
    if dispute is None:
        raise Refusal("no_such_dispute", f"Item {item} is not disputed in this case.")
    before = decision_of(dispute)
    dispute.grade, dispute.not_assessable = answer(dispute, choice, grade, not_assessable)
    dispute.choice, dispute.reason, dispute.comment, dispute.decided_at = choice, reason, comment, now
    dispute.save()
    study = adjudication.consensus.its_case.study
    after = {"item": item, **(decision_of(dispute) or {}), "decided_at": now.isoformat()}
    audit.record("dispute.decided", adjudication, actor=actor, study=study, before=before, after=after, reason=reason)
    return dispute


def claim(adjudication: Adjudication, *, actor: User) -> None:
    if adjudication.consensus.superseded_at:  # a reading of the case was opened again in this very moment
        raise Http404
    if adjudication.state == AdjudicationState.SIGNED:
        raise Conflict("signed", "This adjudication is signed and locked.")
    if adjudication.state == AdjudicationState.WAITING:
        adjudication.adjudicator, adjudication.state = actor, AdjudicationState.STARTED
        adjudication.save(update_fields=["adjudicator", "state"])
    if adjudication.adjudicator_id != actor.pk:
        raise Http404


def answer(dispute: Dispute, choice: str, grade: int | None, not_assessable: str) -> tuple[int | None, str]:
    """The value a choice stands for."""
    if choice == Choice.OTHER:
        if grade is None and not not_assessable:
            raise Refusal("no_answer", "Give a grade, or a reason why the item is not assessable.")
        catalogue.check_answer(dispute.item, grade, not_assessable)
        return grade, not_assessable
    left, right = sides(dispute)
    score = left if choice == Choice.LEFT else right
    return score.grade, score.not_assessable


def decision_of(dispute: Dispute) -> dict[str, Any] | None:
    if not dispute.choice:
        return None
    return {name: getattr(dispute, name) for name in ("choice", "grade", "not_assessable", "reason", "comment")}


def sides(dispute: Dispute) -> tuple[Score, Score]:
    """What stands left and what stands right, without whose it is."""
    by_reading = {
        score.reading_id: score
        for score in Score.objects.filter(reading__in=[dispute.left_id, dispute.right_id], item=dispute.item_id)
    }
    return by_reading[dispute.left_id], by_reading[dispute.right_id]


def sign(adjudication: Adjudication, *, password: str, meaning: str, actor: User, now: datetime) -> Adjudication:
    """Sign when every dispute is decided; the case is settled in the same transaction."""
    intent = signatures.intend(actor, password=password, meaning=meaning, expected=MEANING, now=now)
    return lock(adjudication, intent=intent)


@transaction.atomic
def lock(adjudication: Adjudication, *, intent: Intent) -> Adjudication:
    case = Case.objects.select_for_update(no_key=True).get(pk=adjudication.consensus.its_case.pk)
    adjudication = Adjudication.objects.select_for_update(no_key=True, of=["self"]).get(pk=adjudication.pk)
    claim(adjudication, actor=intent.signer)
    disputes = list(adjudication.disputes.select_related("item"))
    if missing := [dispute.item for dispute in disputes if not dispute.choice]:
        named = [{"item": item.code, "label": item.label} for item in missing]
        raise Refusal("incomplete", f"{len(missing)} items are not decided yet.", missing=named)
    adjudication.signature = signatures.write(intent, content(adjudication, disputes))
    adjudication.state = AdjudicationState.SIGNED
    adjudication.save(update_fields=["signature", "state"])
    after = signatures.told(adjudication.signature)
    audit.record("adjudication.signed", adjudication, actor=intent.signer, study=case.study, after=after)
    FinalScore.objects.bulk_create(decided_score(dispute, adjudication) for dispute in disputes)
    consensus.settle(adjudication.consensus, actor=intent.signer, now=intent.at)
    jobs.wake("scoring.tasks.compute_agreement", case.study_id)
    return adjudication


def decided_score(dispute: Dispute, adjudication: Adjudication) -> FinalScore:
    return FinalScore(
        consensus=adjudication.consensus,
        item=dispute.item,
        grade=dispute.grade,
        not_assessable=dispute.not_assessable,
        method=Method.ADJUDICATED,
    )


def content(adjudication: Adjudication, disputes: list[Dispute]) -> dict[str, Any]:
    """Exactly what is signed."""
    return {
        "adjudication": adjudication.code,
        "instrument": adjudication.consensus.charter.instrument.reference,
        "decisions": [{"item": dispute.item.code, **(decision_of(dispute) or {})} for dispute in disputes],
    }
