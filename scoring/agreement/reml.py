"""Restricted maximum likelihood of the variances of cases, readers and error, whoever read what.

    y = mean + case + reader + error, the last three random, independent and normal

With V = error variance x (I + c ZcZc' + r ZrZr'), c and r the variance ratios of cases and readers, the part of the
cases is block diagonal and inverted by hand; that of the few readers follows by Woodbury's identity. All that the
likelihood needs of the readings is one small matrix for each number of readings a case may have: after one pass over
the readings, no step depends on how many there are.

Source   Patterson and Thompson 1971, Biometrika 58:545-554; Harville 1977, J Am Stat Assoc 72:320-338
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
ENDS = [0, -1]  # the columns 1 and y
TINY = 1e-12
LARGEST = 1e10  # of a variance ratio: beyond it rounding would decide
STARTS = ((1.0, 0.1), (10.0, 0.01))


class Fit(NamedTuple):
    """The ratios (cases, readers) at which the deviance is least, that deviance, and the error variance."""

    ratios: Array
    deviance: float
    error: float


class Terms(NamedTuple):
    """Minus twice the log restricted likelihood is df log(error) + residual / error + penalty, up to a constant.

    df                penalty and residual do not depend on it: readings - 1
    *_slope           derivatives in the ratio of cases and that of readers
    """

    df: int
    residual: float
    penalty: float
    residual_slope: Array
    penalty_slope: Array

    @property
    def error(self) -> float:
        """The error variance that is best for these ratios."""
        return self.residual / self.df

    @property
    def profiled(self) -> tuple[float, Array]:
        """The deviance at that error variance, and its slope."""
        value = self.df * float(np.log(self.error)) + self.df + self.penalty
        return value, self.penalty_slope + self.residual_slope / self.error

    def at_reader_variance(self, variance: float, reader: float) -> tuple[float, Array]:
        """The deviance where the error variance is what makes this ratio that variance of readers, and its slope."""
        error = variance / reader
        value = self.df * float(np.log(error)) + self.residual / error + self.penalty
        by_error = np.array([0.0, self.residual / variance - self.df / reader])
        return value, self.penalty_slope + self.residual_slope / error + by_error


@dataclass(frozen=True, eq=False)
class Crossed:
    """What readings tell of the variances: cross-products of the columns (1, one for each reader, y).

    n         readings
    within    (q, q), of readings less the mean of their case; q = readers + 2
    between   (sizes, q, q), of the means of the cases with so many readings, each counted so many times
    sizes     how many readings a case may have
    n_cases   how many cases have so many
    """

    n: int
    within: Array
    between: Array
    sizes: Array
    n_cases: Array

    @classmethod
    def of(cls, cases: Indices, readers: Indices, values: Array) -> Self:
        """One entry a reading: the number 0, 1, .. of its case and of its reader, and its value."""
        columns = np.zeros((len(values), int(readers.max()) + 3))
        columns[:, 0] = 1
        columns[np.arange(len(values)), readers + 1] = 1
        columns[:, -1] = values - values.mean()  # large totals lose no digits
        means = np.zeros((int(cases.max()) + 1, columns.shape[1]))
        np.add.at(means, cases, columns)
        size = means[:, 0].copy()
        means /= size[:, None]
        columns -= means[cases]
        sizes, n_cases = np.unique(size, return_counts=True)
        between = np.stack([each * means[size == each].T @ means[size == each] for each in sizes])
        return cls(len(values), columns.T @ columns, between, sizes, n_cases.astype(float))

    def terms(self, case: float, reader: float) -> Terms:
        """The likelihood at these two variance ratios.

        With M the columns' cross-products weighted by the inverse of the cases' part of V, D = I + reader x M_zz and
        H = columns less what the readers explain of them, the products weighted by the inverse of V are
        H'MH + reader x explained'explained: a sum of what is not negative, where nothing cancels.
        """
        shrink = 1 + case * self.sizes
        m = self.within + np.tensordot(1 / shrink, self.between, 1)
        m_slope = -np.tensordot(self.sizes / shrink**2, self.between, 1)
        d = np.eye(len(m) - 2) + reader * m[1:-1, 1:-1]
        inverse = np.linalg.inv(d)
        explained = inverse @ m[1:-1][:, ENDS]
        h = np.eye(len(m))[:, ENDS]
        h[1:-1] = -reader * explained
        by_case, by_reader = h.T @ m_slope @ h, -explained.T @ explained
        products = h.T @ m @ h - reader * by_reader
        ones = products[0, 0]
        contrast = np.array([-products[0, 1] / ones, 1.0])  # y less its weighted mean
        of_case = self.n_cases @ (self.sizes / shrink) + reader * (inverse * m_slope[1:-1, 1:-1]).sum()
        of_reader = (inverse * m[1:-1, 1:-1]).sum()
        return Terms(
            df=self.n - 1,
            residual=float(contrast @ products @ contrast),
            penalty=float(self.n_cases @ np.log(shrink) + np.linalg.slogdet(d)[1] + np.log(ones)),
            residual_slope=np.array([contrast @ slope @ contrast for slope in (by_case, by_reader)]),
            penalty_slope=np.array([of_case + by_case[0, 0] / ones, of_reader + by_reader[0, 0] / ones]),
        )

    def unexplained(self) -> tuple[float, int]:
        """What cases and readers as fixed effects leave of the sum of squares, and its degrees of freedom."""
        m_zz, m_zy = self.within[1:-1, 1:-1], self.within[1:-1, -1]
        df = self.n - int(self.n_cases.sum()) - int(np.linalg.matrix_rank(m_zz, hermitian=True))
        return float(self.within[-1, -1] - m_zy @ np.linalg.pinv(m_zz, hermitian=True) @ m_zy), df

    def fit(self) -> Fit:
        """The best variances, each of them possibly 0."""

        def profiled(ratios: Array) -> tuple[float, Array]:
            return self.terms(*ratios).profiled

        tries = [least(profiled, np.array(start), precision=1e-14) for start in STARTS]
        ratios, deviance = min(tries, key=lambda found: found[1])
        return Fit(ratios, deviance, self.terms(*ratios).error)

    def at_icc(self, icc: float, fit: Fit) -> float:
        """The least deviance with this intraclass correlation case / (1 + case + reader), below 1."""
        odds = icc / (1 - icc)

        def deviance(ratios: Array) -> tuple[float, Array]:
            value, slope = self.terms(odds * (1 + ratios[0]), ratios[0]).profiled
            return value, odds * slope[:1] + slope[1:]

        return least(deviance, fit.ratios[1:], largest=LARGEST / max(odds, 1.0))[1]

    def at_reader_variance(self, variance: float, fit: Fit) -> float:
        """The least deviance with this variance of readers, above 0."""

        def deviance(ratios: Array) -> tuple[float, Array]:
            return self.terms(*ratios).at_reader_variance(variance, ratios[1])

        return least(deviance, np.array([fit.ratios[0], variance / fit.error]), smallest=TINY)[1]

    def without_readers(self, fit: Fit) -> float:
        """The least deviance where readers do not differ."""

        def deviance(ratios: Array) -> tuple[float, Array]:
            value, slope = self.terms(ratios[0], 0.0).profiled
            return value, slope[:1]

        return least(deviance, fit.ratios[:1])[1]


def least(
    deviance: Callable[[Array], tuple[float, Array]],
    start: Array,
    *,
    smallest: float = 0.0,
    largest: float = LARGEST,
    precision: float = 1e-9,
) -> tuple[Array, float]:
    """The ratios at which a deviance is least, and how much it is there.

    Sought in log(1 + ratio), which may be 0 and is as well scaled where readers agree a little as where nearly always.
    """

    def of_logs(logs: Array) -> tuple[float, Array]:
        value, slope = deviance(np.expm1(logs))
        return value, slope * np.exp(logs)

    bounds = [(float(np.log1p(smallest)), float(np.log1p(largest)))] * len(start)
    options = {"ftol": precision, "xtol": 1e-9, "gtol": 1e-9, "maxfun": 500}
    # Not L-BFGS-B: for two numbers it asks LAPACK, which wakes threads for longer than all the rest takes.
    found = minimize(of_logs, np.log1p(start), jac=True, method="TNC", bounds=bounds, options=options)
    return np.expm1(found.x), float(found.fun)
