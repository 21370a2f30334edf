"""How long a plan takes, against drawing an own order for each reader, without which there would be no plan at all."""

import statistics
import time
from collections.abc import Callable
from functools import partial

from scoring.plan import CaseIn, Inputs, ReaderIn, Rules, draw, plan

RUNS = 5
STUDIES = (  # cases, readers, strata, centres
    (100, 4, 2, 4),
    (1_000, 10, 5, 10),
    (1_000, 100, 5, 20),
    (10_000, 10, 5, 10),
    (10_000, 100, 1, 1),
    (10_000, 100, 5, 20),
    (10_000, 100, 20, 50),
)


def main() -> None:
    print(f"allocation plan: two visits a subject 10 apart, 10 % repeats, own centre barred; median of {RUNS}")
    print("    cases  readers  strata  centres   readings   plan s   orders alone s   ratio")
    for n_cases, n_readers, n_strata, n_centres in STUDIES:
        given = study(n_cases, n_readers, n_strata, n_centres)
        alone = seconds(partial(orders_alone, given))
        planned = seconds(partial(plan, given, seed="bench"))
        readings = len(plan(given, seed="bench"))
        print(
            f"{n_cases:9,}{n_readers:9}{n_strata:8}{n_centres:9}{readings:11,}"
            f"{planned:9.3f}{alone:17.3f}{planned / alone:8.1f}"
        )


def study(n_cases: int, n_readers: int, n_strata: int, n_centres: int) -> Inputs:
    """Readers come from the centres in turn; of one centre alone, nobody is barred."""
    own = [tuple(f"reader{n}" for n in range(n_readers) if n % n_centres == centre) for centre in range(n_centres)]
    cases = tuple(
        CaseIn(f"case{n}", f"stratum{n % n_strata}", f"subject{n // 2}", own[n // 2 % n_centres] if own[1:] else ())
        for n in range(n_cases)
    )
    readers = tuple(ReaderIn(f"reader{n}") for n in range(n_readers))
    return Inputs(cases, readers, rules=Rules(subject_gap=10, repeat_percent=10, repeat_gap=20))


def orders_alone(given: Inputs) -> None:
    """The least that any plan does: each reading of each case drawn and sorted."""
    for place in range(given.rules.readers_per_case):
        sorted(given.cases, key=lambda case: draw("bench", "order", str(place), case.code))


def seconds(work: Callable[[], object]) -> float:
    return statistics.median(timed(work) for _ in range(RUNS))


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
