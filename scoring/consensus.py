"""Signed readings become a consensus by the charter's rules: what agrees counts, what differs too much is disputed."""

import secrets
from collections import Counter
from datetime import datetime
from statistics import mean

from django.db import models, transaction

from readers import audit, jobs
from readers.models import User
from scoring import derived, triggers
from scoring.models import (
    Adjudication,
    Charter,
    Consensus,
    ConsensusState,
    Dispute,
    FinalScore,
    Item,
    ItemKind,
    Method,
    Reading,
    ReadingState,
    Score,
    SelfCheck,
)
from scoring.rules import Design
from scoring.triggers import Question
from studies.models import Case

Answers = dict[int, Score]


@transaction.atomic
def compare(case: Case, *, now: datetime) -> Consensus | None:
    """The consensus of a case once its readings are signed; None before. Safe to call any number of times."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if existing := Consensus.objects.filter(case=case).first():
        return existing
    readings = list(case.readings.that_count().order_by("pk"))
    if case.study.is_practice or not readings or any(one.state != ReadingState.SIGNED for one in readings):
        return None
    return settle_or_dispute(case, readings, now=now)


def settle_or_dispute(case: Case, readings: list[Reading], *, now: datetime) -> Consensus:
    charter = readings[0].charter
    said = [{score.item_id: score for score in reading.scores.all()} for reading in readings]
    items = list(charter.instrument.items.all())
    disputed = disputed_items(charter, items, said)
    consensus = Consensus.objects.create(case=case, charter=charter, state=ConsensusState.OPEN, compared_at=now)
    final = [final_score(consensus, item, said) for item in items if item not in disputed]
    FinalScore.objects.bulk_create(final)
    outcome = {**Counter(str(score.method) for score in final), "disputed": len(disputed)}
    audit.record("case.compared", case, actor=None, study=case.study, after=outcome)
    if disputed and asks_again(readings):
        consensus.state = ConsensusState.CHECKING
        consensus.save(update_fields=["state"])
    elif disputed:
        open_adjudication(consensus, readings, disputed)
    else:
        settle(consensus, actor=None, now=now)
    if (run := readings[0].allocation_id) and charter.terms.self_check:
        jobs.wake("scoring.tasks.hand_out_second_looks", run)
    jobs.wake("scoring.tasks.compute_agreement", case.study_id)
    return consensus


def asks_again(readings: list[Reading]) -> bool:
    """Whether the readers are asked again before anybody else is: by the charter, and once only (second_looks.py)."""
    is_allotted = all(one.allocation_id for one in readings)
    asked = SelfCheck.objects.filter(original__in=readings)
    return readings[0].charter.terms.self_check and is_allotted and not asked.exists()


def disputed_items(charter: Charter, items: list[Item], said: list[Answers]) -> list[Item]:
    """What the charter's triggers put before an adjudicator; nothing where the design has none."""
    if charter.terms.design is not Design.ADJUDICATED:
        return []
    questions = [Question(item.code, item.region, item.kind == ItemKind.FLAG) for item in items]
    one, other = ({item.code: answers[item.pk].grade for item in items} for answers in said)
    codes = triggers.disputed(charter.terms, charter.instrument.definition, questions, one, other)
    return [item for item in items if item.code in codes]


def final_score(consensus: Consensus, item: Item, said: list[Answers]) -> FinalScore:
    """What counts for an item that nobody has to decide, and how it came about."""
    scores = [answers[item.pk] for answers in said]
    grades = [score.grade for score in scores]
    reasons = sorted({score.not_assessable for score in scores} - {""})
    final = FinalScore(consensus=consensus, item=item, method=Method.SINGLE if len(said) == 1 else Method.AGREED)
    if len(set(grades)) == 1:
        final.grade, final.not_assessable = grades[0], " + ".join(reasons)
    elif None in grades or item.kind == ItemKind.FLAG:
        final.method = Method.UNRESOLVED  # no mean of yes and no, nor of a grade and none
    else:
        final.grade, final.method = mean(grade for grade in grades if grade is not None), Method.AVERAGED
    return final


def open_adjudication(consensus: Consensus, readings: list[Reading], disputed: list[Item]) -> Adjudication:
    """Put the disputed items before an adjudicator, the two sides shuffled item by item."""
    adjudication = Adjudication.objects.create(consensus=consensus)
    disputes = []
    for item in disputed:
        left, right = secrets.SystemRandom().sample(readings, k=2)
        disputes.append(Dispute(adjudication=adjudication, item=item, left=left, right=right))
    Dispute.objects.bulk_create(disputes)
    study = consensus.its_case.study
    audit.record("adjudication.opened", adjudication, actor=None, study=study, after={"disputes": len(disputes)})
    return adjudication


def settle(consensus: Consensus, *, actor: User | None, now: datetime) -> None:
    """Every item has its final score: the case is settled, by the adjudicator or by Dens itself."""
    consensus.state, consensus.settled_at = ConsensusState.SETTLED, now
    consensus.save(update_fields=["state", "settled_at"])
    audit.record("case.settled", consensus.its_case, actor=actor, study=consensus.its_case.study)


def derived_of(consensus: Consensus) -> derived.Derived:
    """Sums and presence of what counts. Where an item is unresolved, its region has no sum, and absence is not told."""
    final = list(consensus.final_scores.select_related("item"))
    return derived.derive(
        consensus.charter.instrument.definition,
        {score.item.code: score.value for score in final},
        unresolved=[score.item.code for score in final if score.method == Method.UNRESOLVED],
    )


def waiting() -> models.QuerySet[Case]:
    """Cases whose readings are all signed and that nobody has compared yet."""
    unsigned = Reading.objects.that_count().exclude(state=ReadingState.SIGNED)
    read = Case.objects.filter(consensus=None, study__is_practice=False, readings__state=ReadingState.SIGNED)
    return read.exclude(pk__in=unsigned.values("case")).distinct()
