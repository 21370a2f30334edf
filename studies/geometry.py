"""Where a slice lies: patient LPS, millimetres (x to the patient's left, y to the back, z to the head)."""

from dataclasses import dataclass

import numpy as np
from pydicom.dataset import Dataset

from studies.elements import numbers, whole
from studies.errors import Refused

Vector = tuple[float, float, float]

OBLIQUE_BELOW = 0.8  # cosine: planes tilted more than 37 degrees from the nearest body axis have no name
UNIT_TOLERANCE = 0.01  # headers round direction cosines; a vector further off than this is no direction


@dataclass(frozen=True)
class Geometry:
    """One slice in space.

    position          centre of the first pixel (row 0, column 0)
    row_direction     unit vector along increasing column index
    column_direction  unit vector along increasing row index
    row_spacing_mm    distance of the centres of neighbouring rows, column_spacing_mm that of neighbouring columns
    """

    position: Vector
    row_direction: Vector
    column_direction: Vector
    row_spacing_mm: float
    column_spacing_mm: float
    rows: int
    columns: int

    @property
    def slice_normal(self) -> Vector:
        return slice_normal(self.row_direction, self.column_direction)

    @property
    def centre(self) -> Vector:
        """Centre of the slice. By the centres even slices that follow the discs keep their order."""
        right = np.multiply(self.row_direction, self.column_spacing_mm * (self.columns - 1) / 2)
        down = np.multiply(self.column_direction, self.row_spacing_mm * (self.rows - 1) / 2)
        return vector(np.asarray(self.position) + right + down)

    @property
    def grid(self) -> str:
        """What slices of one stack share: body axis, size and pixel spacing. Small tilts between them are allowed."""
        spacing = f"{self.row_spacing_mm:.2f} x {self.column_spacing_mm:.2f}"
        return f"{nearest_axis(self.slice_normal)} {self.rows} x {self.columns} {spacing}"


def slice_normal(row_direction: Vector, column_direction: Vector) -> Vector:
    """The unit normal of a slice, turned so that its largest component is positive.

    So sagittal slices always run from the patient's right to the left, axial ones from feet to head and coronal ones
    from front to back, whichever way the scanner numbered them. It may be the reverse of row x column.
    """
    normal = np.cross(row_direction, column_direction)
    normal = normal / np.linalg.norm(normal)
    return vector(normal * np.sign(normal[np.argmax(np.abs(normal))]))


def nearest_axis(normal: Vector) -> str:
    return ("sagittal", "coronal", "axial")[int(np.argmax(np.abs(normal)))]


def plane(normal: Vector) -> str:
    """sagittal, coronal or axial, by the body axis the normal lies nearest to; oblique if it is near none."""
    return nearest_axis(normal) if np.abs(normal).max() >= OBLIQUE_BELOW else "oblique"


def stack_normal(normals: list[Vector]) -> Vector:
    """The common normal of slices that may each be tilted a little, as axial slices that follow the discs are."""
    mean = np.mean(normals, axis=0)
    return vector(mean / np.linalg.norm(mean))


def distance_mm(centre: Vector, normal: Vector) -> float:
    """How far along the stack's normal a slice lies: what slices are ordered by, never their instance number."""
    return round(float(np.dot(centre, normal)), 3)


def read_geometry(dataset: Dataset) -> Geometry:
    """The geometry of a classic image.

    From ImagePositionPatient (0020,0032), ImageOrientationPatient (0020,0037) and PixelSpacing (0028,0030), row
    spacing first.

    Raises  Refused no_geometry if one is missing, not finite, or no right-angled pair of unit vectors
    """
    position, orientation = numbers(dataset, "ImagePositionPatient"), numbers(dataset, "ImageOrientationPatient")
    spacing = numbers(dataset, "PixelSpacing")
    if (len(position), len(orientation), len(spacing)) != (3, 6, 2) or min(spacing) <= 0:
        raise Refused("no_geometry")
    row_direction, column_direction = directions(orientation)
    size = whole(dataset, "Rows"), whole(dataset, "Columns")
    return Geometry(vector(position), row_direction, column_direction, spacing[0], spacing[1], *size)


def directions(orientation: list[float]) -> tuple[Vector, Vector]:
    pair = np.reshape(orientation, (2, 3))
    lengths = np.linalg.norm(pair, axis=1)
    if np.any(np.abs(lengths - 1) > UNIT_TOLERANCE) or abs(np.dot(*pair)) > UNIT_TOLERANCE:
        raise Refused("no_geometry")
    row_direction, column_direction = pair / lengths[:, None]
    return vector(row_direction), vector(column_direction)


def vector(values: "np.ndarray | list[float]") -> Vector:
    x, y, z = (round(float(value), 6) + 0.0 for value in values)  # + 0.0 turns -0.0 into 0.0
    return x, y, z
