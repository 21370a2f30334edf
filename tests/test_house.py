"""The house stands: the rooms import only to their right, and nothing in it names the place it was built in."""

import subprocess
import sys
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def test_the_rooms_import_only_to_their_right():
    outcome = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run")
