"""A CDISC data set twice: as CSV, and as a SAS transport file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scoring.bundle.csvs import OpenSheet, write_rows
from scoring.bundle.sheets import Cell, Sheet
from scoring.bundle.sheets import text as column
from scoring.bundle.xport import Variable, Xport

LONGEST = 200  # bytes of a text in a transport file of version 5


def text(name: str, label: str, length: int) -> Variable:
    return Variable(name, label, length)


def flag(name: str, label: str) -> Variable:
    return Variable(name, label, 1)


def number(name: str, label: str) -> Variable:
    return Variable(name, label, 8, is_number=True)


@dataclass(frozen=True)
class DataSet:
    name: str
    label: str
    variables: tuple[Variable, ...]

    def sized(self, **lengths: int) -> "DataSet":
        """With texts as long as this study needs: a transport file pads every row to its columns."""
        longest = {name: max(1, min(length, LONGEST)) for name, length in lengths.items()}
        sized = tuple(replace(one, length=longest.get(one.name, one.length)) for one in self.variables)
        return replace(self, variables=sized)

    def open(self, folder: Path) -> "OpenDataSet":
        return OpenDataSet(folder, self)


class OpenDataSet:
    """A data set in the making, in both its files."""

    def __init__(self, folder: Path, dataset: DataSet) -> None:
        self.names = tuple(one.name for one in dataset.variables)
        stem = dataset.name.lower()
        sheet = Sheet(stem, dataset.label, tuple(column(one.name, one.label) for one in dataset.variables))
        self.csv, self.xport = (
            OpenSheet(folder / f"{stem}.csv", sheet),
            Xport(folder / f"{stem}.xpt", dataset.name, dataset.variables),
        )

    def add(self, row: Mapping[str, Cell]) -> None:
        known = {name: row[name] for name in self.names if name in row}
        write_rows(self.csv.writer, [known])
        self.xport.add(known)

    def close(self) -> None:
        self.csv.close()
        self.xport.close()


def write_columns(path: Path, datasets: Iterable[DataSet]) -> None:
    """What a define.xml would say of the variables, as a table."""
    names = ("dataset", "variable", "label", "type", "length")
    opened = OpenSheet(
        path, Sheet("columns", "one variable of a data set", tuple(column(name, name) for name in names))
    )
    for dataset in datasets:
        for one in dataset.variables:
            kind = "Num" if one.is_number else "Char"
            write_rows(
                opened.writer, [dict(zip(names, (dataset.name, one.name, one.label, kind, one.length), strict=True))]
            )
    opened.close()
