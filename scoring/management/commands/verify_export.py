"""`manage.py verify_export FILE.zip`: whether an export is still the one that was made. Exit code 1 when it is not."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from scoring.bundle.verifying import verify


class Command(BaseCommand):
    help = "Compares every file of an export with its checksum and names what is missing, was added or altered."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="an export as a zip, or its folder")

    def handle(self, *_: Any, file: Path, **__: Any) -> None:
        code, lines = verify(file)
        self.stdout.write("\n".join(lines))
        if code:
            sys.exit(code)
