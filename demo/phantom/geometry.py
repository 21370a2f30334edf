"""Where the picture lies: sagittal slices, patient LPS in mm, index order (slice, row, column)."""

from dataclasses import dataclass

import numpy as np

from demo.phantom.patient import Patient
from demo.phantom.shapes import Array

SLICE_SPACING_MM = 3.3
SLICE_THICKNESS_MM = 3.0


@dataclass(frozen=True)
class Geometry:
    """Centres of the voxels: x of every slice (patient right to left), z of every row (head to feet), y of every
    column (front to back). Pixels are square."""

    x: Array
    y: Array
    z: Array
    pixel_mm: float
    spacing_mm: float = SLICE_SPACING_MM
    thickness_mm: float = SLICE_THICKNESS_MM

    @property
    def size(self) -> int:
        return len(self.y)

    @property
    def n_slices(self) -> int:
        return len(self.x)

    def position(self, index: int) -> tuple[float, float, float]:
        """ImagePositionPatient (0020,0032) of a slice: the centre of its first pixel."""
        return float(self.x[index]), float(self.y[0]), float(self.z[0])


def prescribe(patient: Patient, *, size: int, n_slices: int) -> Geometry:
    """Slices about the midline and a field of view about C5, placed a little differently for every patient."""
    field_of_view = float(np.round(patient.rng.uniform(240, 258)))
    z = -(patient.vertebrae["C5"].top - 16) + patient.rng.uniform(-6, 6)
    y = float(patient.curve.at(70.0)[0]) - 4 + patient.rng.uniform(-4, 4)
    steps = (np.arange(size) - (size - 1) / 2) * (field_of_view / size)
    x = (np.arange(n_slices) - (n_slices - 1) / 2) * SLICE_SPACING_MM + patient.rng.uniform(-0.5, 0.5)
    return Geometry(x, steps + y, -steps + z, field_of_view / size)
