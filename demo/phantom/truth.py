"""What was planted, measured on the painted picture: the truth a reader can be compared with."""

from dataclasses import dataclass

import numpy as np

from demo.phantom.geometry import Geometry
from demo.phantom.lesions import Lesion, PlacedLesion
from demo.phantom.shapes import Array
from demo.phantom.slab import Frame

Pixel = tuple[int, int]  # row, column
VISIBLE_FROM = 20  # voxels covered
COVERED = 0.35
FAINT = 0.1


@dataclass(frozen=True)
class Extent:
    """Where a lesion is seen; indices count from 0.

    slices        those with more than a tenth of its largest cross-section
    best_slice    the one with its largest cross-section
    centre        (row, column) on the best slice;  box  first row, first column, last row, last column there
    position_mm   the centre, patient LPS
    """

    slices: tuple[int, ...]
    best_slice: int
    centre: tuple[float, float]
    box: tuple[int, int, int, int]
    position_mm: tuple[float, float, float]
    volume_mm3: float


@dataclass(frozen=True)
class Finding:
    """A planted lesion; extent is None if it lies outside the picture.

    fraction_of_unit  share of the body or quadrant it fills, None for bones that are not graded by a fraction
    """

    lesion: Lesion
    fraction_of_unit: float | None
    extent: Extent | None

    @property
    def is_visible(self) -> bool:
        return self.extent is not None


def findings(placed: list[PlacedLesion], coverage: Array, geometry: Geometry) -> tuple[Finding, ...]:
    """coverage  share of every voxel taken by each lesion, (lesion, slice, row, column)"""
    return tuple(_finding(lesion, voxels, geometry) for lesion, voxels in zip(placed, coverage, strict=True))


def _finding(placed: PlacedLesion, coverage: Array, geometry: Geometry) -> Finding:
    fraction = round(placed.bone_hit / placed.bone_seen, 2) if placed.bone_seen else None
    is_visible = float(coverage.sum()) > VISIBLE_FROM
    return Finding(placed.lesion, fraction, _extent(coverage, geometry) if is_visible else None)


def _extent(coverage: Array, geometry: Geometry) -> Extent:
    areas = coverage.sum(axis=(1, 2))
    best = int(areas.argmax())
    threshold = COVERED if (coverage[best] > COVERED).any() else FAINT
    rows, columns = np.nonzero(coverage[best] > threshold)
    row, column = float(rows.mean()), float(columns.mean())
    x, y, z = geometry.position(best)
    position = (x, y + column * geometry.pixel_mm, z - row * geometry.pixel_mm)
    return Extent(
        slices=tuple(int(index) for index in np.flatnonzero(areas > 0.10 * areas.max())),
        best_slice=best,
        centre=(round(row, 1), round(column, 1)),
        box=(int(rows.min()), int(columns.min()), int(rows.max()), int(columns.max())),
        position_mm=(round(position[0], 2), round(position[1], 2), round(position[2], 2)),
        volume_mm3=round(float(coverage.sum()) * geometry.pixel_mm**2 * geometry.spacing_mm, 1),
    )


def body_centres(frame: Frame) -> dict[str, Pixel]:
    """The pixel nearest to the centre of each vertebral body, for those within 2 mm of the picture."""
    centres = {}
    for name, body in frame.patient.vertebrae.items():
        squares = (frame.p - body.middle) ** 2 + (frame.q + body.depth / 2) ** 2
        row, column = np.unravel_index(squares.argmin(), squares.shape)
        if squares[row, column] < 4:
            centres[name] = (int(row), int(column))
    return centres
