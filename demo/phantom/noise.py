"""The texture of tissue: smooth random tables, looked up at coordinates in mm so that it bends with the anatomy."""

import numpy as np

from demo.phantom.shapes import Array


def smooth_table(rng: np.random.Generator, shape: tuple[int, int], smoothing: float) -> Array:
    """Periodic float32 noise of unit variance, smoothed by a Gaussian of `smoothing` cells."""
    white = rng.standard_normal(shape).astype(np.float32)
    rows, columns = np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None, :]
    gaussian = np.exp(-2 * np.pi**2 * ((rows * smoothing) ** 2 + (columns * smoothing) ** 2))
    smooth = np.fft.irfft2(np.fft.rfft2(white) * gaussian, s=shape)
    return (smooth / (smooth.std() + 1e-9)).astype(np.float32)


def look_up(table: Array, a: Array, b: Array, cell_a: float, cell_b: float) -> Array:
    """Bilinear value of a periodic table at coordinates a, b (mm); cell_a, cell_b are the sizes of a cell (mm)."""
    (row, row_share), (column, column_share) = _cell(a, cell_a), _cell(b, cell_b)
    height, width = table.shape
    row, column = row % height, column % width
    below, right = (row + 1) % height * width, (column + 1) % width
    row = row * width
    upper = _between(table.take(row + column), table.take(row + right), column_share)
    lower = _between(table.take(below + column), table.take(below + right), column_share)
    return _between(upper, lower, row_share)


def _between(first: Array, second: Array, share: Array) -> Array:
    return (1 - share) * first + share * second


def _cell(coordinate: Array, size: float) -> tuple[Array, Array]:
    position = coordinate / size
    whole = np.floor(position)
    return whole.astype(np.intp), (position - whole).astype(np.float32)


def magnify(table: Array, size: int) -> Array:
    """A square table stretched bilinearly to size x size pixels, corner on corner."""
    position = np.linspace(0, len(table) - 1, size)
    cell = np.minimum(position.astype(int), len(table) - 2)
    share = position - cell
    rows = table[cell] * (1 - share)[:, None] + table[cell + 1] * share[:, None]
    return rows[:, cell] * (1 - share)[None] + rows[:, cell + 1] * share[None]
