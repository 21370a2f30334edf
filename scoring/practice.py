"""Practice before the study: the reader's grades beside the reference, site by site, until the charter's target.

A practice set is a study of its own (Study.is_practice) whose cases have references. A reader's practice readings
belong to it, so nothing of them can ever meet study data.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from readers import audit
from readers.errors import Conflict
from readers.models import User
from scoring import blinding, charter, telling
from scoring.agreement import CrossTable, cohen_kappa, cross_table
from scoring.agreement.weights import Weights
from scoring.models import (
    Charter,
    ItemKind,
    OperationKind,
    Outcome,
    Qualification,
    Reading,
    ReadingState,
    Reference,
)
from studies import team
from studies.models import Case, CaseState, Membership, Role, Study


@dataclass(frozen=True)
class Standing:
    """How far a reader has come on the practice set of a study.

    kappa    over the graded items of the counted cases, linearly weighted; None while it cannot be computed
    equal    how many of the items graded in the counted cases have the reference's grade, of n_items
    is_open  practice readings are waiting; False: the reader may begin (another) round
    """

    study: Study
    practice_set: str
    n_cases: int
    cases_needed: int
    kappa: float | None
    target: float
    n_equal: int
    n_items: int
    is_open: bool
    is_qualified: bool


def asked_for(study: Study) -> Charter | None:
    """The charter in force, if it wants readers to practise first."""
    found = charter.frozen(study).last()
    return found if found and found.terms.practice_set else None


def is_qualified(study: Study, reader: User, practice_set: str) -> bool:
    reached = Qualification.objects.filter(study=study, reader=reader, practice_set=practice_set)
    return reached.exists()


def closed_studies(reader: User) -> list[int]:
    """The studies whose live cases a reader does not get yet."""
    wanted = asked_of(reader).items()
    return [study.pk for study, rules in wanted if not is_qualified(study, reader, rules.terms.practice_set)]


def standings(reader: User) -> list[Standing]:
    """A line for each study of the reader that wants practice first."""
    return [standing(study, reader, rules) for study, rules in asked_of(reader).items()]


def asked_of(reader: User) -> dict[Study, Charter]:
    """The studies of the reader that want practice first, and the rules that say so."""
    memberships = Membership.objects.filter(user=reader, role=Role.READER, ended_at=None, study__is_practice=False)
    studies = [membership.study for membership in memberships.select_related("study").order_by("pk")]
    return {study: rules for study in studies if (rules := asked_for(study))}


def standing(study: Study, reader: User, rules: Charter) -> Standing:
    terms = rules.terms
    counted = counted_readings(reader, terms.practice_set)[: terms.practice_cases]
    table, equal, n_items = compare(counted)
    qualified = is_qualified(study, reader, terms.practice_set)
    return Standing(
        study=study,
        practice_set=terms.practice_set,
        n_cases=len(counted),
        cases_needed=terms.practice_cases,
        kappa=cohen_kappa(table, weights=Weights.LINEAR).estimate if table is not None else None,
        target=terms.practice_kappa,
        n_equal=equal,
        n_items=n_items,
        is_open=unsigned(reader, terms.practice_set).exists(),
        is_qualified=qualified,
    )


def counted_readings(reader: User, practice_set: str) -> QuerySet[Reading]:
    """Signed practice readings, the latest first."""
    signed = Reading.objects.filter(reader=reader, case__study__code=practice_set, state=ReadingState.SIGNED)
    return signed.order_by("-signature__signed_at", "-pk")


def unsigned(reader: User, practice_set: str) -> QuerySet[Reading]:
    own = Reading.objects.filter(reader=reader, case__study__code=practice_set)
    return own.exclude(state=ReadingState.SIGNED)


def compare(readings: Iterable[Reading]) -> tuple[CrossTable | None, int, int]:
    """The first answers of readings against the reference: (reference, reader) of every graded item of one scale.

    Returns   the pooled table of all graded items; how many items are equal; how many there are
    """
    pairs: list[tuple[int | None, int | None]] = []
    n_grades = equal = n_items = 0
    for reading in readings:
        answers = first_answers(reading)
        for reference in reading.case.references.select_related("item"):
            given = answers.get(reference.item_id)
            equal += given == (reference.grade, bool(reference.not_assessable))
            n_items += 1
            if reference.item.kind == ItemKind.GRADE and given is not None:
                n_grades = max(n_grades, reference.item.n_grades)
                pairs.append((reference.grade, given[0]))
    return (cross_table(pairs, n_grades=n_grades) if pairs else None), equal, n_items


def first_answers(reading: Reading) -> dict[int, tuple[int | None, bool]]:
    """What was answered to each item before the reference was shown: grade, and whether it was not assessable."""
    answers: dict[int, tuple[int | None, bool]] = {}
    given = reading.operations.filter(kind=OperationKind.ANSWER, outcome=Outcome.APPLIED).order_by("pk")
    for item, value in given.values_list("item", "value"):
        if value["grade"] is not None or value["not_assessable"]:
            answers.setdefault(item, (value["grade"], bool(value["not_assessable"])))
    for score in reading.scores.all():
        if score.grade is not None or score.not_assessable:
            answers.setdefault(score.item_id, (score.grade, bool(score.not_assessable)))
    return answers


def feedback(reading: Reading) -> list[dict[str, Any]] | None:
    """The reference beside the first answer, for each item that has been answered; None outside practice."""
    if not reading.case.study.is_practice:
        return None
    answers = first_answers(reading)
    shown = Reference.objects.filter(case=reading.case_id, item__in=answers).select_related("item")
    return [
        {
            "item": reference.item.code,
            "grade": reference.grade,
            "not_assessable": reference.not_assessable,
            "first_grade": answers[reference.item_id][0],
            "is_equal": answers[reference.item_id] == (reference.grade, bool(reference.not_assessable)),
        }
        for reference in shown
    ]


@blinding.acting_as(blinding.ITSELF)  # whoever practises must not see the cases of the set before they are dealt
@transaction.atomic
def begin(study: Study, *, actor: User) -> list[Reading]:
    """A round of practice: every case of the set, in an own random order, for the reader who asks."""
    rules = asked_for(study)
    if rules is None:
        raise Conflict("no_practice", "This study asks for no practice.")
    practice_set = Study.objects.get(code=rules.terms.practice_set)
    if unsigned(actor, practice_set.code).exists():
        raise Conflict("practice_open", "You have practice cases that are not finished. Finish them first.")
    enrol(practice_set, actor)
    cases = list(ready_cases(practice_set))
    secrets.SystemRandom().shuffle(cases)
    held = Reading.objects.filter(reader=actor, case__study=practice_set).count()
    rows = [
        Reading(case=case, reader=actor, charter=charter.in_force(practice_set), position=held + place)
        for place, case in enumerate(cases, start=1)
    ]
    made = Reading.objects.bulk_create(rows)
    audit.record("practice.begun", study, actor=actor, study=study, after={"cases": len(made)})
    dealt = {"reader": actor.username, "readings": [telling.reading(one) for one in made]}
    audit.record("practice.dealt", practice_set, actor=actor, study=practice_set, after=dealt)
    return made


def enrol(practice_set: Study, reader: User) -> None:
    """Who practises is a reader of the practice set, unless they already are."""
    held = Membership.objects.filter(study=practice_set, user=reader)
    if held.exclude(role=Role.READER).exists():
        raise Conflict("knows_the_references", "You have looked after this practice set and know its references.")
    if not held.filter(ended_at=None).exists():
        team.join(practice_set, reader, role=Role.READER, actor=reader)


def ready_cases(practice_set: Study) -> QuerySet[Case]:
    return practice_set.cases.filter(state=CaseState.READY, references__isnull=False).distinct()


def qualify(reading: Reading, *, now: datetime) -> None:
    """After a practice reading is signed: whoever has reached the target of a study of theirs is let in."""
    for one in standings(reading.reader):
        if one.is_qualified or one.study.locked_at or one.practice_set != reading.case.study.code:
            continue
        if one.n_cases < one.cases_needed or one.kappa is None or one.kappa < one.target:
            continue
        rules = charter.in_force(one.study)
        reached = Qualification.objects.create(
            study=one.study,
            reader=reading.reader,
            charter=rules,
            practice_set=one.practice_set,
            n_cases=one.n_cases,
            kappa=one.kappa,
            target=one.target,
            reached_at=now,
        )
        after = {"kappa": reached.kappa, "target": reached.target, "n_cases": reached.n_cases}
        audit.record("reader.qualified", reached, actor=reading.reader, study=one.study, after=after)
