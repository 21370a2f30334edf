"""The back of the spine, level by level: foramina, pedicles, articular pillars, laminae and spinous processes."""

from dataclasses import dataclass
from math import exp

import numpy as np

from demo.phantom.bone import paint_bone
from demo.phantom.patient import FAT_T1, LEVELS, N_DISCS, Patient, Vertebra
from demo.phantom.shapes import Array, capsule, ellipsoid, intersection, length, ramp, rounded, soft
from demo.phantom.slab import Slab, confined

JOINT_Q = 8.6  # mm behind the posterior vertebral line: the middle of the facet joints
FIRST_THORACIC = LEVELS.index("T1")


def paint_arches(slab: Slab) -> None:
    for vertebra in list(slab.patient.vertebrae.values())[:N_DISCS]:
        _paint_pillar(slab, vertebra)
        _paint_lamina(slab, vertebra)


@confined(p=(14, 205), q=(-16, 12), lateral=26)
def paint_foramina(slab: Slab) -> None:
    """Fat about the nerve roots, and the vertebral artery, which is a flow void."""
    if not 8 < abs(slab.x0) < 26:
        return
    p, q, lateral, fat = slab.p, slab.q, slab.lateral, slab.patient.fat_stir
    outline = np.maximum(np.abs(q - 1.6) - 6.0 + slab.coarse, np.maximum(10.5 - lateral, lateral - 23))
    share = ramp(p, 20, 30) * 0.75
    slab.fill(outline, fat * 1.05, FAT_T1 * (0.62 + 0.10 * slab.medium), edge=3, share=share)
    artery = length(lateral - 16.0 - 1.8 * np.sin(p / 19 + 1.0), q + 8.0 + 1.0 * np.sin(p / 27)) - 2.0
    present = ramp(p, 14, 22) * (1 - ramp(p, 112, 124))
    slab.fill(artery - 1.4, fat * 1.6, FAT_T1 * 0.5, edge=2, share=present * 0.6)
    slab.fill(artery, 0.07, 0.09, edge=1, share=present * 0.9)


@dataclass(frozen=True)
class Pillar:
    """The articular pillar of one vertebra between the joints above and below it."""

    vertebra: Vertebra
    upper_joint: float  # p, mm
    lower_joint: float
    lateral_end: float
    half_depth: float
    slope: float  # of its joints, mm down per mm back

    @classmethod
    def of(cls, patient: Patient, vertebra: Vertebra) -> "Pillar":
        index, is_thoracic = vertebra.index, vertebra.index >= FIRST_THORACIC
        upper = patient.discs[index - 1].middle + 2.0 if index else vertebra.bottom - 15.0
        lower, slope = patient.discs[index].middle + 2.0, patient.facet_slope[index]
        return cls(vertebra, upper, lower, 20.0 if is_thoracic else 24.0, 5.8 if is_thoracic else 6.9, slope)

    @property
    def height(self) -> float:
        return self.lower_joint - self.upper_joint

    def along_joint(self, slab: Slab) -> Array:
        """p moved so that it is constant along a joint line."""
        return slab.p - (slab.q - JOINT_Q) * self.slope + 0.55 * slab.coarse + 0.2 * slab.medium


def _paint_pillar(slab: Slab, vertebra: Vertebra) -> None:
    """Pedicle, nerve root, pillar, joint space and transverse process: what lies beside the midline."""
    part = slab.part(p=(vertebra.top - 14, vertebra.bottom + 22), q=(-14, 24)) if 7 < abs(slab.x0) < 28 else None
    if part is None:
        return
    pillar = Pillar.of(slab.patient, vertebra)
    if vertebra.index:
        _paint_pedicle(part, vertebra)
    _paint_root(part, slab.patient.discs[vertebra.index].middle + 0.5)
    _paint_articular_bone(part, pillar)
    _paint_joint(part, pillar)
    if vertebra.index:
        _paint_transverse_process(part, vertebra)


def _paint_pedicle(slab: Slab, vertebra: Vertebra) -> None:
    centre = vertebra.top * 0.55 + vertebra.bottom * 0.45
    outline = ellipsoid((slab.p - centre + 0.10 * slab.q, slab.q - 1.5), (3.6, 7.0))
    outline = intersection(outline, vertebra.half_width - 3.0 - slab.lateral, slab.lateral - 16.5)
    paint_bone(slab, outline, "ped" + vertebra.name, cortex=0.42, edge=1.0)


def _paint_root(slab: Slab, p: float) -> None:
    outwards = 0.35 * (slab.lateral - 12)
    root = ellipsoid((slab.p - p - outwards, slab.q - 2.6 + outwards), (2.3, 2.6)) + 0.3 * slab.coarse
    root = intersection(root, 11 - slab.lateral, slab.lateral - 26)
    slab.fill(root, 0.36 + 0.03 * slab.medium, 0.36, edge=1, share=0.9)


