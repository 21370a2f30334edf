"""The maps a picture is painted on: where each pixel lies in the patient, and one thin slab with its two signals."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from math import inf
from typing import Self

import numpy as np

from demo.phantom.geometry import Geometry
from demo.phantom.lesions import PlacedLesion
from demo.phantom.noise import look_up, magnify
from demo.phantom.patient import Curve, Patient
from demo.phantom.shapes import Array, soft

Interval = tuple[float, float]
Box = tuple[slice, slice]  # rows, columns
MAX_DRIFT_MM = 4  # the spine's midline stays this near x = 0


@dataclass
class Frame:
    """Where every pixel (row, column) lies in the patient, in mm; the same for every slab.

    p, q            spine frame (see patient.py)
    head_y, head_z  patient LPS, the tip of the dens as origin
    """

    patient: Patient
    p: Array
    q: Array
    head_y: Array
    head_z: Array
    boxes: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up what depends on p and q alone."""
        patient, p, q = self.patient, self.p, self.q
        self.canal_depth, self.cord_radius = patient.canal_depth.at(p), patient.cord_radius.at(p)
        self.skin_q, self.fat_depth = patient.skin_q.at(p), patient.fat_depth.at(p)
        self.front_q, self.drift = patient.front_q.at(p), patient.curve.drift(p)
        self.fine = look_up(patient.texture, p, q, 0.55, 0.55)
        self.medium = look_up(patient.texture, p + 31, q + 7, 1.4, 1.4)
        self.coarse = look_up(patient.texture, p + 70, q + 70, 6.0, 6.0)
        self.septa = look_up(patient.fibre_texture, p + 0.6 * q, q - 0.5 * p, 3.4, 0.75)
        self.fibre_p = p - 0.12 * q + 2.0 * self.coarse  # fibres run along the neck
        self.fibre_q = q + 0.10 * p + 2.0 * self.coarse

    def cut(self, box: Box) -> Self:
        """The part in these rows and columns; painting on it paints on the whole."""
        part = object.__new__(type(self))
        index = (..., *box)
        vars(part).update((name, value[index] if type(value) is Array else value) for name, value in vars(self).items())
        part.boxes = {}
        return part

    def box(self, **limits: Interval) -> Box | None:
        """The rows and columns that hold every pixel within the limits, None if there is none; remembered."""
        key = tuple(limits.items())
        if key not in self.boxes:
            self.boxes[key] = self._box(limits)
        return self.boxes[key]

    def _box(self, limits: dict[str, Interval]) -> Box | None:
        inside = np.ones(self.p.shape, bool)
        for name, (low, high) in limits.items():
            inside &= (getattr(self, name) > low) & (getattr(self, name) < high)
        rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
        return (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)) if rows.size else None


def locate(patient: Patient, geometry: Geometry) -> Frame:
    """Bend the spine frame over the picture: every pixel's foot point on the patient's posterior vertebral line."""
    z, y = np.meshgrid(geometry.z, geometry.y, indexing="ij")
    y = y + magnify(patient.warp_y, geometry.size) * 1.1
    z = z + magnify(patient.warp_z, geometry.size) * 1.0
    depth = (-z).copy()
    for _ in range(7):  # Newton's steps, held short
        line_y, slope = patient.curve.at(depth)
        depth = depth - np.clip(((depth + z) + (line_y - y) * slope) / (1 + slope * slope), -25, 25)
    line_y, slope = patient.curve.at(depth)
    q = ((y - line_y) + (depth + z) * slope) / np.sqrt(1 + slope * slope)
    head_y = y - patient.curve.at(0.0)[0]
    p, q, head_y, z = (array.astype(np.float32) for array in (_arc_length(patient.curve, depth), q, head_y, z))
    return Frame(patient, p, q, head_y, z)


def _arc_length(curve: Curve, depth: Array) -> Array:
    """mm along the curve from the dens tip to the point at this depth."""
    at = np.linspace(-150, 300, 1801)
    steps = np.hypot(np.diff(at), np.diff(curve.at(at)[0]))
    arc = np.concatenate([[0], np.cumsum(steps)])
    return np.interp(depth, at, arc - np.interp(0, at, arc))


class Slab(Frame):
    """One infinitely thin sagittal slab at x0 (mm, patient LPS) being painted.

    stir, t1    signals, 1 = cerebrospinal fluid on STIR and about 1 = fat on T1
    body        share of a pixel inside the patient;  depth: mm below the skin, negative outside
    cranium     share of a pixel inside the space of the brain and its fluid
    coverage    share of a pixel taken by each lesion, index order (lesion, row, column)
    """

    x0: float
    lesions: list[PlacedLesion]
    x: Array  # mm from the spine's own midline, positive to the left
    lateral: Array  # the same without its sign
    fibres: Array
    strands: Array
    stir: Array
    t1: Array
    body: Array
    depth: Array
    cranium: Array
    coverage: Array

    @classmethod
    def at(cls, x0: float, frame: Frame, lesions: list[PlacedLesion]) -> "Slab":
        slab = cls.__new__(cls)
        vars(slab).update(vars(frame))
        slab.x0, slab.lesions = x0, lesions
        texture = frame.patient.fibre_texture
        slab.fibres = look_up(texture, frame.fibre_p + 1.3 * x0, frame.fibre_q + 0.22 * x0, 13.0, 1.0)
        slab.strands = look_up(texture, frame.fibre_p + 50 + 1.1 * x0, frame.fibre_q + 33 + 0.30 * x0, 26.0, 3.0)
        slab.x = x0 - frame.drift
        slab.lateral = np.abs(slab.x)
        slab.stir, slab.t1, slab.body, slab.depth, slab.cranium = np.zeros((5, *frame.p.shape), np.float32)
        slab.coverage = np.zeros((len(lesions), *frame.p.shape), np.float32)
        return slab

    def part(self, *, lateral: float = inf, **limits: Interval) -> "Slab | None":
        """What of the slab lies within these limits (mm) of p, q, head_y or head_z; None if nothing does."""
        if abs(self.x0) - MAX_DRIFT_MM > lateral:
            return None
        box = self.box(**limits)
        return self.cut(box) if box else None

    def paint(self, share: Array, stir: Array | float, t1: Array | float) -> None:
        """Cover `share` of every pixel with a tissue of these signals."""
        self.stir += share * (stir - self.stir)
        self.t1 += share * (t1 - self.t1)

    def fill(
        self, distance: Array, stir: Array | float, t1: Array | float, *, edge: float = 0.62, share: Array | float = 1
    ) -> None:
        """Paint the inside of a shape, as far as it lies in the patient."""
        self.paint(soft(distance, edge) * self.body * share, stir, t1)


def confined(*, lateral: float = inf, **limits: Interval) -> Callable[[Callable[[Slab], None]], Callable[[Slab], None]]:
    """Let a painter see only where its structure can lie, and run only where that is in the picture.

    The limits enclose every pixel the painter would touch, so that they cost nothing but time to widen.
    """

    def confine(painter: Callable[[Slab], None]) -> Callable[[Slab], None]:
        @wraps(painter)
        def paint(slab: Slab) -> None:
            part = slab.part(lateral=lateral, **limits)
            if part is not None:
                painter(part)

        return paint

    return confine
