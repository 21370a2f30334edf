"""A table of covariates as text: its columns, what kind each is, and what looks as if it named somebody. Pure.

The first column is `participant` and holds pseudonyms. Any other heading is a covariate, with its unit in brackets if
it has one: "CRP [mg/dl]". "sex [category]" says that the numbers in a column are codes. An empty cell is missing.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from studies.facts import OLDEST_YEARS

NUMBER, CATEGORY = "number", "category"
PARTICIPANT = "participant"
MOST_COLUMNS = 50
LONGEST_LABEL, LONGEST_UNIT, LONGEST_CATEGORY = 40, 20, 40  # characters
LONGEST_NAME = 80  # that a label makes: letters and digits are parted
MOST_CATEGORIES = 20  # more are no groups but a text about each participant
LARGEST = 1_000_000  # what is larger is the number of a person or a day, not of a measurement

NUMERAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)
HEADING = re.compile(r"(?P<label>[^\[\]]+?)\s*(\[(?P<unit>[^\[\]]*)\])?")
MONTHS = (
    "jan(uary?)?|feb(ruary?)?|mar(ch)?|m\u00e4rz?|apr(il)?|ma[iy]|jun[ei]?|jul[iy]?|aug(ust)?|sept?(ember)?|o[ck]t(ober)?"
    "|nov(ember)?|de[cz](ember)?"
)
DATE = re.compile(
    r"(\d{4}[-/]\d{1,2}|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](\d{4}|\d{2})"
    rf"|(\d{{1,2}}\.?[ -])?({MONTHS})\.?[ -](\d{{1,2}}, ?)?(\d{{4}}|\d{{2}}))([ T]\d.*)?",
    re.IGNORECASE,
)
NAMING = re.compile(
    "names?|surname|forename|firstname|lastname|initials|nachname|vorname|dob|dates?|datum|address|street|adresse|postcode"
    "|zip|phone|telephone|mobile|email|mail|mrn|ssn|nhs|insurance|accession"
)
NAMING_PARTS = ("birth", "geburt", "patientid", "patientname", "hospitalnumber")
FOR_MISSING = frozenset({"na", "n/a", "nan", "null", "missing", "-", ".", "?"})


class Unreadable(ValueError):
    """The table cannot be taken over: why, in one sentence that names the line and the column."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True)
class Cell:
    """What stands in a column for one participant. `line`: of the table, counted from 1 as in a spreadsheet."""

    participant: str
    text: str
    line: int


@dataclass(frozen=True)
class Column:
    """A covariate. `values` by participant; who is missing is not there."""

    name: str
    label: str
    unit: str
    kind: str
    values: dict[str, float | str]


def read(table: str, *, participants: Collection[str]) -> list[Column]:
    """The columns of a table, all of them or none. Raises Unreadable."""
    [(_, headings), *lines] = numbered_lines(table)
    check_headings(headings)
    rows = list(rows_of(headings, lines, participants))
    if not rows:
        raise Unreadable("empty", "The table has no line for a participant.")
    columns = []
    for place, heading in enumerate(headings[1:], start=1):
        cells = [Cell(row[0], row[place], line) for line, row in rows if row[place]]
        columns.append(column(heading, place + 1, cells))
    check_names(columns)
    return columns


def numbered_lines(table: str) -> list[tuple[int, list[str]]]:
    """The cells of every line that is not empty, by its number. Spreadsheets separate by comma, semicolon or tab."""
    text = table.removeprefix("\ufeff")
    head = text.lstrip().partition("\n")[0]
    lines = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    try:
        cells = [(lines.line_num, [cell.strip() for cell in line]) for line in lines]
    except csv.Error as broken:
        raise Unreadable("no_table", f"Line {lines.line_num}: this cannot be read as a table ({broken}).") from None
    found = [(number, line) for number, line in cells if any(line)]
    if not found:
        raise Unreadable("empty", "The table is empty.")
    return found


def check_headings(headings: list[str]) -> None:
    if headings[0].lower() != PARTICIPANT:
        raise Unreadable("no_participant", "Line 1: the first column must be called participant.")
    if len(headings) == 1:
        raise Unreadable("no_covariate", "Line 1: there is no column beside participant.")
    if len(headings) - 1 > MOST_COLUMNS:
        raise Unreadable("too_many", f"Line 1: there are {len(headings) - 1} covariates, at most {MOST_COLUMNS} fit.")


def rows_of(
    headings: list[str], lines: list[tuple[int, list[str]]], participants: Collection[str]
) -> Iterator[tuple[int, list[str]]]:
    """The lines of known participants, each once, each with a cell for every heading."""
    first: dict[str, int] = {}
    for number, cells in lines:
        if len(cells) != len(headings):
            raise Unreadable("ragged", f"Line {number} has {len(cells)} cells, the first line has {len(headings)}.")
        participant = cells[0]
        if participant not in participants:
            what = f"there is no participant {participant}" if participant else "the participant is missing"
            raise Unreadable("unknown_participant", f"Line {number}, column participant: {what} in this study.")
        if participant in first:
            sentence = f"Line {number}, column participant: {participant} stands in line {first[participant]} already."
            raise Unreadable("twice", sentence)
        first[participant] = number
        yield number, cells


