"""`manage.py verify_allocation MANIFEST [--seed HEX]`: rebuild an allocation from its seed and say whether it holds.

Exit code 0 when it does, 1 when something differs, 2 when the seed is still sealed and all else holds.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scoring.plan.standalone import script
from scoring.plan.verifying import verify


class Command(BaseCommand):
    help = "Rebuilds the allocation of a manifest from its seed and compares. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("manifest", type=Path, nargs="?", help="a manifest, a list of them, or a zip archive")
        parser.add_argument("--seed", help="the study's seed, if the manifest does not say it yet")
        parser.add_argument("--write-script", type=Path, metavar="FILE", help="write the stand-alone verifier instead")

    def handle(self, *_: Any, manifest: Path | None, seed: str | None, write_script: Path | None, **__: Any) -> None:
        if write_script:
            write_script.write_text(script(), encoding="utf-8")
            self.stdout.write(f"wrote {write_script.name}")
            return
        if not manifest:
            raise CommandError("Name the file of a manifest.")
        code, lines = verify(manifest, seed=seed)
        self.stdout.write("\n".join(lines))
        if code:
            sys.exit(code)
