"""What follows from the grades of one reading or one consensus: totals, subtotals, "BME present". Pure.

Everything is read from the instrument's definition, so another instrument needs no Python. Grades come by item code
(`VB_C4`: region, underscore, site). None is not assessable: it is counted and never taken for 0. An item that is
missing from the mapping is blank, and while one is blank nothing is derived.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

Definition = Mapping[str, Any]
Grades = Mapping[str, float | None]  # whole in a reading; a consensus may have means


class BlankItem(ValueError):
    """A site has neither a grade nor a reason why it has none."""


@dataclass(frozen=True)
class Sum:
    """A sum of grades under the rule for sites that could not be assessed; nothing is imputed.

    observed       the sum over the sites that were assessed
    value          the same, or None: not computable, for too many sites or all of them were not assessable, or one is
                   unresolved
    n_unresolved   sites of a consensus on which nobody decided: whatever they hold, it is not nothing
    """

    observed: float
    n_scored: int
    n_sites: int
    max_not_assessable: int
    n_unresolved: int = 0

    @property
    def is_computable(self) -> bool:
        is_enough = self.n_scored > 0 and self.n_sites - self.n_scored <= self.max_not_assessable
        return is_enough and self.n_unresolved == 0

    @property
    def value(self) -> float | None:
        return self.observed if self.is_computable else None

    @property
    def sentence(self) -> str:
        scored = f"{self.n_scored} of {self.n_sites} scored"
        return scored if self.is_computable else f"not computable: {scored}, observed sum {self.observed}"

    def reaches(self, threshold: int) -> bool | None:
        """What was seen is there, whatever else could not be assessed; only absence needs a computable sum."""
        if self.observed >= threshold:
            return True
        return False if self.is_computable else None


@dataclass(frozen=True)
class Derived:
    """The derived values of one set of grades, by the names the definition gives them.

    sums        "total"
    subtotals   one a region, by the region's code
    present     "bme_present", "degenerative_present", and "bme_present_VB" for each region of a thresholded sum;
                None where presence was not seen and absence cannot be told
    """

    sums: Mapping[str, Sum]
    subtotals: Mapping[str, Sum]
    present: Mapping[str, bool | None]


def derive(definition: Definition, grades: Grades, *, unresolved: Collection[str] = ()) -> Derived:
    """All derived values of an instrument.

    unresolved   items of a consensus that nobody decided; their grade is None
    Raises       BlankItem, or ValueError for a grade that is not on its scale
    """
    added = partial(_sum, definition, grades, unresolved=unresolved)
    rules = {name: rule for name, rule in definition["derived"].items() if "op" in rule}
    present: dict[str, bool | None] = {}
    for name, rule in rules.items():
        if rule["op"] == "any":
            present[name] = added([rule["of"]]).reaches(1)
        if rule["op"] == "at_least":
            regions, threshold = rules[rule["of"]]["of"], rule["threshold"]
            present[name] = added(regions).reaches(threshold)
            for code in regions:
                present[f"{name}_{code}"] = added([code]).reaches(threshold)
    return Derived(
        sums={name: added(rule["of"]) for name, rule in rules.items() if rule["op"] == "sum"},
        subtotals={code: added([code]) for code in definition["derived"]["subtotals"]},
        present=present,
    )


def sums_of(definition: Definition) -> dict[str, dict[str, Any]]:
    """The sums an instrument declares, by name: its `total` first, the others as the form asks for what they add.

    The database does not keep the order of the file's keys, so it is made here.
    """
    places = {region["code"]: place for place, region in enumerate(definition["regions"])}
    sums = [(name, rule) for name, rule in definition["derived"].items() if rule.get("op") == "sum"]
    return dict(sorted(sums, key=lambda one: (one[0] != "total", [places.get(code, 0) for code in one[1]["of"]])))


def label_of_sum(name: str, rule: Mapping[str, Any]) -> str:
    return str(rule.get("label", name.capitalize()))


def label_of_presence(definition: Definition, name: str) -> str:
    """In words: "BME present" of `bme_present`, "BME present: Vertebral bodies" of `bme_present_VB`."""
    labels = {region["code"]: region["label"] for region in definition["regions"]}
    rule = next(one for one in sorted(definition["derived"], key=len, reverse=True) if name.startswith(one))
    if definition["derived"][rule]["op"] == "any":
        return f"{labels[definition['derived'][rule]['of']]} present"
    first, *others = rule.split("_")  # a short first word is an abbreviation
    words = " ".join([first.upper() if len(first) <= 3 else first.capitalize(), *others])
    region = name.removeprefix(rule).removeprefix("_")
    return f"{words}: {labels[region]}" if region else words


def total(definition: Definition, grades: Grades, *, name: str = "total") -> float | None:
    """A sum the instrument declares, its total score unless named; None where it is not computable.

    Only the regions it adds need to be there.
    """
    return _sum(definition, grades, definition["derived"][name]["of"]).value


def _sum(definition: Definition, grades: Grades, regions: Iterable[str], *, unresolved: Collection[str] = ()) -> Sum:
    regions = list(regions)
    given = [grade for code in regions for grade in _grades_of(definition, grades, code)]
    n_unresolved = sum(item.partition("_")[0] in regions for item in unresolved)
    scored = [grade for grade in given if grade is not None]
    limit = definition["derived"]["not_assessable_rule"]["max_sites"]
    return Sum(sum(scored), len(scored), len(given), max_not_assessable=limit, n_unresolved=n_unresolved)


def _grades_of(definition: Definition, grades: Grades, code: str) -> list[float | None]:
    """One grade for each site of the region, checked against the region's scale."""
    region = next(region for region in definition["regions"] if region["code"] == code)
    items = [f"{code}_{site}" for site in region["sites"]]
    blank = [item for item in items if item not in grades]
    if blank:
        raise BlankItem(f"{', '.join(blank)}: neither a grade nor not assessable.")
    highest = max(grade["value"] for grade in definition["scales"][region["scale"]])
    wrong = [item for item in items if (grade := grades[item]) is not None and not 0 <= grade <= highest]
    if wrong:
        raise ValueError(f"{', '.join(wrong)}: not a grade of the scale.")
    return [grades[item] for item in items]
