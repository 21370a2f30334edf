"""Bone: a dark cortical rim, marrow within, and in the marrow whatever lesion belongs to that bone."""

import numpy as np

from demo.phantom.lesions import PlacedLesion
from demo.phantom.shapes import Array, soft
from demo.phantom.slab import Slab

OEDEMA_T1 = 0.245
FATTY_T1 = 0.90


def paint_bone(
    slab: Slab,
    distance: Array,
    *units: str,
    signal: float = 0.0,
    cortex: float = 0.5,
    edge: float = 0.85,
    dark: float = 0.06,
) -> None:
    """Paint one bone.

    units   names under which a lesion may claim it (an articular pillar belongs to two joints)
    signal  how much brighter its marrow is than the patient's usual;  dark  the cortex on STIR
    cortex, edge   thickness of the rim and width of its fading, mm
    """
    distance = distance + 0.26 * slab.medium + 0.26 * slab.coarse
    outer = soft(distance - 0.15, edge) * slab.body
    if not outer.any():
        return
    inner = soft(distance + cortex * (1 + 0.25 * slab.coarse), edge) * slab.body
    slab.paint(outer, dark, dark * 2.0)
    stir, t1 = _marrow(slab, signal)
    for placed, coverage in zip(slab.lesions, slab.coverage, strict=True):
        if placed.unit in units and placed.reaches(slab.x0):
            weight = placed.weight(slab)
            coverage += weight * inner
            _count(placed, slab, inner, weight)
            lesion_stir, lesion_t1 = _lesion_signals(slab, placed)
            stir, t1 = stir + weight * (lesion_stir - stir), t1 + weight * (lesion_t1 - t1)
    slab.paint(inner, stir, t1)


def _marrow(slab: Slab, signal: float) -> tuple[Array, Array]:
    mottle = 0.11 * slab.medium + 0.06 * slab.fine + 0.08 * slab.coarse
    stir, t1 = slab.patient.marrow_stir + signal, slab.patient.marrow_t1 + 2 * signal
    return stir * (1 + 0.7 * mottle), t1 * (1 + mottle)


def _lesion_signals(slab: Slab, placed: PlacedLesion) -> tuple[float, float]:
    if placed.lesion.kind == "fat":
        return slab.patient.marrow_stir * 0.62, FATTY_T1
    return 0.48 + 0.07 * placed.lesion.grade, OEDEMA_T1


def _count(placed: PlacedLesion, slab: Slab, inner: Array, weight: Array) -> None:
    if placed.is_graded_by_fraction:
        unit = inner * placed.in_unit(slab)
        placed.bone_seen += float(unit.sum())
        placed.bone_hit += float(np.sum(unit, where=weight > 0.35))
