"""Events of readings: given to readers, answered, shown, signed, opened again; and what was reported of the images."""

from dataclasses import replace
from typing import Any

from scoring.dossier import AnswerRecord, PinRecord, SignatureRecord, SittingRecord, VersionRecord, from_json
from scoring.dossier.trail import Event
from scoring.replay.registry import on
from scoring.replay.state import Contradiction, PinLife, ProblemLife, ReadingLife, State


@on("cases.allotted")
def allotted(state: State, event: Event) -> None:
    """The readings have their codes in the order of the plan; repeats come along with what they repeat."""
    take_out(state, event.after["cases"])
    manifest, codes = event.after["manifest"], event.after["codes"]
    state.allocations.append(manifest)
    plan = list(zip(manifest["plan"], codes, strict=True))
    first = {(reader, case): code for (reader, _, case, _, repeat), code in plan if not repeat}
    for (reader, position, case, part, repeat), code in plan:
        made = ReadingLife(code, case, reader, position, part, manifest["charter_version"])
        add(state, replace(made, kind="repeat", original=first[reader, case]) if repeat else made)


def take_out(state: State, codes: list[str]) -> None:
    """The cases are nobody's to change from here on."""
    for code in codes:
        if (case := state.case(code)).state != "ready":
            raise Contradiction(f"case {code} was {case.state} before, and only what is ready is allotted")
        case.state = "allotted"


def add(state: State, made: ReadingLife) -> None:
    state.case(made.case)
    if made.code in state.readings:
        raise Contradiction(f"reading {made.code} was told of before")
    if made.reader not in state.readers:
        raise Contradiction(f"{made.reader} is no reader of this study")
    state.readings[made.code] = made


def reading_of(told: dict[str, Any], **more: Any) -> ReadingLife:
    """A reading as telling.py tells it."""
    return ReadingLife(
        code=told["reading"],
        case=told["case"],
        reader=told["reader"],
        position=told["position"],
        part=told["part"],
        charter_version=told["charter_version"],
        asked=tuple(told["asked"]),
        **more,
    )


@on("repeat.imported")
def repeated(state: State, event: Event) -> None:
    original = state.reading(event.after["original"])
    add(state, reading_of(event.after, kind="repeat", original=original.code))


@on("practice.dealt")
def dealt(state: State, event: Event) -> None:
    for told in event.after["readings"]:
        add(state, reading_of(told))


@on("second_looks.handed_out")
def handed_out(state: State, event: Event) -> None:
    for told in event.after["looks"]:
        original = state.reading(told["original"])
        more = {"original": original.code, "disputed": tuple(told["disputed"])}
        add(state, reading_of(told, kind="self_check", **more))


@on("reading.reassigned")
def reassigned(state: State, event: Event) -> None:
    taken = state.reading(event.before["reading"])
    withdraw(taken)
    add(state, reading_of(event.after))


@on("second_look.withdrawn")
def withdrawn(state: State, event: Event) -> None:
    withdraw(state.reading(event.object_key))


def withdraw(reading: ReadingLife) -> None:
    if reading.state != "assigned":
        raise Contradiction(f"the reading was {reading.state} before: only what nobody has begun is withdrawn")
    reading.state = "withdrawn"


def changed(state: State, event: Event) -> ReadingLife:
    """The reading that an event changes; begun from here on."""
    reading = state.reading(event.object_key)
    if reading.state not in ("assigned", "started"):
        raise Contradiction(f"the reading was {reading.state} before, and is not changed")
    if event.actor != reading.reader:
        raise Contradiction(f"{event.actor or 'Dens'} does not read it")
    reading.state = "started"
    return reading


@on("score.saved")
def answered(state: State, event: Event) -> None:
    reading, item, told = changed(state, event), event.after["item"], event.after
    stood = reading.answers.get(item)
    check_before(event, stood and {"item": item, "grade": stood.grade, "not_assessable": stood.not_assessable})
    stood = stood or AnswerRecord(item, None)
    reading.answers[item] = replace(stood, grade=told["grade"], not_assessable=told["not_assessable"])


@on("comment.saved")
def commented(state: State, event: Event) -> None:
    reading, item = changed(state, event), event.after["item"]
    stood = reading.answers.get(item)
    check_before(event, stood and {"item": item, "comment": stood.comment})
    reading.answers[item] = replace(stood or AnswerRecord(item, None), comment=event.after["comment"])


def check_before(event: Event, stood: Any) -> None:
    if event.before != stood:
        raise Contradiction("what it says was there before is not what was")


@on("pin.saved")
def pinned(state: State, event: Event) -> None:
    """A pin that is put back has the place among its neighbours that it had."""
    reading, told = changed(state, event), event.after
    record = PinRecord(told["pin"], told["item"], told["series"], told["slice"] + 1, tuple(map(float, told["point"])))
    stood = reading.pins.get(record.key)
    check_before(event, None if stood is None or stood.is_removed else stood.told)
    reading.pins[record.key] = PinLife(record, told)


@on("pin.removed")
def unpinned(state: State, event: Event) -> None:
    stood = changed(state, event).pins.get(event.before["pin"])
    if stood is None or stood.is_removed:
        raise Contradiction("no such pin was there before")
    check_before(event, stood.told)
    stood.is_removed = True


@on("reading.signed")
def signed(state: State, event: Event) -> None:
    reading = changed(state, event)
    reading.state, reading.signature = "signed", signature_of(state.readers[reading.reader], event.after)
    reading.sittings = tuple(from_json(SittingRecord, one) for one in event.after["sittings"])


def signature_of(name: str, told: dict[str, Any]) -> SignatureRecord:
    return SignatureRecord(name, told["meaning"], told["content_sha256"], told["signed_at"])


@on("reading.reopened")
def reopened(state: State, event: Event) -> None:
    reading, told = state.reading(event.object_key), event.after
    if reading.signature is None or reading.signature.content_sha256 != told["content_sha256"]:
        raise Contradiction("what was signed before is something else")
    version = VersionRecord(told["version"], told["content"], reading.signature, told["superseded_at"])
    if version.number != len(reading.versions) + 1:
        raise Contradiction(f"version {version.number} does not follow version {len(reading.versions)}")
    reading.versions.append(version)
    reading.signature, reading.state = None, "started"


@on("problem.reported")
def reported(state: State, event: Event) -> None:
    told = event.after
    names = ("kind", "series", "slice", "text", "reported_at")
    state.reading(told["reading"]).problems[event.object_key] = ProblemLife(**{name: told[name] for name in names})


@on("problem.closed")
def closed(state: State, event: Event) -> None:
    found = [one for reading in state.readings.values() if (one := reading.problems.get(event.object_key))]
    if not found:
        raise Contradiction("no such problem was reported before")
    found[0].state = event.after["state"]
