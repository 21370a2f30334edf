"""Events of the study itself: founded, its charters, its team, its seed, its lock."""

from scoring.dossier import CharterCopy, InstrumentCopy, from_json
from scoring.dossier.trail import Event
from scoring.replay.registry import on
from scoring.replay.state import Contradiction, State

CONTENT = ("study", "version", "instrument", "instrument_sha256", "rules", "reason")


@on("study.founded")
def founded(state: State, event: Event) -> None:
    if state.study:
        raise Contradiction("the study was founded before")
    state.study, state.title = event.object_key, event.after["title"]
    state.is_synthetic = event.after["is_synthetic"]


@on("study.opened")
@on("charter.amended")
def brought_into_force(state: State, event: Event) -> None:
    """The instrument comes along the first time a charter has it."""
    told = event.after
    if told["version"] != len(state.charters) + 1:
        raise Contradiction(f"version {told['version']} of the charter does not follow version {len(state.charters)}")
    if "definition" in told:
        copy = from_json(InstrumentCopy, told["definition"])
        state.instruments[copy.reference] = copy
    content = {name: told[name] for name in CONTENT}
    state.charters.append(CharterCopy(told["version"], told["sha256"], told["frozen_at"], content))
    if state.instrument.sha256 != content["instrument_sha256"]:
        raise Contradiction("the instrument is not the one that the charter names")


@on("member.added")
def joined(state: State, event: Event) -> None:
    """R1, R2, ... and ADJ1, ADJ2, ... by the order in which people first joined in this role."""
    names, word = {"reader": (state.readers, "R"), "adjudicator": (state.adjudicators, "ADJ")}.get(
        event.after["role"], ({}, "")
    )
    names.setdefault(event.after["username"], f"{word}{len(names) + 1}")


@on("seed.drawn")
def sealed(state: State, event: Event) -> None:
    state.seed_sha256 = event.after["sha256"]


@on("study.locked")
def locked(state: State, event: Event) -> None:
    if event.after["seed_sha256"] != state.seed_sha256:
        raise Contradiction("the seed is not the one that was drawn")
    state.locked_at, state.seed = event.after["locked_at"], event.after["seed"]


@on("study.unlocked")
def unlocked(state: State, event: Event) -> None:
    state.locked_at = ""
