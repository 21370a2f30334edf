"""The adjudicator's decisions in the charter's mode: one by one, then signed, and the case has its consensus."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404

from readers import audit, signatures
from readers.errors import Conflict, Gone, Refusal
from readers.models import User
from readers.signatures import Intent
from scoring import catalogue, joint, outcomes
from scoring.models import Adjudication, AdjudicationState, Choice, Dispute, Pin, Score
from scoring.rules import ANSWERED_FIRST, NEVER_SHOWN, Resolution
from studies.models import Case

MEANING = "I have seen both readings without names and decided each disputed item. These are my decisions."
UNSEEN = "I have answered each item without knowing what either reading says. These are my answers."
MEANINGS = {
    Resolution.PICK_ITEM: MEANING,
    Resolution.PICK_READING: "I have seen both readings without names and picked one of them as a whole.",
    Resolution.OWN_FIRST: "I have answered each item before I saw both readings without names, and then decided it. "
    "These are my answers and decisions.",
    Resolution.MEDIAN: UNSEEN,
    Resolution.CLOSEST: UNSEEN,
    Resolution.JOINT: "We have seen both readings without names and decided each disputed item together. "
    "These are our decisions.",
}
READ_AGAIN = "This case is being read again. Nothing is to be decided here any more."
DECISION = ["choice", "grade", "not_assessable", "reason", "comment", "decided_at"]
Value = tuple[int | None, str]  # a grade, or the code of a reason why there is none
OWN = ["own_grade", "own_not_assessable", "own_at", "is_revealed"]


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
    """Decide one item: the left value, the right value, the own one, or another, with a reason.

    The first decision claims the adjudication; whoever comes second finds nothing here.
    """
    adjudication = held(adjudication, actor=actor)
    if adjudication.mode in NEVER_SHOWN | {Resolution.PICK_READING}:
        raise Refusal("not_item_by_item", "In this study, items are not decided one by one. Open the case again.")
    dispute = find_dispute(adjudication, item)
    if not dispute.is_revealed:
        raise Refusal("own_first", "Give your own answer first. Both readings are shown afterwards.")
    before = decision_of(dispute)
    choice, (grade, not_assessable) = chosen(dispute, choice, grade, not_assessable)
    if choice == Choice.OTHER and not adjudication.consensus.charter.terms.may_give_other:
        raise Refusal("given_by_nobody", "Neither reader gave this answer. In this study, take one that was given.")
    dispute.choice, dispute.grade, dispute.not_assessable = choice, grade, not_assessable
    dispute.reason, dispute.comment, dispute.decided_at = reason, comment, now
    dispute.save(update_fields=DECISION)
    study = adjudication.consensus.its_case.study
    after = {"item": item, **(decision_of(dispute) or {}), "decided_at": now.isoformat()}
    audit.record("dispute.decided", adjudication, actor=actor, study=study, before=before, after=after, reason=reason)
    return dispute


@transaction.atomic
def answer_first(
    adjudication: Adjudication, *, item: str, grade: int | None, not_assessable: str, actor: User, now: datetime
) -> Dispute:
    """Answer an item before either reading is shown. Where the charter shows them afterwards, the answer stays."""
    adjudication = held(adjudication, actor=actor)
    if adjudication.mode not in ANSWERED_FIRST:
        raise Refusal("no_own_answer", "In this study, you decide between what the readings say. Open the case again.")
    dispute = find_dispute(adjudication, item)
    if dispute.is_revealed:
        raise Conflict("revealed", "Your own answer to this item stands: the readings have been shown.")
    before = own_answer_of(dispute)
    check_answer(dispute, grade, not_assessable)
    dispute.own_grade, dispute.own_not_assessable, dispute.own_at = grade, not_assessable, now
    dispute.is_revealed = adjudication.mode not in NEVER_SHOWN
    dispute.save(update_fields=OWN)
    after = {"item": item, **(own_answer_of(dispute) or {}), "own_at": now.isoformat()}
    study = adjudication.consensus.its_case.study
    audit.record("dispute.answered", adjudication, actor=actor, study=study, before=before, after=after)
    return dispute


@transaction.atomic
def pick(
    adjudication: Adjudication, *, choice: str, reason: str, comment: str, actor: User, now: datetime
) -> Adjudication:
    """Pick one of the two readings as a whole: each of its items takes that side's answer, for one reason."""
    adjudication = held(adjudication, actor=actor)
    if adjudication.mode != Resolution.PICK_READING:
        raise Refusal("not_as_a_whole", "In this study, no reading is picked as a whole. Open the case again.")
    disputes = list(adjudication.disputes.all())
    before = {"choice": disputes[0].choice} if disputes[0].choice else None  # all of them are decided as one
    for dispute in disputes:
        _, (dispute.grade, dispute.not_assessable) = chosen(dispute, choice, None, "")
        dispute.choice, dispute.reason, dispute.comment, dispute.decided_at = choice, reason, comment, now
        dispute.save(update_fields=DECISION)
    after = {"choice": choice, "reason": reason, "comment": comment, "decided_at": now.isoformat()}
    study = adjudication.consensus.its_case.study
    audit.record("reading.picked", adjudication, actor=actor, study=study, before=before, after=after, reason=reason)
    return adjudication


