"""Marrow lesions: how they are named, where they lie in the spine frame, and how their coverage fades.

Sites   Cn.body                                                      C2 .. C7, T1 .. T3: the whole body
        Cn.body.{sup_ant,sup_post,inf_ant,inf_post,centre}[.L|.R]    a quadrant or the centre of a body
        C1.arch   C2.dens   Cn.spinous   Cn/m.facet.{L,R}   C1/2.lateral.{L,R}
Grades  1, 2, 3: below 1/3, 1/3 to 2/3, above 2/3 of the body or quadrant; of other bones an extent in mm
Kinds   "bme", oedema: bright on STIR, dark on T1; "fat", a distractor: bright on T1, dark on STIR
"""

import re
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from demo.phantom.patient import Patient, Vertebra
from demo.phantom.shapes import Array, ramp

PARTS = "sup_ant|sup_post|inf_ant|inf_post|centre"
SITE = re.compile(
    rf"(C[2-7]|T[1-3])\.body(\.({PARTS}))?(\.[LR])?|C1\.arch|C2\.dens|C[2-7]\.spinous"
    r"|(C2/3|C3/4|C4/5|C5/6|C6/7|C7/T1)\.facet\.[LR]|C1/2\.lateral\.[LR]"
)
TEXT = re.compile(r"(?P<fat>fat:)?(?P<site>[^:]+)(:(?P<grade>[123]))?")
EXTENT = {1: 0.62, 2: 0.95, 3: 1.35}  # radius by grade, 1 = the radius of a middling lesion of that bone
MAX_BODY_HEIGHT_MM = 15  # of C2 only the part below the dens counts as its body


class Points(Protocol):
    """Where a lesion is looked at: spine coordinates in mm and the texture that makes its edge uneven."""

    p: Array
    q: Array
    x: Array
    coarse: Array
    medium: Array


@dataclass(frozen=True)
class Lesion:
    """A lesion as planned: "C5.body:2", "fat:C3.body:1". Without a grade it is 2."""

    site: str
    grade: int = 2
    kind: str = "bme"

    @classmethod
    def parse(cls, text: str) -> "Lesion":
        match = TEXT.fullmatch(text)
        if not match or not SITE.fullmatch(match["site"]):
            raise ValueError(f'"{text}" is no lesion. Write for example C5.body:2 or C4/5.facet.L:1.')
        return cls(match["site"], int(match["grade"] or 2), "fat" if match["fat"] else "bme")

    def __str__(self) -> str:
        return f"{'fat:' if self.kind == 'fat' else ''}{self.site}:{self.grade}"

    @property
    def level(self) -> str:
        return self.site.split(".")[0]

    @property
    def bone(self) -> str:
        return self.site.split(".")[1]

    @property
    def side(self) -> int:
        """1 left, -1 right, 0 about the midline."""
        return {"L": 1, "R": -1}.get(self.site.split(".")[-1], 0)

    @property
    def part(self) -> str:
        """The part of a body it is in, "whole" if it is graded by the whole body."""
        return next((word for word in self.site.split(".")[2:] if word not in "LR"), "whole")


@dataclass(frozen=True)
class Quadrant:
    """A quarter of a vertebral body, its edges tilted with the end plates."""

    middle_p: float
    depth: float
    tilt: float
    superior: bool
    anterior: bool

    def inwards(self, points: Points) -> tuple[Array, Array]:
        """mm beyond the quadrant's inner edges, downwards or upwards and forwards or backwards; negative inside."""
        behind_middle = points.q + self.depth / 2
        below_middle = points.p + self.tilt * behind_middle - self.middle_p
        return below_middle * (1 if self.superior else -1), behind_middle * (1 if self.anterior else -1)

    def holds(self, points: Points) -> Array:
        below, behind = self.inwards(points)
        inside = (below < 0) if self.superior else (below <= 0)
        return inside * ((behind < 0) if self.anterior else (behind <= 0))


