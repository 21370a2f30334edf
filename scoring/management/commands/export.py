"""`manage.py export STUDY --to FOLDER`: the files of a study's export into a folder, as a worker would zip them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from readers.errors import Conflict
from scoring import export
from studies.models import Study


class Command(BaseCommand):
    help = "Writes every file of the export of a study into a new folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("study", help="the code of the study")
        parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a folder that is not there yet")

    def handle(self, *_: Any, study: str, to: Path, **__: Any) -> None:
        found = Study.objects.filter(code=study).first()
        if found is None:
            raise CommandError(f"There is no study {study}.")
        if to.exists():
            raise CommandError(f"{to} is there already. Name a folder that is not.")
        try:
            sha256 = export.write_out(found, to)
        except Conflict as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"wrote {to}; SHA-256 of its SHA256SUMS: {sha256}")
