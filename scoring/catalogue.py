"""Instruments: data files read, checked, and frozen into rows. A scoring system is a file; no Python is touched."""

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from readers.errors import Refusal
from scoring.derived import label_of_sum, sums_of
from scoring.models import Instrument, Item, ItemKind

FOLDER = Path(__file__).parent / "instruments"
PARTS = ("id", "version", "title", "status", "citations", "scales", "not_assessable", "regions", "derived")
PARTS_OF_A_REGION = ("code", "label", "site_label", "scale", "scored", "guidance", "sites")


def load_all() -> list[Instrument]:
    """Every instrument of the folder as rows; those that are there already are left as they are."""
    return [load(path) for path in sorted(FOLDER.glob("*.yaml"))]


@transaction.atomic
def load(path: Path) -> Instrument:
    """One instrument. Raises ImproperlyConfigured if the file of a version that is frozen has been edited."""
    text = path.read_bytes()
    definition = yaml.safe_load(text)
    check(definition, name=path.name)
    sha256 = hashlib.sha256(text).hexdigest()
    instrument, is_new = Instrument.objects.get_or_create(
        key=definition["id"],
        version=definition["version"],
        defaults={
            "title": definition["title"],
            "status": definition["status"],
            "definition": definition,
            "sha256": sha256,
        },
    )
    if is_new:
        Item.objects.bulk_create(items_of(instrument, definition))
    elif instrument.sha256 != sha256:
        raise ImproperlyConfigured(f"{path.name} was changed after its version was frozen: give it a new version.")
    return instrument


def told(instrument: Instrument) -> dict[str, Any]:
    """All of an instrument, as exports and the audit trail have it (dossier.InstrumentCopy)."""
    columns = ("code", "label", "region", "site", "kind", "n_grades")
    return {
        "reference": instrument.reference,
        "title": instrument.title,
        "status": instrument.status,
        "sha256": instrument.sha256,
        "definition": instrument.definition,
        "items": list(instrument.items.order_by("position").values(*columns)),
    }


def items_of(instrument: Instrument, definition: dict[str, Any]) -> list[Item]:
    """The items in reading order: region by region, site by site."""
    items: list[Item] = []
    for region in definition["regions"]:
        scale = definition["scales"][region["scale"]]
        items += [
            Item(
                instrument=instrument,
                code=f"{region['code']}_{code}",
                position=len(items) + place,
                region=region["code"],
                site=site,
                label=f"{region['site_label']} {site}" if len(region["sites"]) > 1 else region["site_label"],
                kind=ItemKind.GRADE if region["scored"] else ItemKind.FLAG,
                n_grades=len(scale),
            )
            for place, (code, site) in enumerate(region["sites"].items(), start=1)
        ]
    return items


def check(definition: dict[str, Any], *, name: str) -> None:
    """A file that could not give a form and totals to be trusted is refused, with its first fault in a sentence."""
    finders = (faults_of_form, faults_of_sums, faults_of_presence)
    if fault := next((fault for find_in in finders for fault in find_in(definition)), None):
        raise ImproperlyConfigured(f"{name}: {fault}")


def faults_of_form(definition: dict[str, Any]) -> Iterator[str]:
    yield from (f"{key} is missing." for key in PARTS if key not in definition)
    for scale, grades in definition["scales"].items():
        if [grade["value"] for grade in grades] != list(range(len(grades))):
            yield f"the grades of the scale {scale} must be 0, 1, 2 and so on."
    for place, region in enumerate(definition["regions"], start=1):
        called = f"the region {region.get('code', place)}"
        yield from (f"{called} says no {key}." for key in PARTS_OF_A_REGION if key not in region)
        if region["scale"] not in definition["scales"]:
            yield f"{called} has the scale {region['scale']}, which is none of scales."
    codes = [region["code"] for region in definition["regions"]]
    yield from (f"two regions are called {code}." for code in codes if codes.count(code) > 1)


