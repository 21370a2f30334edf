"""A study as a bundle of files: asked for, built by a worker case by case, kept, handed out. Same data, same bytes.

What is in the bundle is said in scoring/bundle; here it is only claimed, gathered, written, zipped and stored.
"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from readers import audit, jobs
from readers.models import User
from scoring import gathering
from scoring.dossier import CaseRecord, Header, from_json, line_of
from scoring.models import Export, ExportState
from studies import storage
from studies.models import Study

LEASE = timedelta(minutes=15)  # renewed after each batch; gathering all cases comes before the first
A_DAY = timedelta(days=1)
FAILED = "The export could not be built. Ask again; tell your administrator."
COMPRESSION = 6
Clock = Callable[[], datetime]
Tell = Callable[[int], None]


@transaction.atomic
def ask(study: Study, *, actor: User) -> Export:
    """Queue an export. The row is the message: a worker builds it, or the next sweep finds it."""
    requested = Export.objects.create(study=study, requested_by=actor)
    audit.record("export.requested", requested, actor=actor, study=study)
    jobs.wake("scoring.tasks.build_export", requested.pk)
    return requested


def waiting(*, now: datetime) -> QuerySet[Export]:
    """Exports nobody builds: queued, or left by a worker whose lease has run out."""
    return Export.objects.filter(Q(state=ExportState.QUEUED) | Q(state=ExportState.BUILDING, lease_until__lt=now))


def build(export: Export, *, now: datetime, clock: Clock = timezone.now) -> None:
    """Claim the export and build it; a second worker finds nothing to claim."""
    if not claim(export, now=now):
        return
    storage.forget_workshop(before=(now - A_DAY).timestamp())
    try:
        with storage.workshop() as folder:
            made = zipped(export.study, folder, tell=partial(progressed, export, clock))
            finish(export, made, now=clock())
    except Exception:
        Export.objects.filter(pk=export.pk).update(state=ExportState.FAILED, message=FAILED)
        raise


def claim(export: Export, *, now: datetime) -> bool:
    found = waiting(now=now).filter(pk=export.pk)
    n_cases = export.study.cases.count()
    return bool(found.update(state=ExportState.BUILDING, lease_until=now + LEASE, n_done=0, n_cases=n_cases))


def progressed(export: Export, clock: Clock, n_done: int) -> None:
    """Keep the export, and let the page show how far it is."""
    Export.objects.filter(pk=export.pk).update(lease_until=clock() + LEASE, n_done=n_done)


@transaction.atomic
def finish(export: Export, made: Path, *, now: datetime) -> None:
    export = Export.objects.select_for_update(no_key=True).get(pk=export.pk)
    export.bytes = made.stat().st_size
    export.sha256 = storage.take(made)
    export.state, export.ready_at, export.lease_until = ExportState.READY, now, None
    export.save()
    audit.record("export.built", export, actor=None, study=export.study, after={"sha256": export.sha256})


@transaction.atomic
def hand_out(export: Export, *, actor: User) -> Path:
    """The file of an export. Each download is recorded."""
    audit.record("export.downloaded", export, actor=actor, study=export.study, after={"sha256": export.sha256})
    return storage.place(export.sha256)


def zipped(study: Study, folder: Path, *, tell: Tell) -> Path:
    """The bundle of a study as one zip in a folder that is empty."""
    files, made = folder / "files", folder / "export.zip"
    write(study, files, spool=folder / "cases.jsonl", tell=tell)
    pack(files, made)
    return made


def write_out(study: Study, to: Path) -> str:
    """The files of the bundle into a folder that is not there yet, for a person at a shell. It is recorded.

    Returns   the SHA-256 of SHA256SUMS, which stands for all of them
    """
    with storage.workshop() as folder:
        write(study, to, spool=folder / "cases.jsonl", tell=lambda n_done: None)
    sha256 = hashlib.sha256((to / "SHA256SUMS").read_bytes()).hexdigest()
    audit.record("export.written", study, actor=None, study=study, after={"sums_sha256": sha256})
    return sha256


def write(study: Study, files: Path, *, spool: Path, tell: Tell) -> None:
    """Every file of the bundle into a folder.

    spool   where the cases wait as JSON, so that all are of one moment however long the writing takes
    """
    from scoring.bundle import writing  # pandas, Arrow and highdicom: only for who writes a bundle, not for the web

    files.mkdir(parents=True)
    header = gather(study, spool)
    writing.write(files, header, cases_in(spool), tell=tell)


def gather(study: Study, spool: Path) -> Header:
    with one_moment(), spool.open("w", encoding="utf-8") as lines:
        study = Study.objects.get(pk=study.pk)  # locked meanwhile, perhaps: it must be of the same moment
        header = gathering.header(study)
        for case in gathering.cases(study):
            lines.write(f"{line_of(case)}\n")
    return header


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read inside is read as it was at the beginning, whoever signs in the meantime."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def cases_in(spool: Path) -> Iterator[CaseRecord]:
    with spool.open(encoding="utf-8") as lines:
        for line in lines:
            yield from_json(CaseRecord, json.loads(line))


def pack(files: Path, made: Path) -> None:
    """A zip without clock or machine in it, in the order of names."""
    names = sorted(path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file())
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as archive:
        for name in names:
            member = zipfile.ZipInfo(name)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            member.file_size = (files / name).stat().st_size
            with (files / name).open("rb") as source, archive.open(member, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)
