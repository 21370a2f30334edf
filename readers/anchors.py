"""Anchors: where the audit chain ended, written outside the database and signed with a key it does not know.

Who owns the database can cut the chain short, or compute it anew from wherever they like: both leave a consistent
chain. An anchor tells what the head was at a time. Each covers the one before, so that none is taken out unnoticed.
"""

import fcntl
import hashlib
import hmac
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from readers import canonical, chain

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Anchor:
    """The head of the chain at a time. `mac` signs the rest, `previous` is the mac of the anchor before."""

    seq: int
    hash: str
    count: int
    at: str
    previous: str
    mac: str


class Forged(Exception):
    """An anchor whose signature is wrong, or one that does not follow the one before; with its line."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"Line {line} of the anchors {why}.")


def place() -> Path:
    return Path(settings.AUDIT_ANCHORS or settings.DENS_DATA / "audit-anchors.jsonl")


def write(*, now: datetime) -> Anchor | None:
    """Anchor the head if it has moved since the last anchor; on the disk before this returns. None if it has not."""
    place().parent.mkdir(parents=True, exist_ok=True)
    with place().open("ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        newest, head = last(file), chain.head()
        if head.seq <= newest.get("seq", 0):
            if head.seq < newest.get("seq", 0):
                log.critical("The audit trail is shorter than its last anchor: run manage.py verify_audit.")
            return None
        told = {**asdict(head), "at": chain.clock(now), "previous": newest.get("mac", "")}
        anchor = Anchor(**told, mac=mac_of(told))
        file.write(canonical.text(asdict(anchor)).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return anchor


def last(file: IO[bytes]) -> dict[str, Any]:
    """The last whole line; what a crash left unfinished behind it is cut off."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - 4096))
    whole, newline, unfinished = file.read().rpartition(b"\n")
    if unfinished:
        file.truncate(end - len(unfinished))
    return dict(json.loads(whole.rpartition(b"\n")[2])) if newline else {}


def read(path: Path) -> Iterator[Anchor]:
    """The anchors of a file, from the first. Raises Forged at the first that is not what was written."""
    previous, seq = "", 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return  # a crash in the middle of writing
            anchor = parsed(line, number)
            if anchor.previous != previous or anchor.seq <= seq:
                raise Forged(number, "does not follow the one before")
            previous, seq = anchor.mac, anchor.seq
            yield anchor


def parsed(line: bytes, number: int) -> Anchor:
    try:
        told = json.loads(line)
        anchor = Anchor(**told)
        expected = mac_of({name: value for name, value in told.items() if name != "mac"})
    except (ValueError, TypeError):
        raise Forged(number, "is no anchor") from None
    if not hmac.compare_digest(expected, str(anchor.mac)):
        raise Forged(number, "is not signed with the key of this installation (DENS_AUDIT_KEY)")
    return anchor


def mac_of(told: dict[str, Any]) -> str:
    return hmac.new(settings.AUDIT_KEY.encode(), canonical.text(told).encode(), hashlib.sha256).hexdigest()
