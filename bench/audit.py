"""What it costs that every audit event is a link of one chain: audited changes with the link, and without it.

A transaction of one look-up and one event, as small as any of Dens: a real change does more beside it. Alone, and by
eight at once, for whom the chain is one queue.
"""

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import room

SECONDS, RUNS = 4, 3


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="dens-bench-") as folder, room.opened(Path(folder)):
        study = room.open_study()
        results = {threads: compared(study, threads) for threads in (1, 8)}
        tell(results)
        verified()


def compared(study, threads: int) -> dict[str, float]:
    """Changes a second, best of the runs, in turn with the link and without."""
    found: dict[str, list[float]] = {"without": [], "with": []}
    for _ in range(RUNS):
        for name in found:
            switch("ENABLE" if name == "with" else "DISABLE")
            found[name].append(rate(lambda: change(study), threads))
    switch("ENABLE")
    return {name: max(rates) for name, rates in found.items()}


def switch(state: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE readers_auditevent {state} TRIGGER linked")


def change(study) -> None:
    """The least that a recorded change is."""
    from django.db import transaction

    from readers import audit

    with transaction.atomic():
        type(study).objects.filter(pk=study.pk).exists()
        after = {"item": "VB_C4", "grade": 2, "not_assessable": ""}
        audit.record("bench.saved", study, actor=study.opened_by, study=study, before=None, after=after)


def rate(act: Callable[[], None], threads: int) -> float:
    end = time.perf_counter() + SECONDS

    def many() -> int:
        from django.db import connection

        done = 0
        while time.perf_counter() < end:
            act()
            done += 1
        connection.close()
        return done

    with ThreadPoolExecutor(threads) as pool:
        return sum(one.result() for one in [pool.submit(many) for _ in range(threads)]) / SECONDS


def verified() -> None:
    """How fast the chain is verified; what was written without a link is linked first."""
    from django.db import connection

    from readers import verifying

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dens_audit_link(e) FROM (SELECT e FROM readers_auditevent AS e"
            " LEFT JOIN readers_auditlink ON event_id = id WHERE event_id IS NULL ORDER BY id) AS ordered(e)"
        )
    start = time.perf_counter()
    report = verifying.verify()
    took = time.perf_counter() - start
    print(f"  verified: {report.head.count} events, {report.head.count / took:,.0f} a second, {report.outcome.name}")


def tell(results: dict[int, dict[str, float]]) -> None:
    print(f"audit: events a second, best of {RUNS}")
    for threads, rates in results.items():
        without, chained = rates["without"], rates["with"]
        print(f"  {threads} at once: {without:5.0f} without the chain, {chained:5.0f} with   {chained / without:.2f}")
