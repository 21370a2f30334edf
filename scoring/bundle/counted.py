"""What follows from grades in a table: the sums of the instrument, its subtotals, and what is present."""

from typing import Any

from scoring import derived
from scoring.bundle.sheets import YES_NO, Column, Row, number, whole
from scoring.derived import Derived
from scoring.dossier import Header, ReadingRecord


def of_reading(header: Header, reading: ReadingRecord) -> Derived:
    return derived.derive(header.definition, reading.grades)


def columns(header: Header) -> tuple[Column, ...]:
    """In the order of the instrument: the total, other sums, subtotals, presence."""
    definition = header.definition
    nobody = derived.derive(definition, {item.code: 0 for item in header.items})
    return (
        *(column for name, rule in derived.sums_of(definition).items() for column in columns_of_sum(name, rule)),
        *(number(f"subtotal_{code}", f"Subtotal: {label}") for code, label in labels_of_subtotals(header).items()),
        *(whole(name, derived.label_of_presence(definition, name), YES_NO) for name in nobody.present),
    )


def columns_of_sum(name: str, rule: dict[str, Any]) -> list[Column]:
    label = derived.label_of_sum(name, rule)
    observed, scored, sites = names_of_sum(name)
    low, high = rule["range"]
    return [
        number(name, f"{label}, {low} to {high}; empty where not computable"),
        number(observed, f"{label}: sum over the sites that were scored"),
        whole(scored, f"{label}: sites scored"),
        whole(sites, f"{label}: sites there are"),
    ]


def names_of_sum(name: str) -> tuple[str, str, str]:
    if name == "total":
        return "observed_sum", "n_scored", "n_sites"
    return f"{name}_observed", f"{name}_n_scored", f"{name}_n_sites"


def labels_of_subtotals(header: Header) -> dict[str, str]:
    """In the order of the form."""
    subtotals = header.definition["derived"]["subtotals"]
    return {one["code"]: one["label"] for one in header.definition["regions"] if one["code"] in subtotals}


def row(values: Derived) -> Row:
    cells: dict[str, float | int | None] = {}
    for name, part in values.sums.items():
        observed, scored, sites = names_of_sum(name)
        cells |= {name: part.value, observed: part.observed, scored: part.n_scored, sites: part.n_sites}
    cells |= {f"subtotal_{region}": part.value for region, part in values.subtotals.items()}
    cells |= {name: None if seen is None else int(seen) for name, seen in values.present.items()}
    return {name: tidy(value) for name, value in cells.items()}


def tidy(value: float | int | None) -> float | int | None:
    """Whole where it is whole: 3, not 3.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
