"""The right answers of a practice set, entered as a table: every item of a case, or nothing of it."""

import csv
import io
from typing import Any

from django.db import transaction

from readers import audit
from readers.errors import Conflict, Refusal
from readers.models import User
from scoring import catalogue, charter
from scoring.models import Item, Reading, Reference
from studies.models import Case, Study

COLUMNS = ("case", "item", "grade")


@transaction.atomic
def enter(practice_set: Study, *, table: str, actor: User) -> int:
    """Take the references of some cases over, replacing what was there. Returns how many cases have some now.

    table   CSV with a header: case (its code, or the participant's pseudonym where it has one case), item, grade; a
            grade that is no number is the code of a reason why the item is not assessable
    Raises  Refusal that names the line, and nothing is taken over
    """
    charter.refuse_if_locked(practice_set)
    if not practice_set.is_practice:
        raise Refusal("no_practice_set", "References belong to a practice set. This is a study.")
    items = {item.code: item for item in charter.in_force(practice_set).instrument.items.all()}
    rows = parsed(practice_set, table, items)
    for case, answers in rows.items():
        if missing := [code for code in items if items[code] not in answers]:
            sentence = f"Case {case.code} has no reference for {missing[0]}; {len(missing)} are missing in all."
            raise Refusal("incomplete", sentence)
        if Reading.objects.filter(case=case).exists():
            raise Conflict("practised", f"Case {case.code} has been practised on: its references stay.")
        Reference.objects.filter(case=case).delete()
        Reference.objects.bulk_create(Reference(case=case, item=item, **answer) for item, answer in answers.items())
    after = {"cases": sorted(case.code for case in rows)}
    audit.record("references.entered", practice_set, actor=actor, study=practice_set, after=after)
    return charter.practice_cases(practice_set)


def summary(practice_set: Study) -> dict[str, Any]:
    """How many cases there are, how many can be practised on, and which ones have references."""
    known = practice_set.cases.filter(references__isnull=False).distinct().order_by("code")
    return {
        "n_cases": practice_set.cases.count(),
        "n_ready": charter.practice_cases(practice_set),
        "cases": list(known.values_list("code", flat=True)),
    }


def parsed(practice_set: Study, table: str, items: dict[str, Item]) -> dict[Case, dict[Item, dict[str, Any]]]:
    lines = csv.DictReader(io.StringIO(table.lstrip("\ufeff")))
    if missing := [name for name in COLUMNS if name not in (lines.fieldnames or [])]:
        raise Refusal("no_column", f"The table has no column {missing[0]}. It needs case, item and grade.")
    cases = named_cases(practice_set)
    found: dict[Case, dict[Item, dict[str, Any]]] = {}
    for number, line in enumerate(lines, start=2):
        case, item = cases.get((line["case"] or "").strip()), items.get((line["item"] or "").strip())
        if case is None or item is None:
            unknown = "case" if case is None else "item"
            raise Refusal("unknown", f"Line {number}: there is no {unknown} {line[unknown]} in this practice set.")
        if item in found.setdefault(case, {}):
            raise Refusal("twice", f"Line {number}: {item.code} of this case is there twice.")
        found[case][item] = answer_in(line["grade"] or "", item, number)
    if not found:
        raise Refusal("empty", "The table has no line.")
    return found


def named_cases(practice_set: Study) -> dict[str, Case]:
    """Cases by code, and by the participant's pseudonym where that says which."""
    cases = list(practice_set.cases.select_related("exam__subject"))
    names = [case.exam.subject.pseudonym for case in cases]
    single = {name: case for name, case in zip(names, cases, strict=True) if names.count(name) == 1}
    return single | {case.code: case for case in cases}


def answer_in(text: str, item: Item, number: int) -> dict[str, Any]:
    text = text.strip()
    grade, reason = (int(text), "") if text.isdecimal() else (None, text)
    try:
        if not text:
            raise Refusal("no_grade", "there is no grade.")
        catalogue.check_answer(item, grade, reason)
    except Refusal as problem:
        raise Refusal("wrong_grade", f"Line {number}: {problem.sentence}") from None
    return {"grade": grade, "not_assessable": reason}
