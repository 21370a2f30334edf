"""In front of the spine: tongue, jaw and palate, the air ways, oesophagus, prevertebral muscle, great vessels."""

import numpy as np

from demo.phantom.patient import FAT_T1
from demo.phantom.shapes import Array, along, bell, capsule, ellipsoid, intersection, length, ramp, soft
from demo.phantom.slab import Slab, confined

INF = np.inf

# Carotid artery (a flow void) and jugular vein: lateral, q, radius (mm), STIR, T1
GREAT_VESSELS = ((25, -22, 3.4, 0.06, 0.08), (31, -17, 5.0, 0.42, 0.22))
LARYNX_CARTILAGES = ((76, 5), (88, 5.5))  # arytenoid and cricoid: p, radius along p (mm)


@confined(p=(-31, INF), q=(-INF, -14))
def paint_front_fat(slab: Slab) -> None:
    front = soft(slab.q + 22 + 0.5 * np.clip(slab.p - 60, 0, 60) * 0.3, 8) * slab.body * ramp(slab.p, -30, 0)
    lobules = ramp(slab.coarse + 0.55 * slab.strands + 0.3 * slab.medium, -0.1, 1.3)
    slab.paint(front * lobules * 0.75, slab.patient.fat_stir, FAT_T1 * 0.75)


@confined(head_y=(-108, -20), head_z=(-63, 9), lateral=44)
def paint_tongue(slab: Slab) -> None:
    tongue = ellipsoid((slab.head_y + 64, slab.head_z + 27, slab.x), (31, 25, 30)) + 1.5 * slab.coarse
    fibres, medium = ramp(slab.fibres, 0.5, 1.7), slab.medium
    slab.fill(tongue, 0.24 + 0.04 * medium + 0.05 * fibres, 0.40 + 0.03 * medium + 0.24 * fibres, edge=2.2)


@confined(head_y=(-76, -24), head_z=(-18, 15), lateral=26)
def paint_palate(slab: Slab) -> None:
    palate = capsule((slab.head_y, slab.head_z), (-66, 5), (-34, -8), 2.0, 3.8) + 0.5 * slab.coarse
    slab.fill(np.maximum(palate, slab.lateral - 20), 0.40, 0.42, edge=1.2, share=0.9)


@confined(head_y=(-125, -8), head_z=(-78, -15), lateral=56)
def paint_jaw(slab: Slab) -> None:
    """Fat below the chin, then the mandible: cortex and fatty marrow."""
    coarse = slab.coarse
    chin = ellipsoid((slab.head_y + 66, slab.head_z + 57, slab.x), (28, 9, 26)) + 1.5 * coarse
    slab.fill(chin, slab.patient.fat_stir, FAT_T1 * 0.9, edge=3, share=0.8)
    mandible = ellipsoid((slab.head_y + 92, slab.head_z + 43, slab.x), (6, 12, 16)) + 0.6 * coarse
    slab.fill(mandible, 0.07, 0.16, edge=1.2, share=0.6)
    slab.fill(mandible + 1.6, 0.11, 0.62 + 0.06 * slab.medium, edge=1.4)


@confined(head_y=(-106, -16), head_z=(-11, 60))
def paint_nose(slab: Slab) -> None:
    """Nasal cavity and maxilla above the tongue, striped by the turbinates."""
    y, z, medium, coarse = slab.head_y, slab.head_z, slab.medium, slab.coarse
    nose = intersection(y + 30, -y - 92, -z + 3, z - 46) + 2 * coarse
    turbinates = ramp(np.sin(z / 3.0 + 2.6 * coarse + y / 11 + 0.8 * medium), -0.5, 0.9)
    stir, t1 = (0.10 + 0.26 * turbinates) * (1 + 0.25 * medium), (0.14 + 0.22 * turbinates) * (1 + 0.2 * medium)
    slab.fill(nose, stir, t1, edge=3, share=0.9)


def _body_depth(slab: Slab) -> Array:
    """mm from the posterior vertebral line to the front of the spine."""
    return along(slab.p, [0, 16, 37, 120, 200], [17.5, 12.5, 15.5, 17.0, 18.5]) * slab.patient.scale


@confined(p=(52, 64), q=(-55, -30), lateral=20)
def paint_hyoid(slab: Slab) -> None:
    hyoid = ellipsoid((slab.p - 58, slab.q + _body_depth(slab) + 25, slab.x), (4.2, 3.0, 14))
    slab.fill(hyoid, 0.05, 0.10)
    slab.fill(hyoid + 1.2, 0.13, 0.55)


