"""What is in view of the head: skull base, sinus, cerebrum, cerebellum and brain stem.

Coordinates are head_y and head_z (mm, patient LPS, the tip of the dens as origin).
"""

import numpy as np

from demo.phantom.noise import look_up
from demo.phantom.shapes import Array, along, bell, ellipsoid, intersection, length, ramp, smooth_union, soft
from demo.phantom.slab import Slab, confined

INF = np.inf
STEM_Q = 10.2  # mm behind the dens tip: where the cord's axis enters the skull


def _petrous(slab: Slab) -> Array:
    """The petrous bone closes in from the side, mm."""
    return 1.15 * np.clip(slab.lateral - 9, 0, None)


def _behind_clivus(slab: Slab) -> Array:
    """mm behind the back of the clivus."""
    return (slab.head_y + 2 + (slab.head_z - 5) * 0.80) * 0.78


def _cavity(slab: Slab) -> Array:
    """Distance to the inside of the skull: the posterior fossa and as much above it as is in view."""
    point = (slab.head_y - 37 - 0.16 * (slab.head_z - 46), slab.head_z - 50, slab.x)
    return np.maximum(ellipsoid(point, (50, 47.5, 58)) + 0.8 * slab.coarse, -_behind_clivus(slab) + _petrous(slab))


@confined(head_z=(-10, INF), head_y=(-80, INF))
def paint_head(slab: Slab) -> None:
    cavity = _cavity(slab)
    _paint_skull(slab, cavity)
    _paint_skull_base(slab)
    _paint_cerebrospinal_fluid(slab, cavity)
    tentorium = (slab.head_z - 44) - 0.30 * (slab.head_y - 62) + 1.2 * slab.coarse
    _paint_cerebrum(slab, cavity, tentorium)
    _paint_cerebellum(slab, cavity, tentorium)


def _paint_skull(slab: Slab, cavity: Array) -> None:
    """Two tables of the occipital bone and the marrow between them, open at the foramen magnum."""
    y, z = slab.head_y, slab.head_z
    protuberance = 2.5 * bell(z - 34, 9) * ramp(y, 60, 80)
    thickness = 4.2 + 0.05 * np.clip(z - 10, 0, 40) + protuberance
    shell = np.maximum(-cavity, cavity - thickness)
    foramen = soft(np.maximum(np.abs(y - 15.5) - 18.0, slab.lateral - 15), 2) * soft(z - 12, 4)
    visible = (1 - foramen) * soft(-z - 4, 3) * soft(8 - y, 2)
    slab.fill(shell - 0.9, 0.04, 0.08, edge=1, share=visible)
    slab.fill(shell + 1.0, 0.11 + 0.02 * slab.medium, 0.50 + 0.07 * slab.medium, edge=1, share=visible)


def _paint_skull_base(slab: Slab) -> None:
    """Clivus, sphenoid sinus and the roof of the nasopharynx."""
    y, z, coarse, medium = slab.head_y, slab.head_z, slab.coarse, slab.medium
    behind = _behind_clivus(slab)
    thickness = along(z, [2, 12, 30, 45], [2.6, 5.5, 11, 15])
    clivus = intersection(behind, -behind - thickness * 1.1, 4.5 - z, slab.lateral - 13) + 0.4 * coarse
    slab.fill(clivus, 0.04, 0.08)
    slab.fill(clivus + 0.9, 0.115 + 0.02 * medium, 0.48 + 0.07 * medium)
    sinus = ellipsoid((y + 49, z - 44, slab.x), (14, 10, 16)) + 1.7 * coarse
    slab.fill(np.abs(sinus) - 0.9, 0.28, 0.2)
    slab.fill(sinus, 0.02, 0.02)
    nasopharynx = ellipsoid((y + 24, z - 8, slab.x), (10, 11, 13)) + 0.8 * coarse
    nasopharynx = np.maximum(nasopharynx, behind + thickness * 1.05)
    slab.fill(nasopharynx, 0.36 + 0.05 * medium, 0.37, edge=1.6, share=0.85)


def _paint_cerebrospinal_fluid(slab: Slab, cavity: Array) -> None:
    cistern = ellipsoid((slab.head_y - 15.5, slab.head_z - 5, slab.x), (18.0, 11, 15))
    slab.cranium[...] = np.maximum(soft(cavity, 1) * slab.body, soft(cistern, 1) * slab.body)
    slab.paint(slab.cranium, 1.0 * (1 + 0.03 * slab.coarse), 0.11)


