"""Signed readings become a consensus by the charter's rules: what agrees counts, what differs too much is disputed."""

from collections import Counter
from datetime import datetime
from statistics import mean

from django.db import models, transaction
from django.db.models import Q

from readers import audit, jobs
from scoring import derived, slips, telling, triggers
from scoring.drawing import mix_in, open_adjudication
from scoring.models import (
    Charter,
    Consensus,
    ConsensusState,
    FinalScore,
    Item,
    ItemKind,
    Method,
    Reading,
    ReadingState,
    Reopening,
    ReopeningState,
    Score,
    SelfCheck,
    Slip,
)
from scoring.models.readings import ReadingSet
from scoring.rules import Design, Resolution
from scoring.triggers import Question
from studies.models import Case

Answers = dict[int, Score]


@transaction.atomic
def compare(case: Case, *, now: datetime) -> Consensus | None:
    """The consensus of a case once its readings are signed; None before, and while a reader asks for one of them back.

    Safe to call any number of times.
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if existing := Consensus.objects.filter(case=case).first():
        return existing
    readings = list(case.readings.that_count().order_by("pk"))
    if case.study.is_practice or not readings or unfinished(case.readings.that_count()).exists():
        return None
    return settle_or_dispute(case, readings, now=now)


def settle_or_dispute(case: Case, readings: list[Reading], *, now: datetime) -> Consensus:
    charter = readings[0].charter
    said = [{score.item_id: score for score in reading.scores.all()} for reading in readings]
    items = list(charter.instrument.items.all())
    disputed = disputed_items(charter, items, said)
    is_asked_again = bool(disputed) and asks_again(readings)
    state = ConsensusState.CHECKING if is_asked_again else ConsensusState.OPEN
    consensus = Consensus.objects.create(case=case, charter=charter, state=state, compared_at=now)
    final = [final_score(consensus, item, said) for item in items if item not in disputed]
    FinalScore.objects.bulk_create(final)
    outcome = {**Counter(str(score.method) for score in final), "disputed": len(disputed)}
    outcome |= {"slip": slip.finding["kind"]} if (slip := noted_slip(consensus, items, said)) else {}
    outcome |= telling.consensus(consensus)
    audit.record("case.compared", case, actor=None, study=case.study, after=outcome)
    if disputed and not is_asked_again:
        open_adjudication(consensus, readings, disputed)
    elif not disputed:
        settle(consensus, now=now)
        mix_in(consensus, readings, now=now)
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
    """What the charter's triggers put before an adjudicator; nothing where the design has none.

    Where a whole reading is picked, it takes every other difference with it.
    """
    if charter.terms.design is not Design.ADJUDICATED:
        return []
    questions = [Question(item.code, item.region, item.kind == ItemKind.FLAG) for item in items]
    one, other = (grades_of(items, answers) for answers in said)
    codes = triggers.disputed(charter.terms, charter.instrument.definition, questions, one, other)
    if codes and charter.terms.resolution is Resolution.PICK_READING:
        codes = {code for code in one if one[code] != other[code]}
    return [item for item in items if item.code in codes]


def grades_of(items: list[Item], answers: Answers) -> dict[str, int | None]:
    """Grades by item code; None where the reader called the item not assessable."""
    return {item.code: answers[item.pk].grade for item in items}


def noted_slip(consensus: Consensus, items: list[Item], said: list[Answers]) -> Slip | None:
    """That two readings would agree if one were counted a level off, kept for the coordinator alone."""
    if len(said) != 2:
        return None
    one, other = (grades_of(items, answers) for answers in said)
    found = slips.probable_slip(consensus.charter.instrument.definition, one, other)
    if found is None:
        return None
    return Slip.objects.create(consensus=consensus, finding=found.to_json(), found_at=consensus.compared_at)


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


def settle(consensus: Consensus, *, now: datetime) -> None:
    """Every item has its final score: the case is settled. Nobody's act, or an adjudicator would find it in their own
    trail, and not after a sham."""
    consensus.state, consensus.settled_at = ConsensusState.SETTLED, now
    consensus.save(update_fields=["state", "settled_at"])
    study = consensus.its_case.study
    audit.record("case.settled", consensus.its_case, actor=None, study=study, after=telling.consensus(consensus))


def derived_of(consensus: Consensus) -> derived.Derived:
    """Sums and presence of what counts. Where an item is unresolved, its region has no sum, and absence is not told."""
    final = list(consensus.final_scores.select_related("item"))
    return derived.derive(
        consensus.charter.instrument.definition,
        {score.item.code: score.value for score in final},
        unresolved=[score.item.code for score in final if score.method == Method.UNRESOLVED],
    )


def waiting() -> models.QuerySet[Case]:
    """Cases whose readings are all finished and that nobody has compared yet."""
    read = Case.objects.filter(consensus=None, study__is_practice=False, readings__state=ReadingState.SIGNED)
    return read.exclude(pk__in=unfinished(Reading.objects.that_count()).values("case")).distinct()


def unfinished(readings: ReadingSet) -> ReadingSet:
    """Those that are not signed, or that their reader asks for back: what is called wrong is not compared meanwhile."""
    asked = Reopening.objects.filter(state=ReopeningState.ASKED)
    return readings.filter(~Q(state=ReadingState.SIGNED) | Q(pk__in=asked.values("reading")))
