"""`manage.py conformance_statement`: write docs/conformance.md from the rules."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from studies.conformance import statement


class Command(BaseCommand):
    help = "Writes docs/conformance.md: how images are de-identified, from the rules themselves."

    def handle(self, *_: Any, **__: Any) -> None:
        path = settings.BASE_DIR / "docs" / "conformance.md"
        path.write_text(statement(), encoding="utf-8")
        self.stdout.write(f"wrote {path.name}")
