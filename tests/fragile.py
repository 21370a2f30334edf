"""A program that opens files like the real one, and comes to grief over those that say so in their first bytes.

`python -m tests.fragile` is what a test starts in place of `studies.opening`. Everything else is the same: the
nursery, the jail, the limits.
"""

import ctypes
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from studies import opening
from studies.copies import ReadingCopy

MARK = b"please "
PROGRAM = "tests.fragile"


def crash() -> None:
    ctypes.string_at(0)


def fill_memory() -> None:
    held = []
    while True:
        held.append(bytearray(64 * 1024**2))


def hang() -> None:
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def compute() -> None:
    while True:
        pass


def stammer() -> None:
    for number in range(3, 32):
        try:
            os.write(number, b"x" * 100)
        except OSError:
            continue


def fork() -> None:
    os.fork()


def execute() -> None:
    os.execv("/bin/sh", ["sh", "-c", "true"])


def read_file() -> None:
    Path("/etc/passwd").read_text()


def write_file() -> None:
    Path("/tmp/written-by-a-child").write_text("x")


def connect() -> None:
    socket.socket().connect(("127.0.0.1", 1))


def kill_parent() -> None:
    os.kill(os.getppid(), signal.SIGTERM)


def quote() -> None:
    raise KeyError("CANARY-MRN-4711")


DEEDS: dict[bytes, Callable[[], None]] = {
    deed.__name__.encode(): deed
    for deed in (
        crash, os.abort, fill_memory, hang, compute, stammer, quote,
        fork, execute, read_file, write_file, connect, kill_parent,
    )
}  # fmt: skip


def fragile(file: int, **options: Any) -> Iterator[ReadingCopy]:
    asked = os.pread(file, 64, 0)
    if asked.startswith(MARK):
        DEEDS[asked.removeprefix(MARK)]()
    for copy in opening.open_file(file, **options):
        yield replace(copy, subject_key="Kanarienvogel") if asked.startswith(b"name") else copy
        if asked.startswith(b"half"):
            crash()


if __name__ == "__main__":
    opening.main(fragile)
