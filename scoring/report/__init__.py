"""The reliability report: material in, JSON out. Pure: no Django, no database, tests in milliseconds.

material   who read what, and what counts
grades     the same as arrays, and the tables that each patient adds to
tables     what is said of one table of two readers
sites      agreement from grades: items, regions, presence
totals     agreement of sums
people     pairs, readers against the pool and against themselves, drift
methods    the words for it
"""

from typing import Any

from scoring.partiality import partiality
from scoring.report import people, sites, totals
from scoring.report.material import ItemIn, Kind, Material, Read, ReadCase, Repeat, by_number, kind_of
from scoring.report.methods import design_of, methods

VERSION = "3"  # a new one where the same readings would give another report


def content(material: Material, *, software: str) -> dict[str, Any]:
    """Everything a report says, but for who the readers are.

    software   name and version of the program, which a paper has to name
    """
    rate = people.rate(material)
    return {
        "version": VERSION,
        "design": design_of(material),
        "items": sites.items(material),
        "regions": sites.regions(material),
        "presence": sites.presence(material),
        "sums": totals.sums(material),
        "subtotals": totals.subtotals(material),
        "pairs": people.pairs(material),
        "against_pool": people.against_pool(material),
        "repeats": people.repeats(material),
        "drift": people.drift(material),
        "adjudication_rate": rate and rate.to_json(),
        "partiality": partiality(material.decisions),
        "methods": methods(material, software=software),
    }


__all__ = [
    "VERSION",
    "ItemIn",
    "Kind",
    "Material",
    "Read",
    "ReadCase",
    "Repeat",
    "by_number",
    "content",
    "kind_of",
]
