"""Outline of head and neck, the muscles and fat behind the spine, and the fat and skin that wrap all of it."""

import numpy as np

from demo.phantom.noise import look_up
from demo.phantom.patient import FAT_T1, MUSCLE_STIR, MUSCLE_T1
from demo.phantom.shapes import Array, bell, ellipsoid, ramp, smooth_union, soft
from demo.phantom.slab import Slab, confined

INF = np.inf

# Bellies of the short muscles below the skull: lateral, p, q of the centre; radii along p, q, x (mm)
SUBOCCIPITAL_BELLIES = (
    (15, 21, 34, 6.0, 10, 9),
    (14, 2, 31, 3.8, 8, 9),
    (9, -4, 45, 4.2, 11, 8),
    (20, 10, 52, 5.0, 9, 9),
)


def outline(slab: Slab) -> Array:
    """Signed distance (mm) to the patient's surface: a head grown together with a neck."""
    head = ellipsoid((slab.head_y - 14, slab.head_z - 66, slab.x), (106, 88, 78))
    neck = np.maximum(slab.q - slab.skin_q, slab.front_q - slab.q) + 70 * ramp(-slab.p, 22, 60)
    return smooth_union(neck, head, 36.0)


def paint_muscle(slab: Slab) -> None:
    """Everything inside the outline begins as muscle."""
    distance = outline(slab)
    slab.body[...], slab.depth[...] = soft(distance), -distance
    slab.paint(slab.body, MUSCLE_STIR * (1 + 0.1 * slab.medium), MUSCLE_T1 * (1 + 0.08 * slab.medium))


def _muscle_signals(slab: Slab) -> tuple[Array, Array]:
    """Muscle behind the spine, with fibres running along the neck."""
    stir = 1 + 0.10 * slab.medium + 0.06 * slab.fine + 0.16 * slab.fibres
    t1 = 1 + 0.06 * slab.medium + 0.05 * slab.fine + 0.11 * slab.fibres
    return MUSCLE_STIR * stir, MUSCLE_T1 * t1


def _behind_laminae(slab: Slab) -> Array:
    return soft(-(slab.q - slab.canal_depth - 1.0), 2) * slab.body


def _towards_skin(slab: Slab) -> Array:
    """0 at the laminae, 1 under the fat."""
    room = np.maximum(slab.skin_q - slab.fat_depth - slab.canal_depth - 4, 4)
    return (slab.q - slab.canal_depth - 4) / room


@confined(q=(8, INF))
def paint_back_muscles(slab: Slab) -> None:
    """Muscle streaked with fat, most near the midline; fat planes between its layers; a few vessels in the fat."""
    behind, fat = _behind_laminae(slab), slab.patient.fat_stir
    stir, t1 = _muscle_signals(slab)
    streaks = ramp(slab.fibres, 1.0, 2.2) * 0.45 + ramp(slab.strands, 0.95, 2.0) * 0.65
    streaks = np.clip(streaks * (0.85 + 0.35 * bell(slab.x, 7.0)), 0, 0.88)
    slab.paint(behind, stir + streaks * (fat - stir) * 0.8, t1 + streaks * (FAT_T1 * 0.85 - t1))
    _paint_fat_planes(slab, behind)
    vessels = look_up(slab.patient.texture, slab.p * 0.40 + 90 + slab.x0, slab.q + 20, 0.9, 0.8)
    vessels = ramp(vessels, 1.35, 2.3) * ramp(streaks + 0.25 * slab.coarse, 0.05, 0.5)
    slab.paint(vessels * behind * 0.8, 0.50, 0.20)


