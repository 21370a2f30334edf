"""Chance: every draw is the SHA-256 of the seed and of what is drawn for. Anybody can repeat it, in any language."""

import hashlib


def draw(seed: str, *labels: str) -> bytes:
    """What chance says about `labels` under this seed: SHA-256 of both in UTF-8, joined by the byte 1F."""
    return hashlib.sha256("\x1f".join((seed, *labels)).encode()).digest()


def draw_below(n: int, seed: str, *labels: str) -> int:
    """A number from 0 to n - 1: the draw, as one big-endian number, modulo n."""
    return int.from_bytes(draw(seed, *labels), "big") % n


def run_seed(seed: str, run: int) -> str:
    """The seed of the n-th run of a study, from the study's one, so that one sealed seed serves them all."""
    return draw(seed, "run", str(run)).hex()


def seed_sha256(seed: str) -> str:
    """What is published of a seed beforehand: the SHA-256 of its characters, as `printf %s SEED | sha256sum` has it."""
    return hashlib.sha256(seed.encode()).hexdigest()
