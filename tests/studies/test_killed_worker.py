"""A real Celery worker is killed with SIGKILL in the middle of an import; the next one finishes it, from the rows."""

import os
import signal
import subprocess
import sys

import pytest
import redis
from django.utils import timezone

from readers.models import AuditEvent
from studies import storage
from studies.models import Case, CaseState, Instance, Upload, UploadState, Verdict
from tests import dicom, stack
from tests.stack import wait_until

FILES = 120  # of each kind: enough for a few seconds of work


@pytest.fixture
def surroundings(data_folder):
    """The environment of a worker: the test's database, an empty broker, a sweep twice a second."""
    return {**stack.environment(data_folder), "DENS_SWEEP_SECONDS": "0.5"}


@pytest.fixture
def start_worker(surroundings, tmp_path):
    """start_worker(): a worker with its beat, as `./dens up` starts them."""
    started: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        schedule = tmp_path / f"beat-{len(started)}"
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--beat", "--schedule", str(schedule)]
        command += ["--concurrency", "1", "--loglevel", "warning"]
        worker = subprocess.Popen(command, cwd=stack.ROOT, env=surroundings, start_new_session=True)
        started.append(worker)
        return worker

    yield start
    for worker in started:
        kill(worker)


def kill(worker: subprocess.Popen) -> None:
    """The worker with its beat and its child, all at once, as when the machine loses power."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def judged(upload: Upload) -> int:
    return upload.files.exclude(verdict=Verdict.PENDING).count()


@pytest.mark.django_db(transaction=True)
def test_the_next_worker_finishes_what_a_killed_one_began(
    study, people, received, surroundings, start_worker, monkeypatch
):
    monkeypatch.setattr("celery.current_app.send_task", lambda *_: None)  # nobody is told: the row is the message
    packed = dicom.zipped(dicom.stack(role="STIR", series=1, n=FILES))
    loose = dicom.stack(role="T1", series=2, n=FILES)
    upload = received(study, people.dora, [packed, *loose.values()])

    first = start_worker()
    wait_until(lambda: judged(upload) >= 10, seconds=60)
    kill(first)
    before = dict(upload.files.exclude(verdict=Verdict.PENDING).values_list("pk", "tries"))
    assert 10 <= len(before) < 2 * FILES, "it was killed in the middle"
    assert Upload.objects.get().state == UploadState.IMPORTING
    assert list(storage.quarantine(upload.code).iterdir()), "the originals are still needed"

    redis.Redis.from_url(surroundings["REDIS_URL"]).flushdb()  # what the dead worker had not acknowledged is gone, too
    Upload.objects.update(lease_until=timezone.now())  # time passes: nobody renews the lease any more
    start_worker()
    wait_until(lambda: Upload.objects.get().state == UploadState.IMPORTED, seconds=90)

    done = Upload.objects.get()
    assert done.attempt == 2
    assert set(done.files.values_list("verdict", flat=True)) == {Verdict.IMPORTED}
    assert dict(done.files.filter(pk__in=before).values_list("pk", "tries")) == before, "nothing was judged twice"
    assert Instance.objects.count() == 2 * FILES
    assert Case.objects.get().state == CaseState.TO_CHECK
    assert storage.quarantined() == []
    assert AuditEvent.objects.filter(action="upload.imported").count() == 1
