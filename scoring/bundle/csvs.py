"""Tables as CSV: UTF-8 without a byte order mark, a header, LF; text that a spreadsheet would run is quoted."""

import csv
from collections.abc import Iterable
from pathlib import Path

from scoring.bundle import tables
from scoring.bundle.sheets import Row, Sheet
from scoring.dossier import CaseRecord, Header
from scoring.tabular import harmless


class Csvs:
    """Every table of an export (tables.py), each in a file of its name."""

    def begin(self, folder: Path, header: Header) -> None:
        self.sheets = [(sheet, OpenSheet(folder / f"{sheet.name}.csv", sheet)) for sheet in tables.of(header)]
        for sheet, opened in self.sheets:
            write_rows(opened.writer, sheet.of_study(header))

    def add(self, case: CaseRecord) -> None:
        for sheet, opened in self.sheets:
            write_rows(opened.writer, sheet.of_case(case))

    def finish(self) -> None:
        for _, opened in self.sheets:
            opened.close()


class OpenSheet:
    """A CSV file in the making, with its header written."""

    def __init__(self, path: Path, sheet: Sheet) -> None:
        self.file = path.open("w", encoding="utf-8", newline="")
        self.writer: csv.DictWriter[str] = csv.DictWriter(self.file, sheet.names, restval="", lineterminator="\n")
        self.writer.writeheader()

    def close(self) -> None:
        self.file.close()


def write_rows(writer: "csv.DictWriter[str]", rows: Iterable[Row]) -> None:
    for row in rows:
        writer.writerow({name: harmless(value) for name, value in row.items()})
