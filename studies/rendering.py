"""A slice as an 8-bit picture, for clients that cannot show DICOM."""

import re

import imagecodecs
import numpy as np

from studies.media import PNG
from studies.planes import Pixels

JPEG_QUALITY = 90
NUMBER = r"(-?\d{1,7}(?:\.\d{1,7})?)"
WINDOW = re.compile(rf"{NUMBER},{NUMBER}(?:,linear(?:-exact)?)?", re.IGNORECASE)


def window(asked: str) -> tuple[float, float] | None:
    """Low and high of a `window` parameter (PS3.18 8.3.5.1.4): centre, width and function. None if it is none."""
    found = WINDOW.fullmatch(asked)
    if not found or float(found[2]) < 1:
        return None
    centre, width = float(found[1]), float(found[2])
    return centre - width / 2, centre + width / 2


def render(pixels: Pixels, *, slope: float, intercept: float, low: float, high: float, media: str) -> bytes:
    """The picture, as PNG or JPEG. `low` and `high` are rescaled values, shown black and white."""
    values = pixels.astype(np.float32) * slope + intercept
    greys = np.clip((values - low) * (255 / (high - low)), 0, 255).astype(np.uint8)
    return bytes(imagecodecs.png_encode(greys) if media == PNG else imagecodecs.jpeg8_encode(greys, level=JPEG_QUALITY))
