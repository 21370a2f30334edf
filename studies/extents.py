"""How far a series reaches and how its slices follow each other: patient LPS, millimetres."""

from collections.abc import Sequence

import numpy as np

from studies.geometry import Geometry, distance_mm, stack_normal


def steps_mm(slices: Sequence[Geometry]) -> list[float]:
    """How far each slice lies from the one before, along the normal of all."""
    if len(slices) < 2:
        return []
    normal = stack_normal([one.slice_normal for one in slices])
    places = sorted(distance_mm(one.centre, normal) for one in slices)
    return [round(float(step), 3) for step in np.diff(places)]


def extent_mm(slices: Sequence[Geometry]) -> tuple[float, float, float]:
    """How far a series reaches: from side to side, front to back, feet to head."""
    low, high = box(slices)
    across, deep, tall = high - low
    return float(across), float(deep), float(tall)


def overlap(a: Sequence[Geometry], b: Sequence[Geometry]) -> float:
    """The share of the smaller of two series that the other shows too, along the body axis where it is least."""
    (low_a, high_a), (low_b, high_b) = box(a), box(b)
    common = np.minimum(high_a, high_b) - np.maximum(low_a, low_b)
    smaller = np.maximum(np.minimum(high_a - low_a, high_b - low_b), 1e-6)
    return float(np.min(common / smaller))


def box(slices: Sequence[Geometry]) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest corner, along each body axis, of the box that holds every slice."""
    corners = np.concatenate([corners_of(one) for one in slices])
    return corners.min(axis=0), corners.max(axis=0)


def corners_of(one: Geometry) -> np.ndarray:
    """The four outer corners of a slice: half a pixel beyond the centres of its corner pixels."""
    along_row, along_column = np.asarray(one.row_direction), np.asarray(one.column_direction)
    right, down = along_row * one.column_spacing_mm, along_column * one.row_spacing_mm
    first = np.asarray(one.position) - (right + down) / 2
    return np.array([first + x * one.columns * right + y * one.rows * down for x in (0, 1) for y in (0, 1)])
