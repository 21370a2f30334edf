"""The reliability report of a bundle: computed from its cases, as tables and as a page in the order of GRRAS."""

from pathlib import Path

from scoring import printable, printed
from scoring.assembling import Assembly
from scoring.bundle.checksums import write_json
from scoring.dossier import CaseRecord, Header
from scoring.printable import Circumstances
from scoring.report.rows import TABLES
from scoring.tabular import table


class Agreement:
    """Into a folder of its own; while the charter withholds agreement, there is a sentence in it instead."""

    def begin(self, folder: Path, header: Header) -> None:
        self.header, self.folder = header, folder / "agreement"
        self.folder.mkdir()
        self.assembly = Assembly(header)

    def add(self, case: CaseRecord) -> None:
        if not self.header.withheld:
            self.assembly.add(case)

    def finish(self) -> None:
        if self.header.withheld:
            (self.folder / "WITHHELD.txt").write_text(f"{self.header.withheld}\n", encoding="utf-8")
            return
        content = self.assembly.content(software=f"Dens {self.header.software}")
        write_json(self.folder / "agreement.json", content)
        for name, (columns, rows) in TABLES.items():
            (self.folder / name).write_bytes(table(rows(content), columns=columns))
        page = printable.page(content, circumstances(self.header, len(self.assembly.compared)))
        (self.folder / "report.html").write_text(page, encoding="utf-8")


def circumstances(header: Header, n_cases: int) -> Circumstances:
    instrument, charter = header.instrument, header.charter
    named = (instrument.title, instrument.reference, instrument.sha256)
    return Circumstances(
        title=header.title,
        is_synthetic=header.is_synthetic,
        n_cases=n_cases,
        rules=dict(printed.sections(charter.rules, *named)),
        charter_version=charter.version,
        charter_sha256=charter.sha256,
        software=header.software,
    )
