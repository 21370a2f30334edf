"""An R script that loads the tables of a bundle with the types and labels that their columns have."""

from pathlib import Path

from scoring.bundle import tables
from scoring.bundle.sheets import Kind, Sheet
from scoring.dossier import CaseRecord, Header

LETTERS = {Kind.TEXT: "c", Kind.WHOLE: "i", Kind.NUMBER: "d"}
HEAD = """# Loads the tables of this export into R: source("load.R") in its folder.
# Needs the package readr; the labelled table at the end needs haven.
# An empty cell is NA. Text that a spreadsheet would run as a formula begins with an apostrophe.

library(readr)

read_table_of <- function(name, types) {
  kinds <- do.call(cols, as.list(types))
  read_csv(paste0(name, ".csv"), col_types = kinds, na = "", locale = locale(encoding = "UTF-8"))
}
"""
FOOT = """
# SPSS and Stata files keep the labels of grades, and why an item was not assessable as a user-missing value:
if (requireNamespace("haven", quietly = TRUE)) {
  wide_labelled <- haven::read_sav("wide.sav", user_na = TRUE)
}
"""


class LoadR:
    """Column names and types are those of the tables themselves (tables.py)."""

    def begin(self, folder: Path, header: Header) -> None:
        (folder / "load.R").write_text(script(header), encoding="utf-8")

    def add(self, case: CaseRecord) -> None:
        """Nothing."""

    def finish(self) -> None:
        """It is written."""


def script(header: Header) -> str:
    loaded = "\n".join(loading(sheet) for sheet in tables.of(header))
    return f"{HEAD}\n{loaded}\n{grades(header)}{FOOT}"


def loading(sheet: Sheet) -> str:
    """One table: a row is what `about` says."""
    types = ",\n".join(f"  {quoted(column.name)} = {quoted(LETTERS[column.kind])}" for column in sheet.columns)
    return f'# {sheet.about}\n{sheet.name} <- read_table_of("{sheet.name}", c(\n{types}\n))\n'


def grades(header: Header) -> str:
    """Flags and grades of the wide table as ordered factors, `_f` beside the number; a mean of two readers has none."""
    lines = ["# What each whole grade means, as an ordered factor beside the number"]
    for item in header.items:
        scale = header.instrument.scale_of(item)
        levels, labels = ", ".join(map(str, scale)), ", ".join(quoted(label) for label in scale.values())
        made = f"factor(wide[[{quoted(item.code)}]], levels = c({levels}), labels = c({labels}), ordered = TRUE)"
        lines.append(f"wide[[{quoted(item.code + '_f')}]] <- {made}")
    return "\n".join([*lines, ""])


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
