"""How methods, decisions and events are said. A word without an entry is shown as it is."""

from scoring.bundle.counted import tidy
from scoring.dossier import Header, ItemCopy

METHODS = {
    "agreed": "the readings agree",
    "averaged": "the mean of both readings",
    "self_checked": "the readings agree since both readers looked again",
    "adjudicated": "decided by the adjudicator",
    "median": "the median of both readings and the adjudicator's own answer",
    "closest_two": "the mean of the two closest of three answers",
    "joint": "decided by two people together",
    "single": "the one reading of the case",
    "unresolved": "nobody decided",
}
MODES = {
    "pick_item": "Item by item",
    "pick_reading": "One reading as a whole",
    "own_first": "Own answer first, then both were shown",
    "median": "Own answer without the readings; the median counts",
    "closest_two": "Own answer without the readings; the closest two count",
    "joint": "Two people together",
}
WHY = {
    "level": "level counted differently",
    "artefact": "artefact",
    "normal_variant": "normal variant",
    "extent": "extent of the signal",
    "other": "other reason",
}
CHOICES = {
    "left": "The answer on the left was taken",
    "right": "The answer on the right was taken",
    "own": "The adjudicator's own answer was taken",
    "other": "Another answer was given",
}
LOOKS = {"first": "First look", "repeat": "Hidden repeat", "self_check": "Asked again"}
EVENTS = {
    "score.saved": "Answered",
    "comment.saved": "Wrote a comment",
    "pin.saved": "Put a pin",
    "pin.removed": "Took a pin out",
    "reading.signed": "Signed the reading",
    "reading.reopening_asked": "Asked to open the signed reading again",
    "reading.reopened": "Opened the reading again; what was signed is kept",
    "reading.reopening_declined": "Declined to open the reading again",
    "reading.reassigned": "Gave the reading to another reader",
    "repeat.imported": "Entered a second look that was made before the study was in Dens",
    "adjudication.opened": "Put before an adjudicator",
    "adjudication.signed": "Signed the decisions",
    "adjudication.drawn": "Drew the adjudicator",
    "dispute.answered": "Answered without seeing the readings",
    "dispute.decided": "Decided",
    "reading.picked": "Took one reading as a whole",
    "case.accepted": "Accepted the images",
    "case.refused": "Refused the images",
    "case.compared": "Compared the readings",
    "case.settled": "Settled the case",
    "covariates.entered": "Entered the table of covariates",
}
BLANK = "blank"


def method(word: str) -> str:
    return METHODS.get(word, in_words(word))


def event(action: str) -> str:
    return EVENTS.get(action, in_words(action).capitalize())


def in_words(word: str) -> str:
    """The word itself, where nobody has found better ones."""
    return word.replace(".", ": ").replace("_", " ")


def answer(header: Header, grade: float | None, not_assessable: str) -> str:
    """2, not assessable (artefact), or blank."""
    if grade is not None:
        return str(tidy(grade))
    return f"not assessable ({reasons(header, not_assessable)})" if not_assessable else BLANK


def reasons(header: Header, codes: str) -> str:
    """The labels of one or two reasons, small."""
    known = header.instrument.reasons
    return " + ".join(known.get(code, code).lower() for code in codes.split(" + "))


def meaning(header: Header, item: ItemCopy, grade: float | None) -> str:
    """What a grade stands for on the scale of its item; nothing for a mean between two."""
    return header.instrument.scale_of(item).get(int(grade), "") if grade is not None and grade == int(grade) else ""


def yes_or_no(value: bool | None) -> str:
    return "cannot be told" if value is None else "yes" if value else "no"


def number(value: float | int | None) -> str:
    return "not computable" if value is None else str(tidy(value))


def n_of(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