def _paint_articular_bone(slab: Slab, pillar: Pillar) -> None:
    vertebra, lateral = pillar.vertebra, slab.lateral
    from_middle = pillar.along_joint(slab) - (pillar.upper_joint + pillar.lower_joint) / 2
    waist = np.cos(np.clip(from_middle / pillar.height, -0.5, 0.5) * np.pi)
    vertical = (np.abs(from_middle) - pillar.height / 2 + 0.55) * 0.8
    horizontal = np.abs(slab.q - JOINT_Q - 0.8) - (pillar.half_depth - 0.9 * waist)
    distance = rounded(vertical + 2.6, horizontal + 2.6, 2.6)
    distance = intersection(distance, 12.2 - lateral, lateral - pillar.lateral_end) + 0.45 * slab.coarse
    units = ["facet" + vertebra.name]
    if vertebra.index:
        units.append("facet" + LEVELS[vertebra.index - 1])
    else:
        distance = np.maximum(distance, 18 - slab.p)
    paint_bone(slab, distance, *units, cortex=0.42, edge=1.0)


def _paint_joint(slab: Slab, pillar: Pillar) -> None:
    """The lower joint: a thin line of fluid between dark cortices, wider next to oedema."""
    effusion, lateral = _effusion(slab, "facet" + pillar.vertebra.name), slab.lateral
    across = np.abs(pillar.along_joint(slab) - pillar.lower_joint + 0.3 * slab.medium) * 0.75 - (0.38 + 0.3 * effusion)
    space = intersection(across, np.abs(slab.q - JOINT_Q - 0.8) - 5.8, 13.0 - lateral, lateral - pillar.lateral_end + 1)
    sides = soft(13 - lateral, 1.5) * soft(lateral - pillar.lateral_end, 1.5)
    slab.fill(np.abs(space) - 0.4, 0.06, 0.11, edge=1.0, share=sides * 0.5)
    slab.fill(space, 0.22 + 0.60 * effusion, 0.24, edge=1.0, share=sides * 0.8)


def _effusion(slab: Slab, unit: str) -> float:
    """Joint fluid follows the oedema of the joint, most at its centre."""
    inflamed = [placed for placed in slab.lesions if placed.unit == unit and placed.lesion.kind == "bme"]
    amounts = [0.25 * placed.lesion.grade * exp(-(((slab.x0 - placed.centre[2]) / 5) ** 2)) for placed in inflamed]
    return max([0.10, *amounts])


def _paint_transverse_process(slab: Slab, vertebra: Vertebra) -> None:
    p = vertebra.top * 0.45 + vertebra.bottom * 0.55
    tip = 25 if vertebra.index >= FIRST_THORACIC else 19.5
    outline = ellipsoid((slab.p - p, slab.q + 4.5, slab.lateral - tip), (3.4, 4.2, 5.5))
    paint_bone(slab, outline, "tp" + vertebra.name, cortex=0.4, edge=1.2)


def _paint_lamina(slab: Slab, vertebra: Vertebra) -> None:
    """Lamina and spinous process: what lies about the midline."""
    p0 = vertebra.bottom - (1.0 if vertebra.index == 0 else 3.0)
    drop = vertebra.spinous_drop * vertebra.spinous_length
    part = slab.part(p=(p0 - 14, p0 + drop + 10), q=(0, 24 + vertebra.spinous_length + 8))
    if part is not None and abs(slab.x0) <= 19:
        behind_canal = part.q - (part.canal_depth - 0.2 - np.clip(part.lateral - 2, 0, None) ** 2 * 0.040)
        lamina = capsule((part.p, behind_canal), (p0 - 4.6, 0.2), (p0 + 4.0, 2.8), 2.2, 2.5)
        lamina = intersection(lamina, 1.0 - part.lateral, part.lateral - 15.5)
        paint_bone(part, lamina, "lam" + vertebra.name, cortex=0.35, edge=1.2, dark=0.075)
        _paint_spinous_process(part, vertebra, p0)


def _paint_spinous_process(slab: Slab, vertebra: Vertebra, p0: float) -> None:
    """p0 is the level of the lamina it springs from."""
    length, wall = vertebra.spinous_length, slab.patient.canal_depth.at_level(p0)
    root, waist, tip = _spinous_radii(vertebra.index)
    drop, point = vertebra.spinous_drop * length, (slab.p, slab.q)
    middle = (p0 + drop * 0.42, wall + 2.2 + length * 0.5)
    near = capsule(point, (p0 - 0.5, wall + 2.2), middle, root, waist)
    far = capsule(point, middle, (p0 + drop, wall + 2.2 + length), waist, tip)
    neck = capsule(point, (p0 - 4.0, wall + 1.5), (p0 + 1.5, wall + 4.5), 2.2, 2.8)
    outline = np.minimum(np.minimum(near, far), neck) + 0.45 * slab.coarse + 0.3 * slab.medium
    forked = 1.8 if vertebra.index < 5 else 0.4
    half_width = 3.2 + forked * ramp(slab.q, wall + length * 0.55, wall + length)
    outline = np.maximum(outline, (slab.lateral - half_width) * 0.8)
    paint_bone(slab, outline, "sp" + vertebra.name, signal=vertebra.signal + 0.006, cortex=0.28, edge=1.5, dark=0.085)


def _spinous_radii(index: int) -> tuple[float, float, float]:
    """Root, waist and tip, mm."""
    if index == 0:
        return 5.0, 5.0, 6.0
    return (3.8, 3.5, 4.9) if index < 4 else (4.4, 4.3, 5.2)
