"""How often each 95 % interval holds the true value, where that is known because the readings were made up.

An interval does what it says if its coverage is 0.95 within about two Monte Carlo errors. Samples without an interval
are counted beside it and not as misses: an answer that says it has none is no wrong answer.
"""

from collections.abc import Callable, Iterator
from functools import partial
from math import sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoring.agreement import CrossTable, Model, categorical, cohen_kappa, intraclass_correlation, moments
from scoring.agreement.bland_altman import LimitInterval, bland_altman
from scoring.agreement.bootstrap import Bootstrap, Interval, bootstrap_intervals
from scoring.agreement.gwet import gwet_ac
from scoring.agreement.mixed import crossed_random
from scoring.agreement.percent import percent_agreement
from scoring.agreement.pooling import tables_of
from scoring.agreement.result import Agreement
from scoring.agreement.weights import Weights, agreement_weights

RUNS, RUNS_OF_BOOTSTRAP, RUNS_OF_MODELS = 5_000, 2_000, 200
Array = npt.NDArray[np.float64]
Random = np.random.Generator
Answer = Agreement | Bootstrap

CASE, READER, ERROR = 0.75, 0.05, 0.20  # variances: ICC(1,1) and ICC(2,1) are 0.75, ICC(3,1) is 0.75 / 0.95
LIMIT = 1.96 * sqrt(2 * ERROR)  # the upper limit of agreement of two readers without bias
N_SITES = 19
PREVALENCE = (0.4, 3.6)  # of oedema at the sites of a patient: beta, mean 0.1, most patients with little
SENSITIVITY, SPECIFICITY = (0.95, 0.65), 0.98  # of a reader: on images of good or of poor quality, half of each
TWO_BY_TWO = {
    "both see half": [[0.40, 0.10], [0.10, 0.40]],
    "both see a tenth": [[0.87, 0.03], [0.03, 0.07]],
}
GRADES = [[0.50, 0.06, 0.01, 0.00], [0.06, 0.12, 0.03, 0.01], [0.01, 0.03, 0.07, 0.02], [0.00, 0.01, 0.02, 0.05]]


class Case(NamedTuple):
    """An interval, the readings it is put to, and the number it should hold."""

    interval: str
    design: str
    n: int
    truth: float
    sample: Callable[[Random], Answer]
    runs: int = RUNS


class Held(NamedTuple):
    """Of so many samples, how many had an interval and how many of these held the true value."""

    runs: int
    given: int
    held: int

    @property
    def coverage(self) -> float:
        return self.held / self.given if self.given else 0.0

    @property
    def error(self) -> float:
        return sqrt(self.coverage * (1 - self.coverage) / self.given) if self.given else 0.0


def main() -> None:
    print(f"{'interval':36}{'design':30}{'n':>7}{'true':>8}{'coverage':>10}{'MC error':>10}{'runs':>7}{'without':>9}")
    for place, case in enumerate(cases()):
        held = simulated(case, np.random.default_rng([57, place]))
        print(
            f"{case.interval:36}{case.design:30}{case.n:7}{case.truth:8.3f}{held.coverage:10.3f}{held.error:10.4f}"
            f"{held.runs:7,}{held.runs - held.given:9,}"
        )


def simulated(case: Case, random: Random) -> Held:
    answers = [case.sample(random) for _ in range(case.runs)]
    bounds = [(answer.low, answer.high) for answer in answers if answer.low is not None and answer.high is not None]
    return Held(case.runs, len(bounds), sum(low <= case.truth <= high for low, high in bounds))


def cases() -> Iterator[Case]:
    yield from proportions()
    yield from tables()
    yield from correlations()
    yield from limits()
    yield from clusters()
    yield from pools()


def proportions() -> Iterator[Case]:
    for n, share in ((20, 0.95), (40, 0.9), (40, 0.7)):
        cells = np.diag([share / 2, share / 2]) + np.fliplr(np.diag([(1 - share) / 2] * 2))
        sample = partial(of_table, percent_agreement, cells, n)
        yield Case("Wilson", "percent agreement", n, share, sample)


def tables() -> Iterator[Case]:
    for n in (40, 100):
        for design, cells in TWO_BY_TWO.items():
            truth = float(categorical.cohen_kappa(np.array(cells)))
            yield Case("kappa, Fleiss-Cohen-Everitt", design, n, truth, partial(of_table, cohen_kappa, cells, n))
            truth = float(categorical.gwet_ac(np.array(cells)))
            yield Case("AC1, Gwet, t (n - 1)", design, n, truth, partial(of_table, gwet_ac, cells, n))
        truth = float(categorical.cohen_kappa(np.array(GRADES), agreement_weights(Weights.LINEAR, 4)))
        linear = partial(cohen_kappa, weights=Weights.LINEAR)
        yield Case("linear kappa, FCE", "grades 0 to 3", n, truth, partial(of_table, linear, GRADES, n))


def of_table(statistic: Callable[[CrossTable], Agreement], cells: npt.ArrayLike, n: int, random: Random) -> Agreement:
    shares = np.asarray(cells)
    return statistic(CrossTable.of(random.multinomial(n, shares.ravel()).reshape(shares.shape)))


