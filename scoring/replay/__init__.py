"""The audit trail of a study -> the dossier of its export, and nothing else is asked. Pure.

`replayed(events)` gives a State; `header` and `cases` give of it what gathering.py gives of the rows. Each act has one
small handler; an act that nobody knows is refused, for what it did would be missing without a word.

state       what is known so far, as it changes
registry    which handler an act has, and which acts say nothing to an export
study, material, readings, judgement   the handlers, by room
making      a state as a dossier
differing   where two bundles differ first
"""

from scoring.dossier.trail import Event
from scoring.replay import judgement, material, readings, study  # noqa: F401  # so that every handler is registered
from scoring.replay.making import cases, header
from scoring.replay.registry import ReplayError, replayed
from scoring.replay.state import State

__all__ = ["Event", "ReplayError", "State", "cases", "header", "replayed"]
