"""Whether a number grows or shrinks along another one: a reader's difference from others, reading by reading."""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from scoring.agreement.result import MIN_PAIRS, Agreement, Status, Verdict, too_few

METHOD = "slope of the least squares line; t 95 % interval (n - 2)"
ROUNDING = 1e-12  # of the values' variance: less scatter than this about the line is 0


def linear_trend(places: Sequence[float], values: Sequence[float], *, name: str, unit: str) -> Agreement:
    """How much `values` change for one more of `places`, with its 95 % interval; around 0 where nothing drifts.

    unit     of what the slope is said, such as "points a reading"
    Raises   ValueError if there is not one place for each value
    """
    if len(places) != len(values):
        raise ValueError(f"{len(places)} places, but {len(values)} values.")
    n = len(values)
    verdict = too_few(n) if n < MIN_PAIRS else _verdict(np.array(places, dtype=float), np.array(values, dtype=float))
    return Agreement(name=name, method=f"{unit}: {METHOD}", n=n, counts={"values": n}, **verdict._asdict())


def _verdict(x: np.ndarray, y: np.ndarray) -> Verdict:
    n, spread = len(x), float(((x - x.mean()) ** 2).sum())
    if spread == 0:
        return Verdict(Status.NO_VARIATION, "Not estimable (no variation): all values lie at one place.")
    slope = float(((x - x.mean()) * (y - y.mean())).sum()) / spread
    scatter = float(((y - y.mean()) ** 2).sum()) - slope**2 * spread
    if scatter <= ROUNDING * float((y**2).sum()):
        return Verdict(Status.NOT_ESTIMABLE, "The values lie on one line: the interval is not estimable.", slope)
    half_width = float(stdtrit(n - 2, 0.975)) * sqrt(scatter / (n - 2) / spread)
    return Verdict(estimate=slope, low=slope - half_width, high=slope + half_width)
