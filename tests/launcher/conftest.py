"""A place and children of a launcher, apart from the checkout's own."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import processes
from launcher.area import Area
from launcher.processes import Children

OWN = ("DATABASE_URL", "REDIS_URL", "DENS_SECRET_KEY", "DENS_UID_KEY", "DENS_AUDIT_KEY", "DENS_DATA")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Area:
    for name in OWN:
        monkeypatch.delenv(name, raising=False)
    return Area(tmp_path / "a")


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    """A launcher's children; pytest's own answer to signals comes back afterwards."""
    before = {number: signal.getsignal(number) for number in processes.STOPPING}
    with Children(tmp_path / "children.json") as family:
        yield family
    for number, handler in before.items():
        signal.signal(number, handler)
