#!/usr/bin/env python3
"""Whether an export of Dens is still the one that was made: `python3 verify_export.py EXPORT.zip` (or its folder).

Needs Python 3.11 or newer and nothing else. Exit code 0: every file is as its checksum in SHA256SUMS says; 1: not, and
each file that is missing, was added or altered is named. Whoever alters a file can alter SHA256SUMS too: the SHA-256
of the zip as a whole, printed at the end, must be the one that Dens shows beside the export.
"""

import hashlib
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
DAMAGE = (zipfile.BadZipFile, OSError, EOFError, ValueError, zlib.error, NotImplementedError, RuntimeError)
BLOCK_BYTES = 1 << 20
Open = Callable[[], IO[bytes]]


def faults(path: Path) -> list[str]:
    """What is wrong with a bundle, file by file in the order of their names; nothing if all is well."""
    if path.is_dir():
        return list(compared({name: at(path / name) for name in names_in(path)}))
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            twice = [f"{name} is there more than once." for name in sorted(set(names)) if names.count(name) > 1]
            return [*twice, *compared({name: partial(archive.open, name) for name in names})]
    except zipfile.BadZipFile:
        return [f"{path.name} is no zip, or a damaged one."]


def at(path: Path) -> Open:
    return lambda: path.open("rb")


def names_in(folder: Path) -> list[str]:
    return [one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()]


def compared(files: Mapping[str, Open]) -> Iterator[str]:
    """What is missing, added or altered."""
    if SUMS not in files:
        yield f"{SUMS} is missing: nothing can be compared."
        return
    told, listed = promised(text_of(files[SUMS])), manifested(files)
    for name in sorted({*told, *files} - {SUMS}):
        if name not in files:
            yield f"{name} is missing."
        elif name not in told:
            yield f"{name} was added: {SUMS} does not name it."
        elif sha256_of(files[name]) != told[name]:
            yield f"{name} was altered."
        elif listed.get(name, told[name]) != told[name]:
            yield f"{name} is not what {MANIFEST} says."


def manifested(files: Mapping[str, Open]) -> dict[str, str]:
    """Checksums by name, as the manifest has them: a second word, for whoever made the first one fit."""
    try:
        listed = json.loads(text_of(files[MANIFEST]))["files"]
        return {name: told["sha256"] for name, told in listed.items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return {}


def text_of(opened: Open) -> str:
    """What a file says; nothing where a damaged zip does not give it."""
    try:
        with opened() as file:
            return file.read().decode("utf-8", "replace")
    except DAMAGE:
        return ""


def promised(text: str) -> dict[str, str]:
    """Checksums by name."""
    lines = (line.partition("  ") for line in text.splitlines() if line)
    return {name: digest for digest, _, name in lines}


def sha256_of(opened: Open) -> str:
    """The checksum of a file; none where a damaged zip does not give it."""
    digest = hashlib.sha256()
    try:
        with opened() as file:
            while block := file.read(BLOCK_BYTES):
                digest.update(block)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error):
        return ""
    return digest.hexdigest()


def verify(path: Path) -> tuple[int, list[str]]:
    """An exit code, and what to say."""
    if not path.exists():
        return 1, [f"There is no {path}."]
    if found := faults(path):
        return 1, found
    whole = [f"SHA-256 of {path.name}: {sha256_of(at(path))}"] if path.is_file() else []
    return 0, ["Every file is as its checksum says.", *whole]


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("Name one export: python3 verify_export.py EXPORT.zip")
    code, lines = verify(Path(sys.argv[1]))
    print("\n".join(lines))
    sys.exit(code)


if __name__ == "__main__":
    main()
