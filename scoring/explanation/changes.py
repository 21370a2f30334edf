"""Each change of an answer in its order, and what happened to its reading, as sentences."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from scoring.dossier import CaseRecord, Header
from scoring.explanation import words
from scoring.explanation.shown import Event, Step

OF_AN_ITEM = ("score.saved", "comment.saved", "pin.saved", "pin.removed")
OF_IMAGES = ("case.subject set", "case.refused", "series.", "query.")  # told where images are checked
Told = Callable[[Event], Step]


def of_reading(header: Header, case: CaseRecord, events: Iterable[Event], code: str, item: str = "") -> Iterator[Step]:
    """What happened to a reading. Of its answers only those to `item`, and only once the reading is signed."""
    is_signed = any(one.code == code for one in case.signed)
    for event in events:
        if (event.object_type, event.object_key) != ("reading", code):
            continue
        if event.action not in OF_AN_ITEM:
            yield plain(event)
        elif item and is_signed and item_of(event) == item:
            yield of_answer(header, case, event)


def item_of(event: Event) -> str:
    """The item an event is about; of a first decision only `after` names it."""
    told = event.after or event.before
    return str(told.get("item", "")) if isinstance(told, dict) else ""


def plain(event: Event) -> Step:
    return step(event, words.event(event.action))


def step(event: Event, sentence: str, **more: str) -> Step:
    return Step(sentence, event.who, event.at, **{"note": event.reason, **more}, seq=event.seq, hash=event.hash)


def of_answer(header: Header, case: CaseRecord, event: Event) -> Step:
    told: dict[str, Callable[[Header, CaseRecord, Event], Step]] = {
        "score.saved": score_saved, "comment.saved": comment_saved, "pin.saved": pin_saved, "pin.removed": pin_removed,
    }  # fmt: skip
    return told[event.action](header, case, event)


def score_saved(header: Header, case: CaseRecord, event: Event) -> Step:
    before, after = said(header, event.before), said(header, event.after)
    if before in ("", words.BLANK):
        return step(event, words.event(event.action), after=after)
    sentence = "Gave the same answer again" if before == after else "Changed the answer"
    return step(event, sentence, before=before, after=after)


def said(header: Header, told: Any) -> str:
    if not isinstance(told, dict) or not {"grade", "not_assessable"} & set(told):
        return ""
    return words.answer(header, told.get("grade"), told.get("not_assessable", ""))


def comment_saved(header: Header, case: CaseRecord, event: Event) -> Step:
    before = (event.before or {}).get("comment", "")
    after = event.after["comment"]
    sentence = "Changed the comment" if before else words.event(event.action)
    return step(event, sentence if after else "Took the comment out", before=before, after=after)


def pin_saved(header: Header, case: CaseRecord, event: Event) -> Step:
    before, after = place(case, event.before), place(case, event.after)
    return step(event, "Moved a pin" if before else words.event(event.action), before=before, after=after)


def pin_removed(header: Header, case: CaseRecord, event: Event) -> Step:
    return step(event, words.event(event.action), before=place(case, event.before))


def place(case: CaseRecord, pin: Any) -> str:
    """Series and slice as readers see them."""
    if not pin:
        return ""
    labels = {one.number: one.label for one in case.exam.series}
    return f"{labels.get(pin['series'], 'series')}, slice {pin['slice'] + 1}"


def of_case(case: CaseRecord, events: Iterable[Event]) -> Iterator[Step]:
    """How the case came to what counts. What was done to its images is told elsewhere."""
    for event in events:
        if (event.object_type, event.object_key) != ("case", case.code):
            continue
        if not event.action.startswith(OF_IMAGES):
            yield of_outcome(event) if event.action == "case.compared" else plain(event)


def of_outcome(event: Event) -> Step:
    """What the comparison came to: how many items by which method, how many disputed."""
    outcome = event.after if isinstance(event.after, dict) else {}
    counts = [f"{n} {words.in_words(name)}" for name, n in outcome.items() if isinstance(n, int) and n]
    return step(event, words.event(event.action), after=", ".join(counts))


def of_decision(header: Header, events: Iterable[Event], code: str, item: str) -> Iterator[Step]:
    """What happened in an adjudication, with each decision on `item`."""
    for event in events:
        if (event.object_type, event.object_key) != ("adjudication", code):
            continue
        about = item_of(event)
        if not about:
            yield plain(event)
        elif about == item:
            yield decided(header, event)


def decided(header: Header, event: Event) -> Step:
    after = event.after if isinstance(event.after, dict) else {}
    if event.action != "dispute.decided" or "choice" not in after:
        return step(event, words.event(event.action), before=said(header, event.before), after=said(header, after))
    note, why = after.get("comment", ""), words.WHY.get(after["reason"], after["reason"])
    sentence = words.CHOICES.get(after["choice"], words.in_words(after["choice"]))
    if event.before:
        sentence = f"Changed the decision: {sentence[0].lower()}{sentence[1:]}"
    sentence = f"{sentence} ({why})" if why else sentence
    return step(event, sentence, before=said(header, event.before), after=said(header, after), note=note)
