"""Present or absent: the formulas of two by two tables, on stacks of tables at once.

Of tables with more than two grades, what is said here is said of grade 0 against any grade above 0.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Counts = npt.NDArray[np.float64] | npt.NDArray[np.int64]


class Dichotomy(NamedTuple):
    """Pairs (...) by who found something: a both readers, b only the first, c only the second, d neither.

    What is undefined is NaN: positive agreement where nobody found anything, and all without pairs.
    """

    a: Array
    b: Array
    c: Array
    d: Array

    @property
    def n(self) -> Array:
        return self.a + self.b + self.c + self.d

    @property
    def counts(self) -> Array:
        """The tables (..., 2, 2), grade 0 first."""
        cells = np.stack([self.d, self.c, self.b, self.a], axis=-1)
        return cells.reshape(*cells.shape[:-1], 2, 2)

    @property
    def positive_agreement(self) -> Array:
        """How often one reader's positive is the other's: Cicchetti and Feinstein 1990, J Clin Epidemiol 43:551-558."""
        return _specific(self.a, self.b + self.c)

    @property
    def negative_agreement(self) -> Array:
        return _specific(self.d, self.b + self.c)

    @property
    def positive_agreement_se(self) -> Array:
        """By the delta method: Graham and Bull 1998, J Clin Epidemiol 51:763-771."""
        return _specific_se(self.a, self.b + self.c)

    @property
    def negative_agreement_se(self) -> Array:
        return _specific_se(self.d, self.b + self.c)

    @property
    def pabak(self) -> Array:
        """Prevalence-adjusted, bias-adjusted kappa: Byrt, Bishop, Carlin 1993, J Clin Epidemiol 46:423-429."""
        return 2 * _ratio(self.a + self.d, self.n) - 1

    @property
    def prevalence_index(self) -> Array:
        """Of Byrt 1993: above 0 where more pairs are positive than negative."""
        return _ratio(self.a - self.d, self.n)

    @property
    def prevalence_index_se(self) -> Array:
        return _standard_error(self.a + self.d, self.a - self.d, self.n)

    @property
    def bias_index(self) -> Array:
        """Of Byrt 1993: above 0 where the first reader is positive more often."""
        return _ratio(self.b - self.c, self.n)

    @property
    def bias_index_se(self) -> Array:
        return _standard_error(self.b + self.c, self.b - self.c, self.n)


def dichotomy(counts: Counts) -> Dichotomy:
    """Grade 0 against all others, of tables (..., q, q)."""
    tables = counts.astype(np.float64)
    d = tables[..., 0, 0]
    b, c = tables[..., 1:, 0].sum(axis=-1), tables[..., 0, 1:].sum(axis=-1)
    return Dichotomy(a=tables[..., 1:, 1:].sum(axis=(-2, -1)), b=b, c=c, d=d)


def _specific(agreed: Array, discordant: Array) -> Array:
    return _ratio(2 * agreed, 2 * agreed + discordant)


def _specific_se(agreed: Array, discordant: Array) -> Array:
    return _ratio(2 * np.sqrt(agreed * discordant * (agreed + discordant)), (2 * agreed + discordant) ** 2)


def _standard_error(squares: Array, total: Array, n: Array) -> Array:
    """Of the mean of a number that is 1, 0 or -1 in each pair."""
    return _ratio(np.sqrt(n * squares - total**2), n * np.sqrt(n))


@np.errstate(divide="ignore", invalid="ignore")
def _ratio(above: Array, below: Array) -> Array:
    return above / below
