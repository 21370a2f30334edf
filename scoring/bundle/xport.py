"""SAS transport files, version 5, written row by row: names of 8 letters, labels of 40, texts of at most 200, ASCII.

Source   SAS Institute, "The record layout of a data set in SAS transport (XPORT) format" (TS-140)
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scoring.bundle.sheets import Cell

RECORD = 80
NO_TIME = b"01JAN70:00:00:00"
MISSING = b"." + bytes(7)
HEADER = "HEADER RECORD*******{}HEADER RECORD!!!!!!!{}  "
ZEROS = "0" * 30


@dataclass(frozen=True)
class Variable:
    """`length` in bytes: 8 for a number, at most 200 for a text."""

    name: str
    label: str
    length: int
    is_number: bool = False


class Xport:
    """A transport file with one data set, in the making."""

    def __init__(self, path: Path, dataset: str, variables: Sequence[Variable]) -> None:
        self.variables, self.size = variables, 0
        self.file = path.open("wb")
        self.file.write(library() + member(dataset, len(variables)))
        self.file.write(padded(b"".join(namestrs(variables))))
        self.file.write(line(HEADER.format("OBS     ", ZEROS)))

    def add(self, row: Mapping[str, Cell]) -> None:
        content = b"".join(field(variable, row.get(variable.name)) for variable in self.variables)
        self.size += len(content)
        self.file.write(content)

    def close(self) -> None:
        self.file.write(b" " * (-self.size % RECORD))
        self.file.close()


def line(text: str) -> bytes:
    return text.encode("ascii").ljust(RECORD)


def padded(content: bytes) -> bytes:
    return content + b" " * (-len(content) % RECORD)


def library() -> bytes:
    about = b"SAS     SAS     SASLIB  6.06    Dens    ".ljust(64) + NO_TIME
    return line(HEADER.format("LIBRARY ", ZEROS)) + about + NO_TIME.ljust(RECORD)


def member(dataset: str, n_variables: int) -> bytes:
    about = b"SAS     " + dataset.encode("ascii").ljust(8) + b"SASDATA 6.06    Dens    "
    return b"".join(
        (
            line(HEADER.format("MEMBER  ", "000000000000000001600000000140")),
            line(HEADER.format("DSCRPTR ", ZEROS)),
            about.ljust(64) + NO_TIME,
            NO_TIME.ljust(RECORD),
            line(HEADER.format("NAMESTR ", f"000000{n_variables:04}00000000000000000000")),
        )
    )


def namestrs(variables: Sequence[Variable]) -> list[bytes]:
    """140 bytes a variable: type, length, number, name, label, no format, place in the row."""
    made, place = [], 0
    for number, one in enumerate(variables, start=1):
        named = fitted(one.name, 8) + fitted(one.label, 40)
        numbers = struct.pack(">hhhh", 1 if one.is_number else 2, 0, one.length, number)
        formats = b" " * 8 + struct.pack(">hhhh", 0, 0, 0, 0) + b" " * 8 + struct.pack(">hh", 0, 0)
        made.append(numbers + named + formats + struct.pack(">l", place) + bytes(52))
        place += one.length
    return made


def field(variable: Variable, value: Cell) -> bytes:
    if not variable.is_number:
        return fitted("" if value is None else str(value), variable.length)
    return MISSING if value is None or value == "" else ibm(float(value))


def fitted(text: str, length: int) -> bytes:
    """ASCII of that length; what is no ASCII becomes a question mark, what is longer is cut."""
    return text.encode("ascii", "replace")[:length].ljust(length)


def ibm(value: float) -> bytes:
    """A double as IBM/370 floating point: sign, exponent of 16 plus 64, 56 bits of fraction."""
    if value == 0:
        return bytes(8)
    sign, magnitude, exponent = (0x80 if value < 0 else 0), abs(value), 64
    while magnitude >= 1:
        magnitude, exponent = magnitude / 16, exponent + 1
    while magnitude < 1 / 16:
        magnitude, exponent = magnitude * 16, exponent - 1
    return bytes([sign | exponent]) + int(magnitude * 2**56).to_bytes(7, "big")
