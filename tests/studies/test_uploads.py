import os
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from readers.errors import Conflict, TooLarge
from readers.models import AuditEvent
from studies import storage, uploads
from studies.models import Upload, UploadState

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(study, people):
    return uploads.begin(study, subject="", actor=people.dora)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "IM-0001 Kanarienvogel.dcm"
    path.write_bytes(b"bytes")
    return path


def test_files_wait_in_the_quarantine_under_their_number(upload, file):
    assert uploads.receive(upload, {3: file}) == 1
    assert [path.name for path in storage.quarantine(upload.code).iterdir()] == ["3"]
    assert upload.files.get().number == 3


def test_a_file_sent_again_replaces_itself(upload, file):
    uploads.receive(upload, {3: file})
    file.write_bytes(b"whole now")
    uploads.receive(upload, {3: file})
    assert upload.files.count() == 1
    assert storage.quarantine(upload.code).joinpath("3").read_bytes() == b"whole now"


def test_nothing_is_added_to_a_finished_upload(upload, file, people):
    uploads.finish(upload, actor=people.dora)
    with pytest.raises(Conflict):
        uploads.receive(upload, {0: file})


def test_an_upload_is_finished_once(upload, people):
    uploads.finish(upload, actor=people.dora)
    with pytest.raises(Conflict):
        uploads.finish(upload, actor=people.dora)


def test_an_upload_has_an_end(upload, file, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_UPLOAD_BYTES", 4)
    with pytest.raises(TooLarge):
        uploads.receive(upload, {0: file})


@pytest.mark.parametrize("names", [[], ["scan.dcm"], ["-1"], ["1", "x"], ["1234567"]])
def test_parts_must_be_named_by_number(names):
    with pytest.raises(ValidationError):
        uploads.numbered(dict.fromkeys(names))


def test_an_upload_never_finished_is_given_up_after_a_day(upload, file):
    uploads.receive(upload, {0: file})
    folder = storage.quarantine(upload.code)
    tomorrow = timezone.now() + timedelta(hours=25)
    uploads.tidy(now=tomorrow)
    assert Upload.objects.get().state == UploadState.REJECTED
    assert not folder.exists()
    assert AuditEvent.objects.filter(action="upload.abandoned", object_key=upload.code).exists()


def test_an_upload_still_being_sent_is_left_alone(upload, file):
    uploads.receive(upload, {0: file})
    uploads.tidy(now=timezone.now() + timedelta(hours=23))
    assert storage.quarantine(upload.code).joinpath("0").exists()


def test_an_upload_that_waits_for_a_worker_is_left_alone(upload, file, people):
    uploads.receive(upload, {0: file})
    uploads.finish(upload, actor=people.dora)
    uploads.tidy(now=timezone.now() + timedelta(days=9))
    assert storage.quarantine(upload.code).joinpath("0").exists()


def test_what_a_cut_off_request_left_is_destroyed_after_a_day(data_folder):
    left = data_folder / "quarantine" / "tmpx.upload"
    left.write_bytes(b"half a file")
    uploads.tidy(now=timezone.now() + timedelta(hours=23))
    assert left.exists()
    os.utime(left, (0, 0))
    uploads.tidy(now=timezone.now())
    assert not left.exists()
