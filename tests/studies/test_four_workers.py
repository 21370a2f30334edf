"""One Celery process and four keep the very same bytes and codes: nothing depends on who opened which file, or when."""

import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from studies import intake
from studies.dicom import quiet
from studies.models import (
    Case,
    Exam,
    ExamFacts,
    Instance,
    Series,
    Study,
    Subject,
    Upload,
    UploadedFile,
)
from tests import canaries, real, stack
from tests.stack import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = ("series__exam__subject__key", "series__exam__uid", "series__uid", "series__frame")
WHAT = ("pixels_sha256", "object_sha256", "offset", "plane_bytes", "distance_mm", "slope", "low", "high")
FACTS = ("exam__uid", "age_years", "sex", "shifted_day", "vendor", "field_strength_t")
FOLDERS = (
    "hitachi-lspine-stir-t1-t2",
    "siemens-one-image-nine-encodings",
    "siemens-xa30-enhanced-head-t1",
    "multivendor-headers",
)


def planted() -> list[bytes]:
    with quiet():
        return [content for vendor in canaries.VENDORS for content in canaries.files(vendor).values()]


def of_scanners() -> list[bytes]:
    paths = [path for name in FOLDERS for path in sorted(real.folder(name).rglob("*"))]
    return [path.read_bytes() for path in paths if path.is_file() and path.suffix != ".md"]


@pytest.fixture
def with_workers(data_folder, tmp_path, monkeypatch):
    """with_workers(n): a real worker of n processes imports whatever waits, found by its sweep, and is gone."""
    monkeypatch.setattr("celery.current_app.send_task", lambda *_: None)
    surroundings = {**stack.environment(data_folder), "DENS_SWEEP_SECONDS": "0.5"}

    def work(n: int) -> None:
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", str(n), "--loglevel", "ERROR"]
        command += ["--beat", "--schedule", str(tmp_path / f"beat-{n}")]
        worker = subprocess.Popen(command, cwd=stack.ROOT, env=surroundings, stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: not Upload.objects.filter(finished_at=None).exists(), seconds=120)
        finally:
            worker.terminate()
            worker.wait(timeout=90)  # as in tests/stack.py

    return work


def kept(study: Study, data_folder) -> dict[str, object]:
    """Every code, number and place that intake gave, and every byte it stored."""
    intake.prune(now=timezone.now() + timedelta(hours=2))
    instances = Instance.objects.filter(series__exam__case__study=study)
    return {
        "instances": sorted(instances.values_list("uid", *PLACE, *WHAT)),
        "facts": sorted(map(str, ExamFacts.objects.values_list(*FACTS))),
        "files": {path.name: path.read_bytes() for path in (data_folder / "images").iterdir()},
    }


def forget(data_folder) -> None:
    """As if nothing had ever been imported; the study and its key stay."""
    for model in (Instance, Series, UploadedFile, Upload, ExamFacts, Case, Exam, Subject):
        model.objects.all().delete()
    shutil.rmtree(data_folder / "images")


@pytest.mark.parametrize("source", [planted, of_scanners])
def test_one_worker_and_four_keep_the_same_bytes(study, people, received, data_folder, with_workers, source):
    files = source()
    received(study, people.dora, files)
    with_workers(1)
    by_one = kept(study, data_folder)
    assert len(by_one["instances"]) >= 40

    forget(data_folder)
    for start in range(4):
        received(study, people.dora, files[start::4])
    with_workers(4)
    assert kept(study, data_folder) == by_one
