"""From a seed and a list of lesions to two volumes, and the truth about what was planted where."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from demo.phantom.fitting import fit
from demo.phantom.geometry import Geometry, prescribe
from demo.phantom.lesions import Lesion, PlacedLesion, place
from demo.phantom.painting import paint
from demo.phantom.patient import Patient
from demo.phantom.scanner import STIR, T1, acquire
from demo.phantom.shapes import Array
from demo.phantom.slab import Frame, locate
from demo.phantom.truth import Finding, Pixel, body_centres, findings

SCANNER_STREAM = 99  # the scanner's own random numbers: another picture of the same patient has the same anatomy
TEXTURE_RADIUS_MM = 7.0


@dataclass(frozen=True)
class Phantom:
    """A simulated examination.

    stir, t1      uint16 of 12 bits, index order (slice, row, column): slices from the patient's right to left, rows
                  from head to feet, columns from front to back
    truth         one Finding for every lesion asked for, in that order
    body_centres  the pixel (row, column) at the centre of each vertebral body in view, on the midline
    """

    seed: int
    lesions: tuple[Lesion, ...]
    patient: Patient
    geometry: Geometry
    stir: Array
    t1: Array
    truth: tuple[Finding, ...]
    body_centres: dict[str, Pixel]

    @property
    def midline_slice(self) -> int:
        """Index of the slice nearest to x = 0."""
        return int(np.abs(self.geometry.x).argmin())


def simulate(seed: int, lesions: Iterable[Lesion] = (), *, size: int = 384, n_slices: int = 15) -> Phantom:
    """The sagittal STIR and T1 of one invented patient. The same arguments always give the same pixels.

    size  rows and columns of a slice, over a field of view of about 250 mm

    Lesions do not change the anatomy. One of a whole body ("C5.body") draws where in the body it starts, which also
    moves the field of view by a few millimetres; every other lesion leaves the rest of the picture where it was.
    """
    patient, lesions = Patient(seed), tuple(lesions)
    placed = [_placed(patient, lesion) for lesion in lesions]
    geometry = prescribe(patient, size=size, n_slices=n_slices)
    frame = locate(patient, geometry)
    for lesion in placed:
        lesion.mean_texture = _mean_texture(frame, lesion)
    painting = paint(frame, geometry, placed)
    rng = np.random.default_rng([seed, SCANNER_STREAM])
    stir = acquire(painting.stir, STIR, frame=frame, geometry=geometry, body=painting.body, rng=rng)
    t1 = acquire(painting.t1, T1, frame=frame, geometry=geometry, body=painting.body, rng=rng)
    truth = findings(placed, painting.coverage, geometry)
    return Phantom(seed, lesions, patient, geometry, stir, t1, truth, body_centres(frame))


def _placed(patient: Patient, lesion: Lesion) -> PlacedLesion:
    placed = place(patient, lesion)
    fit(placed, patient)
    return placed


def _mean_texture(frame: Frame, placed: PlacedLesion) -> float:
    p, q, _ = placed.centre
    near = (frame.p - p) ** 2 + (frame.q - q) ** 2 < TEXTURE_RADIUS_MM**2
    return float(frame.coarse[near].mean()) if near.any() else 0.0