def held(adjudication: Adjudication, *, actor: User) -> Adjudication:
    """The adjudication as it is now, locked for this transaction, and `actor`'s from here on."""
    found = Adjudication.objects.with_case().select_for_update(no_key=True, of=("self",)).get(pk=adjudication.pk)
    if found.consensus.case_id is None:
        raise Gone("read_again", READ_AGAIN)
    claim(found, actor=actor)
    return found


def claim(adjudication: Adjudication, *, actor: User) -> None:
    if adjudication.state == AdjudicationState.SIGNED:
        raise Conflict("signed", "This adjudication is signed and locked.")
    if adjudication.adjudicator_id not in (None, actor.pk):
        raise Http404
    if adjudication.state == AdjudicationState.WAITING:
        adjudication.adjudicator, adjudication.state = actor, AdjudicationState.STARTED
        adjudication.save(update_fields=["adjudicator", "state"])


def find_dispute(adjudication: Adjudication, item: str) -> Dispute:
    dispute = adjudication.disputes.select_related("item__instrument").filter(item__code=item).first()
    if dispute is None:
        raise Refusal("no_such_dispute", f"Item {item} is not asked in this case.")
    return dispute


def chosen(dispute: Dispute, choice: str, grade: int | None, not_assessable: str) -> tuple[str, Value]:
    """A choice and the value it stands for. A value that was given already is the choice of who gave it."""
    left, right = ((score.grade, score.not_assessable) for score in sides(dispute))
    given: dict[str, Value] = {Choice.LEFT: left, Choice.RIGHT: right}
    if dispute.own_at:
        given[Choice.OWN] = (dispute.own_grade, dispute.own_not_assessable)
    if choice != Choice.OTHER:
        if choice not in given:
            raise Refusal("no_own_answer", "There is no own answer to this item. Take the left or the right one.")
        return choice, given[choice]
    check_answer(dispute, grade, not_assessable)
    same = (one for one, value in given.items() if value == (grade, not_assessable))
    return next(same, choice), (grade, not_assessable)


def check_answer(dispute: Dispute, grade: int | None, not_assessable: str) -> None:
    if grade is None and not not_assessable:
        raise Refusal("no_answer", "Give a grade, or a reason why the item is not assessable.")
    catalogue.check_answer(dispute.item, grade, not_assessable)


def decision_of(dispute: Dispute) -> dict[str, Any] | None:
    if not dispute.choice:
        return None
    return {name: getattr(dispute, name) for name in ("choice", "grade", "not_assessable", "reason", "comment")}


