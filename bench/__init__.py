"""Benchmarks: ratios of what Dens does to the least that anybody could do, in one run on one machine. No tests."""


class Unavailable(ImportError):
    """A benchmark needs what is not installed; the sentence says what, and the others run without it."""
