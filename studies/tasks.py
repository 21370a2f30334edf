"""Doorways for the worker: a key in, the row re-read, one function called, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from studies import intake, leases, uploads


@shared_task
def import_upload(upload_key: int) -> None:
    intake.import_upload(upload_key)


@shared_task
def sweep() -> None:
    """Find uploads that a dead worker or an emptied broker left behind: the row is the message."""
    now = timezone.now()
    for upload in leases.waiting(now=now):
        import_upload.delay(upload.pk)
    uploads.tidy(now=now)


@shared_task
def prune() -> None:
    """Remove stored files that packing left over."""
    intake.prune(now=timezone.now())
