"""The clinical covariates of a study's participants, entered as a table. Readers never see them.

A table replaces the one before it as a whole; what was entered earlier is kept, and the audit trail says when.
"""

from typing import Any

from django.db import transaction

from readers import audit
from readers.errors import Refusal
from readers.models import User
from readers.signatures import content_sha256
from studies import columns
from studies.columns import Column, Unreadable
from studies.locks import refuse_if_locked
from studies.models import Covariate, CovariateTable, CovariateValue, Study, Subject

Values = dict[str, float | str]


@transaction.atomic
def enter(study: Study, *, table: str, actor: User) -> CovariateTable:
    """Take a table of covariates over, in place of the newest. The same table again is the same version.

    table   CSV: first the column participant with pseudonyms, then one column a covariate (columns.py)
    Raises  Refusal that names line and column, and nothing is taken over
    """
    study = Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    refuse_if_locked(study)
    if study.is_practice:
        raise Refusal("practice_set", "A practice set has no participants of whom anything clinical is asked.")
    known = {subject.pseudonym: subject for subject in participants(study)}
    found = columns_in(table, known)
    before, sha256 = newest(study), content_sha256(content(found))
    if before is not None and before.sha256 == sha256:
        return before
    version = before.version + 1 if before else 1
    made = CovariateTable.objects.create(study=study, version=version, sha256=sha256, entered_by=actor)
    write_columns(made, found, known)
    audit.record(
        "covariates.entered", made, actor=actor, study=study, before=named(before) if before else None, after=told(made)
    )
    return made


def participants(study: Study) -> list[Subject]:
    """Whose images are in the study, by pseudonym."""
    return list(Subject.objects.filter(study=study, exams__isnull=False).distinct().order_by("pseudonym"))


def columns_in(table: str, known: dict[str, Subject]) -> list[Column]:
    try:
        return columns.read(table, participants=known)
    except Unreadable as problem:
        raise Refusal(problem.code, problem.sentence) from None


def content(found: list[Column]) -> list[Any]:
    """What a table says, whatever the order of its lines."""
    return [[one.label, one.unit, one.kind, one.values] for one in found]


def write_columns(made: CovariateTable, found: list[Column], known: dict[str, Subject]) -> None:
    """The columns and their values as rows, two statements for however many there are."""
    rows = Covariate.objects.bulk_create(
        Covariate(table=made, position=place, name=one.name, label=one.label, unit=one.unit, kind=one.kind)
        for place, one in enumerate(found, start=1)
    )
    CovariateValue.objects.bulk_create(
        value_of(row, known[participant], value)
        for row, one in zip(rows, found, strict=True)
        for participant, value in one.values.items()
    )


def value_of(covariate: Covariate, subject: Subject, value: float | str) -> CovariateValue:
    if isinstance(value, str):
        return CovariateValue(covariate=covariate, subject=subject, category=value)
    return CovariateValue(covariate=covariate, subject=subject, number=value)


def told(table: CovariateTable) -> dict[str, Any]:
    """A table as the audit trail has it: the columns, and what is known of each participant, by pseudonym."""
    columns = list(table.covariates.values("name", "label", "unit", "kind"))
    rows = CovariateValue.objects.filter(covariate__table=table).select_related("covariate", "subject")
    values: dict[str, Values] = {}
    for row in rows.order_by("covariate__position", "subject__pseudonym"):
        values.setdefault(row.subject.pseudonym, {})[row.covariate.name] = row.value
    return {**named(table), "columns": columns, "values": values}


def named(table: CovariateTable) -> dict[str, Any]:
    """Which table it is and what it knows, without a value."""
    names = list(table.covariates.values_list("name", flat=True))
    return {"version": table.version, "covariates": names, "sha256": table.sha256}


def newest(study: Study) -> CovariateTable | None:
    return CovariateTable.objects.filter(study=study).select_related("entered_by").last()


def names(study: Study) -> list[str]:
    """What exports call the covariates, in their order."""
    return [one.name for one in known_of(study)[0]]


def known_of(study: Study) -> tuple[list[Covariate], dict[int, Values]]:
    """The covariates of the newest table in their order, and what is known of each subject, by its key and by name."""
    table = newest(study)
    covariates = list(table.covariates.all()) if table else []
    values: dict[int, Values] = {}
    for row in CovariateValue.objects.filter(covariate__in=covariates).select_related("covariate"):
        values.setdefault(row.subject_id, {})[row.covariate.name] = row.value
    return covariates, values


def summary(study: Study) -> dict[str, Any]:
    """The newest table as its coordinator sees it: every participant in it, and who is missing."""
    table, everybody = newest(study), participants(study)
    covariates, values = known_of(study)
    return {
        "version": table.version if table else 0,
        "entered_at": table.entered_at if table else None,
        "entered_by": table.entered_by.full_name if table else None,
        "covariates": [described(one, values) for one in covariates],
        "rows": [
            {"participant": one.pseudonym, "cells": [written(values[one.pk].get(it.name)) for it in covariates]}
            for one in everybody
            if one.pk in values
        ],
        "without": [one.pseudonym for one in everybody if one.pk not in values],
    }


def described(one: Covariate, values: dict[int, Values]) -> dict[str, Any]:
    n = sum(one.name in known for known in values.values())
    return {"name": one.name, "label": one.label, "unit": one.unit, "kind": one.kind, "n": n}


def written(value: float | str | None) -> str:
    """A value as it is written in a table; nothing where it is missing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else format(value, ".12g")
