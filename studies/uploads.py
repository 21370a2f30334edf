"""The door of an upload: begun, received into the quarantine, finished or discarded; and what was left, destroyed."""

import os
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from readers import audit, jobs
from readers.errors import Conflict
from readers.models import User
from studies import quotas, storage
from studies.errors import SENTENCES
from studies.hashing import copy
from studies.holding import in_part
from studies.locks import refuse_if_locked
from studies.models import Centre, MachineAccount, Study, Upload, UploadedFile, UploadState, Verdict

ABANDONED_AFTER = timedelta(hours=24)
WAITING = (UploadState.RECEIVED, UploadState.IMPORTING)


@transaction.atomic
def begin(
    study: Study, *, subject: str, actor: User, centre: str = "", machine: MachineAccount | None = None
) -> Upload:
    """A new upload. `centre` is the name the study gives a hospital; a name not heard before is a new one.

    Raises  Conflict if the person has begun too many and not finished them; a machine keeps its own pace
    """
    refuse_if_locked(study)
    if machine is None:
        quotas.check_begin(actor, settings.LIMITS)
    place = Centre.objects.get_or_create(study=study, name=centre)[0] if centre else None
    upload = Upload.objects.create(study=study, subject=subject, centre=place, machine=machine, uploaded_by=actor)
    audit.record("upload.begun", upload, actor=actor, study=study, after={"subject": subject, "centre": centre})
    return upload


@transaction.atomic
def receive(upload: Upload, files: Mapping[int, Path | TemporaryUploadedFile]) -> int:
    """Take files by their number into the quarantine; sent again, a file replaces itself. Gives how many came.

    Raises  Conflict if the upload is finished; TooLarge beyond what it, or a day, may hold; NoRoom
    """
    upload = receiving(upload)
    more = sum(file.stat().st_size if isinstance(file, Path) else file.size or 0 for file in files.values())
    quotas.check_bytes(upload, more, settings.LIMITS, now=timezone.now(), replaced=files)
    folder = storage.quarantine(upload.code)
    rows = [moved(file, folder, UploadedFile(upload=upload, number=number)) for number, file in files.items()]
    UploadedFile.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["upload", "number", "entry"],
        update_fields=["n_bytes", "sha256", "is_complete"],
    )
    return len(rows)


def receiving(upload: Upload) -> Upload:
    """The upload, locked, if files may still be added."""
    upload = Upload.objects.select_for_update(no_key=True, of=["self"]).select_related("study").get(pk=upload.pk)
    check_receiving(upload)
    return upload


def check_receiving(upload: Upload) -> None:
    if upload.state != UploadState.RECEIVING:
        raise Conflict("upload_finished", "This upload is finished. Begin a new one for more files.")


def numbered(files: Mapping[str, TemporaryUploadedFile]) -> dict[int, TemporaryUploadedFile]:
    """The parts of a request by the number each is named by. Their file names are never looked at."""
    if not files or not all(re.fullmatch(r"\d{1,6}", name) for name in files):
        raise ValidationError("Send files as multipart parts, each named by its number.")
    return {int(name): file for name, file in files.items()}


def moved(file: Path | TemporaryUploadedFile, folder: Path, row: UploadedFile) -> UploadedFile:
    """A file of the caller's own folder is copied; one that came over the wire is renamed, for it lies here already."""
    target = folder / str(row.number)
    if isinstance(file, Path):
        row.sha256 = copy(file, target)
    else:
        os.replace(file.temporary_file_path(), target)
        row.sha256 = file.sha256  # type: ignore[attr-defined]  # hashing.py
    row.n_bytes = target.stat().st_size
    return row


@transaction.atomic
def finish(upload: Upload, *, actor: User) -> Upload:
    """All files are here: the upload may be imported. Raises Conflict while a file has come only in part."""
    upload = receiving(upload)
    if lacking := len(in_part(upload)):
        sentence = f"Of {upload.files.count()} files {lacking} came only in part. Send the rest, or discard the upload."
        raise Conflict("upload_incomplete", sentence)
    storage.settle_quarantine(upload.code)
    upload.state = UploadState.RECEIVED
    upload.save(update_fields=["state"])
    audit.record("upload.received", upload, actor=actor, study=upload.study, after={"files": upload.files.count()})
    jobs.wake("studies.tasks.import_upload", upload.pk)
    return upload


@transaction.atomic
def write_off(upload: Upload) -> None:
    """Refuse the files that came only in part, so that the rest can be finished: for machines, which cannot go on."""
    for row in in_part(receiving(upload)):
        row.is_complete, row.n_bytes, row.sha256 = True, 0, ""
        row.verdict, row.reason, row.message = Verdict.REFUSED, "lost", SENTENCES["lost"]
        row.save()
        storage.remove(storage.quarantine(upload.code) / str(row.number))


@transaction.atomic
def discard(upload: Upload, *, actor: User) -> Upload:
    """Nothing of this upload is wanted: its files are destroyed. Raises Conflict once it is finished."""
    upload = end(receiving(upload), now=timezone.now())
    audit.record("upload.discarded", upload, actor=actor, study=upload.study)
    transaction.on_commit(lambda: storage.remove(storage.quarantine(upload.code)))
    return upload


def end(upload: Upload, *, now: datetime) -> Upload:
    """Close an upload that was never finished. Its rows stay, for what was brought today counts for today."""
    upload.state, upload.finished_at = UploadState.REJECTED, now
    upload.save(update_fields=["state", "finished_at"])
    upload.files.update(sha256="")
    return upload


def totals(upload: Upload) -> dict[str, int]:
    """How many files have which verdict, every verdict named."""
    counts = dict(upload.files.order_by().values_list("verdict").annotate(Count("pk")))
    return {verdict: counts.get(verdict, 0) for verdict in Verdict.values}


def tidy(*, now: datetime) -> None:
    """Give up uploads that were never finished, and destroy what nobody waits for: also requests cut off midway."""
    long_ago = now - ABANDONED_AFTER
    for upload in Upload.objects.filter(state=UploadState.RECEIVING, received_at__lt=long_ago).select_related("study"):
        if storage.last_touched(upload.code) < long_ago.timestamp():
            abandon(upload, now=now)
    waited_for = set(Upload.objects.filter(finished_at=None).values_list("code", flat=True))
    for path in storage.quarantined():
        if path.name not in waited_for and path.stat().st_mtime < long_ago.timestamp():
            storage.remove(path)


@transaction.atomic
def abandon(upload: Upload, *, now: datetime) -> None:
    try:
        upload = receiving(upload)
    except Conflict:  # finished in this very moment
        return
    end(upload, now=now)
    audit.record("upload.abandoned", upload, actor=None, study=upload.study)
