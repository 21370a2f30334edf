"""Real scanner files, where there is a folder of them: `DENS_REAL_IMAGES` names it. They are not in the repository."""

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
