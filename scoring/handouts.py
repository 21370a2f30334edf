"""What a person takes along of a report: its tables as CSV, and all of it as a page that prints (printable.py)."""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404

from scoring import charter, printable, printed
from scoring.models import ReliabilityReport
from scoring.printable import Circumstances
from scoring.report.rows import TABLES
from scoring.tabular import table


class File(NamedTuple):
    content: bytes
    content_type: str


def file(report: ReliabilityReport, name: str) -> File:
    """One of the files of a report. Raises Http404 for a name there is not."""
    if name == "report.html":
        return File(printable.page(report.content, circumstances_of(report)).encode(), "text/html; charset=utf-8")
    if name not in TABLES:
        raise Http404
    columns, rows = TABLES[name]
    return File(table(rows(report.content), columns=columns), "text/csv; charset=utf-8")


def circumstances_of(report: ReliabilityReport) -> Circumstances:
    """What the page says beside the numbers."""
    study, in_force = report.study, charter.in_force(report.study)
    instrument = in_force.instrument
    return Circumstances(
        title=study.title,
        is_synthetic=study.is_synthetic,
        n_cases=report.n_cases,
        rules=dict(printed.sections(in_force.terms, instrument.title, instrument.reference, instrument.sha256)),
        charter_version=in_force.version,
        charter_sha256=in_force.sha256,
        software=settings.VERSION,
        computed_at=f"{report.computed_at:%-d %B %Y, %H:%M} UTC",
        input_sha256=report.input_sha256,
    )
