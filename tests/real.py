"""Real scanner files, where a folder of them is there. They are not part of the repository: `DENS_REAL_IMAGES` names it."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("DENS_REAL_IMAGES") or Path(__file__).parents[2] / "shared" / "data" / "real")


def folder(name: str) -> Path:
    """A folder of real files, or the test says why it did not run."""
    path = FOLDER / name
    if not path.is_dir():
        pytest.skip(f"no real images at {path}")
    return path
