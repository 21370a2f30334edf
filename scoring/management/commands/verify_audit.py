"""`manage.py verify_audit [--anchors FILE]`: whether the audit trail is the one that was written.

Exit code 0 when it is; docs/audit.md says what the others mean, and what to do then.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from readers.verifying import Report
from scoring import accounts, standing


class Command(BaseCommand):
    help = "Computes the chain of the audit trail again, and compares it with its anchors and signatures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchors", type=Path, metavar="FILE", help="a copy of the anchors, kept elsewhere")

    def handle(self, *_: Any, anchors: Path | None, **__: Any) -> None:
        if anchors and not anchors.exists():
            raise CommandError(f"There is no file {anchors}.")
        report = standing.verify(anchors)
        self.stdout.write("\n".join(told(report)))
        if report.outcome:
            sys.exit(report.outcome)


def told(report: Report) -> list[str]:
    """What a person reads of a verification."""
    head = report.head
    lines = [f"Events in order: {head.count}. Head: {head.seq} {head.hash}".rstrip(), reach(report)]
    if sentence := accounts.weakness():
        lines.append(f"Mind: {sentence}")
    if report.finding is None:
        return [*lines, "The audit trail is intact, and every signature stands under what was signed."]
    lines.append(f"{report.finding.outcome.name}: {report.finding.sentence}")
    if report.finding.expected:
        lines += [f"  expected {report.finding.expected}", f"  found    {report.finding.found or 'something else'}"]
    return lines


def reach(report: Report) -> str:
    if not report.anchored:
        return "Nothing is anchored: that the end was cut off, or all was computed anew, could not be seen."
    return f"Anchored up to event {report.anchored} of {report.head.seq}."
