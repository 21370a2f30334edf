"""What the sweep asks four times a minute: whose agreement is outdated, as a study and the reports on it grow.

Beside it the least that anybody could ask: how many rows there are of what it looks at. Neither may grow with the
product of cases and reports.
"""

import tempfile
import time
from pathlib import Path

from bench import best, room

SIZES = ((100, 100), (1_000, 100), (1_000, 1_000))  # cases, reports
RUNS = 5


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="dens-bench-") as folder, room.opened(Path(folder)):
        print(f"sweep: milliseconds to ask, best of {RUNS}")
        print("  cases  reports  outdated  counted  ratio")
        for n_cases, n_reports in SIZES:
            outdated, counted = asked(n_cases, n_reports)
            print(f"  {n_cases:5,}  {n_reports:7,}  {outdated:8.1f}  {counted:7.1f}  {outdated / counted:5.1f}")


def asked(n_cases: int, n_reports: int) -> tuple[float, float]:
    """Of a study that is gone again afterwards."""
    from django.db import connection, transaction

    from scoring import reliability
    from scoring.models import Consensus, Reading, ReliabilityReport

    rows = (Consensus.objects, Reading.objects, ReliabilityReport.objects)
    with transaction.atomic():
        fill(n_cases, n_reports)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        assert not reliability.outdated().exists()
        outdated = best(lambda: list(reliability.outdated()), RUNS, clock=time.perf_counter)
        counted = best(lambda: [kind.count() for kind in rows], RUNS, clock=time.perf_counter)
        transaction.set_rollback(True)
    return 1000 * outdated, 1000 * counted


def fill(n_cases: int, n_reports: int) -> None:
    """Cases that were compared, two readings of each, and the reports that were computed meanwhile."""
    from django.utils import timezone

    from scoring import allocation, charter, report
    from scoring.models import Consensus, ReliabilityReport
    from tests import cast, scene

    people = cast.invite()
    study = cast.open_study(people)
    scene.more_of(scene.make_case(study, "S-000"), times=n_cases - 1)
    allocation.allot(study, actor=people.dora)
    rules, now = charter.in_force(study), timezone.now()
    Consensus.objects.bulk_create(
        Consensus(case=case, charter=rules, state="settled", compared_at=now, settled_at=now)
        for case in study.cases.all()
    )
    content = {"version": report.VERSION, "items": [f"{number} of many" for number in range(10_000)]}
    ReliabilityReport.objects.bulk_create(
        ReliabilityReport(
            study=study, computed_at=timezone.now(), input_sha256=f"{number:064}", n_cases=1, content=content
        )
        for number in range(n_reports)
    )