def _paint_fat_planes(slab: Slab, behind: Array) -> None:
    """Broad, wavy, coming and going."""
    towards_skin, coarse, p = _towards_skin(slab), slab.coarse, slab.p
    for layer, depth in enumerate((0.30, 0.56, 0.80)):
        wave = 0.10 * np.sin(p / 31 + 2.1 * layer + slab.x0 / 11) + 0.055 * coarse
        sign = 1 if layer % 2 else -1
        width = (0.030 + 0.045 * ramp(slab.strands * sign + 0.5 * coarse, -0.3, 1.6)) * (1.3 - 0.5 * depth)
        share = bell(towards_skin - depth - wave, width) * ramp(p, 10, 36)
        share = share * (0.25 + 0.75 * ramp(coarse + 0.4 * np.sin(p / 17 + layer), -0.6, 0.9))
        slab.paint(share * 0.80 * behind, slab.patient.fat_stir, FAT_T1 * (0.80 + 0.08 * slab.medium))


@confined(p=(-36, 50), q=(8, 75))
def paint_suboccipital(slab: Slab) -> None:
    """The fat below the skull, and the bellies of rectus and obliquus capitis in it."""
    p, q, medium, coarse = slab.p, slab.q, slab.medium, slab.coarse
    fat = ellipsoid((p - 8 - 0.22 * (q - 34), q - 42, slab.x), (19, 19, 40)) + 1.6 * coarse + 0.8 * medium
    stir, t1 = slab.patient.fat_stir * (1 + 0.12 * medium), FAT_T1 * 0.90 * (1 + 0.05 * medium)
    slab.fill(fat, stir, t1, edge=5.0, share=0.88 * ramp(slab.lateral, -3, 5))
    stir, t1 = _muscle_signals(slab)
    for lateral, belly_p, belly_q, *radii in SUBOCCIPITAL_BELLIES:
        point = (p - belly_p - 0.3 * (q - belly_q), q - belly_q, slab.lateral - lateral)
        slab.fill(ellipsoid(point, tuple(radii)) + 0.5 * medium + 0.5 * coarse, stir, t1, edge=1.6)


@confined(p=(2, INF), q=(4, INF), lateral=24)
def paint_nuchal_midline(slab: Slab) -> None:
    """Fat and ligament between the spinous processes, and the ligamentum nuchae behind them."""
    p, towards_skin, midline = slab.p, _towards_skin(slab), bell(slab.x, 4.8)
    region = soft(-towards_skin, 0.25) * soft(towards_skin - 0.94, 0.12) * slab.body * ramp(p, 2, 18)
    near_canal = np.exp(-np.clip(slab.q - slab.canal_depth - 4, 0, None) / 20.0)
    lobules = np.clip(0.34 + 0.45 * slab.strands + 0.35 * slab.medium + 0.3 * slab.coarse, 0, 1)
    share = region * midline * np.clip(lobules * (0.30 + 0.9 * near_canal), 0, 1) * 0.95
    slab.paint(share, slab.patient.fat_stir * 1.2, FAT_T1 * 0.84)
    ligament = bell(np.abs(towards_skin - 0.84 - 0.03 * np.sin(p / 30)), 0.022)
    slab.paint(ligament * midline * slab.body * ramp(p, 2, 20) * 0.7, 0.06, 0.12)


def paint_wrapping(slab: Slab) -> None:
    """Fat under the skin with its septa, the skin, and the fascia below the fat."""
    depth, fine, medium, coarse = slab.depth, slab.fine, slab.medium, slab.coarse
    below_fat = depth - slab.fat_depth + 0.7 * coarse
    fat = np.where(slab.q > -2, soft(below_fat, 1.6), soft(depth - 6 + coarse, 2)) * slab.body
    septa = ramp(slab.septa, 1.15, 2.1) * ramp(depth, 1.5, 4)
    near_coil = 1 + 0.22 * np.exp(-np.maximum(depth, -600) / 8.0)
    stir = slab.patient.fat_stir * 1.25 * near_coil * (1 - 0.38 * septa) * (1 + 0.06 * fine + 0.05 * medium)
    slab.paint(fat, stir, FAT_T1 * near_coil * (1 - 0.24 * septa) * (1 + 0.03 * fine + 0.03 * medium))
    slab.paint(bell(depth - 0.8, 0.7) * slab.body, 0.20, 0.34)
    slab.paint(bell(below_fat, 0.75) * (slab.q > 0) * slab.body * 0.6, 0.06, 0.13)
