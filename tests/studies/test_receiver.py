"""A scanner sends by C-STORE, as pynetdicom speaks it over a real line, and what comes becomes an upload."""

import io
import socket
import struct
import tempfile
from dataclasses import replace

import pytest
from pydicom import dcmread
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEG2000Lossless
from pynetdicom import AE, evt
from pynetdicom.sop_class import (
    CTImageStorage,
    EnhancedMRImageStorage,
    MRImageStorage,
    SecondaryCaptureImageStorage,
    Verification,
)

from readers.models import AuditEvent
from studies import intake, machines, storage, uploads
from studies.models import Case, CaseState, Instance, MachineAccount, Study, Upload, UploadState, Verdict
from studies.receiver import Receiver, enlist
from tests import dicom, real
from tests.stack import free_port, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "SCANNER1"
SUCCESS, OUT_OF_RESOURCES, NOT_AUTHORISED, MISMATCH = 0x0000, 0xA700, 0x0124, 0xA900


@pytest.fixture(autouse=True)
def _nobody_is_woken(monkeypatch):
    monkeypatch.setattr("celery.current_app.send_task", lambda *_: None)
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)  # the receiver is a process of its own, else


@pytest.fixture
def receiver(study):
    """A receiver in which SCANNER1 may send into the study; `port` is where it listens."""
    receiver = Receiver({TITLE: study.code})
    receiver.port = free_port()
    receiver.start(("127.0.0.1", receiver.port))
    yield receiver
    receiver.stop()


def scanner(receiver, *, title=TITLE, called="DENS", kinds=(MRImageStorage,), syntaxes=(ExplicitVRLittleEndian,)):
    """An association as a scanner asks for it: established or not."""
    entity = AE(ae_title=title)
    entity.add_requested_context(Verification)
    for kind in kinds:
        entity.add_requested_context(kind, list(syntaxes))
    return entity.associate("127.0.0.1", receiver.port, ae_title=called)


def datasets(**options):
    return [dcmread(io.BytesIO(content)) for content in dicom.exam(**options).values()]


def send(receiver, images, **options) -> list[int]:
    """The statuses of the answers, once the upload is finished."""
    line = scanner(receiver, **options)
    statuses = [line.send_c_store(image).Status for image in images]
    line.release()
    over(receiver)
    return statuses


def over(receiver) -> None:
    for call in receiver.calls:
        call.waiting.join(timeout=20)


def quarantined_files() -> list[str]:
    return [
        path.name for folder in storage.quarantined() for path in ([folder] if folder.is_file() else folder.iterdir())
    ]


def test_an_association_becomes_an_upload_and_the_upload_a_case(study, receiver):
    assert send(receiver, datasets()) == [SUCCESS] * 10
    upload = Upload.objects.get()
    assert (upload.state, upload.study, upload.machine.name) == (UploadState.RECEIVED, study, "SCANNER1 (C-STORE)")
    intake.import_upload(upload.pk)
    assert set(upload.files.values_list("verdict", flat=True)) == {Verdict.IMPORTED}
    assert Case.objects.get().state == CaseState.TO_CHECK


def test_two_associations_are_two_uploads(receiver):
    first, second = datasets()[:1], datasets()[1:2]
    send(receiver, first)
    send(receiver, second)
    assert [upload.files.count() for upload in Upload.objects.all()] == [1, 1]


def test_an_echo_is_answered_and_leaves_nothing(receiver):
    line = scanner(receiver)
    assert line.send_c_echo().Status == SUCCESS
    line.release()
    over(receiver)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("options", [{"title": "SCANNER2"}, {"title": "scanner1"}, {"called": "ANYBODY"}], ids=str)
def test_who_is_not_listed_is_refused_before_a_word_is_said(receiver, options):
    assert scanner(receiver, **options).is_rejected


def test_only_mr_images_are_agreed_on_and_never_deflated(receiver):
    deflated = "1.2.840.10008.1.2.1.99"
    line = scanner(
        receiver,
        kinds=(MRImageStorage, EnhancedMRImageStorage, CTImageStorage, SecondaryCaptureImageStorage),
        syntaxes=(ImplicitVRLittleEndian, JPEG2000Lossless, ExplicitVRBigEndian),
    )
    assert {one.abstract_syntax for one in line.accepted_contexts} == {
        Verification, MRImageStorage, EnhancedMRImageStorage,
    }  # fmt: skip
    line.release()
    line = scanner(receiver, syntaxes=(deflated,))
    assert {one.abstract_syntax for one in line.accepted_contexts} == {Verification}
    line.release()


