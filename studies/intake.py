"""A finished upload becomes exams: claim it, split its zips, judge file by file, close.

Each verdict is committed as it falls, so a killed worker loses nothing: the next one claims the upload when the lease
has run out and goes on with the files still pending. Originals wait in the quarantine and are destroyed at the end,
whatever became of them. Nothing that stands in a file is ever logged.
"""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from readers import audit
from studies import cases, dicom, filing, storage
from studies.deidentify import reading_copy, study_key
from studies.errors import SENTENCES, Refused
from studies.models import Case, Upload, UploadedFile, UploadState, Verdict
from studies.originals import Originals
from studies.uploads import WAITING, totals

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
MAX_TRIES = 3  # a file in whose middle three workers died is refused
HARMLESS = ("directory",)  # refused, and yet nothing is missing


class LeaseLost(Exception):
    """Another worker has taken this upload over; stop without touching it."""


def waiting(*, now: datetime) -> QuerySet[Upload]:
    """The uploads nobody is working on: newly received, or left by a dead worker."""
    return Upload.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), state__in=WAITING)


def import_upload(pk: int) -> None:
    """Import an upload, unless it is done or another worker is at it. Safe to run twice, also at the same time."""
    upload = claim(pk, now=timezone.now())
    if upload is None:
        return
    try:
        with Originals(upload.code) as originals:
            split(upload, originals)
            judge_all(upload, originals)
        close(upload, now=timezone.now())
    except LeaseLost:
        log.warning("upload %s was taken over by another worker", upload.code)


def claim(pk: int, *, now: datetime) -> Upload | None:
    """The upload with a lease on it, by one atomic statement; None if there is nothing to claim."""
    claimed = (
        waiting(now=now)
        .filter(pk=pk)
        .update(state=UploadState.IMPORTING, lease_until=now + LEASE, attempt=F("attempt") + 1)
    )
    return Upload.objects.select_related("study", "uploaded_by").get(pk=pk) if claimed else None


def renew(upload: Upload, *, now: datetime) -> None:
    mine = Upload.objects.filter(pk=upload.pk, attempt=upload.attempt, state=UploadState.IMPORTING)
    if not mine.update(lease_until=now + LEASE):
        raise LeaseLost


def pending(upload: Upload) -> QuerySet[UploadedFile]:
    return UploadedFile.objects.filter(upload=upload, verdict=Verdict.PENDING)


def next_try(upload: Upload, pk: int) -> UploadedFile:
    """The row of a file, counted as tried before anybody looks into it."""
    renew(upload, now=timezone.now())
    UploadedFile.objects.filter(pk=pk).update(tries=F("tries") + 1)
    return UploadedFile.objects.get(pk=pk)


def split(upload: Upload, originals: Originals) -> None:
    for row in [row for row in pending(upload).filter(entry=None) if originals.is_zip(row.number)]:
        renew(upload, now=timezone.now())
        try:
            give_rows(row, entries=originals.entries(row.number))
        except Refused as refusal:
            refuse(row, refusal)


@transaction.atomic
def give_rows(row: UploadedFile, *, entries: int) -> None:
    """The row of a zip becomes the row of its first entry, and every further entry gets a row of its own."""
    UploadedFile.objects.filter(pk=row.pk).update(entry=1)
    further = [UploadedFile(upload=row.upload, number=row.number, entry=entry) for entry in range(2, entries + 1)]
    UploadedFile.objects.bulk_create(further)


def judge_all(upload: Upload, originals: Originals) -> None:
    for pk in list(pending(upload).values_list("pk", flat=True)):
        judge(next_try(upload, pk), upload=upload, originals=originals)


def judge(row: UploadedFile, *, upload: Upload, originals: Originals) -> None:
    """One file, one verdict. What is wrong with a file never stops the rest; a full disk or a lost database does."""
    if row.tries > MAX_TRIES:
        return refuse(row, Refused("broken"))
    try:
        with originals.path(row.number, entry=row.entry) as path:
            take(row, path, upload=upload)
    except Refused as refusal:
        refuse(row, refusal)
    except (OSError, DatabaseError):
        raise
    except Exception as problem:
        refuse(row, Refused("broken"), cause=problem)


def take(row: UploadedFile, path: Path, *, upload: Upload) -> None:
    copy = reading_copy(dicom.read(path), key=study_key(settings.UID_KEY, upload.study.code))
    with transaction.atomic():
        case, verdict = filing.file(copy, upload=upload)
        settle(row, verdict=verdict, case=case)


def refuse(row: UploadedFile, refusal: Refused, *, cause: BaseException | None = None) -> None:
    """Only the class of an error is logged: its text may quote the header."""
    error = type(cause or refusal.__cause__).__name__
    log.info("upload %s, file %s refused: %s (%s)", row.upload_id, row.number, refusal.reason, error)
    settle(row, verdict=Verdict.REFUSED, reason=refusal.reason)


def settle(row: UploadedFile, *, verdict: str, reason: str = "", case: Case | None = None) -> None:
    """Write the verdict, once: a second worker finds the row no longer pending and changes nothing."""
    UploadedFile.objects.filter(pk=row.pk, verdict=Verdict.PENDING).update(
        verdict=verdict, reason=reason, message=SENTENCES.get(reason, ""), case=case
    )


def close(upload: Upload, *, now: datetime) -> None:
    """Destroy the originals, then make the cases and say how it went."""
    storage.remove(storage.quarantine(upload.code))
    with transaction.atomic():
        renew(upload, now=now)
        for case in Case.objects.filter(pk__in=upload.files.filter(verdict=Verdict.IMPORTED).values("case")):
            cases.assemble(case)
        upload.state, upload.finished_at, upload.lease_until = outcome(upload), now, None
        upload.save(update_fields=["state", "finished_at", "lease_until"])
        after = {"state": upload.state, **totals(upload)}
        audit.record("upload.imported", upload, actor=upload.uploaded_by, study=upload.study, after=after)


def outcome(upload: Upload) -> UploadState:
    taken = upload.files.filter(verdict__in=[Verdict.IMPORTED, Verdict.DUPLICATE]).exists()
    lost = upload.files.filter(verdict=Verdict.REFUSED).exclude(reason__in=HARMLESS).exists()
    if not taken:
        return UploadState.REJECTED
    return UploadState.PARTLY if lost else UploadState.IMPORTED
