"""The scanner: receive coils, a saturation band, a finite acquisition matrix, echo-train blur, motion and noise."""

from dataclasses import dataclass

import numpy as np

from demo.phantom.geometry import Geometry
from demo.phantom.shapes import Array
from demo.phantom.slab import Frame

TYPICAL_SIGNAL = 0.38  # the tissue that the signal-to-noise ratio refers to
GHOST_SHIFT = 0.145  # of the field of view, along the phase direction
FULL_SCALE = 4095  # 12 bits


@dataclass(frozen=True)
class Sequence:
    """How a series is acquired: share of the full matrix along phase (head to feet) and read-out, and its faults."""

    phase_matrix: float
    read_matrix: float
    ghost: float
    echo_train_blur: float | None
    signal_to_noise: tuple[float, float]


STIR = Sequence(0.70, 0.90, 0.012, 0.42, (11, 17))
T1 = Sequence(0.78, 0.95, 0.006, None, (18, 28))


def acquire(
    volume: Array, sequence: Sequence, *, frame: Frame, geometry: Geometry, body: Array, rng: np.random.Generator
) -> Array:
    """The magnitude picture of a noise-free volume: uint16 of 12 bits, (slice, row, column).

    body  share of every pixel inside the patient (row, column)
    """
    ratio = rng.uniform(*sequence.signal_to_noise)
    coil = _coil(frame, geometry) * _shading(geometry.size, rng)
    sensitivity = (_saturation(frame) * coil).astype(np.float32)
    noise = TYPICAL_SIGNAL * float(np.mean(coil[body > 0.5])) / ratio
    window = _window(geometry.size, sequence)
    images = [_image(plane * sensitivity, sequence, window, noise, rng) for plane in volume]
    magnitude = np.stack(images)
    scaled = magnitude / np.percentile(magnitude, 99.7) * rng.uniform(900, 1500)
    return np.clip(scaled, 0, FULL_SCALE).astype(np.uint16)


def _saturation(frame: Frame) -> Array:
    """A band in front of the spine takes signal from what swallows and breathes."""
    patient = frame.patient
    return 1 - patient.saturation * _logistic(-(frame.q + 17 + patient.saturation_depth), 3.0)


def _coil(frame: Frame, geometry: Geometry) -> Array:
    """A neck coil: bright near the skin behind, less so in front, fading at the upper and lower ends."""
    behind = np.clip(frame.skin_q - frame.q, 0, None)
    before = np.clip(frame.q - frame.front_q, 0, None)
    near = 0.36 + 0.60 * np.exp(-behind / 46.0) + 0.38 * np.exp(-before / 40.0)
    z = (geometry.z - (geometry.z[0] + geometry.z[-1]) / 2)[:, None]
    half = (geometry.z[0] - geometry.z[-1]) / 2
    along = _logistic(z + half * 0.80, half * 0.10) * _logistic(half * 1.02 - z, half * 0.10)
    return (near * (0.22 + 0.78 * along)).astype(np.float32) ** 0.72


def _shading(size: int, rng: np.random.Generator) -> Array:
    """A smooth unevenness of a few percent, different for every acquisition."""
    y, z = _plane(size)
    a, b, c, d, e = rng.normal(0, 0.05, 5)
    return 1 + a * y + b * z + c * y * z + d * y**2 + e * z**2


def _image(plane: Array, sequence: Sequence, window: Array, noise: float, rng: np.random.Generator) -> Array:
    """One slice through k-space and back."""
    size = len(plane)
    signal = plane * _phase(size, rng)
    shift = int(size * GHOST_SHIFT)
    ghosts = (np.roll(signal, shift, 0) + np.roll(signal, -shift, 0)) * np.complex64(np.exp(1j * rng.uniform(0, 6.28)))
    k_space = np.fft.fft2(signal * (1 - sequence.ghost * 2) + sequence.ghost * ghosts)
    k_space.real += rng.standard_normal((size, size)) * (noise * size)
    k_space.imag += rng.standard_normal((size, size)) * (noise * size)
    return np.abs(np.fft.ifft2(k_space * window))


def _phase(size: int, rng: np.random.Generator) -> Array:
    """A phase that runs linearly across the picture, by random slopes along y and z."""
    line = 0.2j * np.pi * np.linspace(-1, 1, size)
    along_y, along_z = np.exp(rng.normal() * line), np.exp(rng.normal() * line)
    return np.outer(along_z, along_y).astype(np.complex64)


def _window(size: int, sequence: Sequence) -> Array:
    """What of k-space is acquired: its centre, apodised; the rest is filled with zeros."""
    phase, read = np.fft.fftfreq(size)[:, None], np.fft.fftfreq(size)[None]
    window = _apodised(phase, 0.5 * sequence.phase_matrix) * _apodised(read, 0.5 * sequence.read_matrix)
    if sequence.echo_train_blur:  # T2 decay along the echo train blurs the phase direction
        window = window * np.exp(-((phase / sequence.echo_train_blur) ** 2))
    return window.astype(np.float32)


def _apodised(frequency: Array, limit: float) -> Array:
    """1 in the middle, a cosine's fall to 0.12 at the limit, 0 beyond."""
    fall = np.clip((np.abs(frequency) - 0.72 * limit) / (0.28 * limit), 0, 1)
    return (np.abs(frequency) <= limit) * (0.12 + 0.88 * 0.5 * (1 + np.cos(np.pi * fall)))


def _plane(size: int) -> tuple[Array, Array]:
    """y (front to back) and z (head to feet), each from -1 to 1 across the picture."""
    y, z = np.meshgrid(np.linspace(-1, 1, size), np.linspace(-1, 1, size))
    return y, z


def _logistic(value: Array, width: float) -> Array:
    """0 to 1 as the value passes 0, over about `width`."""
    return 1 / (1 + np.exp(-value / width))