def column(heading: str, place: int, cells: list[Cell]) -> Column:
    """One covariate from its heading and the cells that are not empty."""
    label, unit, is_coded = heading_parts(heading, place)
    for cell in cells:
        check_cell(cell, label)
    if is_coded or not (any(map(is_number, cells)) or (cells and all(map(has_decimal_comma, cells)))):
        return Column(name_of(label), label, unit, CATEGORY, categories(cells, label))
    return Column(name_of(label), label, unit, NUMBER, numbers_of(cells, label))


def heading_parts(heading: str, place: int) -> tuple[str, str, bool]:
    """Label, unit, and whether it is said to be a category."""
    parts = HEADING.fullmatch(heading)
    if parts is None or not name_of(parts["label"]) or not heading.isprintable():
        sentence = f"Line 1, column {place}: give it a heading such as CRP [mg/dl]."
        raise Unreadable("no_heading", sentence)
    label, unit = parts["label"], (parts["unit"] or "").strip()
    if len(label) > LONGEST_LABEL or len(unit) > LONGEST_UNIT or len(name_of(label)) > LONGEST_NAME:
        sentence = f"Line 1, column {place}: a heading has at most {LONGEST_LABEL} characters, a unit {LONGEST_UNIT}."
        raise Unreadable("long_heading", sentence)
    if names_people(label):
        sentence = f"Line 1, column {label}: this looks as if it named people or days. Take it out or rename it."
        raise Unreadable("identifying", sentence)
    is_coded = unit.lower() == CATEGORY
    return label, "" if is_coded else unit, is_coded


def name_of(label: str) -> str:
    """What exports call a covariate: cervical_rotation."""
    return "_".join(words_of(label))


def words_of(label: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", label)
    return re.findall(r"[a-z]+|[0-9]+", "".join(one for one in plain if not unicodedata.combining(one)).lower())


def names_people(label: str) -> bool:
    """Whether a heading is a name, a date or an address, however it is written: VisitDate, visit_date, Visit date."""
    words = words_of(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label))
    return any(map(NAMING.fullmatch, words)) or any(part in "".join(words) for part in NAMING_PARTS)


def check_cell(cell: Cell, label: str) -> None:
    """Whatever may stand in no column of any kind."""
    where = f"Line {cell.line}, column {label}"
    if is_date(cell.text):
        raise Unreadable("a_date", f"{where}: {cell.text} looks like a date. Give a duration or an age in years.")
    if cell.text.lower() in FOR_MISSING:
        raise Unreadable("missing", f"{where}: leave the cell empty where a value is missing.")
    if "@" in cell.text or not cell.text.isprintable() or len(cell.text) > LONGEST_CATEGORY:
        raise Unreadable("no_value", f"{where}: this is neither a number nor the short name of a group.")


def is_date(text: str) -> bool:
    """Whether this can be meant as a day or a month. 12.5.10 can, 12.5 cannot."""
    if len(text) == 8 and text.isdecimal():  # 20110312, as DICOM writes it
        try:
            return bool(date(int(text[:4]), int(text[4:6]), int(text[6:])))
        except ValueError:
            return False
    return bool(DATE.fullmatch(text))


def categories(cells: list[Cell], label: str) -> dict[str, float | str]:
    found = {cell.text for cell in cells}
    if len(found) > MOST_CATEGORIES:
        sentence = f"Line {cells[-1].line}, column {label}: up to here there are {len(found)} different words."
        raise Unreadable("no_groups", f"{sentence} A category has at most {MOST_CATEGORIES}; free text is not kept.")
    return {cell.participant: cell.text for cell in cells}


def is_number(cell: Cell) -> bool:
    return bool(NUMERAL.fullmatch(cell.text))


def has_decimal_comma(cell: Cell) -> bool:
    """As spreadsheets in half of Europe write numbers, which must not pass for names of groups."""
    return "," in cell.text and bool(NUMERAL.fullmatch(cell.text.replace(",", ".", 1)))


def numbers_of(cells: list[Cell], label: str) -> dict[str, float | str]:
    """The numbers of a column in which everything has to be one."""
    if other := next((cell for cell in cells if not is_number(cell)), None):
        others = ", and others of this column are" if any(map(is_number, cells)) else ""
        sentence = f"Line {other.line}, column {label}: {other.text} is not a number{others}."
        raise Unreadable("no_number", f"{sentence} Write a decimal point, and nothing where a number is missing.")
    for cell in cells:
        check_size(cell, label)
    return {cell.participant: float(cell.text) for cell in cells}


def check_size(cell: Cell, label: str) -> None:
    number, where = float(cell.text), f"Line {cell.line}, column {label}"
    if abs(number) > LARGEST:
        raise Unreadable("too_large", f"{where}: {cell.text} is no measurement. Numbers of people do not belong here.")
    if "age" in words_of(label) and number > OLDEST_YEARS:
        sentence = f"{where}: write {OLDEST_YEARS} for {OLDEST_YEARS} and more. Rare ages name people."
        raise Unreadable("rare_age", sentence)


def check_names(columns: list[Column]) -> None:
    first: dict[str, str] = {}
    for one in columns:
        if one.name in first:
            sentence = f"Line 1, column {one.label}: there is a column {first[one.name]} already."
            raise Unreadable("same_heading", sentence)
        first[one.name] = one.label
