"""A charter in sentences, for the page a person prints, signs and files."""

from typing import Any

from scoring.models import Charter
from scoring.rules import Design, Disclosure, Rules, Stratum

DESIGNS = {
    Design.ADJUDICATED: "Two readers read each case independently. Where they differ beyond the triggers below, an "
    "adjudicator who read neither side decides item by item; smaller differences are averaged.",
    Design.MEAN: "Two readers read each case independently. The result of an item is the mean of both grades.",
    Design.SINGLE: "One reader reads each case.",
}
DISCLOSURES = {
    Disclosure.ALL_SIGNED: "Agreement is shown to coordinators and statisticians once every reading is signed.",
    Disclosure.LOCKED: "Agreement is shown to coordinators and statisticians once the study is locked.",
}
SMALLEST = "Before the study is locked, no agreement of fewer than five cases is shown."
NEVER = "Readers are shown none: neither agreement, nor another reader's grades or progress."
STRATA = {Stratum.CENTRE: "centre", Stratum.VENDOR: "maker of the scanner", Stratum.SEX: "sex"}


def of(charter: Charter) -> dict[str, Any]:
    """What the template needs: the charter, and its rules under headings."""
    rules = charter.terms
    return {
        "charter": charter,
        "sections": [
            ("Instrument", [f"{charter.instrument.title} ({charter.instrument.reference}).",
                            f"Its definition has the SHA-256 {charter.instrument.sha256}."]),
            ("Read design", [DESIGNS[rules.design], pool(rules), *pins(rules)]),
            ("Allocation", allocation(rules)),
            ("Order", order(rules)),
            ("Hidden repeats", repeats(rules)),
            ("Disagreement", [*triggers(rules), *self_check(rules)]),
            ("Calibration", calibration(rules)),
            ("Disclosure", [DISCLOSURES[rules.disclosure], SMALLEST, NEVER]),
        ],
    }  # fmt: skip


def pool(rules: Rules) -> str:
    return f"The study has at least {rules.pool_size} reader{'s' if rules.pool_size > 1 else ''}."


def pins(rules: Rules) -> list[str]:
    return ["Every grade above 0 needs a place in the images that shows it."] if rules.requires_pins else []


def allocation(rules: Rules) -> list[str]:
    within = " and ".join(STRATA[one] for one in rules.strata)
    balance = "readings are balanced by reader" + (" and by pair of readers" if rules.readers_per_case > 1 else "")
    sentences = [
        f"Readers are drawn at random; {balance}" + (f", within {within}." if within else "."),
        "The draw follows from one seed. Its hash is published before reading starts; the seed itself is unsealed when "
        "the study is locked, and every run can then be rebuilt from its manifest.",
    ]
    return [*sentences, "Nobody reads a case of their own hospital."] if rules.bars_own_centre else sentences


def order(rules: Rules) -> list[str]:
    sentences = ["Each reader has a random order of their own, under codes of their own."]
    if rules.subject_gap:
        sentences.append(
            f"Between two readings of one participant lie at least {rules.subject_gap} others, where there are enough."
        )
    return sentences


def repeats(rules: Rules) -> list[str]:
    if not rules.repeat_percent:
        return ["No reading is repeated."]
    return [
        f"{rules.repeat_percent} % of each reader's readings are given once more, under a new code, among first "
        f"readings of the second part of their list. That part opens {rules.repeat_min_days} days after the first is "
        f"signed; at least {rules.repeat_min_cases} other readings lie between a reading and its repeat.",
        "Repeats measure agreement of a reader with themselves. They never count for a result.",
    ]


def triggers(rules: Rules) -> list[str]:
    if rules.design is not Design.ADJUDICATED:
        return ["Nothing is adjudicated.", "Where only one reader could assess an item, and where a yes-or-no item "
                "differs, the result stays open and is exported as unresolved."] * (rules.design is Design.MEAN) or [
                "There is one reading of each case: it is the result."]  # fmt: skip
    found = []
    if rules.trigger_item_difference is not None:
        grades = "1 grade" if rules.trigger_item_difference == 1 else f"{rules.trigger_item_difference} grades"
        found.append(f"An item is disputed when the readings differ by {grades} or more.")
    words = {"item": "an item", "region": "a region", "patient": "the whole patient"}
    found += [
        f"Differing items are disputed where only one reader sees something in {words[one]}."
        for one in rules.trigger_presence
    ]
    if rules.trigger_total is not None:
        found.append(f"All differing items are disputed when the totals differ by more than {rules.trigger_total}.")
    if rules.trigger_not_assessable:
        found.append("An item is disputed when only one reader could assess it.")
    if rules.trigger_flags:
        found.append("A yes-or-no item is disputed when the readings differ.")
    return [*found, "Other differences: grades are averaged; what has no mean stays open, exported as unresolved."]


def self_check(rules: Rules) -> list[str]:
    if not rules.self_check:
        return []
    return [
        "Before anybody else is asked, both readers are asked again, without any hint, for the disputed items among as "
        "many undisputed ones; so that being asked says nothing, for some items of every other case as well. This is "
        "once all readings of an assignment are signed. What is no dispute any more was a slip, and counts as both say "
        "now; everything else goes to the adjudicator with the latest answers. Both answers are kept and exported.",
    ]


def calibration(rules: Rules) -> list[str]:
    if not rules.practice_set:
        return ["Readers need no practice in Dens before their first case."]
    return [
        f"Before their first case, readers practise on cases with reference scores (set {rules.practice_set}). They "
        f"are let in when a linearly weighted kappa of {rules.practice_kappa:g} with the reference is reached over the "
        f"latest {rules.practice_cases} practice cases; the first answer to each item counts.",
        "Practice cases are never study data.",
    ]
