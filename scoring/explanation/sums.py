"""What a sum is added up from, which parts were left out and by which rule; and what follows from it being there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scoring import derived
from scoring.assembling import UNRESOLVED
from scoring.derived import Derived, Sum
from scoring.dossier import CaseRecord, Header, ItemCopy, ReadingRecord
from scoring.explanation import words
from scoring.explanation.asked import Asked
from scoring.explanation.shown import Part


@dataclass(frozen=True)
class Grades:
    """The grades of one reading or of what counts, with the reasons where there is none."""

    values: Mapping[str, float | None]
    reasons: Mapping[str, str]
    unresolved: tuple[str, ...] = ()

    def derived(self, header: Header) -> Derived:
        return derived.derive(header.definition, self.values, unresolved=self.unresolved)


def of_consensus(case: CaseRecord) -> Grades | None:
    """None while the case is not settled."""
    if not case.is_settled:
        return None
    final = case.final.values()
    unresolved = tuple(one.item for one in final if one.method == UNRESOLVED)
    return Grades({one.item: one.value for one in final}, {one.item: one.not_assessable for one in final}, unresolved)


def of_reading(reading: ReadingRecord) -> Grades | None:
    """None while it is not signed, or where it was only asked about some items."""
    if not reading.is_signed or not reading.is_whole:
        return None
    return Grades(reading.grades, {one.item: one.not_assessable for one in reading.answers})


def label_of(header: Header, asked: Asked) -> str:
    definition = header.definition
    if asked.kind == "presence":
        return derived.label_of_presence(definition, asked.name)
    if rule := derived.sums_of(definition).get(asked.name):
        return derived.label_of_sum(asked.name, rule)
    return f"Subtotal: {region_of(header, asked.name)['label']}"


def region_of(header: Header, code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in header.definition["regions"] if one["code"] == code)
    return found


def value_of(header: Header, asked: Asked, grades: Grades | None) -> str:
    """The value of the sum, or of the column of a file that tells more of it."""
    if grades is None:
        return ""
    if asked.kind == "presence":
        return words.yes_or_no(grades.derived(header).present[asked.name])
    one = sum_of(header, asked, grades)
    return words.number(cell_of(one, asked.column.name if asked.column else asked.name))


def cell_of(one: Sum, column: str) -> float | None:
    endings = {"n_scored": one.n_scored, "n_sites": one.n_sites, "observed": one.observed, "observed_sum": one.observed}
    return next((cell for ending, cell in endings.items() if column.endswith(ending)), one.value)


def sum_of(header: Header, asked: Asked, grades: Grades) -> Sum:
    found = grades.derived(header)
    return found.sums.get(asked.name) or found.subtotals[asked.name]


def regions_added(header: Header, asked: Asked) -> list[str]:
    """The regions whose sites a sum, a subtotal or a presence is about."""
    rules: dict[str, Any] = header.definition["derived"]
    if asked.kind == "sum":
        return list(rules[asked.name]["of"]) if asked.name in derived.sums_of(header.definition) else [asked.name]
    name = max((one for one in rules if asked.name.startswith(one)), key=len)
    if rules[name]["op"] == "any":
        return [rules[name]["of"]]
    region = asked.name.removeprefix(name).removeprefix("_")
    return [region] if region else list(rules[rules[name]["of"]]["of"])


def parts_of(header: Header, asked: Asked, grades: Grades | None) -> Iterator[Part]:
    """Every item it is about, in the order of the form."""
    regions = regions_added(header, asked)
    for item in header.items if grades else ():
        if item.region in regions and grades:
            yield part_of(header, item, grades)


def part_of(header: Header, item: ItemCopy, grades: Grades) -> Part:
    value = grades.values.get(item.code)
    if item.code in grades.unresolved:
        return Part(item.code, item.label, "", False, "Nobody decided: whatever it holds, it is not nothing.")
    said = words.answer(header, value, grades.reasons.get(item.code, ""))
    note = "" if value is not None else "Left out; never taken for 0."
    return Part(item.code, item.label, said, value is not None, note)


def counting(header: Header, asked: Asked, grades: Grades | None) -> Iterator[str]:
    """How it was counted, in sentences."""
    if grades is None:
        yield "Sums are made once the case is settled, or the reading signed."
        return
    regions = [region_of(header, code)["label"] for code in regions_added(header, asked)]
    scored = [part for part in parts_of(header, asked, grades) if part.is_added]
    n_parts = sum(1 for _ in parts_of(header, asked, grades))
    if asked.kind == "presence":
        yield from of_presence(header, asked, regions, len(scored), n_parts)
        return
    above = [part.value for part in scored if part.value != "0"]
    added = f"{' + '.join(above)}; the others are 0" if above else "all of them 0"
    yield f"Added over {', '.join(regions)}: {len(scored)} of {n_parts} sites scored, {added}."
    yield from of_missing(header, sum_of(header, asked, grades))


def of_missing(header: Header, one: Sum) -> Iterator[str]:
    n_missing, most = one.n_sites - one.n_scored - one.n_unresolved, one.max_not_assessable
    rule = f"With more than {most} of the sites not assessable it is not computable; nothing is imputed."
    if n_missing > 0:
        yield f"{words.n_of(n_missing, 'site')} not assessable, left out. {rule}"
    if one.n_unresolved:
        yield f"{words.n_of(one.n_unresolved, 'site')} unresolved: there is no sum while nobody has decided."
    if not one.is_computable:
        yield f"Not computable; the observed sum over the scored sites is {words.number(one.observed)}."


def of_presence(header: Header, asked: Asked, regions: list[str], n_scored: int, n_parts: int) -> Iterator[str]:
    rules = header.definition["derived"]
    name = max((one for one in rules if asked.name.startswith(one)), key=len)
    least = rules[name].get("threshold", 1)
    yield f"Yes where the sites of {', '.join(regions)} add up to {least} or more; {n_scored} of {n_parts} scored."
    yield "What was seen is there whatever else could not be assessed; absence needs a sum that is computable."
