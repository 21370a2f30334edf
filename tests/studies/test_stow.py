"""Machines send: the same quarantine and the same verdicts as for people, and an answer as PS3.18 wants it."""

import re
from dataclasses import replace

import pytest
from django.conf import settings as product
from django.test import Client
from pydicom.dataset import Dataset

from readers.models import AuditEvent
from studies import machines, receipts, storage
from studies.errors import SENTENCES
from studies.models import Case, Instance, Upload, UploadState
from tests import dicom
from tests.cast import client_of
from tests.stack import ROOT

TYPE = 'multipart/related; type="application/dicom"; boundary="XYZ"'
pytestmark = pytest.mark.usefixtures("_doors_open")


@pytest.fixture
def _doors_open(settings):
    settings.DICOMWEB = True


@pytest.fixture
def token(study, people):
    return machines.make(study, name="MR 1", may_store=True, may_fetch=False, actor=people.dora).token


@pytest.fixture
def post(study, token):
    """post(contents): a STOW-RS request with these files."""

    def send(contents, *, exam="", content_type=TYPE, body=None, token=token, **headers):
        path = f"/dicomweb/{study.code}/studies" + (f"/{exam}" if exam else "")
        given = {"HTTP_AUTHORIZATION": f"Bearer {token}", **headers}
        client = Client(raise_request_exception=False)
        return client.post(path, body if body is not None else packed(contents), content_type=content_type, **given)

    return send


def packed(contents):
    parts = b"".join(b"\r\n--XYZ\r\nContent-Type: application/dicom\r\n\r\n" + content for content in contents)
    return parts + b"\r\n--XYZ--"


def said(answer):
    assert answer["Content-Type"] == "application/dicom+json"
    return Dataset.from_json(answer.json())


def test_what_a_machine_sends_becomes_a_case(study, people, post):
    files = dicom.exam()
    answer = post(files.values())
    assert answer.status_code == 200
    assert len(said(answer).ReferencedSOPSequence) == len(files)
    assert "FailedSOPSequence" not in said(answer)
    assert Case.objects.get().state == "to_check"
    upload = Upload.objects.get()
    assert (upload.state, upload.machine.name, upload.uploaded_by) == (UploadState.IMPORTED, "MR 1", people.dora)
    assert not storage.quarantined()


def test_the_answer_names_images_as_their_sender_does(post):
    image = dicom.image()
    [reference] = said(post([dicom.part10(image)])).ReferencedSOPSequence
    assert reference.ReferencedSOPInstanceUID == image.SOPInstanceUID
    assert reference.ReferencedSOPClassUID == image.SOPClassUID


def test_those_names_are_nowhere_afterwards(post, caplog):
    post(dicom.exam().values())
    kept = str(list(AuditEvent.objects.values())) + str(list(Instance.objects.values())) + caplog.text
    assert dicom.ROOT not in kept


def test_the_same_again_changes_nothing(post):
    files = dicom.exam()
    before = post(files.values()).json()
    count = Instance.objects.count()
    again = post(files.values())
    assert (again.status_code, again.json()) == (200, before)
    assert Instance.objects.count() == count


def test_good_and_bad_together_are_told_apart(post):
    ct = dicom.image(index=1)
    ct.SOPClassUID = ct.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    answer = post([dicom.part10(dicom.image()), dicom.part10(ct), b"no DICOM at all"])
    assert answer.status_code == 202
    assert len(said(answer).ReferencedSOPSequence) == 1
    [failed] = said(answer).FailedSOPSequence
    assert (failed.ReferencedSOPInstanceUID, failed.FailureReason) == (ct.SOPInstanceUID, 0x0122)
    assert [other.FailureReason for other in said(answer).OtherFailuresSequence] == [0xC000]


def test_every_reason_has_a_number_that_is_explained():
    told = set(re.findall(r"^\| `([0-9A-F]{4})`", (ROOT / "docs" / "dicomweb.md").read_text(), re.MULTILINE))
    sent = {*receipts.FAILURES.values(), receipts.MISMATCH, receipts.NOT_UNDERSTOOD}
    assert told == {f"{number:04X}" for number in sent}
    assert set(receipts.FAILURES) <= set(SENTENCES)


def test_nothing_taken_is_a_conflict(post):
    answer = post([b"no DICOM at all"])
    assert answer.status_code == 409
    assert "ReferencedSOPSequence" not in said(answer)


