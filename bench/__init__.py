"""Benchmarks: ratios of what Dens does to the least that anybody could do, in one run on one machine. No tests."""

import time
from collections.abc import Callable


class Unavailable(ImportError):
    """A benchmark needs what is not installed; the sentence says what, and the others run without it."""


def best(work: Callable[[], object], runs: int, *, clock: Callable[[], float] = time.process_time) -> float:
    """Seconds of the quickest run."""
    return min(timed(work, clock) for _ in range(runs))


def timed(work: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    work()
    return clock() - start
