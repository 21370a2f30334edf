"""Events of what counts: cases compared, disputes opened, decided and signed, cases settled, consensus superseded."""

from dataclasses import replace
from typing import Any

from scoring.dossier import DisputeRecord, FinalRecord
from scoring.dossier.trail import Event
from scoring.replay.readings import signature_of
from scoring.replay.registry import on
from scoring.replay.state import AdjudicationLife, ConsensusLife, Contradiction, State


@on("case.compared")
def compared(state: State, event: Event) -> None:
    case, told = state.case(event.object_key), event.after
    if case.consensus:
        raise Contradiction("the case was compared before")
    standing = [one for one in state.readings.values() if one.case == case.code and one.counts]
    if unsigned := [one.code for one in standing if one.state != "signed"]:
        raise Contradiction(f"reading {unsigned[0]} was not signed before")
    case.consensus = ConsensusLife(
        state=told["state"],
        charter_version=told["charter_version"],
        compared_at=told["compared_at"],
        settled_at=told["settled_at"],
        final=final_of(told["final"]),
    )


def final_of(told: list[dict[str, Any]]) -> dict[str, FinalRecord]:
    return {
        one["item"]: FinalRecord(
            one["item"], one["value"], one["not_assessable"], one["method"], picked=one["picked"]
        )
        for one in told
    }


@on("case.looked_at_again")
@on("case.settled")
def settled(state: State, event: Event) -> None:
    """Everything that counts by now, told as a whole."""
    consensus, told = state.case(event.object_key).standing, event.after
    consensus.state, consensus.settled_at = told["state"], told["settled_at"]
    consensus.final = final_of(told["final"])


@on("adjudication.opened")
def opened(state: State, event: Event) -> None:
    put_before(state, event.object_key, event.after)


@on("sham.drawn")
def mixed_in(state: State, event: Event) -> None:
    put_before(state, event.after["adjudication"], event.after).is_sham = True


def put_before(state: State, code: str, told: dict[str, Any]) -> AdjudicationLife:
    consensus = state.case(told["case"]).standing
    if consensus.adjudication:
        raise Contradiction("the case was put before an adjudicator before")
    disputes = {one["item"]: dispute_between(state, one) for one in told["sides"]}
    consensus.adjudication = AdjudicationLife(code, told["mode"], told["adjudicator"], disputes)
    state.adjudications[code] = consensus.adjudication
    return consensus.adjudication


def dispute_between(state: State, told: dict[str, str]) -> DisputeRecord:
    left, right = (state.reading(told[side]).code for side in ("left", "right"))
    return DisputeRecord(told["item"], left, right)


@on("adjudication.drawn")
def drawn(state: State, event: Event) -> None:
    found = state.adjudication(event.object_key)
    if found.state != "waiting":
        raise Contradiction(f"the adjudication was {found.state} before")
    found.adjudicator = event.after["adjudicator"] or ""


def claimed(state: State, event: Event) -> AdjudicationLife:
    """The adjudication that an event changes, which is the actor's from here on."""
    found = state.adjudication(event.object_key)
    if found.state == "signed":
        raise Contradiction("the adjudication was signed before, and is not changed")
    if found.adjudicator not in ("", event.actor):
        raise Contradiction("somebody else was deciding before")
    found.adjudicator, found.state = event.actor, "started"
    return found


def dispute_of(found: AdjudicationLife, item: str) -> DisputeRecord:
    if item not in found.disputes:
        raise Contradiction(f"item {item} was not disputed")
    return found.disputes[item]


@on("dispute.answered")
def answered_first(state: State, event: Event) -> None:
    found, told = claimed(state, event), event.after
    own = {"own_grade": told["grade"], "own_not_assessable": told["not_assessable"], "own_at": told["own_at"]}
    found.disputes[told["item"]] = replace(dispute_of(found, told["item"]), **own)


@on("dispute.decided")
def decided(state: State, event: Event) -> None:
    found, told = claimed(state, event), event.after
    names = ("choice", "grade", "not_assessable", "reason", "comment", "decided_at")
    found.disputes[told["item"]] = replace(
        dispute_of(found, told["item"]), **{name: told[name] for name in names}
    )


@on("reading.picked")
def picked(state: State, event: Event) -> None:
    """Each item takes the answer of the side that was picked."""
    found, told = claimed(state, event), event.after
    about: dict[str, Any] = {name: told[name] for name in ("choice", "reason", "comment", "decided_at")}
    for item, dispute in found.disputes.items():
        answer = state.reading(getattr(dispute, told["choice"])).answers[item]
        about |= {"grade": answer.grade, "not_assessable": answer.not_assessable}
        found.disputes[item] = replace(dispute, **about)


@on("adjudication.signed")
def signed(state: State, event: Event) -> None:
    found, told = claimed(state, event), event.after
    found.state, found.signature = "signed", signature_of(state.adjudicators[event.actor], told)
    if second := told.get("second"):
        found.second = second
        found.second_signature = signature_of(state.adjudicators[second], told["second_signature"])


@on("consensus.superseded")
def superseded(state: State, event: Event) -> None:
    """It leaves its case for good, with everything below it as it is."""
    case = state.case(event.object_key)
    former = case.standing
    former.superseded_at, case.consensus = event.after["superseded_at"], None
    case.former.append(former)
