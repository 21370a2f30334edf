"""What a reader may open today: their own readings, once they are qualified, part by part. Only own acts count."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from readers.models import User
from scoring import practice
from scoring.models import Reading, ReadingState
from scoring.models.readings import ReadingSet


@dataclass(frozen=True)
class Part:
    """The second part of a run of one reader's order.

    opens_at   None while something of the first part is not signed
    """

    allocation: int
    study: int
    opens_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        return self.opens_at is not None and self.opens_at <= now


@dataclass(frozen=True)
class Place:
    """Where a reading stands among those of its study that are open to its reader.

    next   the code of the next one that is not signed, after this one or else from the start; None if there is none
    """

    n_readings: int
    next: str | None


def of(user: User, *, now: datetime) -> list[dict[str, Any]]:
    """The worklist: each study with the readings that are open, the practice it asks for, and when more opens."""
    groups: dict[int, dict[str, Any]] = {
        one.study.pk: {"study": one.study, "readings": [], "practice": one} for one in practice.standings(user)
    }
    for reading in open_to(user, now=now).select_related("case__study"):
        study = reading.case.study
        group = groups.setdefault(study.pk, {"study": study, "readings": [], "practice": None})
        group["readings"].append(reading)
    for key, group in groups.items():
        group["opens_next"] = opens_next(user, key, now=now)
    return list(groups.values())


def open_to(user: User, *, now: datetime) -> ReadingSet:
    """The readings `user` may open now. Whatever they have begun stays open to them."""
    own = Reading.objects.own(user)
    closed = [part.allocation for part in second_parts(user) if not part.is_open(now)]
    waiting = own.filter(allocation__in=closed, part=2, state=ReadingState.ASSIGNED)
    gated = own.filter(case__study__in=practice.closed_studies(user), state=ReadingState.ASSIGNED)
    return own.exclude(pk__in=waiting.values("pk")).exclude(pk__in=gated.values("pk"))


def open_one(user: User, code: str, *, now: datetime) -> Reading | None:
    """The reading, if `user` may open it now. Only one that is not begun can be closed: of others nothing is asked.

    Few joins: under row level security each one costs the planner time.
    """
    reading = Reading.objects.own(user).select_related("case__study", "charter").filter(code=code).first()
    if reading and reading.state == ReadingState.ASSIGNED and not open_to(user, now=now).filter(pk=reading.pk).exists():
        return None
    return reading


def place_of(reading: Reading, *, now: datetime) -> Place:
    of_study = open_to(reading.reader, now=now).filter(case__study=reading.case.study_id)
    beside = list(of_study.only("code", "state", "position"))
    todo = [one for one in beside if one.state != ReadingState.SIGNED and one.pk != reading.pk]
    coming = [one for one in todo if one.position > reading.position] or todo
    return Place(len(beside), coming[0].code if coming else None)


def second_parts(user: User) -> list[Part]:
    """The second parts that hold something the reader has not begun. All of a part opens at once."""
    coming = Reading.objects.own(user).filter(part=2, state=ReadingState.ASSIGNED).select_related("charter")
    runs = {reading.allocation_id: reading for reading in coming}
    return [part_of(run, reading, user) for run, reading in runs.items() if run is not None]


def part_of(run: int, reading: Reading, user: User) -> Part:
    first = Reading.objects.own(user).filter(allocation=run, part=1)
    signed = list(first.values_list("signature__signed_at", flat=True))
    study = reading.charter.study_id
    if None in signed or not signed:
        return Part(run, study, None)
    return Part(run, study, max(signed) + timedelta(days=reading.charter.terms.repeat_min_days))


def opens_next(user: User, study: int, *, now: datetime) -> datetime | None:
    """When the next part of a study opens to a reader who has signed all that is open; None if none is to come."""
    dates = [part.opens_at for part in second_parts(user) if part.study == study and not part.is_open(now)]
    known = [date for date in dates if date is not None]
    return min(known) if known else None
