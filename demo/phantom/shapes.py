"""Signed distances to simple shapes (mm, negative inside) and the soft steps between tissues.

Arrays stay float32: constants are plain Python numbers, which do not widen a NumPy array.
"""

from functools import reduce

import numpy as np

Array = np.ndarray
Number = float | Array

PIXEL_EDGE = 0.62  # mm over which an edge fades: about one pixel


def soft(distance: Number, width: float = PIXEL_EDGE) -> Array:
    """How much of a pixel lies inside a shape, 0 .. 1, from its signed distance."""
    return _within_unit(0.5 - distance / width)


def ramp(value: Number, start: Number, end: Number) -> Array:
    """0 before start, 1 after end, an S-shaped rise between; falls where end lies before start."""
    t = _within_unit((value - start) / (end - start))
    return t * t * (3.0 - 2.0 * t)


def _within_unit(value: Number) -> Array:
    """np.clip(value, 0, 1), several times as fast on small arrays."""
    positive = np.asarray(np.maximum(value, 0.0))
    return np.minimum(positive, 1.0, out=positive)


def length(a: Array, b: Array) -> Array:
    """np.hypot, several times as fast: nothing here is so long that its square overflows."""
    return np.sqrt(a * a + b * b)


def bell(value: Number, width: Number) -> Array:
    """1 at value 0, e^-1 at value = width."""
    return np.exp(-((value / width) ** 2))


def ellipsoid(point: tuple[Number, ...], radii: tuple[Number, ...]) -> Array:
    """Distance to an ellipse or ellipsoid about the origin, exact on its surface and along its shortest axis."""
    squares = [(coordinate / radius) ** 2 for coordinate, radius in zip(point, radii, strict=True)]
    shortest = reduce(lambda a, b: np.minimum(a, b, dtype=np.float32), radii)
    return (np.sqrt(sum(squares[1:], squares[0])) - 1.0) * shortest


def rounded(first: Array, second: Array, radius: float) -> Array:
    """Intersection of two half planes with a rounded corner; both distances are given to the inset faces."""
    outside = length(np.maximum(first, 0), np.maximum(second, 0))
    return outside + np.minimum(np.maximum(first, second), 0) - radius


def capsule(
    point: tuple[Array, Array],
    start: tuple[float, float],
    end: tuple[float, float],
    radius_at_start: float,
    radius_at_end: float,
) -> Array:
    """Distance to a thick line from start to end that may widen on its way."""
    (a, b), (a0, b0) = point, start
    da, db = end[0] - a0, end[1] - b0
    t = _within_unit(((a - a0) * da + (b - b0) * db) / (da * da + db * db))
    return length(a - a0 - t * da, b - b0 - t * db) - (radius_at_start + (radius_at_end - radius_at_start) * t)


def intersection(*distances: Number) -> Array:
    return reduce(np.maximum, distances)  # type: ignore[arg-type,return-value]


def smooth_union(first: Array, second: Array, width: float) -> Array:
    """Both shapes together, the notch between them filled over `width` mm."""
    share = _within_unit(0.5 + 0.5 * (first - second) / width)
    return first + (second - first) * share - width * share * (1 - share)


def along(positions: Array, at: list[float], values: list[float]) -> Array:
    """A piecewise linear profile looked up at every pixel."""
    return np.interp(positions, at, values).astype(np.float32)
