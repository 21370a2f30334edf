"""The receiver as the process it is: started, sent to, told to stop."""

import io
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from pydicom import dcmread
from pynetdicom import AE
from pynetdicom.sop_class import MRImageStorage

from config import environment
from studies import storage
from studies.models import Upload, UploadState
from studies.receiver import Receiver
from tests import dicom, stack
from tests.stack import free_port, wait_until


@pytest.fixture
def process(study, data_folder):
    """(process, port): `manage.py receive_dicom` for SCANNER1, on the test's database."""
    port = free_port()
    given = {"DENS_CSTORE_PORT": str(port), "DENS_CSTORE_AE": f"SCANNER1={study.code}"}
    command = [sys.executable, "manage.py", "receive_dicom"]
    started = subprocess.Popen(
        command, cwd=stack.ROOT, env={**stack.environment(data_folder), **given}, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout.readline() == f"DENS listens on port {port} to SCANNER1.\n"
    yield started, port
    started.kill()
    started.wait()


def call(port: int):
    scanner = AE(ae_title="SCANNER1")
    scanner.add_requested_context(MRImageStorage)
    return scanner.associate("127.0.0.1", port, ae_title="DENS")


@pytest.mark.django_db(transaction=True)
def test_told_to_stop_it_finishes_what_has_come(process):
    receiver, port = process
    line = call(port)
    [image, *_] = dicom.exam().values()
    assert line.send_c_store(dcmread(io.BytesIO(image))).Status == 0
    assert Upload.objects.get().state == UploadState.RECEIVING
    receiver.terminate()
    assert receiver.wait(timeout=20) == 0
    upload = Upload.objects.get()
    assert upload.state == UploadState.RECEIVED
    assert [path.name for path in storage.quarantine(upload.code).iterdir()] == ["0"]


@pytest.mark.django_db(transaction=True)
def test_killed_and_started_again_it_finishes_what_had_come(process, study):
    receiver, port = process
    line = call(port)
    [image, *_] = dicom.exam().values()
    assert line.send_c_store(dcmread(io.BytesIO(image))).Status == 0
    receiver.kill()
    wait_until(lambda: receiver.poll() is not None, seconds=10)
    Receiver({"SCANNER1": study.code})
    assert Upload.objects.get().state == UploadState.RECEIVED


def test_it_does_not_start_unless_it_is_set_up(settings):
    settings.CSTORE_PORT, settings.CSTORE_AE = 0, {}
    with pytest.raises(CommandError, match="DENS_CSTORE_PORT"):
        call_command("receive_dicom")


@pytest.mark.django_db
def test_it_does_not_start_for_a_study_that_is_not_there(settings):
    settings.CSTORE_PORT, settings.CSTORE_AE = free_port(), {"SCANNER1": "NOSUCHSTUDY1"}
    with pytest.raises(CommandError, match="a study that is not there"):
        call_command("receive_dicom")


def test_titles_are_listed_with_their_studies(monkeypatch):
    monkeypatch.setenv("DENS_CSTORE_AE", "MR1=ABC, MR 2 = DEF")
    assert environment.titles("DENS_CSTORE_AE") == {"MR1": "ABC", "MR 2": "DEF"}


@pytest.mark.parametrize(
    "text", ["MR1", "MR1=", "=ABC", "A TITLE FAR TOO LONG=ABC", "MR1=ABC,MR1=DEF", "MR\\1=ABC", "MÜ=ABC"]
)
def test_a_list_of_titles_that_is_none_stops_dens_from_starting(monkeypatch, text):
    monkeypatch.setenv("DENS_CSTORE_AE", text)
    with pytest.raises(ImproperlyConfigured, match="DENS_CSTORE_AE"):
        environment.titles("DENS_CSTORE_AE")


@pytest.mark.parametrize("text", ["eleven", "-1", "65536", "1.5"])
def test_a_port_that_is_none_stops_dens_from_starting(monkeypatch, text):
    monkeypatch.setenv("DENS_CSTORE_PORT", text)
    with pytest.raises(ImproperlyConfigured, match="DENS_CSTORE_PORT"):
        environment.port("DENS_CSTORE_PORT")
