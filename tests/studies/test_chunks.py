"""A large file in pieces: what arrives, what is refused, and what a crash leaves."""

import base64
import hashlib
import io
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from readers.errors import Conflict, Refusal
from studies import chunks, holding, storage, uploads
from studies.chunks import Place, place_of
from studies.models import UploadedFile, UploadState
from tests.cast import client_of

pytestmark = pytest.mark.django_db
WHOLE = b"first and second"
FIRST, SECOND = WHOLE[:6], WHOLE[6:]


@pytest.fixture
def upload(study, people):
    return uploads.begin(study, subject="", actor=people.dora)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def headers(piece: bytes, *, offset: int, length: int = len(WHOLE)) -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(piece).digest()).decode()
    return {
        "Upload-Offset": str(offset),
        "Upload-Length": str(length),
        "Content-Digest": f"sha-256=:{digest}:",
    }


def send(upload, piece: bytes, *, offset: int, length: int = len(WHOLE), arriving: bytes | None = None):
    place = place_of(headers(piece, offset=offset, length=length))
    with chunks.arrived(io.BytesIO(piece if arriving is None else arriving), place) as path:
        return chunks.append(upload, 7, path, place)


def content(upload) -> bytes:
    return storage.quarantine(upload.code).joinpath("7").read_bytes()


def test_pieces_become_the_file(upload):
    row = send(upload, FIRST, offset=0)
    assert (row.n_bytes, row.is_complete, row.sha256) == (6, False, "")
    row = send(upload, SECOND, offset=6)
    assert (row.n_bytes, row.is_complete, row.sha256) == (16, True, sha256(WHOLE))
    assert content(upload) == WHOLE


def test_the_same_piece_again_changes_nothing(upload):
    """Its answer was lost on the way, so the sender cannot know that it arrived."""
    for offset, piece in ((0, FIRST), (0, FIRST), (6, SECOND), (6, SECOND), (0, FIRST)):
        send(upload, piece, offset=offset)
    assert content(upload) == WHOLE
    assert UploadedFile.objects.get().sha256 == sha256(WHOLE)


@pytest.mark.parametrize(("offset", "piece"), [(7, b"second"), (3, b"second"), (0, b"other!")])
def test_a_piece_that_belongs_elsewhere_is_told_where_to_go_on(upload, offset, piece):
    send(upload, FIRST, offset=0)
    with pytest.raises(Conflict) as refusal:
        send(upload, piece, offset=offset)
    assert (refusal.value.code, refusal.value.extras) == ("wrong_offset", {"offset": 6})
    assert content(upload) == FIRST


@pytest.mark.parametrize("arriving", [b"", b" and", b" and secomd", b" and second and more"])
def test_nothing_is_kept_of_a_damaged_piece(upload, arriving):
    send(upload, FIRST, offset=0)
    with pytest.raises(Refusal, match="damaged"):
        send(upload, SECOND, offset=6, arriving=arriving)
    assert content(upload) == FIRST
    assert [path.name for path in storage.quarantined()] == [upload.code]


def test_a_line_that_breaks_is_a_damaged_piece(upload):
    class Broken(io.BytesIO):
        def read(self, *_):
            raise OSError

    with pytest.raises(Refusal, match="damaged"), chunks.arrived(Broken(), Place(0, 6, sha256(FIRST))):
        pass


def test_what_a_crash_left_behind_the_row_is_cut_off(upload):
    """The piece was written, the row was not: the row is what holds."""
    send(upload, FIRST, offset=0)
    with storage.quarantine(upload.code).joinpath("7").open("ab") as file:
        file.write(b" and sec")
    send(upload, SECOND, offset=6)
    assert content(upload) == WHOLE


def test_a_piece_longer_than_its_file_is_refused(upload):
    with pytest.raises(ValidationError):
        send(upload, WHOLE, offset=0, length=15)


def test_a_file_too_large_is_refused_with_its_first_piece(upload, settings):
    settings.LIMITS = replace(settings.LIMITS, upload_bytes=15)
    with pytest.raises(Refusal, match="One upload may hold"):
        send(upload, FIRST, offset=0)
    assert not UploadedFile.objects.exists()


def test_an_upload_is_not_finished_while_a_file_lacks_its_end(upload, people):
    send(upload, FIRST, offset=0)
    with pytest.raises(Conflict, match="Of 1 files 1 came only in part"):
        uploads.finish(upload, actor=people.dora)
    send(upload, SECOND, offset=6)
    assert uploads.finish(upload, actor=people.dora).state == UploadState.RECEIVED


def test_what_is_here_is_told_with_the_hash_of_as_much(upload, tmp_path):
    tmp_path.joinpath("small").write_bytes(b"small")
    uploads.receive(upload, {0: tmp_path / "small"})
    send(upload, FIRST, offset=0)
    found = [(row.number, row.n_bytes, row.is_complete, row.sha256) for row in holding.held(upload)]
    assert found == [(0, 5, True, sha256(b"small")), (7, 6, False, sha256(FIRST))]


@pytest.mark.parametrize("lacking", ["Upload-Offset", "Upload-Length", "Content-Digest"])
def test_a_piece_must_say_what_it_is(lacking):
    with pytest.raises(ValidationError):
        place_of({**headers(FIRST, offset=0), lacking: "sha-256=x"})


def test_other_digests_may_stand_beside_ours():
    given = headers(FIRST, offset=0)
    given["Content-Digest"] = f"unixsum=:AAAA:, {given['Content-Digest']}"
    assert place_of(given).sha256 == sha256(FIRST)


def test_a_browser_sends_pieces_and_asks_what_is_here(upload, people):
    dora, path = client_of(people.dora), f"/api/uploads/{upload.code}/files"
    for piece, offset in ((FIRST, 0), (SECOND, 6)):
        answer = dora.client.patch(
            f"{path}/7", piece, content_type="application/octet-stream", headers=headers(piece, offset=offset)
        )
        assert answer.status_code == 200
    assert answer.json() == {"number": 7, "n_bytes": 16, "is_complete": True, "sha256": sha256(WHOLE)}
    assert dora.get(path).json() == [answer.json()]


@pytest.mark.parametrize(
    ("extra", "status", "code"),
    [
        ({"headers": {"Upload-Offset": "6"}}, 409, "wrong_offset"),
        ({"headers": {"Content-Digest": "sha-256=:" + "A" * 43 + "=:"}}, 400, "chunk_damaged"),
        ({"headers": {"Content-Digest": ""}}, 400, "invalid"),
        ({"headers": {"Content-Encoding": "gzip"}}, 415, "content_encoding"),
        ({"CONTENT_LENGTH": str(16 * 1024**2 + 1)}, 413, "request_too_large"),
        ({"content_type": "application/json"}, 415, "unsupported_media_type"),
    ],
)
def test_what_a_browser_should_not_send_is_refused(upload, people, extra, status, code):
    given = {"content_type": "application/octet-stream", **extra}
    given["headers"] = {**headers(FIRST, offset=0), **extra.get("headers", {})}
    answer = client_of(people.dora).client.patch(f"/api/uploads/{upload.code}/files/7", FIRST, **given)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert not UploadedFile.objects.exists()


def test_a_stranger_finds_no_upload_to_add_to_or_to_discard(upload, people):
    eve, path = client_of(people.eve), f"/api/uploads/{upload.code}"
    answer = eve.client.patch(
        f"{path}/files/7", FIRST, content_type="application/octet-stream", headers=headers(FIRST, offset=0)
    )
    assert [answer.status_code, eve.get(f"{path}/files").status_code, eve.delete(path).status_code] == [404] * 3
