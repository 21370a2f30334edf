"""Disputed items are put before an adjudicator: who is drawn, what stands left and right, and what is mixed in."""

import secrets
from collections import Counter
from datetime import datetime

from django.db import models, transaction
from django.db.models import Exists, OuterRef

from readers import audit
from readers.models import User
from scoring import telling
from scoring.models import (
    Adjudication,
    AdjudicationState,
    Consensus,
    Dispute,
    Item,
    Reading,
    Sham,
)
from scoring.rules import ANSWERED_FIRST, Design, Resolution
from studies.models import Case, Membership, Role

RANDOM = secrets.SystemRandom()
MOST_ITEMS_OF_A_FIRST_SHAM = 4


def open_adjudication(consensus: Consensus, readings: list[Reading], disputed: list[Item]) -> Adjudication:
    """Put the disputed items before an adjudicator who is drawn, in the charter's mode, which stays.

    readings   the two whose answers stand; which of them is left is drawn item by item, or once for whole readings
    """
    adjudication, disputes = opened(consensus, readings, disputed)
    study = consensus.its_case.study
    after = {"disputes": len(disputes), **telling.adjudication(adjudication, disputes)}
    audit.record("adjudication.opened", adjudication, actor=None, study=study, after=after)
    draw(adjudication)
    return adjudication


def opened(
    consensus: Consensus, readings: list[Reading], items: list[Item]
) -> tuple[Adjudication, list[Dispute]]:
    mode = consensus.charter.terms.resolution
    adjudication = Adjudication.objects.create(consensus=consensus, mode=mode)
    once = RANDOM.sample(readings, k=2)
    disputes = []
    for item in items:
        left, right = once if mode is Resolution.PICK_READING else RANDOM.sample(readings, k=2)
        is_revealed = mode not in ANSWERED_FIRST
        disputes.append(
            Dispute(adjudication=adjudication, item=item, left=left, right=right, is_revealed=is_revealed)
        )
    Dispute.objects.bulk_create(disputes)
    return adjudication, disputes


def draw(adjudication: Adjudication) -> User | None:
    """Give it to one of those who may decide it; to nobody while there is nobody. A change is recorded."""
    case = adjudication.consensus.its_case
    before, drawn = adjudication.adjudicator, lightest(candidates(case), case)
    if drawn == before:
        return drawn
    adjudication.adjudicator = drawn
    adjudication.save(update_fields=["adjudicator"])
    was, now = ({"adjudicator": one.username if one else None} for one in (before, drawn))
    audit.record("adjudication.drawn", adjudication, actor=None, study=case.study, before=was, after=now)
    return drawn


def eligible(case: Case) -> list[User]:
    """The study's adjudicators of today who read nothing of the case."""
    holding = {"memberships__study": case.study_id, "memberships__role": Role.ADJUDICATOR}
    present = User.objects.filter(**holding, memberships__ended_at=None, memberships__is_away=False, is_active=True)
    return list(present.exclude(readings__case=case).order_by("pk"))


def candidates(case: Case) -> list[User]:
    """Those among whom is drawn. Who began to decide the case before it was read again has seen it: only if need be."""
    may = eligible(case)
    before = Adjudication.objects.filter(consensus__former_case=case).exclude(state=AdjudicationState.WAITING)
    seen = set(before.values_list("adjudicator", flat=True)) | set(before.values_list("second", flat=True))
    return [one for one in may if one.pk not in seen] or may


def lightest(people: list[User], case: Case) -> User | None:
    """One of those who have least before them, at random."""
    if not people:
        return None
    todo = Adjudication.objects.filter(consensus__case__study=case.study_id).exclude(state=AdjudicationState.SIGNED)
    held = Counter(todo.values_list("adjudicator", flat=True))
    least = min(held[one.pk] for one in people)
    return RANDOM.choice([one for one in people if held[one.pk] == least])


def undrawn() -> models.QuerySet[Adjudication]:
    """What nobody has begun and nobody who is there today was drawn for."""
    present = Membership.objects.filter(role=Role.ADJUDICATOR, ended_at=None, is_away=False)
    theirs = present.filter(study=OuterRef("consensus__case__study"), user=OuterRef("adjudicator"))
    waiting = Adjudication.objects.filter(state=AdjudicationState.WAITING, consensus__case__isnull=False)
    return waiting.filter(consensus__case__study__locked_at=None).filter(~Exists(theirs))


@transaction.atomic
def draw_again(found: Adjudication) -> None:
    """Draw anew, unless somebody began in the meantime. Safe to call any number of times."""
    still = undrawn().select_for_update(no_key=True, of=("self",)).filter(pk=found.pk).first()
    if still:
        draw(still)


def mix_in(consensus: Consensus, readings: list[Reading], *, now: datetime) -> None:
    """With the charter's probability, put a case without a dispute before an adjudicator as if it had some.

    An adjudicator who knew that every case is disputed would look for what both have overlooked, or doubt what both
    have seen. What is decided there never counts, and is in no number of disputes.
    """
    terms = consensus.charter.terms
    if terms.design is not Design.ADJUDICATED or RANDOM.random() * 100 >= terms.sham_percent:
        return
    items = shammed(consensus, readings)
    if not items or not candidates(consensus.its_case):  # nobody to ask: it would only keep the study from its lock
        return
    adjudication, disputes = opened(consensus, readings, items)
    sham = Sham.objects.create(adjudication=adjudication, drawn_at=now)
    after = {"adjudication": adjudication.code, **telling.adjudication(adjudication, disputes)}
    audit.record("sham.drawn", sham, actor=None, study=consensus.its_case.study, after=after)
    draw(adjudication)


def shammed(consensus: Consensus, readings: list[Reading]) -> list[Item]:
    """As many agreed items as disputes are elsewhere: first those in which both see something, then any others."""
    one, other = ({score.item_id: score.grade for score in reading.scores.all()} for reading in readings)
    items = list(consensus.charter.instrument.items.all())
    agreed = [item for item in items if one[item.pk] is not None and one[item.pk] == other[item.pk]]
    RANDOM.shuffle(agreed)
    agreed.sort(key=lambda item: not one[item.pk])
    return agreed[: usual_size(consensus)]


def usual_size(consensus: Consensus) -> int:
    """The number of disputes of one of the study's adjudications; of none yet, a small one."""
    real = Adjudication.objects.that_count().filter(consensus__case__study=consensus.its_case.study_id)
    sizes = list(real.annotate(size=models.Count("disputes")).values_list("size", flat=True))
    return RANDOM.choice(sizes) if sizes else RANDOM.randint(1, MOST_ITEMS_OF_A_FIRST_SHAM)
