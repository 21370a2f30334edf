"""How much one person may bring, and how full the disk may get. Asked before anything is kept."""

import shutil
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet, Sum

from readers.errors import Conflict, NoRoom, TooLarge
from readers.models import User
from studies.limits import Limits, written
from studies.models import Upload, UploadedFile, UploadState

DAY = timedelta(hours=24)
NO_ROOM = "The disk of the server is nearly full. What has arrived is kept: go on when there is room again."


def check_begin(actor: User, limits: Limits) -> None:
    """One person receives few uploads at once. Two pages of one person wait for each other here.

    Raises  Conflict that names the uploads of which one is to be finished or discarded first
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    unfinished = Upload.objects.filter(uploaded_by=actor, machine=None, state=UploadState.RECEIVING)
    codes = list(unfinished.order_by("received_at").values_list("code", flat=True))
    if len(codes) >= limits.uploads_at_once:
        names = " and ".join([", ".join(codes[:-1]), codes[-1]] if codes[1:] else codes)
        sentence = f"You have begun and not finished: {names}. Finish or discard an upload first."
        raise Conflict("too_many_uploads", sentence, uploads=codes)


def check_bytes(upload: Upload, more: int, limits: Limits, *, now: datetime, replaced: Collection[int] = ()) -> None:
    """That so many bytes more may come. Files that are sent again stand in for themselves.

    Raises  TooLarge beyond one upload or one day; NoRoom where the disk would be too full
    """
    if more + size_of(upload.files.exclude(number__in=replaced)) > limits.upload_bytes:
        sentence = f"One upload may hold {written(limits.upload_bytes)}. Finish this one and begin another."
        raise TooLarge("upload_too_large", sentence)
    of_today = UploadedFile.objects.filter(
        upload__uploaded_by=upload.uploaded_by_id, upload__machine=upload.machine_id, upload__received_at__gt=now - DAY
    )
    if more + size_of(of_today.exclude(upload=upload, number__in=replaced)) > limits.daily_bytes:
        sentence = f"One person may upload {written(limits.daily_bytes)} a day. Go on tomorrow; what came is kept."
        raise TooLarge("daily_limit", sentence)
    check_disk(more, limits)


def check_disk(more: int, limits: Limits) -> None:
    """That the disk stays as free as it has to."""
    disk = shutil.disk_usage(settings.DENS_DATA)
    if (disk.free - more) * 100 < limits.free_space_percent * disk.total:
        raise NoRoom("no_room", NO_ROOM)


def size_of(files: QuerySet[UploadedFile]) -> int:
    return files.aggregate(Sum("n_bytes"))["n_bytes__sum"] or 0
