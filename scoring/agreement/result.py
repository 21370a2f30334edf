"""What every statistic returns: a number with its interval, or the reason why there is none."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Self

from scipy.special import ndtri

Z_95 = float(ndtri(0.975))  # two-sided 95 %; 1.96 to the last digit
MIN_PAIRS = 3  # below this only counts are shown: no interval, and no chance-corrected number


class Status(StrEnum):
    """Why a number or its interval is there or not."""

    OK = "ok"
    NO_VARIATION = "no_variation"
    ONE_READER_CONSTANT = "one_reader_constant"
    TOO_FEW = "too_few"
    NOT_ESTIMABLE = "not_estimable"


class Verdict(NamedTuple):
    """The part of an answer that the data decide: a number, an interval, or why something is missing."""

    status: Status = Status.OK
    sentence: str = ""
    estimate: float | None = None
    low: float | None = None
    high: float | None = None

    def noting(self, n_excluded: int, why: str) -> Self:
        """The same verdict, its sentence also telling how many pairs were left out and why."""
        pairs = f"{n_excluded} pair{'' if n_excluded == 1 else 's'} left out: {why}."
        return self._replace(sentence=f"{self.sentence} {pairs}".strip()) if n_excluded else self


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One statistic as it is shown, stored and exported.

    estimate, low, high   finite or None; None always comes with a status and a sentence
    method                which model and which interval, in words a methods section can use
    n, n_excluded         pairs used, and pairs left out because a reader gave no usable value
    counts                the whole numbers behind the estimate
    Raises                ValueError if a number is NaN or infinite, or missing while all is said to be well
    """

    name: str
    method: str
    n: int
    n_excluded: int = 0
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    status: Status = Status.OK
    sentence: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        numbers = (self.estimate, self.low, self.high)
        if any(number is not None and not math.isfinite(number) for number in numbers):
            raise ValueError(f"{self.name}: {numbers} must not leave as a number")
        if None in numbers and (self.status is Status.OK or not self.sentence):
            raise ValueError(f"{self.name}: a missing number needs a status and a sentence")

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "estimate": self.estimate,
            "low": self.low,
            "high": self.high,
            "method": self.method,
            "n": self.n,
            "n_excluded": self.n_excluded,
            "status": self.status.value,
            "sentence": self.sentence,
            "counts": dict(self.counts),
        }


def too_few(n: int, *, estimate: float | None = None) -> Verdict:
    usable = f"{n} usable pair{'' if n == 1 else 's'}"
    return Verdict(Status.TOO_FEW, f"Only counts are shown: {usable}, at least {MIN_PAIRS} are needed.", estimate)
