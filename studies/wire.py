"""How the process with the database and the one that opens files talk: what stands in their socket and their pipe.

Over the socket: first the study's key and the limits as JSON, then one byte and an open file at a time. Into the pipe:
`HEAD`, and the two parts whose lengths it gives.
"""

import json
import struct
from dataclasses import asdict
from typing import BinaryIO, NamedTuple

from studies.limits import Limits

HEAD = struct.Struct("!cII")  # what follows, and the lengths of its two parts
HELLO = b"H"  # the number of the process
SLICE = b"S"  # the header of a reading copy, its plane
END = b"E"  # of the slices of a file
REFUSED = b"R"  # a reason, and the name of the error if it was one nobody foresaw

ORDER = struct.Struct("!I")  # to the nursery: 0 with two open ends for a new child, or the number of the child to end
FILE = b"f"
START_BYTES = 4096


class Start(NamedTuple):
    key: bytes
    limits: Limits

    def written(self) -> bytes:
        return json.dumps({"key": self.key.hex(), "limits": asdict(self.limits)}).encode()


def started(written: bytes) -> Start:
    given = json.loads(written)
    return Start(bytes.fromhex(given["key"]), Limits(**given["limits"]))


def tell(pipe: BinaryIO, kind: bytes, first: bytes = b"", second: bytes = b"") -> None:
    pipe.write(HEAD.pack(kind, len(first), len(second)) + first)
    pipe.write(second)
    pipe.flush()