def _paint_cerebrum(slab: Slab, cavity: Array, tentorium: Array) -> None:
    y, z, medium = slab.head_y, slab.head_z, slab.medium
    folds = np.abs(look_up(slab.patient.texture, y + 0.3 * z + 9, z - 0.2 * y + slab.x * 0.7, 5.2, 5.2))
    sulci, cortex = 1 - ramp(folds, 0.10, 0.42), 1 - ramp(folds, 0.42, 0.95)
    in_front = 23 + 0.15 * np.abs(z - 60) - y - 0.9 * _petrous(slab)
    cerebrum = intersection(-tentorium + 0.9, cavity + 1.6, in_front)
    stir = 0.40 + 0.07 * cortex + 0.40 * sulci + 0.01 * medium
    slab.paint(soft(cerebrum, 1) * slab.cranium, stir, 0.40 - 0.05 * cortex - 0.17 * sulci)
    slab.paint(bell(tentorium, 0.9) * slab.cranium * (y > 24) * 0.7, 0.10, 0.16)


def _cerebellum(slab: Slab, cavity: Array, tentorium: Array) -> Array:
    y, z, coarse = slab.head_y, slab.head_z, slab.coarse
    forward = 9.0 * ramp(slab.lateral, 5, 20)  # hemispheres reach further forward than the vermis
    cerebellum = ellipsoid((y - 49 + forward, z - 29), (31 + forward * 0.6, 24.5)) + 0.9 * coarse
    cerebellum = intersection(cerebellum, cavity + 1.8 + 0.6 * coarse, tentorium + 1.5)
    tonsil = ellipsoid((y - 31, z - 12, slab.lateral - 8), (9, 9.0, 8)) + 0.5 * coarse
    return np.minimum(cerebellum, np.maximum(tonsil, cavity + 1.5))


def _paint_cerebellum(slab: Slab, cavity: Array, tentorium: Array) -> None:
    """Fissures and folia fan out from the white matter behind the fourth ventricle."""
    coarse, medium, distance = slab.coarse, slab.medium, _cerebellum(slab, cavity, tentorium)
    dz, dy = slab.head_z - 32, slab.head_y - 20
    angle, radius = np.arctan2(dz, dy), length(dz, dy)
    lobes = np.cos(angle * 9 + 1.9 * coarse + 0.35 * medium + slab.x * 0.05)
    fissures = ramp(lobes, 0.86, 1.0) * ramp(radius, 7, 20)
    folia = ramp(np.cos(angle * 30 + 3.4 * coarse + 1.0 * medium + 0.22 * radius), 0.45, 1.0)
    folia = folia * ramp(-distance, 12, 1) * (0.30 + 0.35 * ramp(coarse, -0.8, 0.8))
    white = np.clip(-lobes, 0, 1) ** 2.5 * (1 - ramp(radius, 22, 38)) + (1 - ramp(radius, 5, 13))
    white, fluid = np.clip(white, 0, 1), np.clip(fissures * 0.8 + folia, 0, 1)
    share = soft(distance, 1.2) * slab.cranium
    slab.paint(share, 0.47 - 0.11 * white + 0.36 * fluid + 0.015 * medium, 0.385 + 0.06 * white - 0.12 * fluid)


@confined(head_z=(-10, INF), head_y=(-60, 60), lateral=40)
def paint_brain_stem(slab: Slab) -> None:
    """Medulla, pons and midbrain on the axis of the cord, and the fourth ventricle behind them."""
    x, z = slab.x, slab.head_z
    lean = float(slab.patient.curve.at(0.0)[1])
    axis = STEM_Q * np.sqrt(1 + lean * lean)

    def from_axis(at: Array | float) -> Array:
        """mm behind the axis at this height."""
        return slab.head_y - (axis - lean * at)

    medulla = length(from_axis(z), x / 1.35) - along(z, [-10, 6, 18, 26], [4.6, 5.6, 7.0, 7.6])
    medulla = intersection(medulla, -1 - z, z - 60)
    pons = ellipsoid((from_axis(36.0) + 3.6, z - 36, x), (13.0, 14.5, 18))
    midbrain = length(from_axis(50.0) + 0.25 * (z - 52), x / 1.6) - 9.0
    stem = np.minimum(smooth_union(medulla, pons, 4.0), np.maximum(midbrain, 46 - z))
    slab.paint(soft(stem, 1) * slab.cranium, 0.375 + 0.015 * slab.medium, 0.42 + 0.01 * slab.medium)
    ventricle = ellipsoid((from_axis(30.0) - 10.8, z - 30, x), (3.2, 9.5, 6.5)) + 0.4 * slab.coarse
    slab.paint(soft(ventricle, 1.2) * slab.cranium, 1.02, 0.10)
