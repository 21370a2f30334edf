"""A REDCap data dictionary, and the data that can be imported under it: one record a case, one form a reader.

What counts is a number, not a choice: where two readings are averaged it is a half. Reasons are the codes of coding.py.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from scoring.bundle import counted, wide
from scoring.bundle.coding import Coding
from scoring.bundle.naming import fitting
from scoring.bundle.packages import coded_row, columns
from scoring.bundle.sheets import Cell, Column, Kind
from scoring.dossier import CaseRecord, Header
from scoring.tabular import harmless

HEADINGS = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip
LONGEST = 26  # what REDCap recommends for a name
RECORD = "record_id"


class Redcap:
    def begin(self, folder: Path, header: Header) -> None:
        self.header, self.coding = header, Coding(header)
        self.known = {one.subject: one.values for one in header.participants}
        place = folder / "redcap"
        place.mkdir()
        self.columns = [column for column in columns(header) if column.name != "case"]
        named = fitting([RECORD, *(column.name.lower() for column in self.columns)], longest=LONGEST)
        self.names = {column.name: named[column.name.lower()] for column in self.columns}
        self.write_dictionary(place / "redcap_dictionary.csv")
        self.file = (place / "redcap_data.csv").open("w", encoding="utf-8", newline="")
        self.writer = csv.writer(self.file, lineterminator="\n")
        self.writer.writerow([RECORD, *self.names.values()])

    def write_dictionary(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADINGS, restval="", lineterminator="\n")
            writer.writeheader()
            for field in self.fields():
                writer.writerow({name: harmless(value) for name, value in field.items()})

    def fields(self) -> Iterator[dict[str, Cell]]:
        """REDCap wants the fields of a form together, and the record's own name first."""
        yield field_of(RECORD, "consensus", "text", "Code of the case")
        ordered = sorted(self.columns, key=lambda column: FORMS.index(form_of(self.header, column)))
        for column in ordered:
            yield self.field(column)

    def field(self, column: Column) -> dict[str, Cell]:
        name, form = self.names[column.name], form_of(self.header, column)
        if column.name.rpartition("_r")[2].isdigit() and column.values:
            choices = {**column.values, **{code: self.coding.labels[code] for code in self.coding.of_reasons.values()}}
            return field_of(name, form, "radio", column.label, choices=choices_of(choices))
        if column.kind is Kind.TEXT:
            return field_of(name, form, "text", column.label)
        note = choices_of({**column.values, **self.coding.labels}) if column.name in self.items else ""
        return field_of(name, form, "text", column.label, validation="number", note=note)

    @property
    def items(self) -> set[str]:
        return {item.code for item in self.header.items}

    def add(self, case: CaseRecord) -> None:
        row = coded_row(self.header, self.coding, case, self.known)
        cells = [harmless(row.get(name)) for name in self.names]
        self.writer.writerow([case.code, *cells])

    def finish(self) -> None:
        self.file.close()


FORMS = ("consensus", "reader_1", "reader_2", "exam")


def form_of(header: Header, column: Column) -> str:
    """What counts and its sums, each reader, and what is known beside."""
    beside = {one.name for one in (*wide.FACTS, *wide.covariate_columns(header, prefix=wide.COVARIATE))}
    if column.name in {"subject", *beside}:
        return "exam"
    place = column.name.rpartition("_")[2].removeprefix("r")
    sums = {one.name for one in counted.columns(header)}
    return f"reader_{place}" if place in ("1", "2") and column.name not in sums else "consensus"


def choices_of(values: dict[int, str]) -> str:
    return " | ".join(f"{value}, {label.replace('|', '/')}" for value, label in values.items())


def field_of(
    name: str, form: str, kind: str, label: str, *, choices: str = "", validation: str = "", note: str = ""
) -> dict[str, Cell]:
    return {
        "Variable / Field Name": name, "Form Name": form, "Field Type": kind, "Field Label": label,
        "Choices, Calculations, OR Slider Labels": choices, "Field Note": note,
        "Text Validation Type OR Show Slider Number": validation,
    }  # fmt: skip
