"""`manage.py replay STUDY [--until SEQ] [--to FOLDER] [--check EXPORT.zip]`: rebuild an export from the audit trail.

Exit code 0 when all is the same or nothing was to be compared, 1 when something differs or cannot be played.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from readers.errors import Refusal
from scoring import rebuilding
from scoring.replay import ReplayError


class Command(BaseCommand):
    help = "Rebuilds the export of a study from its audit trail alone, and compares it with one that was handed out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("study", help="code of the study")
        parser.add_argument("--until", type=int, metavar="SEQ", help="the last event that is played")
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to write the files; it must not be there")
        parser.add_argument("--check", type=Path, metavar="ZIP", help="an export: what it has seen is played")

    def handle(self, *_: Any, study: str, until: int | None, to: Path | None, check: Path | None, **__: Any) -> None:
        if to and to.exists():
            raise CommandError(f"{to} is there already. Name a folder that is not.")
        n_events = rebuilding.events_behind(check) if check and until is None else None
        with TemporaryDirectory() as folder:
            files = to or Path(folder) / "files"
            try:
                rebuilding.rebuild(study, files, until=until, n_events=n_events)
            except (ReplayError, Refusal) as problem:
                raise CommandError(str(problem)) from problem
            self.compare(files, check)

    def compare(self, files: Path, check: Path | None) -> None:
        found = rebuilding.difference(files, check) if check else ""
        if found:
            self.stdout.write(found)
            sys.exit(1)
        self.stdout.write("Every file of the export follows from the audit trail." if check else "Rebuilt.")
