"""Reads the environment the way settings.py wants it, and fails loudly where something is missing."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from studies.limits import Limits, limits_from

SHORTEST_KEY = 32


def required(name: str) -> str:
    """The value of a variable without which Dens must not start."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. `./dens up` sets it; a deployment sets it in its .env file.")
    return value


def key(name: str) -> str:
    """A key that nobody can guess: a short one would be found by trying."""
    value = required(name)
    if len(value) < SHORTEST_KEY:
        raise ImproperlyConfigured(f"{name} must have at least {SHORTEST_KEY} characters, drawn at random.")
    return value


def flag(name: str) -> bool:
    return os.environ.get(name, "") not in ("", "0", "false", "no")


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def port(name: str) -> int:
    """A port, or 0 where none is set."""
    text = os.environ.get(name) or "0"
    if not (text.isdecimal() and int(text) < 2**16):
        raise ImproperlyConfigured(f"{name} must be a number up to 65535.")
    return int(text)


def titles(name: str) -> dict[str, str]:
    """AE titles (PS3.5 table 6.2-1) and what each stands for, from `SCANNER1=code,SCANNER2=code`."""
    pairs = [word.partition("=") for word in words(name, "")]
    found = {title.strip(): code.strip() for title, _, code in pairs}
    if len(found) < len(pairs) or not all(re.fullmatch(r"[ -\[\]-~]{1,16}", one) and found[one] for one in found):
        raise ImproperlyConfigured(f"{name} must be a list like SCANNER1=STUDYCODE,SCANNER2=STUDYCODE.")
    return found


def hour(name: str, default: int) -> int:
    """An hour of the day, UTC."""
    text = os.environ.get(name) or str(default)
    if not (text.isdecimal() and int(text) < 24):
        raise ImproperlyConfigured(f"{name} must be an hour of the day, 0 to 23 (UTC).")
    return int(text)


def mail(name: str) -> tuple[str, int, str, str, bool]:
    """Host, port, user, password and TLS of `smtp://user:password@host:587` (`smtp+plain://` without TLS); or none."""
    parts = urlsplit(os.environ.get(name, ""))
    if parts.scheme not in ("", "smtp", "smtp+plain") or (parts.scheme and not parts.hostname):
        raise ImproperlyConfigured(f"{name} must look like smtp://user:password@host:587.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return parts.hostname or "", parts.port or 587, user, password, parts.scheme == "smtp"


def limits() -> Limits:
    """How much Dens takes: each limit has a variable of its own (studies/limits.py)."""
    try:
        return limits_from(os.environ)
    except ValueError as problem:
        raise ImproperlyConfigured(str(problem)) from None


def folder(name: str) -> Path:
    path = Path(required(name))
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def database(url: str) -> dict[str, Any]:
    """Django's database settings from `postgres://user:password@host:port/name`.

    A Unix socket is written `postgres://user@/name?host=/folder/of/the/socket`, as libpq does.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// (Dens runs on PostgreSQL only).")
    socket = parse_qs(parts.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "dens",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"options": "-c search_path=public,unblinding"},  # scoring/blinding.py says what lies where
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }


def broker(url: str) -> str:
    """Celery's name for a Redis address: the client's `unix:///x.sock` is Kombu's `redis+socket:///x.sock`.

    redis-py picks the database of a socket with `?db=`, Kombu with `?virtual_host=`.
    """
    if not url.startswith("unix://"):
        return url
    return url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")


def other_database(url: str, number: int) -> str:
    """The address of database `number` of the same Redis server, for what must not meet the real queue."""
    address = url.partition("?")[0]
    if address.startswith("unix://"):
        return f"{address}?db={number}"
    return f"{address.rstrip('0123456789').rstrip('/')}/{number}"
