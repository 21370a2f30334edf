"""How an export grows with its study: time and memory of a whole bundle at 1,000 and at 10,000 synthetic cases.

Each bundle is written by a process of its own from cases that are made up one by one: no image, no database. What is
compared is ten times the cases: time should grow ten times, memory far less.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import Unavailable

SIZES = (1_000, 10_000)
KINDS = ("tables", "dicom", "agreement")
WRITE = """
import json, resource, sys, time
from pathlib import Path
from scoring.bundle import writing
from scoring.bundle.agreement import Agreement
from scoring.bundle.checksums import Manifest
from scoring.bundle.key_objects import KeyObjects
from scoring.bundle.reports import Reports
from tests.scoring import made_up_dossier as made_up

def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

kind, n_cases, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
apart = (Reports, KeyObjects, Agreement)
chosen = {
    "tables": [one for one in writing.writers() if not isinstance(one, apart)],
    "dicom": [Reports(), KeyObjects(), Manifest()],
    "agreement": [Agreement()],
}[kind]
before, begin = peak_mb(), time.process_time()
writing.write(folder, made_up.header(n_cases), made_up.cases(n_cases), chosen=chosen)
n_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
print(json.dumps({
    "seconds": time.process_time() - begin, "before_mb": before, "peak_mb": peak_mb(), "written_mb": n_bytes / 2**20,
}))
"""


def main() -> None:
    if sys.platform == "win32":
        raise Unavailable("export: the peak of memory is asked of a Unix system")
    print("export: two readings and a consensus of 25 items a case; seconds are of the processor")
    print("  written        cases   seconds   files MB   before MB   peak MB   grown MB")
    for kind in KINDS:
        small, large = (measured(kind, n_cases) for n_cases in SIZES)
        grown = [one["peak_mb"] - one["before_mb"] for one in (small, large)]
        a_case = (grown[1] - grown[0]) * 2**20 / (SIZES[1] - SIZES[0])
        print(
            f"  {kind:9} x {SIZES[1] // SIZES[0]} cases: {large['seconds'] / small['seconds']:.1f} x the time, "
            f"{large['peak_mb'] / small['peak_mb']:.2f} x the memory; {a_case:,.0f} bytes a case are held"
        )


def measured(kind: str, n_cases: int) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-c", WRITE, kind, str(n_cases), folder]
        said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    one = json.loads(said.stdout)
    print(
        f"  {kind:9}{n_cases:12,}{one['seconds']:10.1f}{one['written_mb']:11.1f}{one['before_mb']:12.0f}"
        f"{one['peak_mb']:10.0f}{one['peak_mb'] - one['before_mb']:11.0f}"
    )
    return one
