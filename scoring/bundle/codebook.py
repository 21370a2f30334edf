"""The codebook: what every item, grade, reason and column of an export means."""

from collections.abc import Iterator, Sequence

from scoring import derived
from scoring.bundle.sheets import ITEM as ITEM_COLUMN
from scoring.bundle.sheets import Cell, Row, Sheet, text, whole
from scoring.dossier import Header

EMPTY: dict[str, Cell] = {"label": "", "region": "", "site": "", "in_total": 0, "sums": "", "value": "", "meaning": ""}
EMPTY |= {"definition": "", "guidance": ""}
OF_FACTS = ("age_years", "sex", "days_from_baseline", "centre", "vendor", "field_strength_t")


def codebook(header: Header, tables: Sequence[Sheet]) -> Sheet:
    """`kind` says what a row is about: an item (grade, flag), a sum, a reason, a fact, a covariate, or a column."""

    def rows(given: Header) -> Iterator[Row]:
        yield from of_items(given)
        yield from of_sums(given)
        yield from of_reasons(given)
        yield from of_facts(tables)
        yield from of_covariates(given)
        yield from of_columns(tables)

    columns = (
        ITEM_COLUMN, text("label", "In words"), text("region", "Region"), text("site", "Site"),
        text("kind", "What the row is about"), whole("in_total", "Whether it counts in the total"),
        text("sums", "Sums it counts in"), text("value", "A value"), text("meaning", "What the value means"),
        text("definition", "How the value is defined"), text("guidance", "What readers were told"),
    )  # fmt: skip
    return Sheet("codebook", "one value of an item, or one column: what it means", columns, of_study=rows)


def of_items(header: Header) -> Iterator[Row]:
    definition = header.definition
    regions = {region["code"]: region for region in definition["regions"]}
    sums = derived.sums_of(definition)
    for item in header.items:
        region = regions[item.region]
        for grade in definition["scales"][region["scale"]]:
            yield {
                "item": item.code, "label": item.label, "region": item.region, "site": item.site, "kind": item.kind,
                "in_total": int(item.region in sums["total"]["of"]),
                "sums": " ".join(name for name, rule in sums.items() if item.region in rule["of"]),
                "value": grade["value"], "meaning": grade["label"], "definition": grade.get("definition", ""),
                "guidance": region["guidance"],
            }  # fmt: skip


def of_sums(header: Header) -> Iterator[Row]:
    labels = {region["code"]: region["label"] for region in header.definition["regions"]}
    for name, rule in derived.sums_of(header.definition).items():
        low, high = rule["range"]
        parts = "; ".join(labels[code] for code in rule["of"])
        yield about(name, derived.label_of_sum(name, rule), "sum", f"{low} to {high}: {parts}")


def of_reasons(header: Header) -> Iterator[Row]:
    for code, label in header.instrument.reasons.items():
        yield {**about("not_assessable", "Not assessable", "reason", label), "value": code}


def of_facts(tables: Sequence[Sheet]) -> Iterator[Row]:
    facts = next(sheet for sheet in tables if sheet.name == "facts")
    for column in facts.columns:
        if column.name in OF_FACTS:
            yield about(column.name, column.label, "fact", column.label)


def of_covariates(header: Header) -> Iterator[Row]:
    for one in header.covariates:
        yield about(one.name, one.label, "covariate", one.unit or one.kind)


def of_columns(tables: Sequence[Sheet]) -> Iterator[Row]:
    """Each column of each table, `label` naming the file."""
    for sheet in tables:
        for column in sheet.columns:
            yield about(column.name, f"{sheet.name}.csv", "column", column.label)


def about(column: str, label: str, kind: str, meaning: str) -> dict[str, str | int | float | None]:
    """A row for what is no item."""
    return {**EMPTY, "item": column, "label": label, "kind": kind, "meaning": meaning}
