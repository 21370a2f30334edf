"""The audit trail of a study as plain values, and its digest."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from scoring.dossier.header import AuditDigest


@dataclass(frozen=True)
class Event:
    """An audit event of one study. `seq` orders the events; `actor` is a user name, or "" where Dens acted."""

    seq: int
    at: str
    actor: str
    action: str
    object_type: str
    object_key: str
    before: Any = None
    after: Any = None
    reason: str = ""


class Digest:
    """Events in their order as one hash, and how often each act is among them."""

    def __init__(self) -> None:
        self.hash, self.by_action = sha256(), Counter[str]()
        self.first_at = self.last_at = ""

    def add(self, event: Event) -> None:
        self.hash.update(told(event).encode() + b"\n")
        self.by_action[event.action] += 1
        self.first_at, self.last_at = self.first_at or event.at, event.at

    def made(self) -> AuditDigest:
        by_action = dict(sorted(self.by_action.items()))
        return AuditDigest(self.by_action.total(), self.first_at, self.last_at, self.hash.hexdigest(), by_action)


def told(event: Event) -> str:
    """An event in canonical JSON, without its number. Who acted is in the hash and nowhere else."""
    content = {name: value for name, value in asdict(event).items() if name != "seq"}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
