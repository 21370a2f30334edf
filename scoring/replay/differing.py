"""Where two bundles differ first: a file that only one has, or the first line that is not the same."""

from collections.abc import Mapping
from itertools import zip_longest

LAST = ("manifest.json", "SHA256SUMS")  # they differ whenever anything does
LONGEST = 160  # characters of a line that are shown


def sentence(ours: Mapping[str, bytes], theirs: Mapping[str, bytes]) -> str:
    """`ours` is what the trail tells, `theirs` what was exported; "" if they are the same, byte by byte."""
    for name in sorted({*ours, *theirs}, key=lambda one: (one in LAST, one)):
        if name not in theirs:
            return f"{name} follows from the audit trail and is not in the export."
        if name not in ours:
            return f"{name} is in the export and does not follow from the audit trail."
        if ours[name] != theirs[name]:
            return of_file(name, ours[name], theirs[name])
    return ""


def of_file(name: str, ours: bytes, theirs: bytes) -> str:
    pairs = zip_longest(ours.splitlines(keepends=True), theirs.splitlines(keepends=True))
    for number, (one, other) in enumerate(pairs, start=1):
        if one != other:
            return f"{name}, line {number}: the audit trail gives {shown(one)}, the export has {shown(other)}."
    raise AssertionError("the same lines are the same bytes")


def shown(line: bytes | None) -> str:
    if line is None:
        return "no such line"
    text = line.decode(errors="backslashreplace").rstrip("\r\n")
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}...")
