"""Resamples of patients, each with everything that was read of them, as weights instead of copied rows.

What a statistic needs of a patient are sums: their own table over their items, or their own n, Sx, Sy, Sxx, Syy, Sxy.
Patients with equal sums cannot be told apart, so only how often each *pattern* is drawn matters: a multinomial over the
distinct patterns, which is the same distribution with far fewer columns. A resample is then a row of a matrix product.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Kernel = Callable[[Array], Array]  # sums (..., *shape) -> statistic (...), NaN where it is undefined
Statistics = Mapping[str, Kernel] | Callable[[Array], Mapping[str, Array]]  # several by name, each alone or all at once

COMMON = 16  # patients of one pattern: from here on one binomial draw costs less than a draw for each of them
BLOCK = 1 << 18  # weights held at a time (2 MB): more would leave the processor's cache


@dataclass(frozen=True, eq=False)
class Patterns:
    """The distinct patients, the most frequent first.

    sums    float array (n_patterns, *shape)
    times   int array (n_patterns,), how many patients are like that
    """

    sums: Array
    times: npt.NDArray[np.int64]

    @property
    def n_patients(self) -> int:
        return int(self.times.sum())

    @property
    def total(self) -> Array:
        return np.tensordot(self.times.astype(float), self.sums, axes=1)


def patterns_of(per_patient: npt.ArrayLike) -> Patterns:
    """Groups patients with equal sums. Patients without any usable pair (all sums 0) are no part of the sample.

    per_patient   array (n_patients, *shape)
    Raises        ValueError if there is a sum that is no finite number
    """
    sums = np.asarray(per_patient, dtype=float)
    if sums.ndim < 2 or not np.isfinite(sums).all():
        raise ValueError("Resampling needs one row of finite sums a patient.")
    rows = sums.reshape(len(sums), prod(sums.shape[1:])) + 0.0  # -0.0 becomes 0.0: equal numbers, equal bits
    rows = np.ascontiguousarray(rows[rows.any(axis=1)])
    distinct, times = _distinct(rows)
    order = np.lexsort((*distinct.T, -times))
    return Patterns(distinct[order].reshape(len(order), *sums.shape[1:]), times[order])


def evaluated(statistics: Statistics, sums: Array) -> dict[str, Array]:
    """Each statistic of a stack of sums, NaN where it is undefined."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = statistics(sums) if callable(statistics) else {name: of(sums) for name, of in statistics.items()}
    return {name: np.where(np.isfinite(values), values, np.nan) for name, values in found.items()}


def resampled_sums(patterns: Patterns, *, n_resamples: int, seed: int) -> Array:
    """The sums of each resample (n_resamples, *shape) of as many patients as there are, drawn with replacement.

    Neither the order of the patients nor the size of a block changes a resample.
    """
    shape = patterns.sums.shape[1:]
    flat = patterns.sums.reshape(len(patterns.times), prod(shape))
    sums = np.zeros((n_resamples, prod(shape)))
    if not patterns.n_patients:
        return sums.reshape(n_resamples, *shape)
    start = 0
    for weights in _weights(patterns.times, n_resamples, seed):
        sums[start : start + len(weights)] = weights @ flat
        start += len(weights)
    return sums.reshape(n_resamples, *shape)


def _distinct(rows: Array) -> tuple[Array, npt.NDArray[np.int64]]:
    """The distinct rows and how often each is there.

    Sorting one number a row instead of the rows is fifty times faster. Should two different rows ever share it, the
    comparison notices, and the rows themselves are sorted.
    """
    _, place, number, times = np.unique(_digest(rows), return_index=True, return_inverse=True, return_counts=True)
    distinct = rows[place]
    if not np.array_equal(distinct[number], rows):
        distinct, times = np.unique(rows, axis=0, return_counts=True)
    return distinct, times


def _digest(rows: Array) -> npt.NDArray[np.uint64]:
    """The bits of a row times odd numbers, added up modulo 2^64.

    Small whole numbers differ in the highest bytes of a float only, and a product loses what is high: so bytes turn.
    """
    odd = np.random.default_rng(0).integers(1 << 63, size=rows.shape[1], dtype=np.uint64) | np.uint64(1)
    return rows.view(np.uint64).byteswap() @ odd


def _weights(times: npt.NDArray[np.int64], n_resamples: int, seed: int) -> Iterator[Array]:
    """How often each pattern is drawn, a block (b, n_patterns) of resamples after the other.

    First how many draws fall on each common pattern and on all rare ones together, then which patient each draw of
    the latter is: exactly the multinomial, in two steps. The two have a stream of random numbers each.
    """
    common_stream, rare_stream = np.random.default_rng(seed).spawn(2)
    n_common = int(np.count_nonzero(times >= COMMON))
    rare = np.repeat(np.arange(len(times) - n_common), times[n_common:])
    groups = np.append(times[:n_common], len(rare) or [])
    block = max(1, BLOCK // max(len(times), len(rare)))
    for start in range(0, n_resamples, block):
        size = min(block, n_resamples - start)
        drawn = common_stream.multinomial(times.sum(), groups / times.sum(), size=size)
        weights = np.empty((size, len(times)))
        weights[:, :n_common] = drawn[:, :n_common]
        weights[:, n_common:] = _of_rare(rare, drawn[:, n_common:].sum(axis=1), len(times) - n_common, rare_stream)
        yield weights


def _of_rare(
    rare: npt.NDArray[np.int64], n_draws: npt.NDArray[np.int64], n_patterns: int, stream: np.random.Generator
) -> npt.NDArray[np.int64]:
    """How often each rare pattern is drawn (b, n_patterns), when so many draws of each resample fall on them."""
    if not n_patterns:
        return np.empty((len(n_draws), 0), dtype=np.int64)
    patterns = rare[stream.integers(len(rare), size=n_draws.sum())]
    patterns += np.repeat(np.arange(len(n_draws)) * n_patterns, n_draws)
    return np.bincount(patterns, minlength=len(n_draws) * n_patterns).reshape(-1, n_patterns)
