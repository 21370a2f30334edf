"""Which handler an act has, which acts say nothing to an export, and a trail played from its beginning."""

from collections.abc import Callable, Iterable

from scoring.dossier.trail import Event
from scoring.replay.state import Contradiction, State

Handler = Callable[[State, Event], None]
HANDLERS: dict[str, Handler] = {}
SILENT = frozenset({
    "account.made", "machine.made", "machine.ended",
    "upload.begun", "upload.received", "upload.imported", "upload.discarded", "upload.abandoned",
    "query.asked", "query.answered", "query.closed", "query.withdrawn", "member.changed", "member.ended",
    "practice.begun", "references.entered", "reader.qualified", "reminder.asked", "unblinding.recorded",
    "reading.reopening_asked", "reading.reopening_declined", "study.unlocking_asked", "study.unlocking_declined",
})  # fmt: skip


class ReplayError(Exception):
    """An event that cannot be played: its number, its act, and why."""

    def __init__(self, event: Event, why: str) -> None:
        super().__init__(f"Event {event.seq}, {event.action} of {event.object_type} {event.object_key}: {why}.")
        self.event = event


def on(action: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        HANDLERS[action] = handler
        return handler

    return register


def replayed(events: Iterable[Event]) -> State:
    """What is known once all events have been played, in their order."""
    state, last = State(), 0
    for event in events:
        if event.seq <= last:
            raise ReplayError(event, f"it comes after event {last}")
        play(state, event)
        last = event.seq
    return state


def play(state: State, event: Event) -> None:
    state.digest.add(event)
    if event.action in SILENT:
        return
    handler = HANDLERS.get(event.action)
    if handler is None:
        raise ReplayError(event, "this version of Dens does not know what this act changes")
    try:
        handler(state, event)
    except Contradiction as problem:
        raise ReplayError(event, str(problem)) from problem
    except KeyError as missing:
        raise ReplayError(event, f"it does not say {missing}") from missing
    except (AttributeError, TypeError, ValueError) as problem:
        raise ReplayError(event, f"it cannot be read ({problem})") from problem
