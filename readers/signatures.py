"""Signing: the password once more, a stated meaning, and the hash of exactly what is signed."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from readers import canonical, sessions
from readers.errors import Refusal
from readers.models import Signature, User


@dataclass(frozen=True)
class Intent:
    """Somebody has just proved who they are and what they mean; only `intend` makes one."""

    signer: User
    meaning: str
    at: datetime


def intend(signer: User, *, password: str, meaning: str, expected: str, now: datetime) -> Intent:
    """Check the password and the meaning before the transaction of the signature opens.

    expected   the sentence this act requires; what the person confirmed must be the same
    """
    if meaning != expected:
        raise Refusal("meaning_refused", "Confirm the meaning of the signature as it is shown.")
    sessions.confirm_password(signer, password, now=now)
    return Intent(signer=signer, meaning=meaning, at=now)


def write(intent: Intent, content: Any) -> Signature:
    """Put the signature under `content`, in the transaction that locks it."""
    return Signature.objects.create(
        signer=intent.signer,
        printed_name=intent.signer.full_name,
        meaning=intent.meaning,
        content_sha256=content_sha256(content),
        signed_at=intent.at,
    )


def told(signature: Signature) -> dict[str, str]:
    """A signature as the audit trail has it; whose it is, the event says."""
    return {
        "content_sha256": signature.content_sha256,
        "meaning": signature.meaning,
        "printed_name": signature.printed_name,
        "signed_at": signature.signed_at.isoformat(),
    }


def content_sha256(content: Any) -> str:
    """The hash a signature of this content stands for."""
    return canonical.sha256(content)


def stands_under(signature: Signature, content: Any) -> bool:
    """Whether this very content was signed; early ones have numbers as Python writes them."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return signature.content_sha256 in (content_sha256(content), hashlib.sha256(text.encode()).hexdigest())
