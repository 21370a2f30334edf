"""Two signed readings become a consensus: what agrees counts, what differs is disputed."""

import secrets
from datetime import datetime

from django.db import models, transaction

from readers import audit, jobs
from scoring.models import (
    Adjudication,
    Consensus,
    ConsensusState,
    Dispute,
    FinalScore,
    Item,
    Method,
    Reading,
    ReadingState,
    Score,
)
from studies.models import Case

READERS_OF_A_CASE = 2
Answers = dict[int, Score]


@transaction.atomic
def compare(case: Case, *, now: datetime) -> Consensus | None:
    """The consensus of a case once both readings are signed; None before. Safe to call any number of times."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if existing := Consensus.objects.filter(case=case).first():
        return existing
    signed = list(case.readings.filter(state=ReadingState.SIGNED).order_by("pk"))
    if len(signed) < READERS_OF_A_CASE:
        return None
    return settle_or_dispute(case, signed, now=now)


def settle_or_dispute(case: Case, readings: list[Reading], *, now: datetime) -> Consensus:
    one, other = ({score.item_id: score for score in reading.scores.all()} for reading in readings)
    charter = readings[0].charter
    items = list(charter.instrument.items.all())
    disputed = [item for item in items if not agree(one[item.pk], other[item.pk])]
    consensus = Consensus.objects.create(case=case, charter=charter, state=ConsensusState.OPEN, compared_at=now)
    FinalScore.objects.bulk_create(
        agreed_score(consensus, one[item.pk], other[item.pk]) for item in items if item not in disputed
    )
    outcome = {"agreed": len(items) - len(disputed), "disputed": len(disputed)}
    audit.record("case.compared", case, actor=None, study=case.study, after=outcome)
    if disputed:
        open_adjudication(consensus, readings, disputed)
    else:
        settle(consensus, now=now)
    jobs.wake("scoring.tasks.compute_agreement", case.study_id)
    return consensus


def agree(one: Score, other: Score) -> bool:
    """The same grade, or not assessable to both (the reasons may differ)."""
    if one.not_assessable or other.not_assessable:
        return bool(one.not_assessable and other.not_assessable)
    return one.grade == other.grade


def agreed_score(consensus: Consensus, one: Score, other: Score) -> FinalScore:
    reasons = sorted({one.not_assessable, other.not_assessable} - {""})
    return FinalScore(
        consensus=consensus,
        item_id=one.item_id,
        grade=one.grade,
        not_assessable=" + ".join(reasons),
        method=Method.AGREED,
    )


def open_adjudication(consensus: Consensus, readings: list[Reading], disputed: list[Item]) -> Adjudication:
    """Put the disputed items before an adjudicator, the two sides shuffled item by item."""
    adjudication = Adjudication.objects.create(consensus=consensus)
    disputes = []
    for item in disputed:
        left, right = secrets.SystemRandom().sample(readings, k=2)
        disputes.append(Dispute(adjudication=adjudication, item=item, left=left, right=right))
    Dispute.objects.bulk_create(disputes)
    study = consensus.case.study
    audit.record("adjudication.opened", adjudication, actor=None, study=study, after={"disputes": len(disputes)})
    return adjudication


def settle(consensus: Consensus, *, now: datetime) -> None:
    """Every item has its final score: the case is settled."""
    consensus.state, consensus.settled_at = ConsensusState.SETTLED, now
    consensus.save(update_fields=["state", "settled_at"])
    audit.record("case.settled", consensus.case, actor=None, study=consensus.case.study)


def waiting() -> models.QuerySet[Case]:
    """Cases whose readings are all signed and that nobody has compared yet."""
    signed = models.Count("readings", filter=models.Q(readings__state=ReadingState.SIGNED))
    return Case.objects.filter(consensus=None).annotate(signed=signed).filter(signed__gte=READERS_OF_A_CASE)
