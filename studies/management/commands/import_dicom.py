"""`manage.py import_dicom STUDY FOLDER`: what dropping the folder on the page does, with a verdict for every file."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from readers.errors import Refusal
from readers.models import User
from studies import intake, uploads
from studies.models import Study, Upload, UploadedFile, Verdict
from studies.serializers.fields import PSEUDONYM

BATCH = 500


class Command(BaseCommand):
    help = "Imports every file of a folder into a study and prints a verdict for each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("study", help="the study's code")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--subject", default="", help="the study's own pseudonym, for the files of one patient")
        parser.add_argument("--as", dest="username", help="user name of who imports (default: who opened the study)")

    def handle(self, *_: Any, study: str, folder: Path, subject: str, username: str | None, **__: Any) -> None:
        if subject:
            PSEUDONYM(subject)
        found = Study.objects.filter(code=study).first()
        if found is None:
            raise CommandError(f"There is no study {study}.")
        files = files_of(folder)
        upload = import_files(found, files, subject=subject, actor=importer(found, username))
        self.tell(upload, files)

    def tell(self, upload: Upload, files: list[Path]) -> None:
        for row in upload.files.select_related("case"):
            self.stdout.write(line(row, files[row.number]))
        counts = uploads.totals(upload)
        self.stdout.write(", ".join(f"{number} {verdict}" for verdict, number in counts.items() if number))
        if not counts[Verdict.IMPORTED] + counts[Verdict.DUPLICATE]:
            raise CommandError("Nothing was imported.")


def files_of(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CommandError(f"{folder} is not a folder.")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    if not files:
        raise CommandError(f"There is no file in {folder}.")
    return files


def importer(study: Study, username: str | None) -> User:
    if username is None:
        return study.opened_by
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"There is no user {username}.")
    return user


def import_files(study: Study, files: list[Path], *, subject: str, actor: User) -> Upload:
    try:
        upload = uploads.begin(study, subject=subject, actor=actor)
        receive(upload, files, actor=actor)
    except Refusal as refusal:
        raise CommandError(refusal.sentence) from refusal
    uploads.finish(upload, actor=actor)
    intake.import_upload(upload.pk)
    return awaited(upload)


def receive(upload: Upload, files: list[Path], *, actor: User) -> None:
    """Copy the files into the quarantine: all, or, where a limit is in the way, none."""
    numbered = list(enumerate(files))
    try:
        for start in range(0, len(numbered), BATCH):
            uploads.receive(upload, dict(numbered[start : start + BATCH]))
    except Refusal:
        uploads.discard(upload, actor=actor)
        raise


def awaited(upload: Upload) -> Upload:
    """The upload once it is closed: a running worker may have claimed it first."""
    upload.refresh_from_db()
    while upload.finished_at is None:
        time.sleep(0.5)
        upload.refresh_from_db()
    return upload


def line(row: UploadedFile, path: Path) -> str:
    """The caller's own path may be shown to the caller; it is kept nowhere."""
    name = f"{path} [{row.entry}]" if row.entry else str(path)
    outcome = row.message if row.verdict == Verdict.REFUSED else f"case {row.case.code}" if row.case else ""
    return f"{row.verdict:9}  {name}  {outcome}"
