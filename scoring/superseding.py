"""What becomes of a consensus when a reading of its case is opened again: it leaves its case, and stays as it is."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Q

from readers import audit, jobs
from readers.models import User
from scoring import charter
from scoring.models import Adjudication, Consensus, Export, Reading, Reopening, SelfCheck
from studies.locks import LOCKED
from studies.models import Case

COMPARED = (
    "The two readings of this case have been compared, and by the charter this one then stays as it was signed. "
    "Decline the request, and write down why."
)
ASKED_AGAIN = (
    "Readers have been asked again about this case, on the strength of both readings, so this one stays as it was "
    "signed. Decline the request, and write down why."
)
REPEATED = (
    "This reading is a hidden repeat: it measures what its reader says a second time, so once its case was compared it "
    "stays as it was signed. Decline the request, and write down why."
)


def why_not(reading: Reading) -> str | None:
    """Why a signed reading cannot be opened again, in a sentence for who decides; None when it can."""
    case = reading.case
    if case.study.locked_at:
        return LOCKED
    if SelfCheck.objects.filter(reading__case=case).exists():
        return ASKED_AGAIN
    if not Consensus.objects.filter(case=case).exists():
        return None
    if not counts(reading):
        return REPEATED
    return None if charter.in_force(case.study).terms.reopens_compared else COMPARED


def counts(reading: Reading) -> bool:
    """Whether a consensus is built on it."""
    return Reading.objects.that_count().filter(pk=reading.pk).exists()


def would_supersede(reading: Reading) -> bool:
    """Whether its case was compared, so that opening it again takes the consensus away."""
    return Consensus.objects.filter(case=reading.case_id).exists() and counts(reading)


def supersede(case: Case, reopening: Reopening, *, actor: User, now: datetime) -> Consensus | None:
    """Take the consensus off its case, with everything below it as it is. None if there is none yet.

    The case is locked by whoever calls. An adjudication that is not signed has left the queue by this; it is held here,
    so that no decision is written into it in this very moment.
    """
    consensus = Consensus.objects.select_for_update(no_key=True).filter(case=case).first()
    if consensus is None:
        return None
    Adjudication.objects.select_for_update(no_key=True).filter(consensus=consensus).first()
    consensus.case, consensus.former_case = None, case
    consensus.superseded_at, consensus.superseded_by = now, reopening
    consensus.save(update_fields=["case", "former_case", "superseded_at", "superseded_by"])
    before = {"state": consensus.state, "methods": methods_of(consensus)}
    after = {"reopening": reopening.code, "version": len(versions(case)), "deviation": True}
    after["superseded_at"] = now.isoformat()
    study, why = case.study, reopening.note
    audit.record("consensus.superseded", case, actor=actor, study=study, before=before, after=after, reason=why)
    jobs.wake("scoring.tasks.compute_agreement", case.study_id)
    return consensus


def versions(case: Case) -> list[Consensus]:
    """Every consensus a case has had, the oldest first."""
    found = Consensus.objects.filter(Q(case=case) | Q(former_case=case)).order_by("pk")
    return list(found.select_related("superseded_by__decided_by").prefetch_related("final_scores"))


def history(case: Case) -> list[dict[str, Any]]:
    """Each version with when, why it went, and how its items came about: counts, never a value."""
    return [
        {
            "number": number,
            "state": one.state,
            "compared_at": one.compared_at,
            "settled_at": one.settled_at,
            "superseded_at": one.superseded_at,
            "superseded_by": one.superseded_by.decided_by if one.superseded_by else None,
            "why": one.superseded_by.note if one.superseded_by else "",
            "methods": [{"method": method, "n": n} for method, n in sorted(methods_of(one).items())],
        }
        for number, one in enumerate(versions(case), start=1)
    ]


def methods_of(consensus: Consensus) -> dict[str, int]:
    return dict(Counter(str(score.method) for score in consensus.final_scores.all()))


def n_superseded_since(export: Export) -> int:
    """How many cases had a consensus when an export was made, that was superseded afterwards."""
    if export.ready_at is None:
        return 0
    gone = Consensus.objects.filter(former_case__study=export.study_id, superseded_at__gt=export.ready_at)
    return gone.filter(compared_at__lte=export.ready_at).values("former_case").distinct().count()
