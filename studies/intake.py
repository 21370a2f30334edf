"""A finished upload becomes exams: claim it, split its zips, open its files in batches, close.

    quarantine -> split -> open (sandbox.py: a child without rights) -> write planes -> file -> verdict -> assemble

The verdicts of a batch are committed together with its images, so a killed worker loses nothing: the next one claims
the upload when the lease has run out and goes on with the files still pending. Originals wait in the quarantine and
are destroyed at the end, whatever became of them. This process never looks into one.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from readers import audit
from studies import cases, originals, storage
from studies.batches import Batch, study_key_of
from studies.errors import Refused
from studies.leases import LeaseLost, claim, renew
from studies.models import Case, Instance, Upload, UploadedFile, UploadState, Verdict
from studies.originals import Originals
from studies.sandbox import Sandbox
from studies.uploads import totals

log = logging.getLogger(__name__)

BATCH_FILES = 128
HARMLESS = ("directory",)  # refused, and yet nothing is missing


def import_upload(pk: int) -> None:
    """Import an upload, unless it is done or another worker is at it. Safe to run twice, also at the same time."""
    upload = claim(pk, now=timezone.now())
    if upload is None:
        return
    try:
        with Originals(upload) as files, Sandbox(study_key_of(upload), settings.LIMITS) as sandbox:
            split(upload, files)
            while rows := next_batch(upload):
                renew(upload, now=timezone.now())
                with no_fault_of(rows):
                    Batch(upload, files=files, sandbox=sandbox).take(rows)
        close(upload, now=timezone.now())
    except LeaseLost:
        log.warning("upload %s was taken over by another worker", upload.code)


def pending(upload: Upload) -> QuerySet[UploadedFile]:
    return UploadedFile.objects.filter(upload=upload, verdict=Verdict.PENDING)


def split(upload: Upload, files: Originals) -> None:
    for row in [row for row in pending(upload).filter(entry=None) if files.is_zip(row.number)]:
        renew(upload, now=timezone.now())
        try:
            give_rows(row, entries=files.entries(row.number))
        except Refused as refusal:
            UploadedFile.objects.filter(pk=row.pk, verdict=Verdict.PENDING).update(
                verdict=Verdict.REFUSED, reason=refusal.reason, message=refusal.message, sha256=""
            )


@transaction.atomic
def give_rows(row: UploadedFile, *, entries: int) -> None:
    """The row of a zip becomes the row of its first entry, and every further entry gets a row of its own."""
    UploadedFile.objects.filter(pk=row.pk).update(entry=1, sha256="")
    further = [UploadedFile(upload=row.upload, number=row.number, entry=entry) for entry in range(2, entries + 1)]
    UploadedFile.objects.bulk_create(further, batch_size=1000)


def next_batch(upload: Upload) -> list[UploadedFile]:
    """The next files, counted as tried before anybody looks into them. One that was tried before comes alone."""
    rows = list(pending(upload)[:BATCH_FILES])
    rows = [row for row in rows if row.tries][:1] or rows
    UploadedFile.objects.filter(pk__in=[row.pk for row in rows]).update(tries=F("tries") + 1)
    return rows


@contextmanager
def no_fault_of(rows: list[UploadedFile]) -> Iterator[None]:
    """What stops the import itself, such as a full disk, must not count against files, or they end up refused."""
    try:
        yield
    except Exception:
        untaken = UploadedFile.objects.filter(pk__in=[row.pk for row in rows], verdict=Verdict.PENDING)
        untaken.update(tries=F("tries") - 1)
        raise


def close(upload: Upload, *, now: datetime) -> None:
    """Destroy or seal the originals, then make the cases and say how it went."""
    originals.dispose(upload)
    with transaction.atomic():
        renew(upload, now=now)
        touched = Case.objects.filter(pk__in=upload.files.filter(verdict=Verdict.IMPORTED).values("case"))
        for case in touched.order_by("exam__uid"):  # as filing.py locks them, or two imports wait for each other
            cases.assemble(case)
        upload.state, upload.finished_at, upload.lease_until = outcome(upload), now, None
        upload.save(update_fields=["state", "finished_at", "lease_until"])
        after = {"state": upload.state, **totals(upload)}
        audit.record("upload.imported", upload, actor=upload.uploaded_by, study=upload.study, after=after)


def prune(*, now: datetime) -> int:
    """Remove what packing left over; give how many files. What is younger than an hour may belong to an open batch."""
    needed = set(Instance.objects.values_list("object_sha256", flat=True).distinct())
    return storage.prune(needed, before=(now - timedelta(hours=1)).timestamp())


def outcome(upload: Upload) -> UploadState:
    taken = upload.files.filter(verdict__in=[Verdict.IMPORTED, Verdict.DUPLICATE]).exists()
    lost = upload.files.filter(verdict=Verdict.REFUSED).exclude(reason__in=HARMLESS).exists()
    if not taken:
        return UploadState.REJECTED
    return UploadState.PARTLY if lost else UploadState.IMPORTED
