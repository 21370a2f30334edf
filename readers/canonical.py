"""Canonical JSON by RFC 8785: the same content is the same bytes, whoever writes it and whenever."""

import hashlib
import json
from typing import Any

import rfc8785


def text(content: Any) -> str:
    """A content as canonical JSON. What it holds beside JSON, such as a tuple, is written as the database keeps it."""
    return rfc8785.dumps(json.loads(json.dumps(content))).decode()


def sha256(content: Any) -> str:
    return hashlib.sha256(text(content).encode()).hexdigest()
