"""One random patient: textbook proportions of a cervical spine, varied by a seed.

Spine frame (mm)   p  distance below the tip of the dens, along the posterior line of the vertebral bodies
                   q  distance behind that line: bodies lie at q < 0, the canal and the arches at q > 0
                   x  to the patient's left (as in DICOM's patient LPS), measured from the spine's own midline

Every number is drawn in one fixed order, so that a seed always gives the same patient. Add a draw at the end only.
"""

from dataclasses import dataclass

import numpy as np

from demo.phantom.noise import smooth_table
from demo.phantom.shapes import Array

LEVELS = ("C2", "C3", "C4", "C5", "C6", "C7", "T1", "T2", "T3", "T4")
N_DISCS = 9

BODY_HEIGHT = (21.0, 13.6, 13.4, 13.2, 13.4, 14.6, 16.2, 17.2, 17.8, 18.2)
BODY_DEPTH = (15.2, 15.4, 15.6, 15.9, 16.6, 16.9, 17.3, 17.6, 18.0, 18.4)
BODY_HALF_WIDTH = (9.0, 9.2, 9.6, 10.2, 11.0, 12.0, 13.6, 13.8, 13.6, 13.6)
DISC_HEIGHT = (5.0, 5.2, 5.4, 5.4, 5.6, 5.2, 4.6, 4.6, 4.8)
DISC_WEAR = (0.35, 0.5, 0.75, 1.0, 0.95, 0.6, 0.2, 0.1, 0.1)  # C5/6 and C6/7 wear first
SPINOUS_LENGTH = (15, 11.5, 12, 14, 19, 29, 32, 33, 34, 34)
SPINOUS_DROP = (0.30, 0.52, 0.55, 0.5, 0.50, 0.50, 0.62, 0.75, 0.85, 0.8)

# Signals common to everybody: 1 = cerebrospinal fluid on STIR; on T1 fat comes near 1
FAT_T1 = 0.96
MUSCLE_STIR, MUSCLE_T1 = 0.118, 0.30


@dataclass(frozen=True)
class Vertebra:
    """A vertebra; top, bottom, depth and half_width of its body in mm of the spine frame."""

    name: str
    index: int
    top: float
    bottom: float
    depth: float
    half_width: float
    tilt: float  # slope of the end plates: they fall towards the front
    signal: float  # how much brighter its marrow is than its neighbours'
    spinous_length: float
    spinous_drop: float  # mm down per mm back

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Disc:
    top: float
    bottom: float
    depth: float
    half_width: float
    hydration: float  # 1 = a young, bright nucleus
    wear: float  # 0 .. 1, degenerative change
    bulge: float  # mm into the canal

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Profile:
    """A length in mm that changes along the neck: piecewise linear over p."""

    p: tuple[float, ...]
    value: Array

    def at(self, p: Array) -> Array:
        return np.interp(p, self.p, self.value).astype(np.float32)

    def at_level(self, p: float) -> float:
        return float(np.interp(p, self.p, self.value))


@dataclass(frozen=True)
class Curve:
    """The posterior vertebral line: lean of the neck, lordosis and a residual wave; drift is its way to the side."""

    slope: float
    lordosis: float
    wave: tuple[float, float]
    side: tuple[float, float, float]

    @classmethod
    def draw(cls, rng: np.random.Generator) -> "Curve":
        slope, lordosis = rng.uniform(0.12, 0.26), rng.uniform(2.0, 8.5)
        wave = rng.uniform(-1.3, 1.3), rng.uniform(0, 6.28)
        return cls(slope, lordosis, wave, (rng.uniform(-1.5, 1.5), rng.uniform(0, 6.28), rng.uniform(-1.0, 1.0)))

    def at(self, depth: Array | float) -> tuple[Array, Array]:
        """y of the line at `depth` mm below the dens tip (along -z), and dy/ddepth; straight beyond its ends."""
        held = np.clip(depth, 8.0, 175.0)
        height, phase = self.wave
        y = self.slope * held + self.lordosis * ((held - 62.0) / 90.0) ** 2 + height * np.sin(held / 38.0 + phase)
        bend = 2 * self.lordosis * (held - 62.0) / 8100.0
        slope = self.slope + bend + height / 38.0 * np.cos(held / 38.0 + phase)
        return y + (depth - held) * slope, slope

    def drift(self, p: Array) -> Array:
        height, phase, lean = self.side
        return height * np.sin(p / 60.0 + phase) + lean * (p - 60) / 100.0


