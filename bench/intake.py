"""How many images a second are taken in, against what nobody can undercut: copying them, and pydicom's read and save.

One and two Celery workers, with the broker, the database and the disk they really use: from the moment an upload is
finished until the last one is imported. The data lie in a database and a folder of their own, gone afterwards.
"""

import hashlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench import material, room

RUNS = 3


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="dens-bench-") as folder, room.opened(Path(folder)):
        files = material.write(made(Path(folder) / "in"))
        print(f"intake: {len(files)} images, {sum(file.stat().st_size for file in files) / 1e6:.0f} MB, best of {RUNS}")
        results = [measure(Path(folder) / f"run-{run}", files) for run in range(RUNS)]
    tell({name: [result[name] for result in results] for name in results[0]})


def measure(folder: Path, files: list[Path]) -> dict[str, float]:
    """Images a second, by what was done."""
    return {
        "copy + SHA-256": rate(lambda: plainly(copy_one, files, made(folder / "copies")), files),
        "pydicom read + save, 1 process": rate(lambda: plainly(save_one, files, made(folder / "saved")), files),
        "pydicom read + save, 2 processes": rate(lambda: by_two(save_one, files, made(folder / "saved 2")), files),
        "Dens, 1 worker": dens(files, workers=1),
        "Dens, 2 workers": dens(files, workers=2),
    }


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def rate(work: Callable[[], None], files: list[Path]) -> float:
    start = time.perf_counter()
    work()
    return len(files) / (time.perf_counter() - start)


Step = Callable[[Path, Path], None]


def copy_one(file: Path, folder: Path) -> None:
    hashlib.sha256(file.read_bytes()).hexdigest()
    shutil.copyfile(file, folder / file.name)


def save_one(file: Path, folder: Path) -> None:
    from pydicom import dcmread

    dcmread(file).save_as(folder / file.name)


def plainly(step: Step, files: list[Path], folder: Path) -> None:
    for file in files:
        step(file, folder)


def by_two(step: Step, files: list[Path], folder: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        for done in [pool.submit(plainly, step, half, folder) for half in (files[::2], files[1::2])]:
            done.result()


def dens(files: list[Path], *, workers: int) -> float:
    """Two uploads of two patients each, so that two workers have something to share."""
    half = len(files) // 2
    with room.worker(concurrency=workers):
        study = room.open_study()
        room.import_all([room.received(study, [file]) for file in (files[0], files[half])])  # now it is awake
        pks = [room.received(study, part) for part in (files[1:half], files[half + 1 :])]
        took = room.import_all(pks)
        room.check(pks)
    return (len(files) - 2) / took


def tell(results: dict[str, list[float]]) -> None:
    best = {name: max(rates) for name, rates in results.items()}
    for name, rates in results.items():
        print(f"  {name:34} {best[name]:7.0f} images/s   (median {statistics.median(rates):.0f})")
    one, two = best["Dens, 1 worker"], best["Dens, 2 workers"]
    print(f"  1 worker against pydicom read + save   {one / best['pydicom read + save, 1 process']:.2f}   (aim 0.6)")
    print(f"  2 workers against 1 worker             {two / one:.2f}   (aim 1.7)")
    print(f"  1 worker against copy + SHA-256        {one / best['copy + SHA-256']:.2f}")
