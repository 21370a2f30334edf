"""Agreement from grades: of each item, of all sites of a region together, and of what is there or not."""

from typing import Any

from scoring import derived
from scoring.report.grades import pairs_of, tables_by_patient, yes_or_no_by_patient
from scoring.report.material import Answers, ItemIn, Material, kind_of
from scoring.report.tables import described

Rows = list[dict[str, Any]]


def items(material: Material) -> Rows:
    """One row an item of the instrument, in the order of the form."""
    return [item_row(material, item) for item in material.items]


def item_row(material: Material, item: ItemIn) -> dict[str, Any]:
    row = row_of(material, item.code, item.label, [item], is_pooled=has_visits(material))
    named = {"region": item.region, "site": item.site, "kind": "flag" if item.is_flag else "grade"}
    return {**row, **named, "place": item.place}


def regions(material: Material) -> Rows:
    """One row a region with more than one site: all its pairs together, intervals by resampling patients."""
    rows = []
    for region in material.definition["regions"]:
        inside = [item for item in material.items if item.region == region["code"]]
        if len(inside) > 1:
            row = row_of(material, region["code"], region["label"], inside, is_pooled=True)
            rows.append({**row, "n_sites": len(inside), "is_scored": bool(region["scored"])})
    return rows


def row_of(material: Material, code: str, label: str, inside: list[ItemIn], *, is_pooled: bool) -> dict[str, Any]:
    by_patient, n_excluded = tables_by_patient(*pairs_of(material), inside)
    is_yes_or_no = inside[0].n_grades == 2
    kind = kind_of(material)
    return described(code, label, by_patient, n_excluded, kind=kind, is_yes_or_no=is_yes_or_no, is_pooled=is_pooled)


def presence(material: Material) -> Rows:
    """One row a thing that is there or not: in the whole patient, then in each region."""
    pairs, patients = pairs_of(material)
    seen = [tuple(present_in(material, answers) for answers in pair) for pair in pairs]
    rows = []
    for name in names_of_presence(material):
        answers = [(one[name], other[name]) for one, other in seen]
        by_patient, n_excluded = yes_or_no_by_patient(answers, patients)
        label = derived.label_of_presence(material.definition, name)
        rows.append(
            described(
                name,
                label,
                by_patient,
                n_excluded,
                kind=kind_of(material),
                is_yes_or_no=True,
                is_pooled=has_visits(material),
            )
        )
    return rows


def present_in(material: Material, answers: Answers) -> dict[str, bool | None]:
    return dict(derived.derive(material.definition, answers).present)


def names_of_presence(material: Material) -> list[str]:
    """Of the whole patient first. The names are the instrument's, whoever was read."""
    nobody = {item.code: 0 for item in material.items}
    names = list(present_in(material, nobody))
    return sorted(names, key=lambda name: name not in material.definition["derived"])


def has_visits(material: Material) -> bool:
    """Whether a patient has more than one case: then not even the pairs of one item are independent."""
    return len({case.patient for case in material.cases}) < len(material.cases)
