"""The answer about a table of two readers, from an estimate and its standard error."""

from collections.abc import Mapping
from math import inf, isnan

from scipy.special import stdtrit

from scoring.agreement.result import Z_95, Agreement, Status, Verdict
from scoring.agreement.table import NOT_ASSESSABLE, CrossTable

NO_VARIATION = Verdict(Status.NO_VARIATION, "Not estimable (no variation): both readers gave one grade throughout.")
NO_DISAGREEMENT = Verdict(
    Status.NOT_ESTIMABLE, "Not estimable: the weights count no difference between the grades that were given."
)


def answer(
    table: CrossTable, verdict: Verdict, *, name: str, method: str, counts: Mapping[str, int] | None = None
) -> Agreement:
    return Agreement(
        name=name,
        method=method,
        n=table.n,
        n_excluded=table.n_excluded,
        counts=counts_of(table) if counts is None else counts,
        **verdict.noting(table.n_excluded, NOT_ASSESSABLE)._asdict(),
    )


def counts_of(table: CrossTable) -> dict[str, int]:
    """With fewer than five positive grades by either reader, kappa should not carry a message."""
    return {
        "equal": table.n_equal,
        "different": table.n - table.n_equal,
        "positive_first": int(table.counts[1:, :].sum()),
        "positive_second": int(table.counts[:, 1:].sum()),
    }


def t_95(n: int) -> float:
    """The two-sided 95 % point of t with n - 1 degrees of freedom."""
    return float(stdtrit(n - 1, 0.975))


def beyond_chance(estimate: float, se: float, *, multiplier: float = Z_95) -> Verdict:
    """A coefficient that is 1 for perfect agreement, and not estimable where it is NaN."""
    if isnan(estimate):
        return NO_DISAGREEMENT
    return with_interval(estimate, se, multiplier=multiplier, is_perfect=estimate == 1)


def with_interval(
    estimate: float, se: float, *, multiplier: float = Z_95, lowest: float = -1.0, is_perfect: bool = False
) -> Verdict:
    """Estimate -+ multiplier * standard error, clipped to lowest .. 1."""
    if se == 0:
        opening = "Perfect agreement: the" if is_perfect else "The"
        return Verdict(Status.NOT_ESTIMABLE, f"{opening} interval is not estimable (standard error 0).", estimate)
    low, high = estimate - multiplier * se, estimate + multiplier * se
    floor = lowest if estimate >= lowest else -inf  # AC2 and weighted kappas can be less than -1
    return Verdict(Status.OK, _clipped_sentence(low, high, floor), estimate, max(low, floor), min(high, 1.0))


def _clipped_sentence(low: float, high: float, floor: float) -> str:
    """A bound that cannot be is not hidden: the reader learns how far out the approximation went."""
    lower = [f"lower limit {low:.2f} is shown as {floor:g}"] if low < floor else []
    upper = [f"upper limit {high:.2f} is shown as 1"] if high > 1 else []
    return f"Clipped: the {' and the '.join(lower + upper)}." if lower or upper else ""
