"""Bounds on a DICOM association (PS3.8), which pynetdicom takes on trust: a peer says how long things are, and lies.

A line that breaks a bound is closed. What came over it before stays received.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pynetdicom.association import Association
from pynetdicom.dimse_messages import C_STORE_RQ

from studies.limits import KIB, Limits

PDU_BYTES = 128 * KIB  # what Dens says it takes at once
MOST_PDU_BYTES = 256 * KIB  # a request for an association is no data and may be longer
COMMAND_BYTES = 64 * KIB  # a message without its data set
MOST_WAITING = 8  # messages: whoever has not agreed otherwise waits for the answer to each
SILENCE_SECONDS = 60.0


def guard(association: Association, limits: Limits) -> None:
    """Hold an association, from before its first byte, to the limits of this module and of one file."""
    line: Any = association.dul.socket
    line.recv = bounded(line.recv)
    Messages(association, limits).watch()
    line.socket.settimeout(SILENCE_SECONDS)


def bounded(receive: Callable[[int], bytearray]) -> Callable[[int], bytearray]:
    """Reads as `receive` does, but not more at once than a PDU may have."""

    def at_most(n_bytes: int) -> bytearray:
        if n_bytes > MOST_PDU_BYTES:
            raise OSError("a PDU longer than agreed")
        return receive(n_bytes)

    return at_most


class Messages:
    """Counts the bytes of the message that is coming in, and how many messages wait."""

    def __init__(self, association: Association, limits: Limits) -> None:
        self.association, self.dimse = association, association.dimse
        self.file_bytes, self.n_bytes = limits.enhanced_bytes, 0

    def watch(self) -> None:
        self.receive = self.dimse.receive_primitive
        self.dimse.receive_primitive = self.take  # type: ignore[method-assign]

    def take(self, primitive: Any) -> None:
        """Let a piece of a message through, or close the line: also where the piece makes no sense."""
        if self.dimse.message is None:
            self.n_bytes = 0
        self.n_bytes += sum(len(piece) for _, piece in primitive.presentation_data_value_list)
        try:
            self.check()
            self.receive(primitive)
        except Exception:
            self.association.dul.socket.close()  # type: ignore[union-attr]

    def check(self) -> None:
        is_file = isinstance(self.dimse.message, C_STORE_RQ)  # its data set goes to the disk, all else to memory
        if self.n_bytes > (self.file_bytes if is_file else COMMAND_BYTES + MOST_PDU_BYTES):
            raise OverflowError
        if self.dimse.msg_queue.qsize() > MOST_WAITING:
            raise OverflowError


def clean(association: Association) -> None:
    """Remove what the end of an association left on the disk: files cut off midway, and files nobody took."""
    waiting = [message for _, message in association.dimse.msg_queue.queue]
    paths = [getattr(association.dimse.message, "_data_set_path", None)]
    paths += [getattr(message, "_dataset_path", None) for message in waiting]
    for path in paths:
        if path is not None:
            with suppress(FileNotFoundError):
                Path(path).unlink()