@confined(p=(14, INF), q=(-42, 2), lateral=46)
def paint_great_vessels(slab: Slab) -> None:
    p, present = slab.p, ramp(slab.p, 15, 30)
    for lateral, q, radius, stir, t1 in GREAT_VESSELS:
        beside = slab.lateral - lateral - 1.5 * np.sin(p / 21 + lateral)
        tube = length(beside, slab.q - q - 2.3 * np.sin(p / 26 + lateral * 2)) - radius + 0.4 * slab.coarse
        slab.fill(tube - 2.2, slab.patient.fat_stir, FAT_T1 * 0.75, edge=2, share=present * 0.5)
        slab.fill(tube, stir, t1, edge=1, share=present)


@confined(p=(-26, INF), q=(-62, -4), lateral=42)
def paint_airway(slab: Slab) -> None:
    """Pharynx, larynx and trachea: air in a bright mucosa."""
    p, coarse = slab.p, slab.coarse
    behind = along(p, [-25, 0, 40, 62, 82, 110, 200], [9, 5.5, 4.5, 5, 12.5, 13, 13])
    depth = along(p, [-25, -8, 6, 20, 45, 62, 74, 84, 96, 110, 200], [11, 13, 5, 9, 10, 8, 4, 5, 12, 15, 15])
    half_width = along(p, [-25, 10, 60, 90, 110, 200], [11, 8, 12, 6, 8, 8])
    centre = -(_body_depth(slab) + behind + depth / 2 + 0.5) + 0.5 * coarse
    air = np.sqrt(((slab.q - centre) / (depth / 2)) ** 2 + (slab.x / half_width) ** 2) - 1
    air = np.maximum(air * depth / 2 + 0.10 * slab.medium, -p - 22)
    mucosa = np.abs(air - 0.8) - (0.7 + 0.7 * ramp(coarse, -1, 1.2))
    slab.fill(np.maximum(mucosa, -p - 22), 0.40 + 0.10 * slab.medium, 0.36, share=0.85)
    slab.fill(air, 0.018, 0.018)


@confined(p=(46, 98), q=(-50, -20), lateral=16)
def paint_larynx(slab: Slab) -> None:
    """Epiglottis and the cartilages below it."""
    epiglottis = capsule((slab.p, slab.q), (50, -30), (64, -30), 1.0, 1.4)
    slab.fill(np.maximum(epiglottis, slab.lateral - 8), 0.36, 0.40, share=0.8)
    front = _body_depth(slab)
    for p, radius in LARYNX_CARTILAGES:
        cartilage = ellipsoid((slab.p - p, slab.q + front + 19), (radius, 4.0)) + 0.6 * slab.coarse
        cartilage = np.maximum(cartilage, slab.lateral - 11)
        slab.fill(cartilage, 0.22, 0.44 + 0.1 * slab.medium, edge=1.5, share=0.8)


@confined(p=(-5, 152), q=(-40, -4), lateral=24)
def paint_longus_colli(slab: Slab) -> None:
    muscle = ellipsoid((slab.q + _body_depth(slab) + 4.2, slab.lateral - 8.5), (4.0, 5.4)) + 0.4 * slab.coarse
    present = ramp(slab.p, -4, 8) * (1 - ramp(slab.p, 128, 150))
    slab.fill(muscle, 0.165 + 0.02 * slab.medium, 0.31 + 0.02 * slab.medium, edge=1.4, share=present)


@confined(p=(0, INF), q=(-44, -6), lateral=24)
def paint_oesophagus(slab: Slab) -> None:
    """The oesophagus with a thread of fluid, and the line of fat behind it."""
    in_front = slab.q + _body_depth(slab)
    distance = length(in_front + 6.8 + 0.7 * slab.coarse, slab.x / 1.9)
    present = ramp(slab.p, 76, 94)
    slab.fill(distance - 3.3, 0.27 + 0.05 * slab.medium, 0.34, edge=1.6, share=present)
    lumen = 0.35 + 0.3 * ramp(slab.coarse, -1, 1)
    slab.fill(distance - 1.0, 0.50, 0.28, edge=1.4, share=present * lumen)
    fat_line = bell(in_front + 2.0, 0.8) * ramp(slab.p, 0, 10) * slab.body * bell(slab.x, 4.0)
    slab.paint(fat_line * 0.45, slab.patient.fat_stir * 1.3, FAT_T1 * 0.55)
