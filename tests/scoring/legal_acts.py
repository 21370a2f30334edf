"""What people may do in a study, one function an act: `act(study, people, n)`, with a number for whatever is chosen.

Each goes through the product's own functions and may be refused by them.
"""

from uuid import UUID

from django.utils import timezone

from scoring import (
    adjudication,
    allocation,
    charter,
    consensus,
    locking,
    problems,
    reassignment,
    reopening,
    sittings,
    submission,
)
from scoring.models import Adjudication, Pin, Problem, Reading, ReadingState
from studies import cases, covariates
from studies.models import CaseState, Subject
from tests import cast, scene

DONE = [ReadingState.SIGNED, ReadingState.WITHDRAWN]
WINDOW = {"centre": [0, 0, 0], "mm_per_pixel": 0.3, "low": 10, "high": 900}
DEVICE = {"browser": "Firefox", "platform": "Linux", "screen": "1920x1080", "renderer": "WebGL", "pixel_ratio": 1.5}


class NothingThere(Exception):
    """There is nothing that the act could be done to."""


def one_of(rows, n):
    found = list(rows)
    if not found:
        raise NothingThere
    return found[n % len(found)]


def all_unsigned(study):
    return Reading.objects.filter(case__study=study).exclude(state__in=DONE)


def unsigned(study, n):
    return one_of(all_unsigned(study).select_related("reader", "charter").order_by("case__pk", "reader__pk", "part"), n)


def signed(study, n):
    return one_of(Reading.objects.filter(case__study=study, state=ReadingState.SIGNED).order_by("case__pk", "pk"), n)


def items(reading):
    return list(reading.charter.instrument.items.all())


def answer(study, people, n):
    reading = unsigned(study, n)
    submission.save(
        reading,
        item=one_of(items(reading), n // 3).code,
        grade=None if n % 5 == 0 else n % 2,
        not_assessable="artefact" if n % 10 == 0 else "",
        actor=reading.reader,
        now=timezone.now(),
    )


def comment(study, people, n):
    reading = unsigned(study, n)
    question = one_of(items(reading), n // 3)
    submission.write_comment(reading, question, text=f"Nr. {n}, é", actor=reading.reader, now=timezone.now())


def pin(study, people, n):
    reading = unsigned(study, n)
    question, place = one_of(items(reading), n % 3), {"series": 1 + n % 2, "slice": n % 3, "point": [n / 7, -2.5, 31]}
    place |= {"view": WINDOW}
    submission.put_pin(
        reading, question, key=UUID(int=n % 4), place=place, actor=reading.reader, now=timezone.now()
    )


def unpin(study, people, n):
    found = one_of(Pin.objects.filter(reading__in=all_unsigned(study), is_removed=False).select_related("item"), n)
    reading = found.reading
    submission.take_pin(reading, found.item, key=found.key, actor=reading.reader, now=timezone.now())


def sit(study, people, n):
    reading = unsigned(study, n)
    told = {"active_ms": 100 * n, "slices": {"1": [n, 0]}, "windows": [], "device": DEVICE}
    sittings.record(reading, desk=UUID(int=n % 2), **told, now=timezone.now())


def sign(study, people, n):
    """What is blank is answered; a first look that differs from the other makes a dispute."""
    reading = unsigned(study, n)
    answered = {score.item_id for score in reading.scores.all() if score.grade is not None or score.not_assessable}
    for item in items(reading):
        if item.pk not in answered:
            grade = n % 2 if item.position == 1 else 0
            submission.save(
                reading, item=item.code, grade=grade, not_assessable="", actor=reading.reader, now=timezone.now()
            )
    scene.sign(reading)


def reopen(study, people, n):
    reading = signed(study, n)
    asked = reopening.ask(reading, reason="Sides are swapped.", actor=reading.reader, now=timezone.now())
    reopening.decide(asked, grant=n % 3 > 0, note="Agreed.", actor=people.dora, now=timezone.now())


def give(study, people, n):
    reading = unsigned(study, n)
    others = study.memberships.filter(role="reader").exclude(user=reading.reader).order_by("pk")
    reassignment.reassign(
        study,
        case=reading.case.code,
        reader=reading.reader.username,
        to=one_of(others, n).user.username,
        reason="Ill.",
        actor=people.dora,
        now=timezone.now(),
    )


def report(study, people, n):
    reading = unsigned(study, n)
    about = {"kind": one_of(["quality", "identity", "coverage"], n), "series": None, "slice": None}
    about |= {"series": 2, "slice": n % 3} if n % 2 else {}
    problems.report(reading, key=UUID(int=n), **about, text="M. Muster", actor=reading.reader, now=timezone.now())


def close(study, people, n):
    found = one_of(Problem.objects.filter(reading__case__study=study).order_by("pk"), n)
    problems.close(found, note="Asked.", actor=people.dora, now=timezone.now())


def compare(study, people, n):
    for case in study.cases.order_by("pk"):
        consensus.compare(case, now=timezone.now())


def open_dispute(study, n):
    return one_of(Adjudication.objects.filter(consensus__case__study=study).exclude(state="signed").order_by("pk"), n)


def decide(study, people, n):
    found = open_dispute(study, n)
    adjudication.decide(
        found,
        item=one_of(found.disputes.select_related("item"), n).item.code,
        choice=one_of(["left", "right", "other"], n),
        grade=n % 2 if n % 3 == 2 else None,
        not_assessable="",
        reason="extent",
        comment="é" * (n % 2),
        actor=people.clara,
        now=timezone.now(),
    )


def decide_all(study, people, n):
    scene.decide_all(open_dispute(study, n), people, choice=one_of(["left", "right"], n))


def describe(study, people, n):
    known = one_of(Subject.objects.filter(study=study).order_by("pk"), n).pseudonym
    table = f"participant,diagnosis,crp [mg/dl]\n{known},RA,{n / 7}\n"
    covariates.enter(study, table=table, actor=people.dora)


def come_in(study, people, n):
    case = scene.make_unchecked(study, f"N-{n}-{study.cases.count()}")
    if n % 2:
        scene.accept(case)


def change(study, people, n):
    """A case that is not allotted: whose it is, or what a series of it is."""
    case = one_of(study.cases.exclude(state=CaseState.ALLOTTED).order_by("pk"), n)
    if n % 2:
        role = one_of(["T1", "STIR", "T2"], n)
        cases.correct_role(one_of(case.exam.series.all(), n // 2), role=role, actor=people.dora)
    else:
        cases.set_subject(case, pseudonym=one_of(["S-01", "S-77", "S-78"], n // 2), actor=people.dora)


def allot(study, people, n):
    allocation.allot(study, actor=people.dora)


def amend(study, people, n):
    cast.amend(study, people, trigger_total=1 + n % 5, repeat_percent=10 * (n % 4), repeat_min_cases=1, subject_gap=0)


def lock(study, people, n):
    locking.lock(study, reason="All is read.", actor=people.dora, now=timezone.now())
    charter.seed_of(study)


ACTS = [
    answer, comment, pin, unpin, sit, sign, sign, reopen, give, report, close, compare, decide, decide_all, describe,
    come_in, change, allot, amend, lock,
]  # fmt: skip
