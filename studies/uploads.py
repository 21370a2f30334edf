"""The door of an upload: begun, received into the quarantine, finished; and what was left lying there, destroyed."""

import os
import re
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.db.models import Count

from readers import audit, jobs
from readers.errors import Conflict, TooLarge
from readers.models import User
from studies import storage
from studies.models import Study, Upload, UploadedFile, UploadState, Verdict

MAX_UPLOAD_BYTES = 4 * 1024**3
TOO_LARGE = "One upload may hold 4 GiB. Finish this one and begin another."
ABANDONED_AFTER = timedelta(hours=24)
WAITING = (UploadState.RECEIVED, UploadState.IMPORTING)


@transaction.atomic
def begin(study: Study, *, subject: str, actor: User) -> Upload:
    upload = Upload.objects.create(study=study, subject=subject, uploaded_by=actor)
    audit.record("upload.begun", upload, actor=actor, study=study, after={"subject": subject})
    return upload


@transaction.atomic
def receive(upload: Upload, files: Mapping[int, Path | TemporaryUploadedFile]) -> int:
    """Take files by their number into the quarantine; sent again, a file replaces itself. Gives how many came.

    Raises  Conflict if the upload is finished; TooLarge beyond what one upload may hold
    """
    upload = receiving(upload)
    folder = storage.quarantine(upload.code)
    for number, file in files.items():
        move(file, folder / str(number))
        UploadedFile.objects.get_or_create(upload=upload, number=number, entry=None)
    check_room(folder)
    return len(files)


def receiving(upload: Upload) -> Upload:
    """The upload, locked, if files may still be added."""
    upload = Upload.objects.select_for_update(of=["self"]).select_related("study").get(pk=upload.pk)
    if upload.state != UploadState.RECEIVING:
        raise Conflict("upload_finished", "This upload is finished. Begin a new one for more files.")
    return upload


def numbered(files: Mapping[str, TemporaryUploadedFile]) -> dict[int, TemporaryUploadedFile]:
    """The parts of a request by the number each is named by. Their file names are never looked at."""
    if not files or not all(re.fullmatch(r"\d{1,6}", name) for name in files):
        raise ValidationError("Send files as multipart parts, each named by its number.")
    return {int(name): file for name, file in files.items()}


def move(file: Path | TemporaryUploadedFile, target: Path) -> None:
    """A file of the caller's own folder is copied; one that came over the wire is renamed, for it lies here already."""
    if isinstance(file, Path):
        shutil.copyfile(file, target)
    else:
        os.replace(file.temporary_file_path(), target)


def check_room(folder: Path) -> None:
    if sum(file.stat().st_size for file in folder.iterdir()) > MAX_UPLOAD_BYTES:
        raise TooLarge("upload_too_large", TOO_LARGE)


@transaction.atomic
def finish(upload: Upload, *, actor: User) -> Upload:
    """All files are here: the upload may be imported."""
    upload = receiving(upload)
    upload.state = UploadState.RECEIVED
    upload.save(update_fields=["state"])
    after = {"files": upload.files.count()}
    audit.record("upload.received", upload, actor=actor, study=upload.study, after=after)
    jobs.wake("studies.tasks.import_upload", upload.pk)
    return upload


def totals(upload: Upload) -> dict[str, int]:
    """How many files have which verdict, every verdict named."""
    counts = dict(upload.files.order_by().values_list("verdict").annotate(Count("pk")))
    return {verdict: counts.get(verdict, 0) for verdict in Verdict.values}


def tidy(*, now: datetime) -> None:
    """Give up uploads that were never finished, and destroy what nobody waits for: also requests cut off midway."""
    long_ago = now - ABANDONED_AFTER
    for upload in Upload.objects.filter(state=UploadState.RECEIVING, received_at__lt=long_ago).select_related("study"):
        abandon(upload, now=now)
    waited_for = set(Upload.objects.filter(finished_at=None).values_list("code", flat=True))
    for path in storage.quarantined():
        if path.name not in waited_for and path.stat().st_mtime < long_ago.timestamp():
            storage.remove(path)


@transaction.atomic
def abandon(upload: Upload, *, now: datetime) -> None:
    upload.state, upload.finished_at = UploadState.REJECTED, now
    upload.save(update_fields=["state", "finished_at"])
    audit.record("upload.abandoned", upload, actor=None, study=upload.study)
