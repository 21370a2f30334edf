"""Tables as CSV: UTF-8 without a byte order mark, a header, LF; text that a spreadsheet would run is quoted."""

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from scoring.bundle import tables
from scoring.bundle.sheets import Sheet
from scoring.dossier import CaseRecord, Header
from scoring.tabular import harmless


class Csvs:
    """Every table of an export (tables.py), each in a file of its name."""

    def begin(self, folder: Path, header: Header) -> None:
        self.files = ExitStack()
        self.sheets = [(sheet, self.opened(folder, sheet)) for sheet in tables.of(header)]
        for sheet, writer in self.sheets:
            write_rows(writer, sheet.of_study(header))

    def opened(self, folder: Path, sheet: Sheet) -> "csv.DictWriter[str]":
        return self.files.enter_context(OpenSheet(folder / f"{sheet.name}.csv", sheet)).writer

    def add(self, case: CaseRecord) -> None:
        for sheet, writer in self.sheets:
            write_rows(writer, sheet.of_case(case))

    def finish(self) -> None:
        self.files.close()


class OpenSheet:
    """A CSV file in the making, with its header written."""

    def __init__(self, path: Path, sheet: Sheet) -> None:
        self.file = path.open("w", encoding="utf-8", newline="")
        self.writer: csv.DictWriter[str] = csv.DictWriter(self.file, sheet.names, restval="", lineterminator="\n")
        self.writer.writeheader()

    def __enter__(self) -> "OpenSheet":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


def write_rows(writer: "csv.DictWriter[str]", rows: Any) -> None:
    for row in rows:
        writer.writerow({name: harmless(value) for name, value in row.items()})
