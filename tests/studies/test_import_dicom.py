from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from studies import storage
from studies.models import Case, CaseState, Subject, Upload
from tests import dicom

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    inner = tmp_path / "export" / "DICOM"
    inner.mkdir(parents=True)
    for name, content in dicom.exam().items():
        (inner / name).write_bytes(content)
    (tmp_path / "export" / "README").write_text("see inside")
    return tmp_path / "export"


def run(*arguments, **options) -> str:
    out = StringIO()
    call_command("import_dicom", *(str(one) for one in arguments), stdout=out, **options)
    return out.getvalue()


def test_a_folder_becomes_a_case_with_a_verdict_for_every_file(study, folder):
    lines = run(study.code, folder).splitlines()
    assert Case.objects.get().state == CaseState.TO_CHECK
    assert sum(line.startswith("imported ") for line in lines) == 10
    assert any(line.startswith("refused") and line.endswith("This is not a DICOM file.") for line in lines)
    assert lines[-1] == "10 imported, 1 refused"


def test_the_folder_itself_is_left_as_it_was(study, folder):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    run(study.code, folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert storage.quarantined() == []


def test_a_pseudonym_can_be_given(study, folder):
    run(study.code, folder, subject="RA-017")
    assert Subject.objects.get().pseudonym == "RA-017"


def test_it_is_recorded_as_done_by_whom_it_names(study, folder, people):
    run(study.code, folder, username="ada")
    assert Upload.objects.get().uploaded_by == people.ada


def test_it_fails_when_nothing_was_imported(study, folder):
    for path in (folder / "DICOM").iterdir():
        path.write_bytes(b"no image")
    with pytest.raises(CommandError, match="Nothing was imported"):
        run(study.code, folder)


@pytest.mark.parametrize(("code", "where"), [("NOSUCHSTUDY1", "export"), (None, "nowhere")])
def test_it_fails_without_a_study_or_a_folder(study, folder, code, where):
    with pytest.raises(CommandError):
        run(code or study.code, folder.parent / where)


def test_a_folder_larger_than_an_upload_may_be_leaves_nothing_behind(
    study, folder, settings, django_capture_on_commit_callbacks
):
    settings.LIMITS = replace(settings.LIMITS, upload_bytes=1000)
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(CommandError, match="One upload may hold 1000"),
    ):
        run(study.code, folder)
    assert Upload.objects.get().state == "rejected"
    assert storage.quarantined() == []
