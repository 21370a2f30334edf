"""The doors of uploads and cases: who may, what comes back, what is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from studies import intake, leases, storage
from studies.models import Case, CaseState, Membership, Role, Upload, UploadedFile
from tests import dicom
from tests.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(people, study):
    return client_of(people.dora)


@pytest.fixture
def case(study, people, imported):
    imported(study, people.dora, dicom.exam().values(), subject="RA-017")
    return Case.objects.get()


def send(browser, code: str, files: dict[str, bytes]):
    parts = {name: SimpleUploadedFile(name, content) for name, content in files.items()}
    return browser.client.post(f"/api/uploads/{code}/files", parts)


def test_a_folder_goes_in_and_a_case_comes_out(dora, study):
    begun = dora.post(f"/api/studies/{study.code}/uploads", {"subject": "RA-017"})
    assert begun.status_code == 201
    code = begun.json()["code"]
    files = {str(number): content for number, content in enumerate(dicom.exam().values())}
    assert send(dora, code, files).json() == {"received": 10}
    assert dora.post(f"/api/uploads/{code}/finish").json()["state"] == "received"
    intake.import_upload(Upload.objects.get().pk)
    upload = dora.get(f"/api/uploads/{code}").json()
    assert upload["state"] == "imported"
    assert upload["totals"] == {"pending": 0, "imported": 10, "duplicate": 0, "refused": 0}
    found = dora.get(f"/api/studies/{study.code}/cases").json()
    assert [(one["subject"], one["state"], one["missing"]) for one in found] == [("RA-017", "to_check", [])]
    assert upload["files"][0] == {
        "number": 0, "entry": None, "verdict": "imported", "reason": "", "message": "", "case": found[0]["code"],
    }  # fmt: skip


def test_finishing_wakes_a_worker(dora, study, monkeypatch, django_capture_on_commit_callbacks):
    from celery import current_app

    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda task, arguments: sent.append((task, arguments)))
    code = dora.post(f"/api/studies/{study.code}/uploads").json()["code"]
    with django_capture_on_commit_callbacks(execute=True):
        dora.post(f"/api/uploads/{code}/finish")
    assert sent == [("studies.tasks.import_upload", [Upload.objects.get().pk])]


def test_a_dead_broker_does_not_undo_a_finished_upload(dora, study, monkeypatch, django_capture_on_commit_callbacks):
    from celery import current_app

    def dead(*_):
        raise ConnectionError

    monkeypatch.setattr(current_app, "send_task", dead)
    code = dora.post(f"/api/studies/{study.code}/uploads").json()["code"]
    with django_capture_on_commit_callbacks(execute=True):
        assert dora.post(f"/api/uploads/{code}/finish").status_code == 200
    assert list(leases.waiting(now=Upload.objects.get().received_at)) == [Upload.objects.get()]


def test_the_file_name_of_a_part_is_never_kept(dora, study):
    code = dora.post(f"/api/studies/{study.code}/uploads").json()["code"]
    part = SimpleUploadedFile("Kanarienvogel^Piepmatz.dcm", b"x")
    dora.client.post(f"/api/uploads/{code}/files", {"0": part})
    assert [path.name for path in storage.quarantine(code).iterdir()] == ["0"]


def test_a_request_that_announces_too_much_is_refused_unread(dora, study, settings):
    code = dora.post(f"/api/studies/{study.code}/uploads").json()["code"]
    answer = dora.client.post(
        f"/api/uploads/{code}/files",
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(settings.LIMITS.upload_bytes + 1),
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "request_too_large")


def test_parts_without_a_number_are_refused(dora, study):
    code = dora.post(f"/api/studies/{study.code}/uploads").json()["code"]
    answer = send(dora, code, {"scan": b"x"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")
    assert not UploadedFile.objects.exists()


def test_too_many_parts_at_once_are_refused(dora, study, settings):
    code = dora.post(f"/api/studies/{study.code}/uploads").json()["code"]
    many = {str(number): b"x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)}
    answer = send(dora, code, many)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_many_files")


def test_a_finished_upload_takes_no_more(dora, study):
    code = dora.post(f"/api/studies/{study.code}/uploads").json()["code"]
    dora.post(f"/api/uploads/{code}/finish")
    answer = send(dora, code, {"0": b"x"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "upload_finished")


def test_a_name_is_no_pseudonym(dora, study):
    answer = dora.post(f"/api/studies/{study.code}/uploads", {"subject": "Müller^Hans"})
    assert answer.status_code == 400
    assert "subject" in answer.json()["error"]["fields"]


def test_uploads_of_a_study_are_listed_newest_first(dora, study):
    codes = [dora.post(f"/api/studies/{study.code}/uploads").json()["code"] for _ in range(2)]
    assert [one["code"] for one in dora.get(f"/api/studies/{study.code}/uploads").json()] == codes[::-1]


def test_a_case_lists_its_series(dora, study, case):
    found = dora.get(f"/api/studies/{study.code}/cases").json()[0]["series"][0]
    assert found == {
        "number": 1, "role": "STIR", "role_source": "physics", "doubt": "", "plane": "sagittal", "n_slices": 5,
        "rows": 32, "columns": 24,
        "parameters": {
            "repetition_time_ms": 4000.0, "echo_time_ms": 60.0, "inversion_time_ms": 160.0, "slice_thickness_mm": 4.0,
            "scanning_sequence": ["SE", "IR"],
        },
    }  # fmt: skip


def test_a_role_is_corrected(dora, case):
    found = dora.patch(f"/api/cases/{case.code}/series/1", {"role": "OTHER"}).json()
    assert (found["state"], found["missing"]) == ("incomplete", ["sagittal STIR"])
    assert (found["series"][0]["role"], found["series"][0]["role_source"]) == ("OTHER", "coordinator")


def test_an_unknown_role_is_refused(dora, case):
    assert dora.patch(f"/api/cases/{case.code}/series/1", {"role": "FLAIR"}).status_code == 400


def test_a_subject_is_set(dora, case):
    assert dora.patch(f"/api/cases/{case.code}", {"subject": "RA-018"}).json()["subject"] == "RA-018"


def test_an_allotted_case_answers_with_a_conflict(dora, case):
    Case.objects.update(state=CaseState.ALLOTTED)
    assert dora.patch(f"/api/cases/{case.code}/series/1", {"role": "OTHER"}).status_code == 409
    assert dora.patch(f"/api/cases/{case.code}", {"subject": "RA-018"}).status_code == 409


def test_images_of_a_case_are_described_and_delivered(dora, case):
    first = dora.get(f"/api/cases/{case.code}/images").json()["series"][0]
    answer = dora.get(first["pixels"])
    assert answer["Content-Type"] == "application/octet-stream"
    assert len(b"".join(answer.streaming_content)) == sum(one["bytes"] for one in first["slices"])
    assert "no-store" in answer["Cache-Control"]


def doors(study, case, upload) -> list[tuple[str, str]]:
    return [
        ("get", f"/api/studies/{study.code}/uploads"),
        ("post", f"/api/studies/{study.code}/uploads"),
        ("get", f"/api/uploads/{upload.code}"),
        ("post", f"/api/uploads/{upload.code}/files"),
        ("post", f"/api/uploads/{upload.code}/finish"),
        ("get", f"/api/studies/{study.code}/cases"),
        ("patch", f"/api/cases/{case.code}"),
        ("patch", f"/api/cases/{case.code}/series/1"),
        ("get", f"/api/cases/{case.code}/images"),
        ("get", f"/api/cases/{case.code}/images/1"),
    ]


@pytest.mark.parametrize("name", ["ana", "clara", "eve"])
def test_readers_adjudicators_and_outsiders_find_nothing(people, study, case, name):
    browser = client_of(getattr(people, name))
    for method, path in doors(study, case, Upload.objects.get()):
        answer = browser.client.generic(method.upper(), path, "{}", content_type="application/json")
        assert answer.status_code in ((404, 415) if path.endswith("files") else (404,)), path


def test_nobody_finds_anything_without_signing_in(study, case):
    for method, path in doors(study, case, Upload.objects.get()):
        answer = client_of(None).client.generic(method.upper(), path, "{}", content_type="application/json")
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_signed_in"), path


def test_a_statistician_sees_cases_and_changes_none(people, study, case):
    sam = client_of(people.sam)
    assert sam.get(f"/api/studies/{study.code}/cases").status_code == 200
    assert sam.get(f"/api/cases/{case.code}/images").status_code == 200
    assert sam.patch(f"/api/cases/{case.code}", {"subject": "RA-018"}).status_code == 404
    assert sam.post(f"/api/studies/{study.code}/uploads").status_code == 404


def test_an_administrator_may_import(people, study):
    assert client_of(people.ada).post(f"/api/studies/{study.code}/uploads").status_code == 201


def test_a_coordinator_of_another_study_finds_nothing(people, study, case):
    from tests import cast

    people.eve.can_open_studies = True
    other = cast.charter.open_study(title="Another", instrument=cast.INSTRUMENT, actor=people.eve)
    assert Membership.objects.filter(study=other, user=people.eve, role=Role.COORDINATOR).exists()
    assert client_of(people.eve).get(f"/api/cases/{case.code}/images").status_code == 404


@pytest.mark.parametrize("path", ["/api/nothing", "/api", "/assets/old-page.js"])
def test_behind_no_door_is_a_404_in_words(dora, path):
    answer = dora.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_the_centres_of_a_study_are_listed_for_who_imports(dora, study, people):
    for centre in ("Porto", "Lisbon", "Porto"):
        code = dora.post(f"/api/studies/{study.code}/uploads", {"centre": centre}).json()["code"]
        assert dora.delete(f"/api/uploads/{code}").status_code == 204
    assert dora.get(f"/api/studies/{study.code}/centres").json() == [{"name": "Lisbon"}, {"name": "Porto"}]
    assert client_of(people.sam).get(f"/api/studies/{study.code}/centres").status_code == 404


def test_the_list_says_which_uploads_are_mine(dora, study, people):
    code = dora.post(f"/api/studies/{study.code}/uploads").json()["code"]
    path = f"/api/studies/{study.code}/uploads"
    told = {name: client_of(getattr(people, name)).get(path).json()[0] for name in ("dora", "ada")}
    assert {name: (one["code"], one["is_mine"]) for name, one in told.items()} == {
        "dora": (code, True),
        "ada": (code, False),
    }


def test_an_import_that_keeps_breaking_off_says_so(dora, study):
    code = dora.post(f"/api/studies/{study.code}/uploads").json()["code"]
    path = f"/api/uploads/{code}"
    Upload.objects.update(state="importing", attempt=1)
    assert not dora.get(path).json()["is_stuck"]
    Upload.objects.update(attempt=3)
    assert dora.get(path).json()["is_stuck"]
