"""What came out of the cohort, as text: the published tables, agreement, and what each trigger would send on."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scoring import associations, charter, derived, triggers
from scoring.agreement import Model, intraclass_correlation
from scoring.models import Item, ItemKind, Reading, Repeat
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
Answers = dict[str, int | None]


def lines(study: Study) -> Iterator[str]:
    tables = associations.tables(study)
    yield f"{study.title}, {tables['n_patients']} participants with a settled consensus"
    yield from of_shares("All participants", tables["shares"])
    yield from of_shares("Distribution of the positive ones", tables["regions"])
    yield from of_comparisons("Median (IQR) by presence", tables["by_presence"])
    yield from of_comparisons("Median (IQR) by degenerative change", tables["by_degeneration"])
    yield from of_fourfolds(tables["fourfold"])
    yield from of_agreement(study)
    yield from of_triggers(study)


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


def of_agreement(study: Study) -> Iterator[str]:
    """ICC of the total between the two readers, and of each with themselves."""
    yield "\nAgreement of the total"
    between = intraclass_correlation(both_totals(study), model=Model.TWO_WAY_RANDOM)
    yield f"  between the readers: {between.method}: {number(between.estimate)} (n {between.n})"
    for reader, pairs in repeated_totals(study).items():
        icc = intraclass_correlation(pairs, model=Model.TWO_WAY_RANDOM)
        yield f"  {reader} with themselves: {number(icc.estimate)} (n {icc.n})"


def number(value: float | None) -> str:
    return "none" if value is None else f"{value:.2f}"


def answers_of(study: Study) -> list[tuple[Answers, Answers]]:
    """What both readers said of each case, the readers in the order of their user names."""
    signed = Reading.objects.that_count().filter(case__study=study, state="signed")
    found: dict[int, list[Answers]] = {}
    for reading in signed.order_by("reader__username").prefetch_related("scores__item"):
        found.setdefault(reading.case_id, []).append(said(reading))
    return [(one, other) for one, other in found.values()]


def said(reading: Reading) -> Answers:
    return {score.item.code: score.grade for score in reading.scores.all()}


def both_totals(study: Study) -> list[list[float | None]]:
    definition = charter.in_force(study).instrument.definition
    return [[derived.total(definition, answers) for answers in pair] for pair in answers_of(study)]


def repeated_totals(study: Study) -> dict[str, list[list[float | None]]]:
    """First and second total of every repeat, by reader."""
    definition = charter.in_force(study).instrument.definition
    found: dict[str, list[list[float | None]]] = {}
    repeats = Repeat.objects.filter(reading__case__study=study).select_related("reading__reader", "original")
    for one in repeats.order_by("reading__reader__username", "pk"):
        totals = [derived.total(definition, said(reading)) for reading in (one.original, one.reading)]
        found.setdefault(one.reading.reader.full_name, []).append(totals)
    return found


def of_triggers(study: Study) -> Iterator[str]:
    """How many items, in how many cases, each trigger alone would put before the adjudicator."""
    yield "\nDisputed by each trigger alone"
    for name, (items, cases) in disputes_by_trigger(study).items():
        yield f"  {name:<38} {items:>3} items in {cases:>2} cases"


def disputes_by_trigger(study: Study) -> dict[str, tuple[int, int]]:
    instrument, pairs = charter.in_force(study).instrument, answers_of(study)
    questions = [question_of(item) for item in instrument.items.all()]
    found = {}
    for name, rules in TRIGGERS.items():
        disputed = [len(triggers.disputed(rules, instrument.definition, questions, *pair)) for pair in pairs]
        found[name] = (sum(disputed), sum(n > 0 for n in disputed))
    return found


def question_of(item: Item) -> Question:
    return Question(item.code, item.region, item.kind == ItemKind.FLAG)
