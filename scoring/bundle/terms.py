"""What an instrument's items and sums are called in eight capital letters, as CDISC data sets want it."""

import re
from typing import Any

from scoring.derived import sums_of
from scoring.dossier import Header, ItemCopy

GRADES = {
    "bme": ("BMEGRD", "BME Grade"),
    "synovitis": ("SYNGRD", "Synovitis Grade"),
    "erosion": ("EROGRD", "Erosion Grade"),
}
DEGENERATION = ("DEGIND", "Degenerative Change Indicator")
LEVEL = re.compile(r"C\d")


def test_of(header: Header, item: ItemCopy) -> tuple[str, str]:
    """MKTESTCD and MKTEST: by the scale of a grade, by the region of a yes or no."""
    region = next(one for one in header.definition["regions"] if one["code"] == item.region)
    if item.kind == "flag":
        known = region["label"].startswith("Degenerative")
        return DEGENERATION if known else (f"{item.region[:5]}IND", f"{region['label']} Indicator"[:40])
    scale = str(region["scale"])
    return GRADES.get(scale, (f"{scale[:3].upper()}GRD", f"{scale.capitalize()} Grade"[:40]))


def location_of(item: ItemCopy) -> str:
    """MKLOC: where the item's label says it is. Not a controlled term: check before a submission."""
    place = re.split(r" (?:at|of) (?:the )?", item.label, maxsplit=1)[-1].upper()
    return f"CERVICAL SPINE {place}" if LEVEL.match(place) else place


def parameters(header: Header) -> dict[str, tuple[str, str]]:
    """PARAMCD and PARAM of every sum, subtotal and presence, by the name the instrument gives it."""
    definition = header.definition
    regions = {one["code"]: one["label"] for one in definition["regions"]}
    rules = {name: rule for name, rule in definition["derived"].items() if "op" in rule}
    found = {
        name: (code_of_sum(header, name), f"{label_of_sum(name, rule)}") for name, rule in sums_of(definition).items()
    }
    found |= {code: (f"SUB{code}"[:8], f"Subtotal: {regions[code]}") for code in definition["derived"]["subtotals"]}
    for name, rule in sorted(rules.items()):
        short = name.partition("_")[0][:3].upper()
        if rule["op"] == "any":
            found[name] = (f"{short}PRES", f"{regions[rule['of']]} present")
        if rule["op"] == "at_least":
            found[name] = (f"{short}PRES", f"{short} present")
            for code in rules[rule["of"]]["of"]:
                found[f"{name}_{code}"] = (f"{short}PR{code}"[:8], f"{short} present: {regions[code]}")
    return found


def code_of_sum(header: Header, name: str) -> str:
    """BMETOT for a total that is of BME alone, ALLTOT for one of several lesions."""
    if name != "total":
        return f"{name[:3].upper()}TOT"
    rules = header.definition["derived"].items()
    of_total = [other for other, rule in rules if "op" in rule and rule["op"] == "at_least" and rule["of"] == "total"]
    return f"{of_total[0][:3].upper()}TOT" if of_total else "ALLTOT"


def label_of_sum(name: str, rule: dict[str, Any]) -> str:
    low, high = rule["range"]
    return f"{rule.get('label', name.replace('_', ' ').capitalize())} score, {low} to {high}"


def evaluator(name: str) -> str:
    """READER 1 of R1, ADJUDICATOR 2 of ADJ2."""
    number = re.sub(r"\D", "", name)
    return f"ADJUDICATOR {number}" if name.startswith("ADJ") else f"READER {number}"
