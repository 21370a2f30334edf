"""Benchmarks: ratios of what Dens does to the least that anybody could do, in one run on one machine. No tests."""
