"""The picture before the scanner: every structure painted in turn, from the outline inwards, slab by slab."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from demo.phantom import bodies, canal, head, soft_tissue, throat
from demo.phantom.arches import paint_arches, paint_foramina
from demo.phantom.geometry import Geometry
from demo.phantom.lesions import PlacedLesion
from demo.phantom.shapes import Array
from demo.phantom.slab import Frame, Slab

SLABS_PER_SLICE = 2  # thin slabs averaged into one slice: the partial volume of its thickness

# Later painters cover earlier ones: the order is part of the anatomy.
PAINTERS: tuple[Callable[[Slab], None], ...] = (
    soft_tissue.paint_muscle,
    soft_tissue.paint_back_muscles,
    soft_tissue.paint_suboccipital,
    soft_tissue.paint_nuchal_midline,
    soft_tissue.paint_wrapping,
    throat.paint_front_fat,
    throat.paint_tongue,
    throat.paint_palate,
    throat.paint_jaw,
    throat.paint_nose,
    throat.paint_hyoid,
    throat.paint_great_vessels,
    throat.paint_airway,
    throat.paint_larynx,
    throat.paint_longus_colli,
    throat.paint_oesophagus,
    head.paint_head,
    canal.paint_canal,
    head.paint_brain_stem,
    bodies.paint_atlas,
    bodies.paint_discs,
    bodies.paint_bodies,
    bodies.paint_anterior_ligament,
    paint_foramina,
    paint_arches,
)


@dataclass
class Painting:
    """Signals without noise, float32, index order (slice, row, column).

    coverage  share of every voxel taken by each lesion, (lesion, slice, row, column)
    body      share of every pixel inside the patient, on the last slab painted (row, column)
    """

    stir: Array
    t1: Array
    coverage: Array
    body: Array

    @classmethod
    def blank(cls, n_lesions: int, geometry: Geometry) -> "Painting":
        plane = (geometry.size, geometry.size)
        volume = (geometry.n_slices, *plane)
        shapes = (volume, volume, (n_lesions, *volume), plane)
        return cls(*(np.zeros(shape, np.float32) for shape in shapes))


def paint(frame: Frame, geometry: Geometry, lesions: list[PlacedLesion]) -> Painting:
    painting = Painting.blank(len(lesions), geometry)
    steps = (np.arange(SLABS_PER_SLICE) - (SLABS_PER_SLICE - 1) / 2) * geometry.thickness_mm / SLABS_PER_SLICE
    for index, x in enumerate(geometry.x):
        for step in steps:
            slab = paint_slab(float(x + step), frame, lesions)
            painting.stir[index] += slab.stir / SLABS_PER_SLICE
            painting.t1[index] += slab.t1 / SLABS_PER_SLICE
            painting.coverage[:, index] += slab.coverage / SLABS_PER_SLICE
            painting.body = slab.body
    return painting


def paint_slab(x0: float, frame: Frame, lesions: list[PlacedLesion]) -> Slab:
    slab = Slab.at(x0, frame, lesions)
    for painter in PAINTERS:
        painter(slab)
    return slab
