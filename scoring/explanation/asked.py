"""Which value is meant by a name: an item, a sum, something present, a fact, or a column of a file of an export."""

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.bundle import counted, wide
from scoring.bundle.sheets import Column
from scoring.bundle.wide import COVARIATE
from scoring.derived import derive, sums_of
from scoring.dossier import Header

WHOLE = "reading"  # of a reading, all of it


@dataclass(frozen=True)
class Asked:
    """kind     item, sum, presence, fact, covariate or reading
    name     of the item, of the sum or the region of a subtotal, of what is present, of the column
    column   what a column of a file is called and means, where the name is one
    """

    kind: str
    name: str
    column: Column | None = None


def named(header: Header, what: str) -> Asked | None:
    """What is meant by a name; None if it is none of this study."""
    return every_name(header).get(what)


def every_name(header: Header) -> dict[str, Asked]:
    """Every name that a value can be asked for by, the plainest first."""
    found: dict[str, Asked] = {WHOLE: Asked("reading", WHOLE)}
    for name, one in (*of_items(header), *of_sums(header), *of_presence(header), *of_facts(header)):
        found.setdefault(name, one)
    return found


def of_items(header: Header) -> Iterator[tuple[str, Asked]]:
    for item in header.items:
        yield item.code, Asked("item", item.code)
        for column in wide.item_columns(header, item):
            yield column.name, Asked("item", item.code, column)


def of_sums(header: Header) -> Iterator[tuple[str, Asked]]:
    columns = {column.name: column for column in counted.columns(header)}
    for name in sums_of(header.definition):
        for cell in (name, *counted.names_of_sum(name)):
            yield cell, Asked("sum", name, columns[cell])
    for region in counted.labels_of_subtotals(header):
        yield region, Asked("sum", region)
        yield f"subtotal_{region}", Asked("sum", region, columns[f"subtotal_{region}"])


def of_presence(header: Header) -> Iterator[tuple[str, Asked]]:
    columns = {column.name: column for column in counted.columns(header)}
    for name in derive(header.definition, {item.code: 0 for item in header.items}).present:
        yield name, Asked("presence", name, columns[name])


def of_facts(header: Header) -> Iterator[tuple[str, Asked]]:
    for column in wide.FACTS:
        yield column.name, Asked("fact", column.name, column)
    for prefix in (COVARIATE, ""):
        for one, column in zip(header.covariates, wide.covariate_columns(header, prefix=prefix), strict=True):
            yield column.name, Asked("covariate", one.name, column)
