"""Looking for what must not be there: every table, every file, every log, in every encoding a scanner writes."""

import gzip
import re

from django.db import connection
from pydicom import dcmread

TEXT_KINDS = ("LO", "SH", "PN", "LT", "ST", "UT", "UC", "DA", "TM", "DT", "UI", "AE", "UR")
# Words that Dens itself writes or that are too short to mean anything; everything else of a header must be gone.
LEAST_BYTES = 4  # three bytes stand somewhere in megabytes of packed pixels by chance
DENS_OWN_WORDS = {"MONOCHROME2", "ORIGINAL", "PRIMARY"}
# Digests, UIDs that Dens made and microseconds hold any few digits by chance.
BY_CHANCE = re.compile(r"\b[0-9a-f]{64}\b|\b2\.25\.\d{30,}\b|(?<=:\d\d\.)\d{1,6}\b")


def every_table() -> dict[str, str]:
    """Each table of the database as text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: rows(cursor, name) for name in names}


def rows(cursor, name: str) -> str:
    cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{name}\" t")
    return str(cursor.fetchone()[0])


def every_file(folder) -> dict[str, bytes]:
    """Each file of the data folder with its path, and once more unpacked where it is packed."""
    found = {}
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        found[str(path.relative_to(folder))] = content
        if content.startswith(b"\x1f\x8b"):
            found[f"{path.name} unpacked"] = gzip.decompress(content)
    return found


def traces(strings, *, folder, log: str) -> list[tuple[str, str]]:
    """Where any of the strings is found: (string, place), in text of any encoding a scanner writes."""
    tables, files = every_table(), every_file(folder)
    found = [(string, table) for string in strings for table, text in tables.items() if is_in(string, text)]
    found += [(string, "log") for string in strings if is_in(string, log)]
    for string in strings:
        forms = {string.encode(code, "ignore") for code in ("utf-8", "shift_jis", "iso2022_jp", "euc_jp")}
        forms = {form for form in forms if len(form) >= LEAST_BYTES}
        found += [(string, name) for name in files if is_in(string, name)]
        found += [(string, name) for name, content in files.items() if any(form in content for form in forms if form)]
    return found


def is_in(string: str, text: str) -> bool:
    return string in text and (not is_a_few_digits(string) or string in BY_CHANCE.sub("", text))


def is_a_few_digits(string: str) -> bool:
    """A time of day, not a date: those that stand in a drawn number by chance once in some hundred imports."""
    return string.isdecimal() and len(string) < 8


def strings_of(dataset) -> set[str]:
    """Every text, date and UID of a header, also inside sequences and private elements, and each part of a name."""
    found: set[str] = set()
    for element in dataset.iterall():
        if element.VR in TEXT_KINDS:
            values = element.value if element.VM > 1 else [element.value]
            for value in values:
                found |= {str(value).strip(), *re.split(r"[\^= ]+", str(value))}
    return {word for word in found if is_telling(word)}


def strings_in(folder) -> set[str]:
    """The telling strings of a folder of files, and the names of the files."""
    paths = sorted(folder.iterdir())
    headers = [dcmread(path, stop_before_pixels=True) for path in paths[::5]]
    return set().union({path.name for path in paths}, *(strings_of(header) for header in headers))


def is_telling(word: str) -> bool:
    """Whether a word could name somebody: too long to stand anywhere by chance, and no number of physics."""
    if any(ord(letter) > 0x2000 for letter in word):
        return len(word) >= 2
    if re.fullmatch(r"[-+.\d]+", word):
        return len(word.strip("-+.")) >= 6 and float_free(word)
    return len(word) >= 6 and word not in DENS_OWN_WORDS


def float_free(word: str) -> bool:
    """Dates, hospital numbers and UIDs; not 0.68359375."""
    return word.count(".") != 1
