"""Which desk has a reading: one page in one browser at a time, for as long as it goes on asking."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from readers.errors import Conflict
from scoring import submission
from scoring.models import Desk, Reading

LEASE = timedelta(seconds=30)  # the page asks every 10 s


@transaction.atomic
def hold(reading: Reading, *, desk: UUID, take: bool, now: datetime) -> Desk:
    """Give the reading to this desk for half a minute more. Another desk's is left to it, unless this one takes it."""
    reading = submission.locked(reading)
    submission.refuse_if_signed(reading)
    return keep(reading, desk=desk, take=take, now=now)


def keep(reading: Reading, *, desk: UUID, take: bool = False, now: datetime) -> Desk:
    """The same for who has locked the reading. Raises Conflict while it is open at another desk."""
    held = Desk.objects.filter(reading=reading).first() or Desk(reading=reading, key=desk, until=now)
    if held.key != desk and held.until > now and not take:
        sentence = "This reading is open in another window. Go on there, or work here instead."
        raise Conflict("open_elsewhere", sentence, desk=str(held.key))  # a browser knows its own killed ones
    held.key, held.until = desk, now + LEASE
    held.save()
    return held