def faults_of_sums(definition: dict[str, Any]) -> Iterator[str]:
    """The declared ranges must be what the sites add up to."""
    tops = {
        region["code"]: len(region["sites"]) * max(grade["value"] for grade in definition["scales"][region["scale"]])
        for region in definition["regions"]
    }
    derived, sums = definition["derived"], sums_of(definition)
    needed = ("total", "subtotals", "not_assessable_rule")
    yield from (f"derived says no {key}." for key in needed if key not in derived)
    for code, (low, high) in derived["subtotals"].items():
        if (low, high) != (0, tops.get(code)):
            yield f"the sites of {code} add up to {tops.get(code)}, not to {high}."
    for label, rule in sums.items():
        yield from (f"{label} adds {code}, which is no region." for code in rule["of"] if code not in tops)
        total = sum(tops[code] for code in rule["of"])
        if rule["range"] != [0, total]:
            yield f"the sites of {label} add up to {total}, not to {rule['range'][1]}."


def faults_of_presence(definition: dict[str, Any]) -> Iterator[str]:
    """What is derived beside the sums: "at least so much of a sum", "any in a region"."""
    known = {
        "sum": (),
        "at_least": sums_of(definition),
        "any": [region["code"] for region in definition["regions"]],
    }
    for name, rule in definition["derived"].items():
        if "op" in rule and rule["op"] not in known:
            yield f"{name} is a {rule['op']}: there are {', '.join(known)}."
        if rule.get("op") in ("at_least", "any") and rule["of"] not in known[rule["op"]]:
            yield f"{name} is {rule['op']} of {rule['of']}, which is not declared."


def find(reference: str) -> Instrument | None:
    """The instrument called `key@version`."""
    key, _, version = reference.partition("@")
    return Instrument.objects.filter(key=key, version=version).first()


def describe(instrument: Instrument) -> dict[str, Any]:
    """The instrument as a reading form needs it."""
    definition = instrument.definition
    marrow = definition.get("reference_marrow", "")
    place_of = {region["code"]: region.get("place", region["code"]) for region in definition["regions"]}
    items: dict[str, list[dict[str, str]]] = {}
    for item in instrument.items.all():
        row = {"code": item.code, "site": item.site, "label": item.label, "kind": item.kind}
        row["place"] = f"{place_of[item.region]}:{item.code.removeprefix(f'{item.region}_')}"
        items.setdefault(item.region, []).append(row)
    return {
        "reference": instrument.reference,
        "key": instrument.key,
        "version": instrument.version,
        "title": instrument.title,
        "status": instrument.status,
        "citations": definition["citations"],
        "reference_marrow": marrow,
        "not_assessable_reasons": definition["not_assessable"],
        "sums": [
            {"name": name, "label": label_of_sum(name, rule), "of": rule["of"], "max": rule["range"][1]}
            for name, rule in sums_of(definition).items()
        ],
        "max_not_assessable_sites": definition["derived"]["not_assessable_rule"]["max_sites"],
        "regions": [
            {
                "code": region["code"],
                "label": region["label"],
                "scored": region["scored"],
                "guidance": region["guidance"],
                "reference": region.get("reference", marrow if region["scored"] else ""),
                "max": definition["derived"]["subtotals"].get(region["code"], [0, None])[1],
                "grades": [{"definition": "", **grade} for grade in definition["scales"][region["scale"]]],
                "items": items[region["code"]],
            }
            for region in definition["regions"]
        ],
    }


def describe_part(instrument: Instrument, asked: Collection[str]) -> dict[str, Any]:
    """The instrument as if it asked for these items alone: of a part there is no sum."""
    whole = describe(instrument)
    regions = [
        {**region, "max": None, "items": [item for item in region["items"] if item["code"] in asked]}
        for region in whole["regions"]
    ]
    return {**whole, "sums": [], "regions": [region for region in regions if region["items"]]}


def not_assessable_codes(instrument: Instrument) -> set[str]:
    return {reason["code"] for reason in instrument.definition["not_assessable"]}


def check_answer(item: Item, grade: int | None, not_assessable: str) -> None:
    """Raise unless the answer is one the instrument knows."""
    if grade is not None and not_assessable:
        raise Refusal("two_answers", "An item has a grade or is not assessable, not both.")
    if grade is not None and not 0 <= grade < item.n_grades:
        raise Refusal("no_such_grade", f"{item.label} has the grades 0 to {item.n_grades - 1}.")
    if not_assessable and not_assessable not in not_assessable_codes(item.instrument):
        raise Refusal("no_such_reason", "Choose one of the reasons of the instrument.")
