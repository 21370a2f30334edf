"""Lin's concordance: how close pairs of values lie to the line of identity."""

from math import atanh, isnan, sqrt, tanh

import numpy as np

from scoring.agreement.moments import Array, lin_ccc, sums_of
from scoring.agreement.readings import NO_VALUE, Values, complete_pairs
from scoring.agreement.result import MIN_PAIRS, Z_95, Agreement, Status, Verdict, too_few

METHOD = (
    "Lin's concordance correlation coefficient, moments over n; 95 % interval by the Z-transformation of Lin 1989 "
    "with the variance as corrected in Lin 2000 (n - 2)"
)


def concordance_correlation(values: Values) -> Agreement:
    """Lin's concordance correlation coefficient with its 95 % interval. It equals quadratically weighted kappa.

    values    (n cases, 2 readers); None or NaN where a reader has no value: the case is left out and counted
    Source    Lin 1989, Biometrics 45:255-268; correction of the variance: Lin 2000, Biometrics 56:324-325
    """
    pairs, n_excluded = complete_pairs(values)
    return Agreement(
        name="CCC",
        method=METHOD,
        n=len(pairs),
        n_excluded=n_excluded,
        counts={"cases": len(pairs)},
        **_verdict(pairs).noting(n_excluded, NO_VALUE)._asdict(),
    )


def _verdict(pairs: Array) -> Verdict:
    if len(pairs) < MIN_PAIRS:
        return too_few(len(pairs))
    concordance = float(lin_ccc(sums_of(*pairs.T)))
    if isnan(concordance):
        return Verdict(Status.NO_VARIATION, "Not estimable (no variation): the cases do not differ.")
    if (np.ptp(pairs, axis=0) == 0).any():
        sentence = "A reader gave one value throughout: the CCC is 0 by construction, its interval is not estimable."
        return Verdict(Status.ONE_READER_CONSTANT, sentence, estimate=0.0)
    if (pairs[:, 0] == pairs[:, 1]).all():
        return Verdict(Status.NOT_ESTIMABLE, "Perfect agreement: the interval is not estimable.", 1.0)
    return _with_interval(concordance, pairs)


def _with_interval(concordance: float, pairs: Array) -> Verdict:
    se = _standard_error(concordance, pairs)
    if se == 0 or abs(concordance) >= 1:
        return Verdict(Status.NOT_ESTIMABLE, "The interval is not estimable (standard error 0).", concordance)
    centre, half_width = atanh(concordance), Z_95 * se / (1 - concordance**2)
    return Verdict(estimate=concordance, low=tanh(centre - half_width), high=tanh(centre + half_width))


def _standard_error(concordance: float, pairs: Array) -> float:
    """Lin's variance, multiplied out so that Pearson's r and both standard deviations may be as good as 0.

    With Lin's C = concordance / r and u2 = shift / product, `accuracy` is C and `shifted` is C u2.
    """
    x, y = (pairs - pairs[0, 0]).T  # large totals lose no digits
    product, shift = float(x.std() * y.std()), float(x.mean() - y.mean()) ** 2
    total = float(x.var() + y.var()) + shift
    accuracy, shifted = 2 * product / total, 2 * shift / total
    variance = (accuracy**2 - concordance**2) * (1 - concordance**2)
    variance += concordance**2 * (2 * (1 - concordance) * shifted - shifted**2 / 2)
    return sqrt(max(variance, 0.0) / (len(pairs) - 2))
