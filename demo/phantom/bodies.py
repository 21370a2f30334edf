"""The front column of the spine: discs, vertebral bodies with the dens, the ligament before them, the arch of C1."""

import numpy as np

from demo.phantom.bone import paint_bone
from demo.phantom.lesions import Points
from demo.phantom.patient import LEVELS, Disc, Patient, Vertebra
from demo.phantom.shapes import Array, along, bell, ellipsoid, intersection, length, ramp, rounded, smooth_union, soft
from demo.phantom.slab import Slab, confined


def body_distance(points: Points, body: Vertebra, patient: Patient) -> tuple[Array, Array]:
    """Distance to a vertebral body (mm), and p as seen along its tilted end plates."""
    q, lateral, index = points.q, np.abs(points.x), body.index
    p = points.p + body.tilt * (q + body.depth / 2)
    uncinate = 3.6 * ramp(lateral, body.half_width * 0.62, body.half_width) if 1 <= index <= 5 else 0.0
    hollow = bell(q + body.depth * 0.5, body.depth * 0.36)
    top = body.top - 3.5 if index == 0 else body.top - uncinate + 0.60 * hollow
    bottom = body.bottom - 0.75 * hollow + 0.9 * ramp(-q, body.depth * 0.78, body.depth * 1.02)
    share = (p - body.middle) / max(body.bottom - body.top, 1)
    waist = np.cos(np.clip(share * np.pi, -np.pi / 2, np.pi / 2))
    wear = patient.discs[min(index, 8)].wear + patient.discs[max(index - 1, 0)].wear
    osteophyte = 0.9 * wear * (1 - waist)
    half_depth = body.depth / 2 - 0.45 * waist + osteophyte * 0.8
    vertical = np.abs(p - (bottom + top) / 2) - ((bottom - top) / 2 - 1.7)
    distance = rounded(vertical, np.abs(q + body.depth / 2) - (half_depth - 1.7), 1.7)
    return np.maximum(distance, lateral - (body.half_width - 0.7 * waist)), p


def paint_discs(slab: Slab) -> None:
    if abs(slab.x0) >= 18:
        return
    for upper, lower, disc in zip(LEVELS, LEVELS[1:], slab.patient.discs, strict=False):
        part = slab.part(p=(disc.top - 8, disc.bottom + 8), q=(-24, 6))
        if part is not None:
            vertebrae = slab.patient.vertebrae
            _paint_disc(part, disc, vertebrae[upper].tilt + vertebrae[lower].tilt, vertebrae[upper].index < 5)


def _paint_disc(slab: Slab, disc: Disc, tilt: float, has_uncinates: bool) -> None:
    """tilt is the sum of the slopes of both neighbours' end plates."""
    q, medium, depth = slab.q, slab.medium, disc.depth
    p = slab.p + 0.5 * tilt * (q + depth / 2) - disc.middle
    uncinate = 2.2 * ramp(slab.lateral, disc.half_width * 0.6, disc.half_width) if has_uncinates else 0.0
    thickness = (disc.bottom - disc.top) / 2 + 0.6 * bell(q + depth / 2, depth * 0.4) + 0.2
    from_middle = np.abs(p + uncinate)
    horizontal = np.abs(q + depth / 2 - 0.3 * disc.bulge) - (depth / 2 + 0.15 + 0.35 * disc.bulge)
    distance = intersection(from_middle - thickness, horizontal, slab.lateral - disc.half_width - 0.3)
    distance = distance + 0.2 * slab.coarse
    slab.fill(distance, 0.095 + 0.03 * medium, 0.275 + 0.02 * medium, edge=0.9)

    water = float(np.clip(disc.hydration, 0, 1))
    point = (q + depth * 0.52, from_middle, slab.x)
    radii = (depth * 0.37, thickness * 0.80, disc.half_width * 0.75)
    nucleus = np.sqrt(sum((at / radius) ** 2 for at, radius in zip(point, radii, strict=True))) - 1
    share = (1 - ramp(nucleus + 0.12 * slab.coarse, -0.6, 0.30)) * soft(distance + 0.3) * slab.body
    slab.paint(share, 0.14 + 0.25 * water**1.3 + 0.02 * medium, 0.355 + 0.02 * medium)
    cleft = np.maximum(np.abs(p) - 0.35, nucleus + 0.25)
    slab.fill(cleft, 0.16, 0.24, edge=1, share=0.35 * water)