class Patient:
    """Everything about one patient that does not depend on how the picture is taken."""

    def __init__(self, seed: int) -> None:
        rng = self.rng = np.random.default_rng(seed)
        self.seed = seed
        self.sex = "F" if rng.random() < 0.5 else "M"
        self.age = int(rng.uniform(28, 74))
        self.scale = rng.uniform(0.93, 1.0) if self.sex == "F" else rng.uniform(0.98, 1.07)
        self.curve = Curve.draw(rng)
        self._draw_column(rng)
        self._draw_surface(rng)
        self._draw_tissue(rng)
        self.facet_slope = (0.80 * rng.uniform(0.82, 1.18, N_DISCS)).tolist()
        # The third table is passed over: a seed keeps the picture it has always given.
        self.warp_y, self.warp_z, _ = [smooth_table(rng, (64, 64), 5) * rng.uniform(0.5, 1.1) for _ in range(3)]

    def _draw_column(self, rng: np.random.Generator) -> None:
        """Bodies and discs from the dens down, then the canal, the cord and the spinous processes."""
        age_wear = np.clip((self.age - 30) / 45 + rng.normal(0, 0.18), 0.02, 1.0)
        heights = np.array(BODY_HEIGHT) * self.scale * (1 + rng.normal(0, 0.02, len(LEVELS)))
        depths = np.array(BODY_DEPTH) * self.scale * (1 + rng.normal(0, 0.015, len(LEVELS)))
        widths = np.array(BODY_HALF_WIDTH) * self.scale
        wear = age_wear * np.array(DISC_WEAR) * rng.uniform(0.6, 1.35, N_DISCS) + rng.normal(0, 0.06, N_DISCS)
        wear = np.clip(wear, 0, 1)
        gaps = np.array(DISC_HEIGHT) * self.scale * (1 - 0.42 * wear)
        bulges = np.clip(1.8 * wear * rng.uniform(0.15, 1.1, N_DISCS), 0, 2.1)
        bodies, hydrations = [], []
        for index in range(len(LEVELS)):
            bodies.append(_draw_body(rng, index))
            if index < N_DISCS:
                hydrations.append((1 - wear[index]) * rng.uniform(0.75, 1.1))
        self._draw_canal(rng)
        spinous = [length * self.scale * rng.uniform(0.9, 1.12) for length in SPINOUS_LENGTH]

        self.vertebrae: dict[str, Vertebra] = {}
        self.discs: list[Disc] = []
        p = 16.5 * self.scale  # height of the dens
        for index, (name, (tilt, signal)) in enumerate(zip(LEVELS, bodies, strict=True)):
            size = (p, p + heights[index], depths[index], widths[index])
            shape = (*size, tilt, signal, spinous[index], SPINOUS_DROP[index])
            self.vertebrae[name] = Vertebra(name, index, *map(float, shape))
            p += heights[index]
            if index < N_DISCS:
                mean = (depths[index : index + 2].mean(), widths[index : index + 2].mean())
                disc = (p, p + gaps[index], *mean, hydrations[index], wear[index], bulges[index])
                self.discs.append(Disc(*map(float, disc)))
                p += gaps[index]

    def _draw_canal(self, rng: np.random.Generator) -> None:
        """canal_depth: q of the canal's posterior wall; cord_radius: front to back."""
        depth = np.array([36, 34, 27.5, 22.5, 18.5, 15.4, 14.2, 13.9, 14.0, 14.4, 14.6, 14.8])
        depth = depth * self.scale * rng.uniform(0.94, 1.08)
        self.canal_depth = Profile((-30, -8, 0, 8, 20, 34, 50, 80, 110, 135, 160, 200), depth)
        radius = np.array([6.6, 5.4, 4.5, 4.05, 3.95, 4.15, 3.9, 3.4, 3.15, 3.1]) * rng.uniform(0.94, 1.05)
        self.cord_radius = Profile((-30, -12, 0, 20, 45, 80, 105, 130, 160, 200), radius)

    def _draw_surface(self, rng: np.random.Generator) -> None:
        """q of the skin behind (skin_q) and in front (front_q), and the depth of the fat under the skin behind."""
        skin_p = (-90, -60, -35, -10, 15, 40, 65, 90, 115, 140, 170, 210)
        stout = rng.uniform(0.9, 1.12)
        skin = np.array([110, 104, 95, 86.5, 79, 73.5, 70, 71, 75, 80, 85, 89]) * stout + rng.uniform(-3, 3)
        fat = np.array([6, 7, 8.5, 11, 16, 18]) * rng.uniform(0.65, 1.3)
        front = -np.array([100, 104, 104, 98, 84, 60, 49, 46, 50, 60, 72]) * rng.uniform(0.95, 1.05)
        self.skin_q = Profile(skin_p, skin)
        self.fat_depth = Profile(skin_p, np.interp(skin_p, [-90, -30, 30, 90, 140, 210], fat))
        self.front_q = Profile((-90, -20, 15, 45, 60, 75, 90, 105, 125, 150, 210), front)

    def _draw_tissue(self, rng: np.random.Generator) -> None:
        """Signals (1 = cerebrospinal fluid on STIR, about 1 = fat on T1), the saturation band, the texture tables."""
        self.saturation = rng.uniform(0.25, 0.80)
        self.saturation_depth = rng.uniform(16, 25)  # mm in front of the bodies
        self.fat_stir = rng.uniform(0.15, 0.25)  # fat is never nulled perfectly
        self.marrow_t1 = rng.uniform(0.40, 0.52)
        self.marrow_stir = rng.uniform(0.105, 0.15)
        self.texture = smooth_table(rng, (256, 256), 1.2)
        self.fibre_texture = smooth_table(rng, (256, 256), 1.0)


def _draw_body(rng: np.random.Generator, index: int) -> tuple[float, float]:
    """Tilt and marrow signal of one vertebra."""
    tilt = rng.uniform(0.10, 0.19) if index < 6 else rng.uniform(0.02, 0.08)
    rng.normal(0, 0.3)  # passed over: a seed keeps the picture it has always given
    return tilt, rng.normal(0, 0.012)