@dataclass
class PlacedLesion:
    """A lesion in one patient: the bone unit it belongs to, centre and radii in the spine frame (mm).

    bone_seen and bone_hit count, while slabs are painted, the pixels of its unit and those the lesion covers.
    """

    lesion: Lesion
    unit: str
    centre: tuple[float, float, float]
    radii: tuple[float, float, float]
    quadrant: Quadrant | None = None
    mean_texture: float = 0.0  # taken off, so that the uneven edge does not grow or shrink the lesion
    bone_seen: float = 0.0
    bone_hit: float = 0.0

    @property
    def is_graded_by_fraction(self) -> bool:
        return self.lesion.bone == "body"

    def weight(self, points: Points) -> Array:
        """Share of a pixel's marrow that is lesion, 0 .. 1."""
        (p, q, x), (rp, rq, rx) = self.centre, self.radii
        radius = np.sqrt(((points.p - p) / rp) ** 2 + ((points.q - q) / rq) ** 2 + ((points.x - x) / rx) ** 2)
        uneven = points.coarse - self.mean_texture
        weight = 1 - ramp(radius + 0.13 * uneven + 0.09 * points.medium, 0.60, 1.30)
        weight = weight * (0.86 + 0.10 * points.medium)
        if self.quadrant:  # fade out over 3 mm beyond the scored quadrant
            below, behind = self.quadrant.inwards(points)
            weight = weight * (1 - ramp(below + 0.5 * uneven, -0.5, 2.5)) * (1 - ramp(behind + 0.5 * uneven, -0.5, 2.5))
        return np.clip(weight, 0, 1)

    def in_unit(self, points: Points) -> Array:
        """1 in the scored unit: a quadrant (of one half, if sided) where there is one, otherwise the whole bone."""
        if self.quadrant is None:
            return np.ones_like(points.p)
        inside = self.quadrant.holds(points)
        return inside * (points.x * self.centre[2] > 0) if self.centre[2] else inside * 1.0

    def reaches(self, x0: float) -> bool:
        return abs(x0 - self.centre[2]) <= self.radii[2] * 1.5 + 2


def place(patient: Patient, lesion: Lesion) -> PlacedLesion:
    """Where a lesion lies in this patient, before its size is fitted to its grade."""
    level, side = lesion.level, lesion.side
    if lesion.bone == "arch":
        return _placed(lesion, "C1arch", (5, -16, 0), (4, 3, 5))
    if lesion.bone == "dens":
        return _placed(lesion, "C2", (6, -6.5, 0), (6.5, 4.2, 4))
    if lesion.bone == "lateral":
        return _placed(lesion, "C12", (12, 1.5, 17 * side), (6, 6, 4.5))
    if lesion.bone == "facet":
        upper = level.split("/")[0]
        disc = patient.discs[patient.vertebrae[upper].index]
        return _placed(lesion, "facet" + upper, (disc.middle + 2.0, 8.5, 18.5 * side), (6.0, 5.5, 4.2))
    if lesion.bone == "spinous":
        return _place_in_spinous_process(patient, lesion)
    return _place_in_body(patient, lesion)


def _placed(
    lesion: Lesion,
    unit: str,
    centre: tuple[float, float, float],
    radii: tuple[float, float, float],
    quadrant: Quadrant | None = None,
) -> PlacedLesion:
    rp, rq, rx = (radius * EXTENT[lesion.grade] for radius in radii)
    return PlacedLesion(lesion, unit, centre, (rp, rq, rx), quadrant)


def _place_in_spinous_process(patient: Patient, lesion: Lesion) -> PlacedLesion:
    vertebra = patient.vertebrae[lesion.level]
    back = vertebra.spinous_length * 0.75
    p = vertebra.bottom - 4 + vertebra.spinous_drop * back
    q = patient.canal_depth.at_level(vertebra.bottom) + 1 + back
    return _placed(lesion, "sp" + lesion.level, (p, q, 0), (4.2, 5.5, 3.5))


def _place_in_body(patient: Patient, lesion: Lesion) -> PlacedLesion:
    body, part = patient.vertebrae[lesion.level], lesion.part
    height = min(body.bottom - body.top, MAX_BODY_HEIGHT_MM)
    p, q = _centre_in_body(patient, body, part, height)
    p -= body.tilt * (q + body.depth / 2)  # follow the tilted end plates
    quadrant = None
    if part not in ("whole", "centre"):
        middle = body.bottom - height / 2
        quadrant = Quadrant(middle, body.depth, body.tilt, part.startswith("sup"), part.endswith("ant"))
    radii = (height * (0.40 if quadrant else 0.34), body.depth * 0.40, 5.0 if lesion.side else 6.6)
    return _placed(lesion, lesion.level, (p, q, 5.0 * lesion.side), radii, quadrant)


def _centre_in_body(patient: Patient, body: Vertebra, part: str, height: float) -> tuple[float, float]:
    top, bottom, depth = body.bottom - height, body.bottom, body.depth
    if part == "centre":
        return bottom - height / 2, -depth / 2
    if part == "whole":  # oedema starts at an end plate more often than in the middle
        start = patient.rng.integers(0, 3)
        return (top + 2.5, bottom - 2.5, bottom - height / 2)[start], -depth * (0.62, 0.45, 0.5)[start]
    p = top + 0.6 if part.startswith("sup") else bottom - 0.6
    return p, -depth + 1.2 if part.endswith("ant") else -1.8
