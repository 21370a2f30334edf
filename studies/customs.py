"""Looks over a reading copy that came out of the sandbox: numbers, codes and keys of the kind Dens keeps, no word else.

If a hostile file ever took the child over, this is all it could say.
"""

import math
import re

from studies.copies import Facts, ReadingCopy
from studies.elements import PARAMETERS, SCANNING_SEQUENCES
from studies.facts import OLDEST_YEARS, SEXES, VENDORS
from studies.geometry import Geometry
from studies.limits import Limits

UID, DIGEST = re.compile(r"2\.25\.\d{1,39}"), re.compile(r"[0-9a-f]{64}")
BOUNDS = {parameter.name: (parameter.low, parameter.high) for parameter in PARAMETERS}
VENDORS_KNOWN = ("", "other", *(vendor for _, vendor in VENDORS))
GZIP = b"\x1f\x8b"


def is_plausible(copy: ReadingCopy, *, limits: Limits) -> bool:
    uids = (copy.exam_uid, copy.series_uid, copy.instance_uid, copy.frame)
    return (
        all(UID.fullmatch(uid) for uid in uids)
        and all(DIGEST.fullmatch(digest) for digest in (copy.subject_key, copy.pixels_sha256))
        and all(type(mark) is bool for mark in (copy.is_signed, copy.has_contrast, copy.is_3d))
        and are_numbers(copy.slope, copy.intercept, copy.low, copy.high)
        and all(are_within(BOUNDS[name], value) for name, value in copy.parameters.items())
        and set(copy.sequences) <= set(SCANNING_SEQUENCES)
        and is_geometry(copy.geometry, limits=limits)
        and are_facts(copy.facts)
        and is_plane(copy)
    )


def are_numbers(*values: float) -> bool:
    return all(type(value) in (float, int) and math.isfinite(value) for value in values)


def are_within(bounds: tuple[float, float], value: float) -> bool:
    return are_numbers(value) and bounds[0] <= value <= bounds[1]


def is_geometry(lies: Geometry, *, limits: Limits) -> bool:
    return (
        all(type(side) is int and limits.least_side <= side <= limits.most_side for side in (lies.rows, lies.columns))
        and are_numbers(*lies.position, *lies.row_direction, *lies.column_direction)
        and are_numbers(lies.row_spacing_mm, lies.column_spacing_mm)
    )


def are_facts(facts: Facts) -> bool:
    return (
        (facts.age_years is None or (type(facts.age_years) is int and 0 <= facts.age_years <= OLDEST_YEARS))
        and (facts.shifted_day is None or type(facts.shifted_day) is int)
        and facts.sex in ("", *SEXES)
        and facts.vendor in VENDORS_KNOWN
    )


def is_plane(copy: ReadingCopy) -> bool:
    """Packed pixels are hardly ever larger than the pixels themselves."""
    raw = 2 * copy.geometry.rows * copy.geometry.columns
    return copy.plane.startswith(GZIP) and len(copy.plane) <= raw + raw // 1000 + 64
