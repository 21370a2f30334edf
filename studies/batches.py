"""A batch: files opened together, whose planes become one stored object and whose verdicts one transaction."""

import hashlib
import logging
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from studies import leases, storage
from studies.deidentify import keyed, study_key
from studies.errors import SENTENCES, Refused
from studies.filing import Filing, Opened, write_plane
from studies.models import Case, Upload, UploadedFile, Verdict
from studies.originals import Originals
from studies.sandbox import Sandbox

log = logging.getLogger(__name__)

MAX_TRIES = 3  # a file in whose middle three workers died is refused
ENOUGH_SLICES = 512  # then the batch is closed, whatever is left of it: a multi-frame file may hold thousands
TAKEN = (Verdict.IMPORTED, Verdict.DUPLICATE)


def study_key_of(upload: Upload) -> bytes:
    return study_key(settings.UID_KEY, upload.study.code)


class Batch:
    def __init__(self, upload: Upload, *, files: Originals, sandbox: Sandbox) -> None:
        self.upload, self.files, self.sandbox, self.key = upload, files, sandbox, study_key_of(upload)

    def take(self, rows: list[UploadedFile]) -> None:
        """Open the files and give each its verdict; those beyond what a batch holds stay pending."""
        known = self.known_cases(rows)
        opened: list[Opened] = []
        with storage.Writer() as stored:
            for row in rows:
                leases.keep(self.upload, now=timezone.now())
                opened.append(self.open(row, stored, known=known))
                if sum(len(one.slices) for one in opened) >= ENOUGH_SLICES:
                    break
            object_sha256 = stored.keep() if stored.size else ""
            storage.settle()
            record(opened, upload=self.upload, object_sha256=object_sha256)

    def known_cases(self, rows: list[UploadedFile]) -> dict[str, Case]:
        """The cases of files whose very bytes were taken before, by content key. With a pseudonym all are opened."""
        keys = [self.content_key(row.sha256) for row in rows if row.sha256]
        if self.upload.subject or not keys:
            return {}
        before = UploadedFile.objects.filter(upload__study=self.upload.study, content_key__in=keys, verdict__in=TAKEN)
        return {one.content_key: one.case for one in before.select_related("case") if one.case}

    def content_key(self, sha256: str) -> str:
        """Keyed: whoever has the database and an original cannot find out whether they belong together."""
        return keyed(self.key, "content", sha256).hex()

    def open(self, row: UploadedFile, stored: storage.Writer, *, known: Mapping[str, Case]) -> Opened:
        one, start = Opened(row), stored.size
        try:
            if row.tries >= MAX_TRIES:
                raise Refused("broken")
            with self.files.path(row.number, entry=row.entry) as path:
                one.content_key = self.content_key(row.sha256 or sha256_of(path))
                self.read(path, one, stored, known=known)
        except FileNotFoundError:
            one.refuse("lost")
        except Refused as refusal:
            stored.forget_from(start)
            one.refuse(refusal.reason)
        return one

    def read(self, path: Path, one: Opened, stored: storage.Writer, *, known: Mapping[str, Case]) -> None:
        if case := known.get(one.content_key):
            one.case, one.verdict = case, Verdict.DUPLICATE
            return
        for copy in self.sandbox.copies(path):
            one.slices.append(write_plane(copy, stored))


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def record(opened: list[Opened], *, upload: Upload, object_sha256: str) -> None:
    """Commit a batch; if the database refuses a row of it, file by file, so that only the bad one is refused."""
    try:
        commit(opened, upload=upload, object_sha256=object_sha256)
    except (DataError, IntegrityError) as problem:
        log.warning("upload %s: the database refused a batch (%s)", upload.pk, type(problem).__name__)
        if len(opened) == 1:
            opened[0].refuse("broken")
            return commit(opened, upload=upload, object_sha256=object_sha256)
        for one in opened:
            record([one], upload=upload, object_sha256=object_sha256)
    return None


@transaction.atomic
def commit(opened: list[Opened], *, upload: Upload, object_sha256: str) -> None:
    leases.renew(upload, now=timezone.now())
    Filing(upload, object_sha256=object_sha256).file(opened)
    write_verdicts(opened)
    log.info("upload %s: %s", upload.pk, dict(Counter(one.reason or str(one.verdict) for one in opened)))


def write_verdicts(opened: list[Opened]) -> None:
    """One statement for all: an insert that updates, for Django's bulk_update costs more than opening the files."""
    for one in opened:
        one.row.verdict, one.row.reason, one.row.message = one.verdict, one.reason, SENTENCES.get(one.reason, "")
        one.row.case, one.row.content_key = one.case, one.content_key if one.verdict in TAKEN else ""
        one.row.sha256 = ""
    UploadedFile.objects.bulk_create(
        [one.row for one in opened],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["verdict", "reason", "message", "case", "content_key", "sha256"],
    )