def paint_bodies(slab: Slab) -> None:
    for body in slab.patient.vertebrae.values():
        top = -4 if body.index == 0 else body.top - 9
        part = slab.part(p=(top, body.bottom + 8), q=(-25, 7))
        if part is not None and abs(slab.x0) <= body.half_width + 4:
            paint = _paint_axis if body.index == 0 else _paint_body
            paint(part, body)


def _paint_axis(slab: Slab, body: Vertebra) -> None:
    """C2: the dens grown together with its body, the transverse ligament and the joint fluid about the dens."""
    p, q, x = slab.p, slab.q, slab.x
    width = along(p, [0, 3, 8, 13, 18, 26], [2.2, 4.6, 5.3, 4.9, 5.4, 7.6])
    dens = intersection(ellipsoid((q + 6.8, x), (width, width)), 0.4 - p, p - 30)
    distance = smooth_union(body_distance(slab, body, slab.patient)[0], dens, 2.0)
    ligament = np.exp(-(((p - 7) / 6.0) ** 4)) * soft(slab.lateral - 7, 2)
    slab.fill(np.abs(q + 0.5) - 1.0, 0.06, 0.11, share=ligament)
    slab.fill(ellipsoid((p - 5, q + 12.4, x), (4.5, 0.7, 6)), 0.42, 0.28, share=0.7)
    paint_bone(slab, distance, body.name, signal=body.signal, cortex=0.55, dark=0.05)
    synchondrosis = soft(np.abs(p - 17.5 - 0.4 * slab.coarse) - 0.3)
    slab.fill(length(q + 6.8, x) - 4.2, 0.07, 0.14, share=synchondrosis * 0.4)


def _paint_body(slab: Slab, body: Vertebra) -> None:
    distance, p = body_distance(slab, body, slab.patient)
    paint_bone(slab, distance, body.name, signal=body.signal, cortex=0.55, dark=0.05)
    basivertebral_vein = ellipsoid((p - body.middle, slab.q + 1.9, slab.x), (1.4, 2.8, 3.2)) + 0.3 * slab.coarse
    slab.fill(basivertebral_vein, 0.36, 0.42, edge=2.0, share=0.50)


@confined(p=(10, 205), q=(-26, 4), lateral=35)
def paint_anterior_ligament(slab: Slab) -> None:
    front = -along(slab.p, [16, 37, 120, 200], [13, 15.4, 17, 18.4]) * slab.patient.scale - 0.8
    share = bell(slab.q - front, 0.6) * bell(slab.x, 8.0) * ramp(slab.p, 14, 22) * slab.body
    slab.paint(share * 0.55, 0.05, 0.10)


@confined(p=(-14, 34), q=(-26, 36), lateral=30)
def paint_atlas(slab: Slab) -> None:
    """C1 with its arches and lateral masses, the condyles above them and the upper facets of C2 below."""
    p, q, x, lateral = slab.p, slab.q, slab.x, slab.lateral
    front = ellipsoid((p - 5, q + 16 - np.clip(x * x / 34.0, 0, 9) * 0.9), (5.2, 3.3))
    paint_bone(slab, np.maximum(front, lateral - 13), "C1arch")
    behind = q - (26.0 * slab.patient.scale - x * x / 38.0)
    back = ellipsoid((p - 7.5 - 0.2 * behind, behind), (4.2, 3.8))
    paint_bone(slab, np.maximum(back, lateral - 16), "C1post", cortex=0.4)
    paint_bone(slab, ellipsoid((p + 2.5, q - 3.5, lateral - 16.5), (5.6, 9.5, 6.5)), "cond")
    mass = (p - 6.5 - 0.12 * (lateral - 16), q - 3.0, lateral - 17.5)
    paint_bone(slab, ellipsoid(mass, (5.6, 8.2, 6.8)), "C12")
    paint_bone(slab, ellipsoid((p - 20.0, q - 3.0, lateral - 16.0), (6.6, 7.6, 6.6)), "C12")
    for joint_p, half_width in ((13.2, 0.55), (1.6, 0.4)):
        joint = np.abs(p - joint_p - 0.12 * (lateral - 16) + 0.02 * q) - half_width
        slab.fill(np.maximum(joint, ellipsoid((q - 3.0, lateral - 17), (6.5, 5.5))), 0.40, 0.26, share=0.75)
