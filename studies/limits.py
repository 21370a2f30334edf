"""How much Dens takes: of an upload, of a zip, of a file, of a header. Each is a setting (docs/settings.md)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

KIB, MIB, GIB = 1024, 1024**2, 1024**3


@dataclass(frozen=True)
class Limits:
    """Bytes, counts, seconds and ratios; the names say which. The defaults fit a hospital's day."""

    chunk_bytes: int = 16 * MIB
    upload_bytes: int = 4 * GIB
    daily_bytes: int = 20 * GIB  # of one person
    uploads_at_once: int = 2  # of one person, while they are being received
    free_space_percent: int = 10  # of the disk: below it nothing is received

    zip_entries: int = 20_000
    zip_total_bytes: int = 8 * GIB
    zip_entry_ratio: int = 30
    zip_total_ratio: int = 10

    classic_bytes: int = 64 * MIB  # a single slice of 4096 x 4096 pixels of 16 bits takes 32 MiB
    enhanced_bytes: int = 1 * GIB  # a file, and the pixels in it
    header_bytes: int = 8 * MIB
    elements: int = 50_000
    depth: int = 16  # of sequences in sequences
    least_side: int = 16  # pixels
    most_side: int = 4096  # pixels
    frames: int = 4096

    child_memory_bytes: int = 2 * GIB
    child_cpu_seconds: int = 30  # a file
    child_wall_seconds: int = 60  # a file
    child_files: int = 200  # then it is replaced by a fresh one


DEFAULTS = Limits()

PREFIX = "DENS_LIMIT_"  # of the variable that sets a limit: DENS_LIMIT_UPLOAD_BYTES
UNITS = {"": 1, "KiB": KIB, "MiB": MIB, "GiB": GIB, "TiB": 1024 * GIB}


def limits_from(environment: Mapping[str, str]) -> Limits:
    """The limits as the environment sets them. Raises ValueError for a limit there is not, or one that is no number."""
    given = {name.removeprefix(PREFIX).lower(): text for name, text in environment.items() if name.startswith(PREFIX)}
    unknown = given.keys() - {field.name for field in fields(Limits)}
    if unknown:
        raise ValueError(f"There is no limit {PREFIX}{min(unknown).upper()}. docs/settings.md lists all.")
    return Limits(**{name: number(name, text) for name, text in given.items()})


def number(name: str, text: str) -> int:
    """`4 GiB` or 4294967296 for bytes; for anything else a whole number from 1 on, or from 0 to 100 per cent."""
    units = "|".join(UNITS) if name.endswith("_bytes") else ""
    parts = re.fullmatch(rf"\s*(\d{{1,15}})\s*({units})\s*", text)
    value = int(parts[1]) * UNITS[parts[2]] if parts else -1
    is_percent = name.endswith("_percent")
    if value < (0 if is_percent else 1) or (is_percent and value > 100):
        raise ValueError(f"{PREFIX}{name.upper()} cannot be {text!r}. docs/settings.md shows how limits are written.")
    return value


def written(n_bytes: int) -> str:
    """Bytes in the largest unit that divides them, as `limits_from` reads it: `4 GiB`."""
    unit = next(unit for unit in ("TiB", "GiB", "MiB", "KiB", "") if n_bytes % UNITS[unit] == 0)
    return f"{n_bytes // UNITS[unit]} {unit}".strip()