def test_an_image_keeps_the_encoding_it_came_in(study, receiver):
    [image] = datasets()[:1]
    image.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    content = io.BytesIO()
    image.save_as(content, implicit_vr=True, little_endian=True, enforce_file_format=True)
    sent = dcmread(io.BytesIO(content.getvalue()))
    assert send(receiver, [sent], syntaxes=(ImplicitVRLittleEndian,)) == [SUCCESS]
    upload = Upload.objects.get()
    intake.import_upload(upload.pk)
    assert upload.files.get().verdict == Verdict.IMPORTED


def test_an_image_sent_in_nine_encodings_has_the_same_pixels_nine_times(receiver):
    for path in sorted(real.folder("siemens-one-image-nine-encodings").glob("*.dcm")):
        image = dcmread(path)
        assert send(receiver, [image], syntaxes=(image.file_meta.TransferSyntaxUID,)) == [SUCCESS]
    for upload in Upload.objects.all():
        intake.import_upload(upload.pk)
    assert Instance.objects.count() == 9
    assert len(set(Instance.objects.values_list("pixels_sha256", flat=True))) == 1


def test_what_came_before_an_abort_is_imported_and_what_was_cut_off_is_destroyed(receiver):
    line = scanner(receiver)
    assert line.send_c_store(datasets()[0]).Status == SUCCESS
    begin_image(line, n_bytes=100_000)
    wait_until(lambda: len(quarantined_files()) == 2, seconds=10)
    line.abort()
    over(receiver)
    upload = Upload.objects.get()
    assert (upload.state, upload.files.count()) == (UploadState.RECEIVED, 1)
    assert quarantined_files() == ["0"]


def test_an_image_of_another_kind_than_agreed_is_refused(receiver):
    [image] = datasets()[:1]
    line, statuses = scanner(receiver), []
    line.bind(evt.EVT_DIMSE_RECV, lambda event: statuses.append(event.message.command_set.Status))
    request = command(image.SOPInstanceUID, kind=CTImageStorage)
    context = next(one.context_id for one in line.accepted_contexts if one.abstract_syntax == MRImageStorage)
    line.dul.socket.socket.sendall(data_pdu(context, 3, request) + data_pdu(context, 2, b"\0" * 16))
    wait_until(lambda: statuses, seconds=10)
    line.release()
    over(receiver)
    assert statuses == [MISMATCH]
    assert not Upload.objects.exists()


def test_an_upload_that_is_full_refuses_and_keeps_what_it_has(receiver, settings):
    images = datasets()[:3]
    settings.LIMITS = replace(settings.LIMITS, upload_bytes=2 * len(dicom.part10(images[0])) + 100)
    assert send(receiver, images) == [SUCCESS, SUCCESS, OUT_OF_RESOURCES]
    assert (Upload.objects.get().state, Upload.objects.get().files.count()) == (UploadState.RECEIVED, 2)


def test_a_machine_that_the_team_has_ended_is_refused_from_then_on(receiver, people):
    line = scanner(receiver)
    assert line.send_c_store(datasets()[0]).Status == SUCCESS
    machines.end(MachineAccount.objects.get(), actor=people.dora)
    assert line.send_c_store(datasets()[1]).Status == NOT_AUTHORISED
    line.release()
    over(receiver)
    assert Upload.objects.get().files.count() == 1
    assert scanner(receiver).is_rejected


def test_a_pdu_longer_than_agreed_ends_the_association(receiver):
    line = scanner(receiver)
    line.dul.socket.socket.sendall(b"\x04\x00" + struct.pack(">I", 2**31))
    wait_until(lambda: not line.is_established, seconds=10)
    over(receiver)
    assert not Upload.objects.exists()


@pytest.mark.parametrize("kind", ["command", "echo"])
def test_a_message_that_would_fill_the_memory_ends_the_association(receiver, kind):
    line = scanner(receiver)
    echo = next(one.context_id for one in line.accepted_contexts if one.abstract_syntax == Verification)
    flood(line, echo, control=1 if kind == "command" else 0, first=b"" if kind == "command" else echo_with_data())
    wait_until(lambda: not line.is_established, seconds=10)


