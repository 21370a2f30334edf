"""The spinal canal: fat outside the dura, cerebrospinal fluid inside, and the cord."""

from dataclasses import dataclass

import numpy as np

from demo.phantom.head import STEM_Q
from demo.phantom.shapes import Array, along, ellipsoid, ramp, soft
from demo.phantom.slab import Slab, confined

DURA_MM = 0.6


@dataclass(frozen=True)
class Walls:
    """Front and back of the dural sac: q in mm at every pixel; bulge is how far the discs press in."""

    front: Array
    back: Array
    bulge: Array

    @property
    def centre(self) -> Array:
        return (self.front + self.back) / 2


def _walls(slab: Slab) -> Walls:
    p, lateral = slab.p, slab.lateral
    bulge, ligament = np.zeros_like(p), np.zeros_like(p)
    for disc in slab.patient.discs:
        across, off = np.exp(-(((lateral - 2) / 7.5) ** 2)), p - disc.middle
        bulge += disc.bulge * np.exp(-((off / (3.6 + 0.3 * disc.bulge)) ** 2)) * across
        ligament += (0.25 + 1.2 * disc.wear**1.5) * np.exp(-(((off - 1.5) / 5.0) ** 2))
    front = 1.0 + bulge + along(p, [-8, 0, 18, 30], [2.5, 1.8, 1.2, 0]) + 0.25 * slab.coarse
    return Walls(front, slab.canal_depth - 0.5 - ligament + 0.3 * slab.coarse, bulge)


@confined(p=(-9.5, np.inf), q=(-8, 46), lateral=21)
def paint_canal(slab: Slab) -> None:
    walls = _walls(slab)
    open_below_skull = ramp(slab.p, -9, -1)
    half_width = along(slab.p, [0, 20, 200], [14, 12, 10.5])
    _paint_epidural_fat(slab, half_width, open_below_skull)
    _paint_sac(slab, walls, half_width, open_below_skull)
    _paint_cord(slab, walls, open_below_skull)


def _paint_epidural_fat(slab: Slab, half_width: Array, share: Array) -> None:
    half_depth = (slab.canal_depth + 1.2) / 2
    fat = np.sqrt(((slab.q - half_depth) / half_depth) ** 2 + (slab.x / (half_width + 2)) ** 2) - 1
    t1 = 0.36 + 0.3 * ramp(slab.p, 120, 150) + 0.15 * slab.coarse
    share = share * ramp(slab.p, 4, 16) * 0.9
    slab.fill(fat * (slab.canal_depth / 2), slab.patient.fat_stir, t1, edge=1, share=share)


def _paint_sac(slab: Slab, walls: Walls, half_width: Array, share: Array) -> None:
    """Dura, and fluid whose flow takes some signal away behind the cord."""
    half_depth = np.maximum((walls.back - walls.front) / 2, 1.5)
    sac = ellipsoid((slab.q - walls.centre, slab.x), (half_depth, half_width))
    slab.fill(np.abs(sac) - DURA_MM, 0.06, 0.11, edge=0.9, share=share * ramp(slab.p, 4, 16) * 0.85)
    pulses = ramp(np.sin(slab.p / 11.0 + 1.1 * slab.coarse), 0.5, 1)
    lost = 0.13 * ramp(slab.q, walls.centre + 1, walls.centre + 4) * pulses
    fluid = 1 - 0.07 * np.clip(slab.coarse, -1.2, 1.2) - lost
    slab.fill(sac + 0.3, fluid, 0.115, edge=0.9, share=share)


def _paint_cord(slab: Slab, walls: Walls, share: Array) -> None:
    """The cord gives way to bulging discs, and above C1 turns towards the medulla."""
    radius = slab.cord_radius
    centre = slab.canal_depth * 0.47 + 0.35 * walls.bulge
    centre = centre + (STEM_Q - centre) * (1 - ramp(slab.p, -6, 12))
    centre = np.maximum(np.clip(centre, None, walls.back - radius - 0.4), walls.front + radius + 0.2)
    behind = slab.q - centre
    cord = ellipsoid((behind, slab.x), (radius, radius * 1.55)) + 0.15 * slab.coarse
    grey_matter = np.exp(-((behind / 1.3) ** 2) - (slab.x / 2.5) ** 2)
    stir = 0.395 + 0.018 * slab.medium + 0.03 * grey_matter
    slab.paint(soft(cord, 0.9) * share * slab.body, stir, 0.415 + 0.008 * slab.medium)