def own_answer_of(dispute: Dispute) -> dict[str, Any] | None:
    if not dispute.own_at:
        return None
    return {"grade": dispute.own_grade, "not_assessable": dispute.own_not_assessable}


def sides(dispute: Dispute) -> tuple[Score, Score]:
    """What stands left and what stands right, without whose it is."""
    by_reading = {
        score.reading_id: score
        for score in Score.objects.filter(reading__in=[dispute.left_id, dispute.right_id], item=dispute.item_id)
    }
    return by_reading[dispute.left_id], by_reading[dispute.right_id]


def pins_of(dispute: Dispute) -> tuple[list[Pin], list[Pin]]:
    """Where in the images each side saw it: no comment, no name, no time."""
    places = Pin.objects.filter(reading__in=[dispute.left_id, dispute.right_id], item=dispute.item_id)
    known = list(places.filter(is_removed=False).only("reading_id", "series", "slice", "point", "view").order_by("pk"))
    left, right = ([pin for pin in known if pin.reading_id == side] for side in (dispute.left_id, dispute.right_id))
    return left, right


def sign(
    adjudication: Adjudication,
    *,
    password: str,
    meaning: str,
    actor: User,
    now: datetime,
    second_username: str = "",
    second_password: str = "",
) -> Adjudication:
    """Sign when everything is decided; the case is settled in the same transaction. A joint read takes two people."""
    expected = MEANINGS[Resolution(adjudication.mode)]
    intent = signatures.intend(actor, password=password, meaning=meaning, expected=expected, now=now)
    second = None
    if adjudication.mode == Resolution.JOINT:
        second = joint.intend(adjudication, first=intent, username=second_username, password=second_password)
    return lock(adjudication, intent=intent, second=second)


@transaction.atomic
def lock(adjudication: Adjudication, *, intent: Intent, second: Intent | None = None) -> Adjudication:
    """The signature itself, or both. The case is locked first, as for every signature that may settle it."""
    Case.objects.select_for_update(no_key=True, of=("self",)).filter(consensus=adjudication.consensus_id).first()
    adjudication = held(adjudication, actor=intent.signer)
    disputes = list(adjudication.disputes.select_related("item"))
    refuse_if_undecided(adjudication, disputes)
    signed = content(adjudication, disputes, [one.signer.full_name for one in (intent, second) if one])
    adjudication.signature = signatures.write(intent, signed)
    if second:
        adjudication.second, adjudication.second_signature = second.signer, joint.write(second, signed)
    adjudication.state = AdjudicationState.SIGNED
    adjudication.save(update_fields=["signature", "state", "second", "second_signature"])
    after: dict[str, Any] = signatures.told(adjudication.signature)
    if second and adjudication.second_signature:
        after |= {"second": second.signer.username, "second_signature": signatures.told(adjudication.second_signature)}
    study = adjudication.consensus.its_case.study
    audit.record("adjudication.signed", adjudication, actor=intent.signer, study=study, after=after)
    outcomes.count(adjudication, now=intent.at)
    return adjudication


def refuse_if_undecided(adjudication: Adjudication, disputes: list[Dispute]) -> None:
    if missing := [dispute.item for dispute in disputes if not is_done(dispute, adjudication.mode)]:
        named = [{"item": item.code, "label": item.label} for item in missing]
        raise Refusal("incomplete", f"{len(missing)} items are not decided yet.", missing=named)


def is_done(dispute: Dispute, mode: str) -> bool:
    return bool(dispute.own_at) if mode in NEVER_SHOWN else bool(dispute.choice)


def content(adjudication: Adjudication, disputes: list[Dispute], names: list[str]) -> dict[str, Any]:
    """Exactly what is signed."""
    return {
        "adjudication": adjudication.code,
        "instrument": adjudication.consensus.charter.instrument.reference,
        "mode": adjudication.mode,
        "decided_by": names,
        "decisions": [
            {"item": dispute.item.code, "own_answer": own_answer_of(dispute), **(decision_of(dispute) or {})}
            for dispute in disputes
        ],
    }