def test_a_file_longer_than_any_image_ends_the_association_and_is_destroyed(receiver, settings):
    settings.LIMITS = replace(settings.LIMITS, enhanced_bytes=500_000)
    line = scanner(receiver)
    begin_image(line, n_bytes=600_000)
    wait_until(lambda: not line.is_established, seconds=10)
    over(receiver)
    assert quarantined_files() == []


def test_what_makes_no_sense_ends_the_association_and_the_next_one_works(receiver):
    line = scanner(receiver)
    echo = next(one.context_id for one in line.accepted_contexts if one.abstract_syntax == Verification)
    line.dul.socket.socket.sendall(data_pdu(echo, 3, b"\xff" * 40))
    wait_until(lambda: not line.is_established, seconds=10)
    with socket.create_connection(("127.0.0.1", receiver.port)) as stranger:
        stranger.sendall(b"GET / HTTP/1.1\r\n\r\n")
    assert send(receiver, datasets()[:1]) == [SUCCESS]


def test_what_a_killed_receiver_had_begun_is_finished_by_the_next(study, tmp_path):
    machine = enlist(study, TITLE)
    upload = uploads.begin(study, subject="", actor=machine.made_by, machine=machine)
    (tmp_path / "image").write_bytes(b"an image")
    uploads.receive(upload, {0: tmp_path / "image"})
    empty = uploads.begin(study, subject="", actor=machine.made_by, machine=machine)
    Receiver({TITLE: study.code})
    upload.refresh_from_db()
    empty.refresh_from_db()
    assert (upload.state, empty.state) == (UploadState.RECEIVED, UploadState.REJECTED)


def test_a_title_has_one_machine_that_no_token_opens(study):
    assert enlist(study, TITLE) == enlist(study, TITLE)
    [made] = AuditEvent.objects.filter(action="machine.made")
    assert (made.actor, made.after) == (None, {"name": "SCANNER1 (C-STORE)", "may_store": True})
    assert not MachineAccount.objects.get().may_fetch


def test_a_study_that_is_not_there_is_said_at_once(db):
    with pytest.raises(Study.DoesNotExist):
        Receiver({TITLE: "NOSUCHSTUDY1"})


# What no decent client sends, byte by byte (PS3.8 section 9.3, PS3.7 section 9.3)


def data_pdu(context: int, control: int, content: bytes) -> bytes:
    """control  1 command, 0 data; 2 more on the last piece"""
    value = struct.pack(">IBB", len(content) + 2, context, control) + content
    return b"\x04\x00" + struct.pack(">I", len(value)) + value


def element(number: int, value: bytes) -> bytes:
    return struct.pack("<HHI", 0, number, len(value)) + value


def text(value: str) -> bytes:
    return value.encode() + b"\0" * (len(value) % 2)


def command(instance: str, *, kind: str = MRImageStorage) -> bytes:
    fields = element(0x0002, text(kind)) + element(0x0100, struct.pack("<H", 1)) + element(0x0110, b"\x07\0")
    fields += element(0x0700, b"\0\0") + element(0x0800, b"\x01\0") + element(0x1000, text(instance))
    return element(0x0000, struct.pack("<I", len(fields))) + fields


def echo_with_data() -> bytes:
    fields = element(0x0002, text(Verification)) + element(0x0100, b"\x30\0") + element(0x0110, b"\x07\0")
    return element(0x0000, struct.pack("<I", len(fields))) + fields + element(0x0800, b"\x01\0")


def begin_image(line, *, n_bytes: int) -> None:
    """Announce an image and send so much of it, without an end."""
    context = next(one.context_id for one in line.accepted_contexts if one.abstract_syntax == MRImageStorage)
    pieces = [data_pdu(context, 3, command("1.2.3.4"))]
    pieces += [data_pdu(context, 0, b"\0" * 50_000) for _ in range(n_bytes // 50_000)]
    pour(line, pieces)


def flood(line, context: int, *, control: int, first: bytes) -> None:
    pieces = [data_pdu(context, 3, first)] if first else []
    pour(line, pieces + [data_pdu(context, control, b"\0" * 50_000) for _ in range(40)])


def pour(line, pieces: list[bytes]) -> None:
    try:
        for piece in pieces:
            line.dul.socket.socket.sendall(piece)
    except (OSError, AttributeError):
        pass  # the other side has hung up, as it should
