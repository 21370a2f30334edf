"""What the clinical tables of a study are about: its instrument's findings and sums, and its covariates. Pure."""

from collections.abc import Sequence
from typing import Protocol

from scoring import derived
from scoring.clinical import Measure, Outline
from scoring.derived import Definition

NUMBER, CATEGORY = "number", "category"
DIAGNOSIS = "diagnosis"  # what the column that groups participants is called


class Known(Protocol):
    """A covariate, as a row or as a record."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def kind(self) -> str: ...


def outline(definition: Definition, known: Sequence[Known]) -> Outline:
    """What the instrument scores, and what is known of participants beside it."""
    rules = {name: rule for name, rule in definition["derived"].items() if "op" in rule}
    # the database does not keep the order of the file's keys: what the total says comes first, then by name
    presences = sorted(name for name, rule in rules.items() if rule["op"] == "at_least")
    presence = min(presences, key=lambda name: rules[name]["of"] != "total")
    degeneration = next((name for name, rule in rules.items() if rule["op"] == "any"), None)
    categories = [measure_of(one) for one in known if one.kind == CATEGORY]
    return Outline(
        presence=finding(definition, presence),
        regions=tuple(finding(definition, f"{presence}_{code}") for code in rules[rules[presence]["of"]]["of"]),
        degeneration=finding(definition, degeneration) if degeneration else None,
        sums=tuple(
            Measure(name_of_sum(name), derived.label_of_sum(name, rule))
            for name, rule in derived.sums_of(definition).items()
        ),
        numbers=tuple(measure_of(one) for one in known if one.kind == NUMBER),
        categories=tuple(categories),
        diagnosis=next((one for one in categories if one.name == DIAGNOSIS), None),
    )


def finding(definition: Definition, name: str) -> Measure:
    return Measure(name, derived.label_of_presence(definition, name))


def name_of_sum(name: str) -> str:
    """What no covariate can be called."""
    return f"sum:{name}"


def measure_of(covariate: Known) -> Measure:
    return Measure(covariate.name, covariate.label, covariate.unit)
