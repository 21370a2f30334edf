"""STOW-RS (PS3.18 section 10.5): what a machine sends goes the way of every upload; the answer says what became of it.

Parts stream to the quarantine one by one. Of each only the three UIDs by which its sender knows it are read, for the
answer; they are not stored and not logged.
"""

import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils import timezone

from readers.errors import Refusal, TooLarge
from studies import intake, storage, uploads
from studies.errors import Refused
from studies.models import MachineAccount, Upload, UploadedFile, Verdict
from studies.receipts import FAILURES, MISMATCH, NOT_UNDERSTOOD, Named, Stored
from studies.walk import walk

SOP_CLASS, SOP_INSTANCE, EXAM = 0x00080016, 0x00080018, 0x0020000D
PATIENCE_SECONDS = 300.0  # for a worker that was quicker than we to claim the upload
MOST_UID = 64
AT_ONCE = 50  # parts handed to the quarantine in one transaction


def store(machine: MachineAccount, parts: Iterable[Iterator[bytes]], *, exam: str = "") -> Stored:
    """Take the parts in, import them, and say what became of each. Nothing stays of a body that breaks off.

    exam  the StudyInstanceUID of the address, which every part must then have
    """
    upload = uploads.begin(machine.study, subject="", actor=machine.made_by, machine=machine)
    post = Post(upload, exam=exam)
    try:
        post.receive(parts)
    except BaseException:
        uploads.abandon(upload, now=timezone.now())
        storage.remove(storage.quarantine(upload.code))
        raise
    uploads.finish(upload, actor=machine.made_by)
    intake.import_upload(upload.pk)
    stored = Stored(failed=[(name, MISMATCH) for name in post.mismatched], is_done=wait(upload))
    judge(stored, upload, post.names)
    return stored


class Post:
    """The parts of one body on their way into the quarantine, by number, and how their sender knows each.

    exam  the StudyInstanceUID of the address, which every part must then have; others are left out
    """

    def __init__(self, upload: Upload, *, exam: str) -> None:
        self.upload, self.exam = upload, exam
        self.names: dict[int, Named] = {}
        self.mismatched: list[Named] = []
        self.waiting: dict[int, TemporaryUploadedFile] = {}
        self.room = settings.LIMITS.upload_bytes

    def receive(self, parts: Iterable[Iterator[bytes]]) -> None:
        try:
            for content in parts:
                check_count(len(self.names) + len(self.mismatched))
                self.take(content)
            self.hand_in()
            if not self.names and not self.mismatched:
                raise Refusal("empty", "There is no part in this body.")
        finally:
            for file in self.waiting.values():
                discard(file)

    def take(self, content: Iterator[bytes]) -> None:
        number = len(self.names)
        file = self.waiting[number] = TemporaryUploadedFile("part", "", 0, None)
        self.room -= fill(file, content, room=self.room)
        name = named(Path(file.temporary_file_path()))
        if self.exam and name.exam != self.exam:
            self.mismatched.append(name)
            discard(self.waiting.pop(number))
            return
        self.names[number] = name
        if len(self.waiting) >= AT_ONCE:
            self.hand_in()

    def hand_in(self) -> None:
        uploads.receive(self.upload, self.waiting)
        for file in self.waiting.values():
            discard(file)
        self.waiting = {}


def fill(file: TemporaryUploadedFile, content: Iterator[bytes], *, room: int) -> int:
    """Write a part, as long as there is room, hashing it on the way; give how many bytes it has."""
    size, digest = 0, hashlib.sha256()
    for block in content:
        size += len(block)
        if size > room:
            raise TooLarge("upload_too_large", "This is more than one request may hold. Send it in parts.")
        digest.update(block)
        file.write(block)
    file.flush()
    file.size, file.sha256 = size, digest.hexdigest()  # type: ignore[attr-defined]  # as hashing.py does
    return size


def discard(file: TemporaryUploadedFile) -> None:
    """Close a file and remove it, if it still lies where it was written."""
    with suppress(FileNotFoundError):
        file.close()


def check_count(count: int) -> None:
    if count >= settings.LIMITS.zip_entries:
        raise TooLarge("too_many_files", "These are more files than one request may hold. Send them in parts.")


def named(path: Path) -> Named:
    """The names in a file of the quarantine, by one bounded walk over its bytes."""
    try:
        found = walk(path, wanted=(SOP_CLASS, SOP_INSTANCE, EXAM), limits=settings.LIMITS).elements
    except Refused:
        return Named()
    return Named(*(uid(found[tag].value if tag in found else b"") for tag in (SOP_CLASS, SOP_INSTANCE, EXAM)))


def uid(value: bytes) -> str:
    text = value.rstrip(b"\0 ")
    is_uid = len(text) <= MOST_UID and text.replace(b".", b"").isdigit()
    return text.decode("ascii") if is_uid else ""


def wait(upload: Upload) -> bool:
    """Whether the import is over. A worker may have been quicker than we: then its verdicts are waited for."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        upload.refresh_from_db(fields=["finished_at"])
        if upload.finished_at is not None or time.monotonic() > end:
            return upload.finished_at is not None
        time.sleep(0.1)


def judge(stored: Stored, upload: Upload, names: dict[int, Named]) -> None:
    """Sort the parts by their verdicts. A part that was a zip has several: it is taken if all its files are."""
    reasons: dict[int, list[str]] = {}
    for row in UploadedFile.objects.filter(upload=upload).exclude(verdict=Verdict.PENDING):
        reasons.setdefault(row.number, []).append(row.reason if row.verdict == Verdict.REFUSED else "")
    for number, found in sorted(reasons.items()):
        refused = [reason for reason in found if reason]
        if refused:
            stored.failed.append((names[number], FAILURES.get(refused[0], NOT_UNDERSTOOD)))
        else:
            stored.taken.append(names[number])
