"""The blind self-check: both readers look again at some items of every compared case, before anybody else is asked.

    all of a run is read and compared --> handed out: a second look for each reader and case, disputed or not
    both second looks of a case are signed --> slips are settled, everything else goes to the adjudicator

One batch for all cases of a run, once every reading of it is signed: so its coming says that everybody has finished,
and nothing of any case. What is asked and why each is drawn in looks.py. First answers stay first answers: a second
look is never counted as a reading of its own (Reading.that_count), and both values are kept.
"""

import secrets
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from readers import audit, jobs
from scoring import looks, second_answers, telling
from scoring.looks import FirstLook
from scoring.models import Allocation, Consensus, ConsensusState, Reading, ReadingState, SelfCheck
from studies.models import Case, Membership, Role, Study

AFTER_ALL_ELSE = 3  # the part of a run that second looks are; repeats and what is held back for them are the second


@dataclass(frozen=True)
class Asked:
    """That a reader is asked again: their first reading of the case, what it says, and the items."""

    original: Reading
    look: FirstLook
    items: list[str]


@transaction.atomic
def hand_out(run: Allocation, *, now: datetime) -> list[Reading]:
    """The second looks of a run, once all of it is read and compared. Safe to call any number of times."""
    cases = Case.objects.filter(pk__in=run.readings.values("case"))
    held = list(cases.select_for_update(no_key=True, of=["self"]).select_related("study").order_by("pk"))
    if not due().filter(pk=run.pk).exists():
        return []
    asked = drawn_for(run)
    secrets.SystemRandom().shuffle(asked)
    made = Reading.objects.bulk_create(rows(run, asked))
    for one, reading in zip(asked, made, strict=True):
        SelfCheck.objects.create(reading=reading, original=one.original, disputed=list(one.look.disputed))
    if made:
        told = [
            {**telling.reading(reading), "original": one.original.code, "disputed": list(one.look.disputed)}
            for one, reading in zip(asked, made, strict=True)
        ]
        after = {"readings": len(made), "cases": len({one.case_id for one in made}), "looks": told}
        audit.record("second_looks.handed_out", run, actor=None, study=run.study, after=after)
    for case in held:
        settle_unless_asked(case, now=now)
    return made


def due() -> QuerySet[Allocation]:
    """Runs of which everything is read and compared, and of which some case has not been looked at again."""
    unread = first_half().exclude(state__in=second_answers.IN)
    uncompared = first_half().filter(case__consensus=None)
    left = first_half().filter(case__consensus__state=ConsensusState.CHECKING).exclude(case__in=looked_at_again())
    runs = Allocation.objects.filter(charter__rules__self_check=True, study__locked_at=None)
    done = runs.exclude(pk__in=unread.values("allocation")).exclude(pk__in=uncompared.values("allocation"))
    return done.filter(Q(pk__in=not_asked_again().values("allocation")) | Q(pk__in=left.values("allocation")))


def first_half() -> QuerySet[Reading]:
    """Everything but second looks; repeats are among it, or one that is not signed yet would show itself as one."""
    return Reading.objects.filter(allocation__isnull=False, self_check=None)


def not_asked_again() -> QuerySet[Reading]:
    """Readings that count, of cases of which nobody has been asked again, and whose reader can be asked."""
    return Reading.objects.that_count().exclude(case__in=looked_at_again()).filter(is_there())


def looked_at_again() -> QuerySet[Case]:
    return Case.objects.filter(readings__self_checked_as__isnull=False)


def is_there() -> Exists:
    """Whether the reader of a reading still reads in the study."""
    held = Membership.objects.filter(role=Role.READER, ended_at=None, user__is_active=True)
    return Exists(held.filter(user=OuterRef("reader"), study=OuterRef("case__study")))


def drawn_for(run: Allocation) -> list[Asked]:
    """Who is asked again for what, in the whole run."""
    rng, n_items = secrets.SystemRandom(), run.charter.instrument.items.count()
    originals = list(not_asked_again().filter(allocation=run).prefetch_related("scores__item"))
    disputes = second_answers.disputed_of({one.case_id for one in originals})
    cases = sorted(disputes)
    sizes = looks.sizes([len(disputes[one]) for one in cases], n_items=n_items, rng=rng)
    size_of = dict(zip(cases, sizes, strict=True))
    own: dict[int, list[Reading]] = defaultdict(list)
    for reading in originals:
        own[reading.reader_id].append(reading)
    found: list[Asked] = []
    for readings in own.values():
        said = [FirstLook(second_answers.grades(one.scores.all()), disputes[one.case_id]) for one in readings]
        items = looks.draw(said, [size_of[one.case_id] for one in readings], rng=rng)
        found += map(Asked, readings, said, items)
    return found


def rows(run: Allocation, asked: list[Asked]) -> list[Reading]:
    """The readings to be made, each reader's in the order given, after everything else that they hold."""
    made: list[Reading] = []
    last = last_positions(run.study)
    for one in asked:
        first = one.original
        last[first.reader_id] += 1
        made.append(
            Reading(
                case_id=first.case_id,
                reader_id=first.reader_id,
                charter_id=first.charter_id,
                allocation=run,
                position=last[first.reader_id],
                part=AFTER_ALL_ELSE,
                asked=one.items,
            )
        )
    return made


def last_positions(study: Study) -> Counter[int]:
    """By reader, the last place in their order."""
    held = Reading.objects.filter(case__study=study).values_list("reader").annotate(last=Max("position"))
    return Counter(dict(held))


def settle_unless_asked(case: Case, *, now: datetime) -> None:
    """Where neither reader of a disputed case is there any more, nobody can be asked: the adjudicator decides."""
    found = Consensus.objects.filter(case=case, state=ConsensusState.CHECKING).first()
    if found and not SelfCheck.objects.filter(original__case=case).exists():
        second_answers.conclude(found, now=now)


@transaction.atomic
def withdraw(reading: Reading) -> None:
    """Take back the second look of somebody who left before they began it: their first answers stand."""
    case = Case.objects.select_for_update(no_key=True).select_related("study").get(pk=reading.case_id)
    if not left_behind().filter(pk=reading.pk).exists():
        return
    Reading.objects.filter(pk=reading.pk).update(state=ReadingState.WITHDRAWN)
    audit.record("second_look.withdrawn", reading, actor=None, study=case.study)
    jobs.wake("scoring.tasks.evaluate_second_looks", case.pk)


def left_behind() -> QuerySet[Reading]:
    """Second looks that nobody will begin, because their reader reads in the study no more."""
    unbegun = Reading.objects.filter(self_check__isnull=False, state=ReadingState.ASSIGNED, case__study__locked_at=None)
    return unbegun.exclude(is_there())
