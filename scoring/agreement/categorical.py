"""Everything two readers' grades say about agreement, from counts: the formulas, on stacks of tables at once.

counts    array (..., q, q): how often the first reader said i while the second said j; whole, or weighted by resampling
weights   agreement weights (q, q), 1 on the diagonal; default: 1 for the same grade, 0 for another. Estimates also take
          several at once, (k, q, q), and then have a last axis of k

All coefficients are 1 - observed / expected disagreement and differ in what they expect. Tables of whole numbers stay
whole until the division, so what is exactly 0 or 1 comes out as that. What is undefined is NaN here, and nowhere else.
Positive and negative agreement, PABAK and the two indices are of grade 0 against any grade above 0.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from scoring.agreement.coincidences import Metric, alpha, krippendorff_alpha
from scoring.agreement.dichotomy import Array, Counts, Dichotomy, dichotomy
from scoring.agreement.weights import Weights, agreement_weights

__all__ = [
    "Metric",
    "bias_index",
    "brennan_prediger",
    "brennan_prediger_se",
    "closed_forms",
    "cohen_kappa",
    "dichotomised",
    "gwet_ac",
    "gwet_se",
    "kappa_max",
    "kappa_se",
    "krippendorff_alpha",
    "negative_agreement",
    "pabak",
    "percent",
    "positive_agreement",
    "prevalence_index",
    "scott_pi",
    "scott_se",
]

ROUNDING = 1e-20  # of a variance of numbers about 1: what floating point leaves where the exact answer is 0

NAMES = [
    *[
        name if weights is Weights.UNWEIGHTED else f"{name} ({weights} weights)"
        for name in ("percent agreement", "kappa", "Scott's pi", "Gwet's AC", "Brennan-Prediger")
        for weights in Weights
    ],
    *[f"alpha ({metric})" for metric in Metric],
]

undefined_is_nan = np.errstate(divide="ignore", invalid="ignore")


class Margins(NamedTuple):
    """Tables with their cells in one row, (..., q * q), and how often each reader gave each grade, (..., q)."""

    n: Array
    cells: Array
    first: Array
    second: Array

    @property
    def mean(self) -> Array:
        return (self.first + self.second) / 2

    @property
    def shares(self) -> "Margins":
        n = self.n[..., None]
        return Margins(np.ones_like(self.n), self.cells / n, self.first / n, self.second / n)


class Chance(NamedTuple):
    """Disagreement expected by chance, and its slope: (..., q) by the row and by the column of one more pair."""

    expected: Array
    by_row: Array
    by_column: Array


def margins_of(counts: Counts) -> Margins:
    q = counts.shape[-1]
    cells = counts.reshape(*counts.shape[:-2], q * q).astype(np.float64)
    by_reader = cells @ _indicator(q)
    first, second = by_reader[..., :q], by_reader[..., q:]
    return Margins(first.sum(axis=-1), cells, first, second)


@undefined_is_nan
def percent(counts: Counts, weights: Array | None = None) -> Array:
    """The share of pairs with the same grade; with weights, the mean weight of a pair."""
    return _answer(margins_of(counts), weights, _certain)


def dichotomised(counts: Counts) -> Array:
    """The tables (..., 2, 2) of grade 0 against any grade above 0."""
    return dichotomy(counts).counts


def positive_agreement(counts: Counts) -> Array:
    """2a / (2a + b + c); NaN where nobody was positive."""
    return dichotomy(counts).positive_agreement


def negative_agreement(counts: Counts) -> Array:
    """2d / (2d + b + c); NaN where nobody was negative."""
    return dichotomy(counts).negative_agreement


def pabak(counts: Counts) -> Array:
    """2 po - 1, po the share of pairs in which both or neither were positive."""
    return dichotomy(counts).pabak


def prevalence_index(counts: Counts) -> Array:
    """(a - d) / n."""
    return dichotomy(counts).prevalence_index


def bias_index(counts: Counts) -> Array:
    """(b - c) / n."""
    return dichotomy(counts).bias_index


@undefined_is_nan
def cohen_kappa(counts: Counts, weights: Array | None = None) -> Array:
    """Cohen's kappa; NaN where both readers gave one and the same grade throughout.

    Source   Cohen 1960, Educ Psychol Meas 20:37-46; Cohen 1968, Psychol Bull 70:213-220
    """
    return _answer(margins_of(counts), weights, _cohen_expected)


@undefined_is_nan
def kappa_se(counts: Counts, weights: Array | None = None) -> Array:
    """The standard error of kappa (not the one under the hypothesis kappa = 0).

    Source   Fleiss, Cohen, Everitt 1969, Psychol Bull 72:323-327
    """
    return _standard_error(margins_of(counts), weights, _cohen_chance)


@undefined_is_nan
def kappa_max(counts: Counts) -> Array:
    """The highest plain kappa that is possible with each reader's grades given as often as they were.

    Source   Cohen 1960, Educ Psychol Meas 20:37-46
    """
    return _kappa_max(margins_of(counts))


@undefined_is_nan
def scott_pi(counts: Counts, weights: Array | None = None) -> Array:
    """Scott's pi: which reader said what does not matter; NaN where one grade was given throughout.

    Source   Scott 1955, Public Opin Q 19:321-325
    """
    return _answer(margins_of(counts), weights, _scott_expected)


@undefined_is_nan
def scott_se(counts: Counts, weights: Array | None = None) -> Array:
    """The standard error of Scott's pi.

    Source   Gwet 2008, Br J Math Stat Psychol 61:29-48
    """
    return _standard_error(margins_of(counts), weights, _scott_chance)


@undefined_is_nan
def gwet_ac(counts: Counts, weights: Array | None = None) -> Array:
    """Gwet's AC1, with weights AC2; 1 where one grade was given throughout.

    Source   Gwet 2008, Br J Math Stat Psychol 61:29-48; Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed.
    """
    return _answer(margins_of(counts), weights, _gwet_expected)


@undefined_is_nan
def gwet_se(counts: Counts, weights: Array | None = None) -> Array:
    """The standard error of AC1 or AC2 of these two readers, subjects being a sample.

    Source   Gwet 2008, Br J Math Stat Psychol 61:29-48; Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed.
    """
    return _standard_error(margins_of(counts), weights, _gwet_chance)


@undefined_is_nan
def brennan_prediger(counts: Counts, weights: Array | None = None) -> Array:
    """Agreement beyond that of readers to whom all q grades are equally likely.

    Source   Brennan and Prediger 1981, Educ Psychol Meas 41:687-699
    """
    return _answer(margins_of(counts), weights, _uniform_expected)


@undefined_is_nan
def brennan_prediger_se(counts: Counts, weights: Array | None = None) -> Array:
    """The standard error of Brennan and Prediger's coefficient.

    Source   Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed.
    """
    return _standard_error(margins_of(counts), weights, _uniform_chance)


@undefined_is_nan
def closed_forms(counts: Counts) -> dict[str, Array]:
    """All estimates by name, what they share worked out once."""
    table, split, stack = margins_of(counts), dichotomy(counts), _all_weights(counts.shape[-1])
    coincidences = counts + counts.swapaxes(-2, -1)
    weighted = [
        _answer(table, stack, expected)
        for expected in (_certain, _cohen_expected, _scott_expected, _gwet_expected, _uniform_expected)
    ]
    values = [answer[..., at] for answer in weighted for at in range(len(Weights))]
    values += [alpha(coincidences, metric) for metric in Metric]
    return {**dict(zip(NAMES, values, strict=True)), **_of_dichotomy(split), "kappa max": _kappa_max(table)}


def _of_dichotomy(split: Dichotomy) -> dict[str, Array]:
    return {
        "positive agreement": split.positive_agreement,
        "negative agreement": split.negative_agreement,
        "PABAK": split.pabak,
        "prevalence index": split.prevalence_index,
        "bias index": split.bias_index,
    }


@cache
def _indicator(q: int) -> Array:
    """(q * q, 2q): which cells count for a grade of the first reader, then for a grade of the second."""
    grades = np.eye(q)
    return np.hstack([np.repeat(grades, q, axis=0), np.tile(grades, (q, 1))])


@cache
def _all_weights(q: int) -> Array:
    return np.stack([agreement_weights(weights, q) for weights in Weights])


def _kappa_max(table: Margins) -> Array:
    best = np.minimum(table.first, table.second).sum(axis=-1)
    highest: Array = 1 - table.n * (table.n - best) / (table.n**2 - np.vecdot(table.first, table.second))
    return highest


def _answer(table: Margins, weights: Array | None, expected: Callable[[Margins, Array], Array]) -> Array:
    """1 - observed / expected disagreement; expected is of n * n pairs, by disagreement weights (q * q, k)."""
    disagreement = _disagreement(weights, table.first.shape[-1])
    answer: Array = 1 - table.n[..., None] * (table.cells @ disagreement) / expected(table, disagreement)
    return answer if weights is not None and weights.ndim == 3 else answer[..., 0]


def _disagreement(weights: Array | None, q: int) -> Array:
    agreement = np.eye(q) if weights is None else weights
    return 1 - agreement.reshape(-1, q * q).T


def _certain(table: Margins, disagreement: Array) -> Array:
    return table.n[..., None] ** 2


def _cohen_expected(table: Margins, disagreement: Array) -> Array:
    return _product(table.first, table.second, disagreement)


def _scott_expected(table: Margins, disagreement: Array) -> Array:
    return _product(table.mean, table.mean, disagreement)


def _product(first: Array, second: Array, disagreement: Array) -> Array:
    cells = first[..., :, None] * second[..., None, :]
    expected: Array = cells.reshape(*cells.shape[:-2], len(disagreement)) @ disagreement
    return expected


def _gwet_expected(table: Margins, disagreement: Array) -> Array:
    pairs, mean = table.n**2, table.mean
    return pairs[..., None] - _gwet_factor(disagreement) * (pairs - np.vecdot(mean, mean))[..., None]


def _gwet_factor(disagreement: Array) -> Array:
    """The sum of agreement weights over q (q - 1)."""
    n_cells = len(disagreement)
    factor: Array = (n_cells - disagreement.sum(axis=0)) / (n_cells - np.sqrt(n_cells))
    return factor


def _uniform_expected(table: Margins, disagreement: Array) -> Array:
    expected: Array = table.n[..., None] ** 2 * disagreement.mean(axis=0)
    return expected


def _cohen_chance(shares: Margins, square: Array) -> Chance:
    by_row, by_column = shares.second @ square.T, shares.first @ square
    return Chance(np.vecdot(shares.first, by_row), by_row, by_column)


def _scott_chance(shares: Margins, square: Array) -> Chance:
    slope = shares.mean @ (square + square.T) / 2
    return Chance(np.vecdot(shares.mean, slope), slope, slope)


def _gwet_chance(shares: Margins, square: Array) -> Chance:
    column = square.reshape(-1, 1)
    slope = _gwet_factor(column) * shares.mean
    return Chance(_gwet_expected(shares, column)[..., 0], slope, slope)


def _uniform_chance(shares: Margins, square: Array) -> Chance:
    none = np.zeros_like(shares.first)
    return Chance(_uniform_expected(shares, square.reshape(-1, 1))[..., 0], none, none)


def _standard_error(table: Margins, weights: Array | None, chance_of: Callable[[Margins, Array], Chance]) -> Array:
    """By the delta method, of 1 - observed / expected disagreement.

    The published variances are differences of two squares. Written as the variance of one number per cell, as here,
    they are the same but cannot come out below 0 by rounding.
    """
    shares, q = table.shares, table.first.shape[-1]
    disagreement = _disagreement(weights, q)[:, 0]
    chance = chance_of(shares, disagreement.reshape(q, q))
    ratio = (shares.cells @ disagreement) / chance.expected
    slope = (chance.by_row[..., :, None] + chance.by_column[..., None, :]).reshape(shares.cells.shape)
    influence = disagreement - ratio[..., None] * slope
    centred = influence - np.vecdot(shares.cells, influence)[..., None]
    variance = np.vecdot(shares.cells, centred**2)
    se: Array = np.sqrt(np.where(variance < ROUNDING, 0.0, variance) / table.n) / chance.expected
    return se
