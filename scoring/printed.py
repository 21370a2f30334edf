"""A charter in sentences, for the page a person prints, signs and files."""

from scoring.rules import NEVER_SHOWN, Design, Disclosure, Resolution, Rules, Stratum

DESIGNS = {
    Design.ADJUDICATED: "Two readers read each case independently. Where they differ beyond the triggers below, an "
    "adjudicator who read neither side is asked; smaller differences are averaged.",
    Design.MEAN: "Two readers read each case independently. The result of an item is the mean of both grades.",
    Design.SINGLE: "One reader reads each case.",
}
RESOLUTIONS = {
    Resolution.PICK_ITEM: "The adjudicator sees both answers to a disputed item, without names and on shuffled sides, "
    "and decides item by item.",
    Resolution.PICK_READING: "The adjudicator sees both readings, without names, and picks one of them as a whole: it "
    "counts for every item that differs, also where the difference alone would have been averaged.",
    Resolution.OWN_FIRST: "The adjudicator answers a disputed item before seeing either reading. Then both are shown, "
    "without names and on shuffled sides, and the item is decided; the own answer is kept as it was given.",
    Resolution.MEDIAN: "The adjudicator answers the disputed items as a third reader and is never shown the two "
    "others. The median of the three answers counts.",
    Resolution.CLOSEST: "The adjudicator answers the disputed items as a third reader and is never shown the two "
    "others. The mean of the two answers that lie closest counts; where both lie as close to the middle one, that one.",
    Resolution.JOINT: "Two adjudicators decide item by item, together at one screen. They see both answers without "
    "names and on shuffled sides. Both sign, and both names are recorded.",
}
OF_THREE = (
    "Of a yes-or-no item, what two of the three say counts. Who could not assess an item is left out: the mean of the "
    "two others counts, or the item is not assessable where two could not assess it."
)
DISCLOSURES = {
    Disclosure.ALL_SIGNED: "Agreement is shown to coordinators and statisticians once every reading is signed.",
    Disclosure.LOCKED: "Agreement is shown to coordinators and statisticians once the study is locked.",
}
SMALLEST = "Before the study is locked, no agreement of fewer than five cases is shown."
NEVER = "Readers are shown none: neither agreement, nor another reader's grades or progress."
STRATA = {Stratum.CENTRE: "centre", Stratum.VENDOR: "maker of the scanner", Stratum.SEX: "sex"}


def sections(rules: Rules, title: str, reference: str, sha256: str) -> list[tuple[str, list[str]]]:
    """The rules under headings.

    title, reference, sha256   of the instrument
    """
    return [
        ("Instrument", [f"{title} ({reference}).", f"Its definition has the SHA-256 {sha256}."]),
        ("Read design", [DESIGNS[rules.design], pool(rules), *pins(rules)]),
        ("Allocation", allocation(rules)),
        ("Order", order(rules)),
        ("Hidden repeats", repeats(rules)),
        ("Disagreement", [*triggers(rules), *self_check(rules)]),
        *([("Settling disputes", settling(rules))] if rules.design is Design.ADJUDICATED else []),
        ("After signing", after_signing(rules)),
        ("Calibration", calibration(rules)),
        ("Disclosure", [DISCLOSURES[rules.disclosure], SMALLEST, NEVER]),
    ]


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


def after_signing(rules: Rules) -> list[str]:
    first = "A reader may ask to change a signed reading; a coordinator decides, and what was signed is kept."
    if not rules.reopens_compared:
        return [first, "Once the readings of a case were compared, none of them is opened any more."]
    return [
        first,
        "This holds after the readings of the case were compared, too: as a deviation, recorded with its reason. The "
        "consensus of the case is then superseded and kept, and the case is compared anew.",
    ]


def settling(rules: Rules) -> list[str]:
    found = [
        "An adjudicator is drawn at random among those of the team who read nothing of the case, balanced by what each "
        "still has to decide.",
        RESOLUTIONS[rules.resolution],
    ]
    if rules.resolution in NEVER_SHOWN:
        found.append(OF_THREE)
    elif rules.resolution is not Resolution.PICK_READING:
        found.append(
            "An answer that neither reader gave may be given."
            if rules.may_give_other
            else "No answer may be given that neither reader gave"
            + (", but for the own one." if rules.resolution is Resolution.OWN_FIRST else ".")
        )
    if rules.sham_percent:
        found.append(
            f"{rules.sham_percent} % of the cases without a dispute are put before an adjudicator as well. What is "
            "decided there never counts."
        )
    return found


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
