"""The long and the wide table as Parquet: typed columns, nulls, a row group a batch; no version or clock inside."""

import struct
from collections.abc import Iterable
from pathlib import Path

import pyarrow
from pyarrow.parquet import ParquetWriter

from scoring.bundle import tables, wide
from scoring.bundle.sheets import Kind, Row, Sheet
from scoring.dossier import CaseRecord, Header

ROWS = 20_000  # of a row group, at least
TYPES = {Kind.TEXT: pyarrow.string(), Kind.WHOLE: pyarrow.int32(), Kind.NUMBER: pyarrow.float64()}
MAKER = b"dens version 1"


class Parquet:
    def begin(self, folder: Path, header: Header) -> None:
        self.files = [Typed(folder, sheet) for sheet in (tables.long(header), wide.sheet(header))]

    def add(self, case: CaseRecord) -> None:
        for file in self.files:
            file.add(file.sheet.of_case(case))

    def finish(self) -> None:
        for file in self.files:
            file.finish()


class Typed:
    """A Parquet file in the making. Rows wait until there are enough for a row group."""

    def __init__(self, folder: Path, sheet: Sheet) -> None:
        self.sheet, self.path = sheet, folder / f"{sheet.name}.parquet"
        self.most = max(1, ROWS // max(1, len(sheet.columns) // 12))
        self.schema = pyarrow.schema([(column.name, TYPES[column.kind]) for column in sheet.columns])
        self.writer = ParquetWriter(self.path, self.schema, compression="zstd", store_schema=False)
        self.waiting: list[Row] = []

    def add(self, rows: Iterable[Row]) -> None:
        self.waiting += rows
        if len(self.waiting) >= self.most:
            self.flush()

    def flush(self) -> None:
        columns = [
            pyarrow.array([present(row.get(name)) for row in self.waiting], type=self.schema.field(name).type)
            for name in self.sheet.names
        ]
        self.writer.write_table(pyarrow.Table.from_arrays(columns, schema=self.schema))
        self.waiting = []

    def finish(self) -> None:
        if self.waiting:
            self.flush()
        self.writer.close()
        sign_off(self.path)


def present(value: object) -> object:
    """A text that is empty is a null, as where there is no number."""
    return None if value == "" else value


def sign_off(path: Path) -> None:
    """Put a constant in place of the library's version: the same data must give the same bytes under the next one.

    The footer (Thrift, compact protocol) ends: the field created_by as its length and text, further fields; then the
    length of the footer in four bytes, and PAR1.
    """
    with path.open("r+b") as file:
        file.seek(-8, 2)
        (length,) = struct.unpack("<I4x", file.read(8))
        file.seek(-8 - length, 2)
        start, footer = file.tell(), file.read(length)
        begin = footer.rindex(b"parquet-cpp-arrow version ")
        size = footer[begin - 1]
        renamed = footer[: begin - 1] + bytes([len(MAKER)]) + MAKER + footer[begin + size :]
        file.seek(start)
        file.truncate()
        file.write(renamed + struct.pack("<I", len(renamed)) + b"PAR1")
