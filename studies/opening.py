"""Opens originals: all steps from a file to reading copies, and the process that does nothing else.

    walk -> dicom -> multiframe -> deidentify -> residual

`python -m studies.opening` is a nursery: it imports once what opening needs, gives up its rights (jail.py) and forks a
child whenever `sandbox.py` asks for one. A child is handed open files and answers with reading copies (wire.py). It
never learns a path, and what it cannot read costs that file alone.
"""

import codecs
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import imagecodecs
import numpy as np
from pydicom.charset import python_encoding

from studies import deidentify, dicom, jail, multiframe, planes, residual, wire
from studies.copies import ReadingCopy
from studies.errors import Refused
from studies.limits import DEFAULTS, Limits
from studies.residual import Removed
from studies.walk import walk

Opener = Callable[..., Iterator[ReadingCopy]]  # of a file, with the study's key and the limits

CODECS = ("ljpeg_decode", "jpegls_decode", "jpeg2k_decode")


def open_file(file: Path | int, *, key: bytes, limits: Limits = DEFAULTS) -> Iterator[ReadingCopy]:
    """The reading copies of a file, in the order of its frames.

    file    its path, or the number it is open under
    Raises  Refused, perhaps after some copies, which then count for nothing
    """
    for copy, _ in opened(file, key=key, limits=limits):
        yield copy


def opened(file: Path | int, *, key: bytes, limits: Limits) -> Iterator[tuple[ReadingCopy, Removed]]:
    """The same, each with what was removed and must not be found again in anything made of it."""
    walked = walk(file, wanted=dicom.WANTED, limits=limits)
    removed = residual.removed(walked.texts, walked.preamble)
    dataset = dicom.dataset_of(file, walked, limits=limits)
    for flat, pixels in multiframe.slices(dataset):
        copy = deidentify.reading_copy(flat, pixels, key=key)
        residual.check(removed, copy, pixels)
        yield copy, removed


def main(opener: Opener = open_file) -> None:
    """The nursery: a child for every socket and pipe that it is sent, and an end to those it is told to."""
    control, children = socket.socket(fileno=os.dup(0)), set()
    preload()
    jail.shut(Limits(**json.loads(sys.argv[1])))
    while True:
        message, ends, _, _ = socket.recv_fds(control, wire.ORDER.size, 2)
        if not message:
            return
        if ends:
            children.add(fork(control, ends, opener))
        else:
            end(wire.ORDER.unpack(message)[0], children)


def preload() -> None:
    """Import what would be imported on the way: later no file can be opened."""
    for name in (*python_encoding.values(), *residual.CHARSETS):
        codecs.lookup(name)
    for name in CODECS:
        getattr(imagecodecs, name)
    np.percentile(planes.decode(planes.encode(np.zeros((1, 1), np.uint16)), rows=1, columns=1, is_signed=False), 1)


def fork(control: socket.socket, ends: list[int], opener: Opener) -> int:
    child = os.fork()
    if child:
        for one in ends:
            os.close(one)
        return child
    try:
        control.close()
        work(socket.socket(fileno=ends[0]), os.fdopen(ends[1], "wb"), opener)
    finally:
        os._exit(0)


def end(child: int, children: set[int]) -> None:
    """Ends a child of ours only, whose number nobody else can have before it was waited for."""
    if child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        children.remove(child)


def work(requests: socket.socket, answers: BinaryIO, opener: Opener) -> None:
    """Answer for every file that comes until the socket is closed."""
    jail.close_last()
    key, limits = wire.started(requests.recv(wire.START_BYTES))
    wire.tell(answers, wire.HELLO, wire.ORDER.pack(os.getpid()))
    while True:
        message, files, _, _ = socket.recv_fds(requests, len(wire.FILE), 1)
        if not message:
            return
        jail.give_seconds(limits.child_cpu_seconds)
        answer(opener(files[0], key=key, limits=limits), answers)
        os.close(files[0])


def answer(copies: Iterator[ReadingCopy], answers: BinaryIO) -> None:
    try:
        for copy in copies:
            wire.tell(answers, wire.SLICE, copy.header(), copy.plane)
        wire.tell(answers, wire.END)
    except Refused as refusal:
        wire.tell(answers, wire.REFUSED, refusal.reason.encode())
    except BaseException as problem:  # also the panic of a codec in Rust; only the name of an error leaves
        wire.tell(answers, wire.REFUSED, reason_of(problem).encode(), type(problem).__name__.encode())


def reason_of(problem: BaseException) -> str:
    return "crashed" if isinstance(problem, MemoryError) else "broken"


if __name__ == "__main__":
    main()
