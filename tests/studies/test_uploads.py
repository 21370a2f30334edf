import hashlib
import os
import shutil
from collections import namedtuple
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from readers.errors import Conflict, NoRoom, TooLarge
from readers.models import AuditEvent
from studies import storage, uploads
from studies.models import Centre, Upload, UploadState

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(study, people):
    return uploads.begin(study, subject="", actor=people.dora)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "IM-0001 Kanarienvogel.dcm"
    path.write_bytes(b"bytes")
    return path


@pytest.fixture
def limit(settings):
    """limit(upload_bytes=9): the limits of this server."""

    def change(**limits: int) -> None:
        settings.LIMITS = replace(settings.LIMITS, **limits)

    return change


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


def test_each_file_is_known_by_its_size_and_hash_while_it_waits(upload, file):
    uploads.receive(upload, {3: file})
    row = upload.files.get()
    assert (row.n_bytes, row.sha256, row.is_complete) == (5, hashlib.sha256(b"bytes").hexdigest(), True)


def test_an_upload_has_an_end(upload, file, limit):
    limit(upload_bytes=9)
    uploads.receive(upload, {0: file})
    with pytest.raises(TooLarge, match="One upload may hold 9"):
        uploads.receive(upload, {1: file})
    assert [path.name for path in storage.quarantine(upload.code).iterdir()] == ["0"]


def test_a_file_sent_again_is_counted_once(upload, file, limit):
    limit(upload_bytes=5, daily_bytes=5)
    uploads.receive(upload, {0: file})
    uploads.receive(upload, {0: file})
    assert upload.files.get().n_bytes == 5


def test_a_day_has_an_end_for_one_person(upload, file, limit, study, people):
    limit(daily_bytes=9)
    uploads.receive(upload, {0: file})
    uploads.finish(upload, actor=people.dora)
    second = uploads.begin(study, subject="", actor=people.dora)
    with pytest.raises(TooLarge) as refusal:
        uploads.receive(second, {0: file})
    assert refusal.value.code == "daily_limit"
    Upload.objects.filter(pk=upload.pk).update(received_at=timezone.now() - timedelta(hours=25))
    assert uploads.receive(second, {0: file}) == 1
    assert uploads.receive(uploads.begin(study, subject="", actor=people.ada), {0: file}) == 1


def test_what_was_discarded_counts_for_its_day_all_the_same(upload, file, limit, study, people):
    limit(daily_bytes=9)
    uploads.receive(upload, {0: file})
    uploads.discard(upload, actor=people.dora)
    with pytest.raises(TooLarge):
        uploads.receive(uploads.begin(study, subject="", actor=people.dora), {0: file})


def test_one_person_begins_so_many_and_is_told_which_to_finish(upload, study, people, limit):
    limit(uploads_at_once=2)
    second = uploads.begin(study, subject="", actor=people.dora)
    with pytest.raises(Conflict) as refusal:
        uploads.begin(study, subject="", actor=people.dora)
    assert f"{upload.code} and {second.code}" in refusal.value.sentence
    assert refusal.value.extras == {"uploads": [upload.code, second.code]}
    uploads.begin(study, subject="", actor=people.ada)
    uploads.discard(upload, actor=people.dora)
    uploads.begin(study, subject="", actor=people.dora)


def test_nothing_is_received_on_a_disk_that_is_nearly_full(upload, file, limit, monkeypatch):
    limit(free_space_percent=10)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1000, 900, 104))
    with pytest.raises(NoRoom):
        uploads.receive(upload, {0: file})
    file.write_bytes(b"byte")
    assert uploads.receive(upload, {0: file}) == 1


def test_a_centre_is_made_when_its_name_is_first_heard(study, people):
    first, second = (uploads.begin(study, subject="", actor=people.dora, centre="Lisbon") for _ in range(2))
    assert first.centre == second.centre == Centre.objects.get(name="Lisbon", study=study)


def test_an_upload_is_discarded_and_its_files_destroyed(upload, file, people, django_capture_on_commit_callbacks):
    uploads.receive(upload, {0: file})
    folder = storage.quarantine(upload.code)
    with django_capture_on_commit_callbacks(execute=True):
        uploads.discard(upload, actor=people.dora)
    upload.refresh_from_db()
    assert (upload.state, upload.files.get().sha256, folder.exists()) == (UploadState.REJECTED, "", False)
    assert AuditEvent.objects.filter(action="upload.discarded", actor=people.dora, object_key=upload.code).exists()


def test_a_finished_upload_is_not_discarded(upload, people):
    uploads.finish(upload, actor=people.dora)
    with pytest.raises(Conflict):
        uploads.discard(upload, actor=people.dora)


def test_an_upload_is_not_finished_while_a_file_is_lost(upload, file, people):
    """A power cut took back what had not been forced to the disk: the row knows better than to trust it."""
    uploads.receive(upload, {0: file, 1: file})
    storage.quarantine(upload.code).joinpath("1").write_bytes(b"")
    with pytest.raises(Conflict, match="Of 2 files 1 came only in part"):
        uploads.finish(upload, actor=people.dora)
    uploads.receive(upload, {1: file})
    assert uploads.finish(upload, actor=people.dora).state == UploadState.RECEIVED


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


def test_an_upload_that_goes_on_the_next_day_is_left_alone(upload, file):
    Upload.objects.update(received_at=timezone.now() - timedelta(hours=30))
    uploads.receive(upload, {0: file})
    uploads.tidy(now=timezone.now())
    assert Upload.objects.get().state == UploadState.RECEIVING


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


def test_an_upload_that_is_finished_in_the_very_moment_is_not_given_up(study, people):
    stale = uploads.begin(study, subject="", actor=people.dora)
    uploads.finish(Upload.objects.get(), actor=people.dora)
    uploads.abandon(stale, now=timezone.now())
    assert Upload.objects.get().state == UploadState.RECEIVED


def test_what_a_machine_sent_only_in_part_is_written_off_and_the_rest_goes_on(study, people, tmp_path):
    upload = uploads.begin(study, subject="", actor=people.dora)
    for number in range(3):
        (tmp_path / str(number)).write_bytes(b"an image")
    uploads.receive(upload, {number: tmp_path / str(number) for number in range(3)})
    storage.quarantine(upload.code).joinpath("1").write_bytes(b"an im")
    uploads.write_off(upload)
    uploads.finish(upload, actor=people.dora)
    assert list(upload.files.order_by("number").values_list("reason", flat=True)) == ["", "lost", ""]
