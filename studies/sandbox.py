"""The only way to look into an original: a child process without rights opens it and sends the reading copies back.

    with Sandbox(key, limits) as sandbox:
        for copy in sandbox.copies(path): ...

A file that crashes the child, hangs it or makes it talk nonsense costs that file; the next one has a fresh child. The
children come from a nursery (opening.py), a process kept beside this one, so that each is there in milliseconds.
"""

import fcntl
import json
import logging
import os
import select
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict
from pathlib import Path

from studies import wire
from studies.copies import ReadingCopy, from_header
from studies.customs import is_plausible
from studies.errors import SENTENCES, Refused
from studies.limits import DEFAULTS, KIB, MIB, Limits

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "studies.opening"
SET_PIPE_SIZE = 1031
HEADER_BYTES = 64 * KIB
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
# An image's arrays are given back to the system and asked for again with each file, unless the allocator keeps them:
# that took a third of the time.
KEEPING_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(32 * MIB),
    "MALLOC_TRIM_THRESHOLD_": str(128 * MIB),
    "MALLOC_TOP_PAD_": str(16 * MIB),
}
PASSED = ("PATH", "LANG", "LD_LIBRARY_PATH", "PYTHONPYCACHEPREFIX")  # nothing else of our environment: no secret


class Gone(Exception):
    """The child crashed, hung or said what no child says."""


class Sandbox(AbstractContextManager["Sandbox"]):
    def __init__(self, key: bytes, limits: Limits = DEFAULTS, *, program: str = PROGRAM) -> None:
        self.start, self.program = wire.Start(key, limits), program
        self.child: Child | None = None

    def __exit__(self, *_: object) -> None:
        self.end_child()

    def copies(self, path: Path) -> Iterator[ReadingCopy]:
        """The reading copies of a file, one at a time.

        Raises  Refused, perhaps after some copies, which then count for nothing
        """
        with path.open("rb") as file:
            child = self.ready()
            try:
                child.hand(file.fileno())
                yield from child.copies()
            except Gone as problem:
                log.warning("a file stopped the program that opens files: %s", problem)
                raise Refused("crashed") from None
            finally:
                if not child.is_idle:  # it is gone, or whoever asked has stopped listening
                    self.end_child()

    def ready(self) -> "Child":
        if self.child and self.child.files >= self.start.limits.child_files:
            self.end_child()
        if not self.child:
            self.child = Child(self.start, nursery=nursery(self.program, self.start.limits))
        return self.child

    def end_child(self) -> None:
        if self.child:
            self.child.close()
        self.child = None


class Child:
    """One process that opens files: a socket to hand them over, a pipe for what it answers."""

    def __init__(self, start: wire.Start, *, nursery: "Nursery") -> None:
        self.limits, self.nursery = start.limits, nursery
        self.number, self.files, self.waited, self.is_idle = 0, 0, 0.0, False
        self.requests, theirs = socket.socketpair()
        self.pipe, their_pipe = os.pipe()
        self.poll = select.poll()
        self.poll.register(self.pipe, select.POLLIN)
        with suppress(OSError):
            fcntl.fcntl(self.pipe, SET_PIPE_SIZE, MIB)
        with theirs:
            nursery.fork(theirs.fileno(), their_pipe)
        os.close(their_pipe)
        self.greet(start)

    def greet(self, start: wire.Start) -> None:
        """Without a greeting nothing works here at all, and no file is to blame."""
        try:
            self.requests.sendall(start.written())
            _, number, _ = self.answer()
            (self.number,) = wire.ORDER.unpack(number)
        except (Gone, OSError, struct.error):
            self.close()
            self.nursery.close()
            raise RuntimeError("the program that opens files does not start") from None
        self.is_idle = True

    def hand(self, file: int) -> None:
        self.files, self.waited, self.is_idle = self.files + 1, 0.0, False
        try:
            socket.send_fds(self.requests, [wire.FILE], [file])
        except OSError as problem:
            raise Gone(type(problem).__name__) from None

    def copies(self) -> Iterator[ReadingCopy]:
        for _ in range(self.limits.frames + 1):
            kind, first, second = self.answer()
            if kind == wire.SLICE:
                yield self.copy_of(first, second)
                continue
            problem = None if kind == wire.END else refusal(kind, first, second)
            self.is_idle = not isinstance(problem, Gone)
            if problem:
                raise problem
            return
        raise Gone("too many slices")

    def copy_of(self, header: bytes, plane: bytes) -> ReadingCopy:
        try:
            copy = from_header(header, plane)
            if is_plausible(copy, limits=self.limits):
                return copy
        except Exception:  # whatever a child that was taken over may make of it
            pass
        raise Gone("it sent no reading copy")

    def answer(self) -> tuple[bytes, bytes, bytes]:
        kind, first, second = wire.HEAD.unpack(self.read(wire.HEAD.size))
        if first > HEADER_BYTES or second > 2 * self.limits.most_side**2 + MIB:
            raise Gone("it sent too much")
        return kind, self.read(first), self.read(second)

    def read(self, length: int) -> bytes:
        parts = []
        while length:
            self.wait()
            part = os.read(self.pipe, length)
            if not part:
                raise Gone("it ended")
            parts.append(part)
            length -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def wait(self) -> None:
        """Until there is something to read. Only our waiting counts, not what is done with the answers meanwhile."""
        start = time.monotonic()
        left = max(0, self.limits.child_wall_seconds - self.waited)
        has_answer = self.poll.poll(1000 * left)
        self.waited += time.monotonic() - start
        if not has_answer:
            raise Gone("it took too long")

    def close(self) -> None:
        self.requests.close()
        os.close(self.pipe)
        self.nursery.end(self.number)


def refusal(kind: bytes, reason: bytes, problem: bytes) -> Exception:
    code, name = reason.decode("ascii", "replace"), problem.decode("ascii", "replace")
    if kind != wire.REFUSED or code not in SENTENCES:
        return Gone("it talked nonsense")
    if name:
        log.warning("a file could not be read: %s", name if name.isidentifier() else "an error")
    return Refused(code)


class Nursery:
    """The process from which children are forked."""

    def __init__(self, program: str, limits: Limits) -> None:
        self.control, theirs = socket.socketpair()
        environment = {name: os.environ[name] for name in PASSED if name in os.environ}
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", program, json.dumps(asdict(limits))],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={**environment, **ONE_THREAD, **KEEPING_MEMORY},
            )

    def fork(self, requests: int, answers: int) -> None:
        """A new child with these ends."""
        with suppress(OSError):  # a nursery that is gone is noticed by the missing greeting
            socket.send_fds(self.control, [wire.ORDER.pack(0)], [requests, answers])

    def end(self, child: int) -> None:
        with suppress(OSError):
            self.control.sendall(wire.ORDER.pack(child))

    def close(self) -> None:
        self.control.close()
        self.process.kill()
        self.process.wait()


nurseries: dict[tuple[int, str, Limits], Nursery] = {}
lock = threading.Lock()


def nursery(program: str, limits: Limits) -> Nursery:
    """The one of this process; a worker that was forked has none yet."""
    key = (os.getpid(), program, limits)
    with lock:
        if key not in nurseries or nurseries[key].process.poll() is not None:
            nurseries[key] = Nursery(program, limits)
        return nurseries[key]
