"""The size of a lesion: its radii are scaled until it fills the fraction of its unit that its grade stands for."""

from dataclasses import dataclass

import numpy as np

from demo.phantom.bodies import body_distance
from demo.phantom.lesions import PlacedLesion
from demo.phantom.patient import Patient, Vertebra
from demo.phantom.shapes import Array

FRACTION = {1: 0.19, 2: 0.50, 3: 0.86}  # in the middle of below 1/3, 1/3 to 2/3, above 2/3
CENTRE_SHARE = 0.55  # a lesion graded at the centre of a body fills less of the whole
COVERED = 0.35  # weight from which a pixel counts as lesion
ROUNDS = 16


@dataclass
class Grid:
    """Points through a vertebral body, without texture."""

    p: Array
    q: Array
    x: Array
    coarse: Array
    medium: Array

    @classmethod
    def through(cls, body: Vertebra) -> "Grid":
        p = np.linspace(body.top - 5, body.bottom + 4, 34)
        q = np.linspace(-body.depth - 2, 2, 30)
        x = np.linspace(-body.half_width, body.half_width, 21)
        points = np.meshgrid(p, q, x, indexing="ij")
        return cls(*points, np.zeros_like(points[0]), np.zeros_like(points[0]))


def fit(placed: PlacedLesion, patient: Patient) -> None:
    """Scale a lesion of a vertebral body; other bones keep the radii they were placed with."""
    if placed.lesion.bone != "body":
        return
    body = patient.vertebrae[placed.unit]
    grid = Grid.through(body)
    bone = (body_distance(grid, body, patient)[0] < -0.6) * placed.in_unit(grid)
    if placed.lesion.level == "C2":
        bone = bone * (grid.p > body.top)
    wanted = FRACTION[placed.lesion.grade] * (CENTRE_SHARE if placed.lesion.part == "centre" else 1.0)
    rp, rq, rx = placed.radii
    low, high = 0.2, 5.0
    for _ in range(ROUNDS):
        factor = (low * high) ** 0.5
        placed.radii = (rp * factor, rq * factor, rx * factor)
        filled = float(((placed.weight(grid) > COVERED) * bone).sum() / max(bone.sum(), 1))
        low, high = (factor, high) if filled < wanted else (low, factor)
