"""The wide table for SPSS (.sav) and Stata (.dta): value labels, variable labels, and a code for why there is no grade.

Both are written in one piece by their library (ReadStat), so the numbers of all cases are kept until then: eight bytes
a number, one pointer a text. The library stamps the time into both; a constant goes in its place.
"""

import math
from array import array
from collections.abc import Iterator
from pathlib import Path
from sys import intern

import pandas
import pyreadstat

from scoring.bundle import wide
from scoring.bundle.coding import FIRST, LAST, Coding
from scoring.bundle.naming import fitting
from scoring.bundle.sheets import Cell, Column, Kind
from scoring.dossier import CaseRecord, Header

LONGEST_NAME = 32  # of Stata; SPSS would take 64
LONGEST_LABEL = 80  # of a variable in Stata, characters
STATA = 14  # format 118: Stata 14 and newer
SAV_TIME, SAV_NO_TIME = 92, b"01 Jan 7000:00:00"  # bytes into the header: date and time
DTA_TIME, DTA_NO_TIME = b"<timestamp>\x11", b"01 Jan 1970 00:00"


class Packages:
    """One row a case, as in wide.csv, but for reasons: here they are codes in the column of the grade."""

    def begin(self, folder: Path, header: Header) -> None:
        self.folder, self.header, self.coding = folder, header, Coding(header)
        self.known = {one.subject: one.values for one in header.participants}
        self.columns = list(columns(header))
        self.graded = {f"{item.code}{side}" for item in header.items for side in sides(header)}
        self.names = fitting([column.name for column in self.columns], longest=LONGEST_NAME)
        self.numbers = {one.name: array("d") for one in self.columns if one.kind is not Kind.TEXT}
        self.texts: dict[str, list[str]] = {one.name: [] for one in self.columns if one.kind is Kind.TEXT}

    def add(self, case: CaseRecord) -> None:
        row = coded_row(self.header, self.coding, case, self.known)
        for name, kept in self.numbers.items():
            value = row.get(name)
            kept.append(math.nan if value is None else float(value))
        for name, texts in self.texts.items():
            texts.append(intern(str(row.get(name) or "")))

    def finish(self) -> None:
        to_spss(self.folder / "wide.sav", self)
        to_stata(self.folder / "wide.dta", self)


def columns(header: Header) -> Iterator[Column]:
    """Those of the wide table without the reasons, which are codes here."""
    reasons = {f"{item.code}{side}_na" for item in header.items for side in sides(header)}
    return (column for column in wide.sheet(header).columns if column.name not in reasons)


def sides(header: Header) -> list[str]:
    """What follows an item's code: nothing for what counts, then each reader."""
    return ["", *(f"_r{place}" for place in wide.places(header))]


def coded_row(header: Header, coding: Coding, case: CaseRecord, known: wide.Known) -> dict[str, Cell]:
    """The wide row of a case with codes in place of what is not assessable."""
    row = wide.row_of(header, case, known)
    if case.consensus:
        row |= {item.code: coding.of_final(case.final.get(item.code)) for item in header.items}
    for place, reading in zip(wide.places(header), case.standing, strict=False):
        row |= {f"{one.item}_r{place}": coding.of_answer(one) for one in reading.answers}
    return row


def to_spss(path: Path, table: Packages) -> None:
    labels: dict[str, dict[int | float, str]] = {
        one.name: dict([*one.values.items(), *reasons_of(one, table).items()]) for one in table.columns if one.values
    }
    pyreadstat.write_sav(
        pandas.DataFrame({named: frozen(table, name) for name, named in table.names.items()}),
        path,
        file_label=table.header.study,
        column_labels=variable_labels(table),
        variable_value_labels={table.names[name]: values for name, values in labels.items()},
        missing_ranges={table.names[name]: [{"lo": FIRST, "hi": LAST}] for name in sorted(table.graded)},
        variable_measure={table.names[one.name]: measure_of(one) for one in table.columns},
    )
    with path.open("r+b") as file:
        file.seek(SAV_TIME)
        file.write(SAV_NO_TIME)


def reasons_of(column: Column, table: Packages) -> dict[int, str]:
    return table.coding.labels if column.name in table.graded else {}


def measure_of(column: Column) -> str:
    if column.kind is Kind.TEXT:
        return "nominal"
    return "ordinal" if column.values else "scale"


def frozen(table: Packages, name: str) -> "pandas.Series[float] | pandas.Series[str]":
    if name in table.numbers:
        return pandas.Series(table.numbers[name], dtype="float64")
    return pandas.Series(table.texts[name], dtype="object")


def variable_labels(table: Packages) -> dict[str, str | None]:
    return {table.names[one.name]: shortened(one.label) for one in table.columns}


def shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def to_stata(path: Path, table: Packages) -> None:
    letters = table.coding.letters
    labels: dict[str, dict[int | float | str, str]] = {}
    for one in (column for column in table.columns if column.values):
        meanings: dict[int | float | str, str] = dict(one.values.items())
        meanings |= {letters[code]: label for code, label in reasons_of(one, table).items()}
        labels[table.names[one.name]] = meanings
    pyreadstat.write_dta(
        pandas.DataFrame({named: lettered(table, name) for name, named in table.names.items()}),
        path,
        file_label=table.header.study,
        column_labels=variable_labels(table),
        version=STATA,
        variable_value_labels=labels,  # type: ignore[arg-type]  # letters of missing values are accepted too
        missing_user_values={table.names[name]: sorted(letters.values()) for name in sorted(table.graded)},
    )
    replace_time(path)


def lettered(table: Packages, name: str) -> "pandas.Series[float] | pandas.Series[str]":
    """Numbers with a letter in place of each code. Equal values are one object, so a cell costs a pointer."""
    if name not in table.graded:
        return frozen(table, name)
    known: dict[float, float | str] = {code: letter for code, letter in table.coding.letters.items()}  # noqa: C416
    return pandas.Series([known.setdefault(value, value) for value in table.numbers[name]], dtype="object")


def replace_time(path: Path) -> None:
    with path.open("r+b") as file:
        at = file.read(1000).index(DTA_TIME) + len(DTA_TIME)
        file.seek(at)
        file.write(DTA_NO_TIME)
