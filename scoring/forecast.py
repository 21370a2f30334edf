"""What each reader has done and has before them, and when they would finish at the pace of the last weeks. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

WINDOW = timedelta(days=28)
LEAST_SIGNED = 3  # below this a pace is a guess


@dataclass(frozen=True)
class Load:
    """per_week and finishes_on are None where the pace is not known yet."""

    assigned: int
    started: int
    signed: int
    per_week: float | None
    finishes_on: date | None


def load(states: Iterable[str], signed_at: Iterable[datetime], *, now: datetime) -> Load:
    """One reader's load. `signed_at`: of all signed readings; the pace is that of the last 28 days, or since then."""
    states, dates = list(states), sorted(signed_at)
    recent = [at for at in dates if at > now - WINDOW]
    left = states.count("assigned") + states.count("started")
    pace = pace_of(recent, now=now)
    return Load(
        assigned=states.count("assigned"),
        started=states.count("started"),
        signed=states.count("signed"),
        per_week=None if pace is None else round(pace * 7, 1),
        finishes_on=None if pace is None else (now + timedelta(days=left / pace)).date(),
    )


def pace_of(recent: list[datetime], *, now: datetime) -> float | None:
    """Readings a day since the first of `recent`, counted over one day at least."""
    if len(recent) < LEAST_SIGNED:
        return None
    days = max((now - recent[0]) / timedelta(days=1), 1.0)
    return len(recent) / days
