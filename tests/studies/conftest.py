from collections.abc import Iterable

import pytest

from readers.models import User
from studies import intake, uploads
from studies.models import Study, Upload, UploadedFile


def send(upload: Upload, contents: Iterable[bytes], folder) -> None:
    """Put files into the quarantine as a browser does: numbered from 0."""
    paths = {}
    for number, content in enumerate(contents):
        paths[number] = folder / str(number)
        paths[number].write_bytes(content)
    uploads.receive(upload, paths)


@pytest.fixture
def received(tmp_path):
    """received(study, actor, contents): an upload that is finished and waits for a worker."""

    def make(study: Study, actor: User, contents: Iterable[bytes], *, subject: str = "") -> Upload:
        upload = uploads.begin(study, subject=subject, actor=actor)
        folder = tmp_path / f"outbox-{upload.code}"
        folder.mkdir()
        send(upload, contents, folder)
        return uploads.finish(upload, actor=actor)

    return make


@pytest.fixture
def imported(received):
    """imported(study, actor, contents): the same after a worker has done it."""

    def make(study: Study, actor: User, contents: Iterable[bytes], *, subject: str = "") -> Upload:
        upload = received(study, actor, contents, subject=subject)
        intake.import_upload(upload.pk)
        upload.refresh_from_db()
        return upload

    return make


@pytest.fixture
def verdicts():
    """verdicts(upload): [(number, entry, verdict, reason), ...]"""

    def of(upload: Upload) -> list[tuple[int, int | None, str, str]]:
        return list(UploadedFile.objects.filter(upload=upload).values_list("number", "entry", "verdict", "reason"))

    return of
