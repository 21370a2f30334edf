"""What came out of the cohort, as text: the published tables, agreement, and what each trigger would send on."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scoring import derived, reliability, triggers
from scoring.agreement import Model, intraclass_correlation
from scoring.report import Material
from scoring.rules import Presence, Rules
from scoring.triggers import Question
from studies.models import Study

NONE = Rules(trigger_item_difference=None, trigger_not_assessable=False, trigger_flags=False)
TRIGGERS = {
    "all that the charter asks for": Rules(),
    "an item differs by 1 grade or more": replace(NONE, trigger_item_difference=1),
    "an item differs by 2 grades or more": replace(NONE, trigger_item_difference=2),
    "presence at an item": replace(NONE, trigger_presence=(Presence.ITEM,)),
    "presence in a region": replace(NONE, trigger_presence=(Presence.REGION,)),
    "presence in the patient": replace(NONE, trigger_presence=(Presence.PATIENT,)),
    "totals differ by more than 2": replace(NONE, trigger_total=2),
    "totals differ by more than 3": replace(NONE, trigger_total=3),
    "totals differ by more than 5": replace(NONE, trigger_total=5),
    "not assessable to one reader": replace(NONE, trigger_not_assessable=True),
    "a yes-or-no item differs": replace(NONE, trigger_flags=True),
}


def lines(study: Study) -> Iterator[str]:
    assembly = reliability.assembled(study)
    tables, material = assembly.clinical(), assembly.material()
    yield f"{study.title}, {tables['n_patients']} participants with a settled consensus"
    yield from of_shares("All participants", tables["shares"])
    yield from of_shares("Distribution of the positive ones", tables["regions"])
    yield from of_comparisons("Median (IQR) by presence", tables["by_presence"])
    yield from of_comparisons("Median (IQR) by degenerative change", tables["by_degeneration"])
    yield from of_fourfolds(tables["fourfold"])
    yield from of_agreement(material)
    yield from of_triggers(material)


def of_shares(title: str, shares: list[dict[str, Any]]) -> Iterator[str]:
    yield f"\n{title}"
    for one in shares:
        share = one["share"]
        interval = f"({percent(share['low'])} to {percent(share['high'])})" if share["n"] else share["sentence"]
        n_missing = f", {share['n_excluded']} missing" if share["n_excluded"] else ""
        known = f"{share['counts']['yes']}/{share['n']}"
        yield f"  {one['label']:<44} {known:>6}  {percent(share['estimate']):>7} {interval}{n_missing}"


def percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f} %"


def of_comparisons(title: str, comparisons: list[dict[str, Any]]) -> Iterator[str]:
    yield f"\n{title}"
    for one in comparisons:
        groups = "   ".join(f"{median_iqr(group)} (n {group['n']})" for group in one["groups"])
        yield f"  {one['covariate']:<20} {one['unit']:<9} {groups}   {p_of(one['test'])}"


def median_iqr(group: dict[str, Any]) -> str:
    return f"{group['median']:.2f} ({group['q3'] - group['q1']:.2f})" if group["n"] else group["sentence"]


def p_of(test: dict[str, Any]) -> str:
    return test["sentence"] if test["p"] is None else f"p {test['p']:.2f}"


def of_fourfolds(tables: list[dict[str, Any]]) -> Iterator[str]:
    yield "\nCounts by two things, and Fisher's exact test"
    for one in tables:
        rows = [
            f"{row}: {counts[0]}/{sum(counts)} ({percent(share['estimate'])})"
            for row, counts, share in zip(one["rows"], one["counts"], one["shares"], strict=True)
        ]
        yield f"  {one['columns'][0]}  |  {', '.join(rows)}   {p_of(one['test'])}"


def of_agreement(material: Material) -> Iterator[str]:
    """ICC of the total between the two readers, and of each with themselves."""
    yield "\nAgreement of the total"
    between = intraclass_correlation(both_totals(material), model=Model.TWO_WAY_RANDOM)
    yield f"  between the readers: {between.method}: {number(between.estimate)} (n {between.n})"
    for reader in material.readers:
        icc = intraclass_correlation(repeated_totals(material, reader), model=Model.TWO_WAY_RANDOM)
        yield f"  {reader} with themselves: {number(icc.estimate)} (n {icc.n})"


def number(value: float | None) -> str:
    return "none" if value is None else f"{value:.2f}"


def both_totals(material: Material) -> list[list[float | None]]:
    return [[derived.total(material.definition, read.answers) for read in case.reads] for case in material.cases]


def repeated_totals(material: Material, reader: str) -> list[list[float | None]]:
    """First and second total of every repeat."""
    looks = [(one.first, one.again) for one in material.repeats if one.reader == reader]
    return [[derived.total(material.definition, answers) for answers in pair] for pair in looks]


def of_triggers(material: Material) -> Iterator[str]:
    """How many items, in how many cases, each trigger alone would put before the adjudicator."""
    yield "\nDisputed by each trigger alone"
    for name, (items, cases) in disputes_by_trigger(material).items():
        yield f"  {name:<38} {items:>3} items in {cases:>2} cases"


def disputes_by_trigger(material: Material) -> dict[str, tuple[int, int]]:
    questions = [Question(item.code, item.region, item.is_flag) for item in material.items]
    found = {}
    for name, rules in TRIGGERS.items():
        disputed = [
            len(triggers.disputed(rules, material.definition, questions, *(read.answers for read in case.reads)))
            for case in material.cases
        ]
        found[name] = (sum(disputed), sum(n > 0 for n in disputed))
    return found
