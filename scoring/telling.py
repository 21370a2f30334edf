"""What the audit trail says of readings, consensus and decisions: enough to make an export of it (replay/)."""

from collections.abc import Iterable
from typing import Any

from scoring.models import Adjudication, Consensus, Dispute, FinalScore, Reading


def reading(one: Reading) -> dict[str, Any]:
    """A reading that is new."""
    return {
        "reading": one.code,
        "case": one.case.code,
        "reader": one.reader.username,
        "position": one.position,
        "part": one.part,
        "charter_version": one.charter.version,
        "asked": one.asked,
    }


def consensus(one: Consensus) -> dict[str, Any]:
    """A consensus as it is now, with everything that counts so far."""
    return {
        "state": str(one.state),
        "charter_version": one.charter.version,
        "compared_at": one.compared_at.isoformat(),
        "settled_at": one.settled_at.isoformat() if one.settled_at else "",
        "final": [final(score) for score in one.final_scores.select_related("item", "picked")],
    }


def final(score: FinalScore) -> dict[str, Any]:
    return {
        "item": score.item.code,
        "value": score.value,
        "not_assessable": score.not_assessable,
        "method": str(score.method),
        "picked": score.picked.code if score.picked else "",
    }


def adjudication(one: Adjudication, disputes: Iterable[Dispute]) -> dict[str, Any]:
    """An adjudication that is new, with what stands left and right."""
    return {
        "case": one.consensus.its_case.code,
        "mode": one.mode,
        "adjudicator": one.adjudicator.username if one.adjudicator else "",
        "sides": [{"item": it.item.code, "left": it.left.code, "right": it.right.code} for it in disputes],
    }
