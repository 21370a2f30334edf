"""PS3.15 Table E.1-1: what the Basic Profile wants of each attribute. The second layer, behind the allow-list."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "rules" / "annex_e_2026c.json"

# Table E.1-1a. Where several are allowed the attribute's type in its IOD decides.
CODES = {
    "D": "replace by a dummy value",
    "Z": "replace by an empty or a dummy value",
    "X": "remove",
    "K": "keep; clean the contents of sequences",
    "C": "clean",
    "U": "replace by a consistent new UID",
    "Z/D": "empty or dummy",
    "X/Z": "remove or empty",
    "X/D": "remove or dummy",
    "X/Z/D": "remove, empty or dummy",
    "X/Z/U*": "remove, empty, or new UIDs within",
}


class Damaged(ValueError):
    """The data file is not what it was when it was checked against its sources."""


@dataclass(frozen=True)
class AnnexE:
    edition: str
    attribution: str
    sha256: str
    codes: dict[str, str]  # of a tag as eight hexadecimal digits, or of a pattern

    @cached_property
    def patterns(self) -> dict[str, str]:
        return {tag: code for tag, code in self.codes.items() if "x" in tag}

    def code(self, tag: int) -> str:
        """What the Basic Profile wants of an attribute, "" if it does not list it."""
        if tag >> 16 & 1:
            return self.codes["private"]
        written = f"{tag:08X}"
        if found := self.codes.get(written):
            return found
        return next((code for pattern, code in self.patterns.items() if fits(written, pattern)), "")


def fits(written: str, pattern: str) -> bool:
    return all(wanted in ("x", digit) for digit, wanted in zip(written, pattern, strict=True))


def digest(rows: list[list[str]]) -> str:
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


def load(path: Path = FILE) -> AnnexE:
    """The table. Raises Damaged if a row was changed, lost or added, or has a code that Table E.1-1a does not know."""
    return table(json.loads(path.read_text(encoding="utf-8")))


def table(written: dict[str, Any]) -> AnnexE:
    rows: list[list[str]] = written["attributes"]
    if len(rows) != written["rows"] or digest(rows) != written["sha256"]:
        raise Damaged("Table E.1-1 differs from the one that was checked: its digest does not fit.")
    codes = {tag: code for tag, _, code, _ in rows}
    unknown = sorted(set(codes.values()) - set(CODES))
    if unknown or len(codes) != len(rows):
        raise Damaged(f"Table E.1-1 holds unknown codes {unknown} or an attribute twice.")
    return AnnexE(written["edition"], written["attribution"], written["sha256"], codes)
