"""Marks remember that a step was done for exactly these files, so that the next `./dens up` is ready in seconds."""

import fcntl
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from launcher import CHECKOUT
from launcher.area import write_private
from launcher.speech import say


class Mark:
    def __init__(self, path: Path, files: Iterable[Path]) -> None:
        self.path = path
        self.fingerprint = fingerprint(files)

    def is_set(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.fingerprint

    def set(self) -> None:
        write_private(self.path, self.fingerprint)


def fingerprint(files: Iterable[Path]) -> str:
    """Changes with a file's name, place or content; the place too, for a moved virtual environment does not work."""
    digest = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def take_turn(name: str) -> TextIO:
    """Waits until no other `./dens` installs here; closing the answer lets the next one in."""
    turn = (CHECKOUT / ".dens" / f"{name}.lock").open("w")
    try:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("  Waiting for another ./dens to finish installing")
        fcntl.flock(turn, fcntl.LOCK_EX)
    return turn
