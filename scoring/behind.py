"""The readings behind a number of the report: what each reader said of each case, and what counts."""

from collections.abc import Callable
from typing import Any

from django.http import Http404

from scoring import charter, derived
from scoring.models import Instrument
from scoring.reliability import material_of
from scoring.report import Material
from studies.models import Study

Value = Callable[[dict[str, Any]], float | None]


def readings(study: Study, what: str) -> dict[str, Any]:
    """Every case and every repeat with the values of `what`: an item, a region, a sum, or something present."""
    instrument, material = charter.in_force(study).instrument, material_of(study)
    label, value = meaning(instrument, what)
    subjects = dict(study.cases.values_list("code", "exam__subject__pseudonym"))
    rows = [*first_rows(material, value), *repeat_rows(material, value)]
    return {"code": what, "label": label, "rows": [{**row, "subject": subjects[row["case"]]} for row in rows]}


def meaning(instrument: Instrument, what: str) -> tuple[str, Value]:
    """What a name stands for, and how its value comes from the answers of a reading or the final scores of a case."""
    definition = instrument.definition
    if item := instrument.items.filter(code=what).first():
        return item.label, lambda answers: answers[what]
    if what in (sums := derived.sums_of(definition)):
        label = derived.label_of_sum(what, sums[what])
        return label, lambda answers: derived.total(definition, answers, name=what)
    if what in definition["derived"]["subtotals"]:
        label = next(one["label"] for one in definition["regions"] if one["code"] == what)
        return label, lambda answers: derived.derive(definition, answers).subtotals[what].value
    if region := next((one for one in definition["regions"] if one["code"] == what), None):
        inside = [f"{what}_{site}" for site in region["sites"]]
        return region["label"], lambda answers: sum_of([answers[code] for code in inside])
    if what in names_of_presence(instrument):
        label = derived.label_of_presence(definition, what)
        return label, lambda answers: as_number(derived.derive(definition, answers).present[what])
    raise Http404


def sum_of(grades: list[float | None]) -> float | None:
    """Over all sites of a region; None where none could be assessed."""
    known = [grade for grade in grades if grade is not None]
    return sum(known) if known else None


def as_number(is_seen: bool | None) -> float | None:
    return None if is_seen is None else float(is_seen)


def names_of_presence(instrument: Instrument) -> set[str]:
    nobody = {item.code: 0 for item in instrument.items.all()}
    return set(derived.derive(instrument.definition, nobody).present)


def first_rows(material: Material, value: Value) -> list[dict[str, Any]]:
    return [
        {
            "case": case.code,
            "readers": list(case.readers),
            "values": [value(dict(read.answers)) for read in case.reads],
            "final": None if case.final is None else value(dict(case.final)),
            "is_repeat": False,
        }
        for case in material.cases
    ]


def repeat_rows(material: Material, value: Value) -> list[dict[str, Any]]:
    """A reader's first and second look at a case, which counts for nothing but their agreement with themselves."""
    return [
        {
            "case": one.case,
            "readers": [one.reader, one.reader],
            "values": [value(dict(one.first)), value(dict(one.again))],
            "final": None,
            "is_repeat": True,
        }
        for one in material.repeats
    ]
