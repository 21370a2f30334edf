"""Two workers at the same moment, on one upload and on two uploads of the same images: the work is done once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from readers.models import AuditEvent
from studies import intake
from studies.models import Case, CaseState, Exam, Instance, Series, Subject, Upload, UploadState, Verdict
from tests import dicom

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr("celery.current_app.send_task", lambda *_: None)


def at_the_same_time(*uploads: Upload) -> None:
    """Each in a thread with a database connection of its own, started together."""
    start = Barrier(len(uploads))

    def work(pk: int) -> None:
        try:
            start.wait()
            intake.import_upload(pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(uploads)) as threads:
        for done in [threads.submit(work, upload.pk) for upload in uploads]:
            done.result()


def test_one_upload_is_imported_once(study, people, received):
    upload = received(study, people.dora, dicom.exam().values())
    at_the_same_time(upload, upload)
    done = Upload.objects.get()
    assert (done.attempt, done.state) == (1, UploadState.IMPORTED)
    assert set(done.files.values_list("tries", "verdict")) == {(1, Verdict.IMPORTED)}
    assert AuditEvent.objects.filter(action="upload.imported").count() == 1


def test_the_same_images_in_two_uploads_are_kept_once(study, people, received):
    files = dicom.exam(n=8).values()
    uploads = [received(study, people.dora, files) for _ in range(2)]
    at_the_same_time(*uploads)
    verdicts = [verdict for upload in uploads for verdict in upload.files.values_list("verdict", flat=True)]
    assert sorted(verdicts) == [Verdict.DUPLICATE] * 16 + [Verdict.IMPORTED] * 16
    assert (Subject.objects.count(), Exam.objects.count(), Series.objects.count()) == (1, 1, 2)
    assert Instance.objects.count() == 16
    assert Case.objects.get().state == CaseState.TO_CHECK
    assert {upload.state for upload in Upload.objects.all()} == {UploadState.IMPORTED}