def test_other_pixels_under_a_known_name_are_refused(post):
    post([dicom.part10(dicom.image())])
    answer = post([dicom.part10(dicom.image(pixels=dicom.noise(9)))])
    assert (answer.status_code, said(answer).FailedSOPSequence[0].FailureReason) == (409, 0x0110)


def test_an_image_of_another_exam_than_the_address_is_left_out(post):
    one, other = dicom.image(exam=1), dicom.image(exam=2)
    answer = post([dicom.part10(one), dicom.part10(other)], exam=one.StudyInstanceUID)
    assert answer.status_code == 202
    assert said(answer).ReferencedSOPSequence[0].ReferencedSOPInstanceUID == one.SOPInstanceUID
    assert said(answer).FailedSOPSequence[0].ReferencedSOPInstanceUID == other.SOPInstanceUID
    assert Instance.objects.count() == 1


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/related; type=application/dicom; boundary=XYZ",
        'Multipart/Related; Boundary="XYZ"; Type="application/dicom"',
        "multipart/related; boundary=XYZ",
    ],
)
def test_the_boundary_may_be_written_in_many_ways(post, content_type):
    assert post([dicom.part10(dicom.image())], content_type=content_type).status_code == 200


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 415),
        ("application/dicom", 415),
        ("nonsense", 415),
        ('multipart/related; type="application/dicom+json"; boundary=XYZ', 415),
        ('multipart/related; type="application/dicom"', 400),
        ('multipart/related; type="application/dicom"; boundary=other', 400),
    ],
)
def test_another_body_is_refused(post, content_type, status):
    assert post([dicom.part10(dicom.image())], content_type=content_type).status_code == status


def test_a_packed_body_is_refused(post):
    assert post([b"x"], HTTP_CONTENT_ENCODING="gzip").status_code == 415


def test_an_answer_that_cannot_be_given_is_said_before_anything_is_stored(post):
    answer = post([dicom.part10(dicom.image())], HTTP_ACCEPT="application/dicom+xml")
    assert answer.status_code == 406
    assert not Upload.objects.exists()


@pytest.mark.parametrize("body", [b"--XYZ--\r\n", b"--XYZ\r\n\r\nit ends in the mid"])
def test_of_a_body_that_breaks_off_nothing_stays(post, body):
    assert post([], body=body).status_code == 400
    assert Upload.objects.get().state == UploadState.REJECTED
    assert not storage.quarantined()


def test_no_log_tells_the_address_with_the_exam_in_it(post, caplog):
    assert post([b"x"], exam=f"{dicom.ROOT}.1").status_code == 409  # not of that exam
    assert post([], exam=f"{dicom.ROOT}.1", content_type="text/plain").status_code == 415
    assert dicom.ROOT not in caplog.text


def test_too_much_is_refused_while_it_comes(post, settings):
    settings.LIMITS = replace(product.LIMITS, upload_bytes=1000)
    assert post([dicom.part10(dicom.image())]).status_code == 413
    assert not storage.quarantined()


def test_a_token_opens_its_own_study_only(post, people):
    from tests.cast import open_study

    other = open_study(people, title="Another study")
    token = machines.make(other, name="MR 2", may_store=True, may_fetch=True, actor=people.dora).token
    assert post([b"x"], token=token).status_code == 404


def test_who_may_only_fetch_stores_nothing(post, study, people):
    token = machines.make(study, name="viewer", may_store=False, may_fetch=True, actor=people.dora).token
    assert post([b"x"], token=token).status_code == 404


def test_a_wrong_or_ended_token_is_refused(post, study, people):
    made = machines.make(study, name="MR 2", may_store=True, may_fetch=False, actor=people.dora)
    machines.end(made.machine, actor=people.dora)
    assert [post([b"x"], token=token).status_code for token in ("", "wrong", made.token)] == [403, 403, 403]


def test_people_do_not_send_this_way(study, people):
    for person in people:
        assert client_of(person).post(f"/dicomweb/{study.code}/studies").status_code == 404


def test_a_shut_door_is_no_door(post, settings):
    settings.DICOMWEB = False
    assert post([dicom.part10(dicom.image())]).status_code == 404


def test_a_token_is_worth_nothing_at_the_other_doors(study, token):
    answer = Client().get(f"/api/studies/{study.code}/uploads", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert answer.status_code == 403
