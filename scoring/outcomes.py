"""What counts once an adjudication is signed: the final scores of its items, by the mode it was decided in."""

from collections.abc import Callable
from datetime import datetime

from readers import jobs
from scoring import blinding, consensus, settling
from scoring.models import Adjudication, Choice, Consensus, Dispute, FinalScore, ItemKind, Method, Score, Sham
from scoring.rules import Resolution
from scoring.settling import Answer, Settled

METHODS = {Resolution.MEDIAN: Method.MEDIAN, Resolution.CLOSEST: Method.CLOSEST, Resolution.JOINT: Method.JOINT}
RULES: dict[str, Callable[..., Settled]] = {
    Resolution.MEDIAN: settling.median_of,
    Resolution.CLOSEST: settling.closest_two_of,
}


@blinding.acting_as(blinding.ITSELF)  # who signs must not find out whether it counted, nor ever what the readings say
def count(adjudication: Adjudication, *, now: datetime) -> None:
    """Write the final scores and settle the case. Of an agreed case that was mixed in, nothing counts."""
    if Sham.objects.filter(adjudication=adjudication).exists():
        return
    settled = Consensus.objects.get(pk=adjudication.consensus_id)
    disputes = adjudication.disputes.select_related("item")
    FinalScore.objects.bulk_create(final_score(dispute, adjudication) for dispute in disputes)
    consensus.settle(settled, now=now)
    jobs.wake("scoring.tasks.compute_agreement", settled.its_case.study_id)


def final_score(dispute: Dispute, adjudication: Adjudication) -> FinalScore:
    mode = Resolution(adjudication.mode)
    final = FinalScore(
        consensus_id=adjudication.consensus_id, item=dispute.item, method=METHODS.get(mode, Method.ADJUDICATED)
    )
    if mode in RULES:
        return of_three(final, dispute, rule=RULES[mode])
    final.grade, final.not_assessable = dispute.grade, dispute.not_assessable
    final.picked_id = {Choice.LEFT: dispute.left_id, Choice.RIGHT: dispute.right_id}.get(Choice(dispute.choice))
    return final


def of_three(final: FinalScore, dispute: Dispute, *, rule: Callable[..., Settled]) -> FinalScore:
    """Both readings and the adjudicator's own answer count alike."""
    scores = Score.objects.filter(reading__in=[dispute.left_id, dispute.right_id], item=dispute.item_id)
    answers = [Answer(score.grade, score.not_assessable) for score in scores]
    answers.append(Answer(dispute.own_grade, dispute.own_not_assessable))
    found = rule(answers, is_flag=dispute.item.kind == ItemKind.FLAG)
    final.grade, final.not_assessable = found.grade, found.not_assessable
    if not found.is_resolved:
        final.method = Method.UNRESOLVED
    return final
