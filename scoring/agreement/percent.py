"""Percent agreement: always shown first, beside every chance-corrected number."""

from math import sqrt

from scoring.agreement.result import MIN_PAIRS, Z_95, Agreement, Verdict, too_few
from scoring.agreement.table import NOT_ASSESSABLE, CrossTable


def wilson_interval(successes: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a proportion; it keeps its width at 0 and at 100 %, where Wald's has none.

    Source   Wilson 1927, J Am Stat Assoc 22:209-212; method 3 of Newcombe 1998, Stat Med 17:857-872
    """
    if not 0 <= successes <= n or n == 0:
        raise ValueError(f"{successes} of {n} is not a proportion.")
    share, z_squared = successes / n, Z_95**2
    centre = share + z_squared / (2 * n)
    half_width = Z_95 * sqrt(share * (1 - share) / n + z_squared / (4 * n**2))
    low, high = ((centre + sign * half_width) / (1 + z_squared / n) for sign in (-1, 1))
    # The two ends are exactly 0 and 1 there; rounding would print 0.9999999999999998.
    return (0.0 if successes == 0 else low, 1.0 if successes == n else high)


def percent_agreement(table: CrossTable) -> Agreement:
    """The share (0 to 1) of pairs in which both readers gave the same grade, with its 95 % interval."""
    return Agreement(
        name="percent agreement",
        method="share of pairs with the same grade; Wilson score 95 % interval",
        n=table.n,
        n_excluded=table.n_excluded,
        counts={"equal": table.n_equal, "different": table.n - table.n_equal},
        **_verdict(table).noting(table.n_excluded, NOT_ASSESSABLE)._asdict(),
    )


def _verdict(table: CrossTable) -> Verdict:
    if table.n < MIN_PAIRS:
        return too_few(table.n, estimate=table.n_equal / table.n if table.n else None)
    low, high = wilson_interval(table.n_equal, table.n)
    return Verdict(estimate=table.n_equal / table.n, low=low, high=high)
