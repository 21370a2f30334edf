"""Who works on an upload: a lease that a worker takes, renews, and loses when it dies."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from studies.models import Upload, UploadState
from studies.uploads import WAITING

LEASE = timedelta(seconds=120)  # twice the longest that one file may take (limits.child_wall_seconds)


class LeaseLost(Exception):
    """Another worker has taken this upload over; stop without touching it."""


def waiting(*, now: datetime) -> QuerySet[Upload]:
    """The uploads nobody is working on: newly received, or left by a dead worker."""
    return Upload.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), state__in=WAITING)


def claim(pk: int, *, now: datetime) -> Upload | None:
    """The upload with a lease on it, by one atomic statement; None if there is nothing to claim."""
    claimed = (
        waiting(now=now)
        .filter(pk=pk)
        .update(state=UploadState.IMPORTING, lease_until=now + LEASE, attempt=F("attempt") + 1)
    )
    return Upload.objects.select_related("study", "uploaded_by", "centre").get(pk=pk) if claimed else None


def renew(upload: Upload, *, now: datetime) -> None:
    """Hold the upload for longer; within a transaction, also keep others from claiming it until the end."""
    mine = Upload.objects.filter(pk=upload.pk, attempt=upload.attempt, state=UploadState.IMPORTING)
    if not mine.update(lease_until=now + LEASE):
        raise LeaseLost
    upload.lease_until = now + LEASE


def keep(upload: Upload, *, now: datetime) -> None:
    """Renew the lease if half of it has passed: what is called for every file must not cost a statement each."""
    if upload.lease_until is None or upload.lease_until - now < LEASE / 2:
        renew(upload, now=now)
