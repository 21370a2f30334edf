"""Names of variables that a package accepts: letters, digits and underscores, of a length, each once."""

import re
from collections.abc import Iterable


def fitting(names: Iterable[str], *, longest: int) -> dict[str, str]:
    """For each name one that fits; the same where it does already. Upper and lower case are one, as in SPSS and SAS."""
    given = list(names)
    taken: set[str] = set()
    return {name: unique(plain(name), taken, longest) for name in given}


def plain(name: str) -> str:
    cleaned = re.sub(r"[^A-Za-z0-9_]", "_", name)
    return cleaned if cleaned[:1].isalpha() else f"v{cleaned}"


def unique(name: str, taken: set[str], longest: int) -> str:
    """The name cut to its length; numbered where another one has it."""
    found, number = name[:longest], 1
    while found.lower() in taken:
        number += 1
        found = f"{name[: longest - 1 - len(str(number))]}_{number}"
    taken.add(found.lower())
    return found
