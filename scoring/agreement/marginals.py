"""Whether one reader gives higher grades than the other: tests of two readers' marginal shares, and of symmetry."""

import math
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr, chdtrc

from scoring.agreement.dichotomy import dichotomy
from scoring.agreement.result import MIN_PAIRS, Status, Verdict, too_few
from scoring.agreement.table import NOT_ASSESSABLE, CrossTable

EXACT_BELOW = 25  # discordant pairs: fewer are too few for the chi-squared distribution
NOT_DISCORDANT = "Nothing to test: no pair is discordant."
EXACT = "exact binomial, two-sided; the statistic is the smaller of b and c"
CHI_SQUARED = "chi-squared distribution, no continuity correction"


@dataclass(frozen=True, kw_only=True)
class Test:
    """One test as it is shown, stored and exported.

    statistic, p   finite or None; None always comes with a status and a sentence
    df             degrees of freedom of chi-squared; None of an exact test
    Raises         ValueError if a number is NaN or infinite, or missing while all is said to be well
    """

    name: str
    method: str
    n: int
    n_excluded: int = 0
    statistic: float | None = None
    df: int | None = None
    p: float | None = None
    status: Status = Status.OK
    sentence: str = ""

    def __post_init__(self) -> None:
        numbers = (self.statistic, self.p)
        if any(number is not None and not math.isfinite(number) for number in numbers):
            raise ValueError(f"{self.name}: {numbers} must not leave as a number")
        if None in numbers and (self.status is Status.OK or not self.sentence):
            raise ValueError(f"{self.name}: a missing number needs a status and a sentence")

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "status": self.status.value}


class Outcome(NamedTuple):
    statistic: float
    df: int | None
    p: float


def mcnemar(table: CrossTable) -> Test:
    """Whether one reader is positive more often; with more than two grades, a grade above 0 is positive.

    Exact where fewer than 25 pairs are discordant.
    Source   McNemar 1947, Psychometrika 12:153-157
    """
    split = dichotomy(table.counts)
    b, c = int(split.b), int(split.c)
    is_exact = b + c < EXACT_BELOW
    how = EXACT if is_exact else f"(b-c)^2/(b+c), {CHI_SQUARED}"
    method = f"McNemar's test of b and c, a grade above 0 is positive; {how}"
    if b + c == 0:
        return _test(table, "McNemar", method, None)
    return _test(table, "McNemar", method, _exact(b, c) if is_exact else _chi_squared((b - c) ** 2 / (b + c), 1))


def bowker(table: CrossTable) -> Test:
    """Whether the first reader says i and the second j as often as the other way round, for all i and j.

    Pairs of grades that never met add no degree of freedom: given how often each two grades met, they had no chance to
    add to the statistic. Packages that count them all have q (q - 1) / 2.
    Source   Bowker 1948, J Am Stat Assoc 43:572-574
    """
    counts = table.counts
    upper = np.triu_indices(table.n_grades, k=1)
    met, apart = (counts + counts.T)[upper], (counts - counts.T)[upper]
    seen = met > 0
    df = int(seen.sum())
    degrees = f"degrees of freedom: the {df} of {len(seen)} pairs of different grades that met"
    method = f"Bowker's test of symmetry; {CHI_SQUARED}; {degrees}"
    outcome = _chi_squared(float((apart[seen] ** 2 / met[seen]).sum()), df) if df else None
    return _test(table, "Bowker", method, outcome)


def stuart_maxwell(table: CrossTable) -> Test:
    """Whether both readers give every grade as often.

    A grade nobody used, and one on which the readers never differ, add no degree of freedom.
    Source   Stuart 1955, Biometrika 42:412-416; Maxwell 1970, Br J Psychiatry 116:651-655
    """
    method = f"Stuart-Maxwell test of marginal homogeneity; {CHI_SQUARED}"
    return _test(table, "Stuart-Maxwell", method, _stuart_maxwell(table.counts) if table.n_equal < table.n else None)


def _stuart_maxwell(counts: npt.NDArray[np.int64]) -> Outcome:
    difference = (counts.sum(axis=1) - counts.sum(axis=0)).astype(float)
    met = (counts + counts.T).astype(float)
    np.fill_diagonal(met, 0)
    covariance = np.diag(met.sum(axis=1)) - met
    # The rows sum to 0, so the usual form leaves one grade out. The pseudo-inverse gives the same whichever it is, and
    # also where grades fall into groups that never met.
    statistic = float(difference @ np.linalg.pinv(covariance, hermitian=True) @ difference)
    return _chi_squared(max(statistic, 0.0), int(np.linalg.matrix_rank(covariance, hermitian=True)))


def _chi_squared(statistic: float, df: int) -> Outcome:
    return Outcome(statistic, df, float(chdtrc(df, statistic)))


def _exact(b: int, c: int) -> Outcome:
    fewer = min(b, c)
    return Outcome(float(fewer), None, min(1.0, 2 * float(bdtr(fewer, b + c, 0.5))))


def _test(table: CrossTable, name: str, method: str, outcome: Outcome | None) -> Test:
    verdict = Verdict() if outcome else Verdict(Status.NOT_ESTIMABLE, NOT_DISCORDANT)
    if table.n < MIN_PAIRS:
        outcome, verdict = None, too_few(table.n)
    statistic, df, p = outcome or (None, None, None)
    return Test(
        name=name,
        method=method,
        n=table.n,
        n_excluded=table.n_excluded,
        statistic=statistic,
        df=df,
        p=p,
        status=verdict.status,
        sentence=verdict.noting(table.n_excluded, NOT_ASSESSABLE).sentence,
    )
