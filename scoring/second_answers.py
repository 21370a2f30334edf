"""What second looks come to: a slip is settled, everything else goes to the adjudicator; both answers are kept."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from readers import audit, jobs
from scoring import consensus, looks, telling
from scoring.looks import Verdict
from scoring.models import (
    Consensus,
    ConsensusState,
    Item,
    ItemKind,
    Method,
    Reading,
    ReadingState,
    Score,
    SelfCheck,
)
from scoring.triggers import Question
from studies.models import Case

IN = (ReadingState.SIGNED, ReadingState.WITHDRAWN)


@transaction.atomic
def evaluate(case: Case, *, now: datetime) -> Consensus | None:
    """What the second looks of a case come to, once all are signed; None before. Safe to call any number of times."""
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    found = Consensus.objects.filter(case=case, state=ConsensusState.CHECKING).first()
    return conclude(found, now=now) if found and are_in(case) else None


def are_in(case: Case) -> bool:
    """Whether the case was looked at again and nothing of it is outstanding."""
    states = set(SelfCheck.objects.filter(original__case=case).values_list("reading__state", flat=True))
    return bool(states) and states <= set(IN)


def waiting() -> QuerySet[Case]:
    """Cases whose second looks are all in and that nobody has evaluated yet."""
    asked = SelfCheck.objects.all()
    out = asked.exclude(reading__state__in=IN)
    checking = Case.objects.filter(consensus__state=ConsensusState.CHECKING, pk__in=asked.values("original__case"))
    return checking.exclude(pk__in=out.values("original__case"))


def conclude(found: Consensus, *, now: datetime) -> Consensus:
    """Settle the slips; what is still disputed goes to the adjudicator, with the answers that stand now."""
    case = found.its_case
    pair = Pair(case)
    verdicts = pair.verdicts(disputed_of([case.pk])[case.pk])
    items = [item for item in pair.items if item.code in verdicts]
    for item in items:
        if verdicts[item.code] is Verdict.SLIP:
            settle_slip(found, item, pair.standing(verdicts))
    found.state = ConsensusState.OPEN
    found.save(update_fields=["state"])
    after = {**Counter(str(one) for one in verdicts.values()), **telling.consensus(found)}
    audit.record("case.looked_at_again", case, actor=None, study=case.study, after=after)
    if still := [item for item in items if verdicts[item.code] is not Verdict.SLIP]:
        consensus.open_adjudication(found, pair.latest, still)
    else:
        consensus.settle(found, now=now)
    jobs.wake("scoring.tasks.compute_agreement", case.study_id)
    return found


def settle_slip(found: Consensus, item: Item, said: list[consensus.Answers]) -> None:
    final = consensus.final_score(found, item, said)
    if final.method == Method.AGREED:
        final.method = Method.SELF_CHECKED
    final.save()


class Pair:
    """The two readings of a case that count, each with its second look if that is signed."""

    def __init__(self, case: Case) -> None:
        related = case.readings.that_count().select_related("charter__instrument").order_by("pk")
        self.firsts = list(related.prefetch_related("scores__item"))
        signed = Reading.objects.filter(self_check__original__in=self.firsts, state=ReadingState.SIGNED)
        seconds = signed.select_related("self_check").prefetch_related("scores__item")
        again = {one.self_check.original_id: one for one in seconds}
        self.again = [again.get(first.pk) for first in self.firsts]
        self.charter = self.firsts[0].charter
        self.items = list(self.charter.instrument.items.all())

    @property
    def latest(self) -> list[Reading]:
        """Of each reader the reading that says what they say now of a disputed item."""
        return [second or first for first, second in zip(self.firsts, self.again, strict=True)]

    def verdicts(self, disputed: Iterable[str]) -> dict[str, Verdict]:
        questions = [Question(item.code, item.region, item.kind == ItemKind.FLAG) for item in self.items]
        one, other = (grades(first.scores.all()) for first in self.firsts)
        again, and_other = (grades(second.scores.all()) if second else {} for second in self.again)
        definition = self.charter.instrument.definition
        return looks.classify(
            self.charter.terms, definition, questions, set(disputed), (one, other), (again, and_other)
        )

    def standing(self, disputed: Iterable[str]) -> list[consensus.Answers]:
        """The score that stands for each item, of each reader."""
        codes = set(disputed)
        said = []
        for first, second in zip(self.firsts, self.again, strict=True):
            later = [score for score in second.scores.all() if score.item.code in codes] if second else []
            said.append({score.item_id: score for score in (*first.scores.all(), *later)})
        return said


@dataclass(frozen=True)
class SecondAnswer:
    """What one reader said of one item, and again; the verdict is on the item, so the same for both readers."""

    reading: Reading
    original: Reading
    item: Item
    first: Score
    second: Score
    verdict: Verdict


def outcomes(case: Case) -> list[SecondAnswer]:
    """Both answers of every reader to every item that was asked again, once all second looks of the case are in."""
    if not are_in(case):
        return []
    pair = Pair(case)
    disputed = {code for one in SelfCheck.objects.filter(original__case=case) for code in one.disputed}
    verdicts = pair.verdicts(disputed)
    found = []
    for first, second in zip(pair.firsts, pair.again, strict=True):
        if second is None:
            continue
        before = {score.item_id: score for score in first.scores.all()}
        for score in second.scores.all():
            verdict = verdicts.get(score.item.code, Verdict.UNDISPUTED)
            found.append(SecondAnswer(second, first, score.item, before[score.item_id], score, verdict))
    return found


def disputed_of(cases: Iterable[int]) -> dict[int, list[str]]:
    """By case, the codes of the items on which its two readings differ: those that have no final score yet."""
    found: dict[int, list[str]] = {case: [] for case in cases}
    for row in Consensus.objects.filter(case__in=found, state=ConsensusState.CHECKING):
        left = row.charter.instrument.items.exclude(pk__in=row.final_scores.values("item"))
        found[row.its_case.pk] = list(left.values_list("code", flat=True))
    return found


def grades(scores: Iterable[Score]) -> dict[str, int | None]:
    """Grades by item code; None where it was not assessable."""
    return {score.item.code: score.grade for score in scores}