def correlations() -> Iterator[Case]:
    for n in (20, 40):
        for model, truth in (
            (Model.ONE_WAY, CASE),
            (Model.TWO_WAY_RANDOM, CASE),
            (Model.TWO_WAY_MIXED, CASE / (CASE + ERROR)),
        ):
            yield Case(f"{model}, F", "normal effects, 2 readers", n, truth, partial(of_icc, model, n))
        for k in (5, 10):
            of_readers = partial(of_icc, Model.TWO_WAY_RANDOM, n, k=k)
            yield Case("ICC(2,1), F", f"normal effects, {k} readers", n, CASE, of_readers)
        yield Case("ICC(1,1), F", "skewed totals", n, CASE, partial(of_skewed, n))
        for interval in Interval:
            sample = partial(resampled_skewed, n, interval)
            yield Case(f"ICC(1,1), bootstrap, {interval}", "skewed totals", n, CASE, sample, RUNS_OF_BOOTSTRAP)


def of_icc(model: Model, n: int, random: Random, *, k: int = 2) -> Agreement:
    readers = random.normal(0, sqrt(READER), (n if model is Model.ONE_WAY else 1, k))
    return intraclass_correlation(normal(n, random, k=k) + readers, model=model)


def normal(n: int, random: Random, *, k: int = 2) -> Array:
    """Cases and errors of readers who do not differ on average."""
    return random.normal(0, sqrt(CASE), (n, 1)) + random.normal(0, sqrt(ERROR), (n, k))


def skewed(n: int, random: Random) -> Array:
    """Totals as they are: most low, some high, and readers who differ more on the high ones."""
    severity = random.exponential(1, (n, 1))
    return severity + np.sqrt(severity) * random.normal(0, sqrt(1 / CASE - 1), (n, 2))


def of_skewed(n: int, random: Random) -> Agreement:
    return intraclass_correlation(skewed(n, random), model=Model.ONE_WAY)


def resampled_skewed(n: int, interval: Interval, random: Random) -> Bootstrap:
    per_patient = moments.terms_of(*skewed(n, random).T)
    return bootstrap_intervals(per_patient, {"icc": moments.icc}, interval=interval, seed=seed(random))["icc"]


def limits() -> Iterator[Case]:
    for n in (10, 20, 50):
        for name, interval in (("1999", LimitInterval.APPROXIMATE), ("exact", LimitInterval.EXACT)):
            yield Case(f"limit of agreement, {name}", "normal differences", n, LIMIT, partial(of_limit, n, interval))


def of_limit(n: int, interval: LimitInterval, random: Random) -> Agreement:
    return bland_altman(normal(n, random), interval=interval).upper


def clusters() -> Iterator[Case]:
    """Kappa of all sites pooled, which is what resampling patients is for; beside it what comes of not doing so."""
    design, truth = f"{N_SITES} sites a patient", float(categorical.cohen_kappa(expected_cells()))
    for n in (10, 20, 40, 100):
        yield Case("pooled kappa, FCE (not clustered)", design, n, truth, partial(of_sites, n))
        for interval in Interval:
            sample = partial(resampled_sites, n, interval)
            yield Case(f"pooled kappa, bootstrap, {interval}", design, n, truth, sample, RUNS_OF_BOOTSTRAP)


def expected_cells() -> Array:
    """The shares of the four cells over all patients: readers err independently, on images of one quality."""
    present = PREVALENCE[0] / sum(PREVALENCE)
    seen, unseen = (np.array([[1 - s, s] for s in rates]) for rates in (SENSITIVITY, (1 - SPECIFICITY,) * 2))
    both = present * np.einsum("qi,qj->ij", seen, seen) + (1 - present) * np.einsum("qi,qj->ij", unseen, unseen)
    return both / 2


def sites(n: int, random: Random) -> npt.NDArray[np.int64]:
    """The (2, 2) table of each patient over their sites."""
    present = random.random((n, N_SITES)) < random.beta(*PREVALENCE, (n, 1))
    sensitivity = random.choice(SENSITIVITY, (n, 1))
    chance = np.where(present, sensitivity, 1 - SPECIFICITY)
    first, second = (random.random((2, n, N_SITES)) < chance).astype(np.int8)
    return tables_of(first, second, 2).of_cases


def of_sites(n: int, random: Random) -> Agreement:
    return cohen_kappa(CrossTable.of(sites(n, random).sum(axis=0)))


def resampled_sites(n: int, interval: Interval, random: Random) -> Bootstrap:
    kernels = {"kappa": categorical.cohen_kappa}
    return bootstrap_intervals(sites(n, random), kernels, interval=interval, seed=seed(random))["kappa"]


def pools() -> Iterator[Case]:
    for n, n_readers in ((40, 4), (100, 8)):
        design = f"2 of {n_readers} readers a case"
        sample = partial(of_pool, n, n_readers)
        yield Case("ICC, crossed mixed model", design, n, CASE, sample, RUNS_OF_MODELS)


def of_pool(n: int, n_readers: int, random: Random) -> Agreement:
    readers = random.normal(0, sqrt(READER), n_readers)
    drawn = np.array([random.permutation(n_readers)[:2] for _ in range(n)])
    values = normal(n, random) + readers[drawn]
    return crossed_random((case, int(drawn[case, at]), float(values[case, at])) for case, at in np.ndindex(n, 2)).icc


def seed(random: Random) -> int:
    return int(random.integers(1 << 32))


if __name__ == "__main__":
    main()
