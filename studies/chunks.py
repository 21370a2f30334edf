"""A large file in pieces: each arrives whole or not at all, and a broken transfer goes on where it stopped.

A piece is first written beside the file and hashed; only if it is what the sender meant is it copied to the end of the
file, forced to the disk, and then counted in the row. The row is what holds: bytes that a crash left behind it are cut
off before the next piece is written.
"""

import base64
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from studies import quotas, storage
from studies.hashing import PIECE, sha256_of
from studies.holding import is_whole, n_held
from studies.models import Upload, UploadedFile
from studies.uploads import receiving

HEADERS = (
    "Send Upload-Offset and Upload-Length as numbers and the piece's digest as Content-Digest: sha-256=:<base64>:."
)


@dataclass(frozen=True)
class Place:
    """Where a piece belongs, as its sender says: from `offset` on, in a file of `length` bytes; hashed as `sha256`."""

    offset: int
    length: int
    sha256: str


def place_of(headers: Mapping[str, str]) -> Place:
    """What the headers of a request say of its piece. Content-Digest is that of RFC 9530."""
    offset, length = (re.fullmatch(r"\d{1,15}", headers.get(f"Upload-{name}", "")) for name in ("Offset", "Length"))
    digest = re.search(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):", headers.get("Content-Digest", ""))
    if not offset or not length or not digest:
        raise ValidationError(HEADERS)
    return Place(int(offset[0]), int(length[0]), base64.b64decode(digest[1]).hex())


@contextmanager
def arrived(body: IO[bytes], place: Place) -> Iterator[Path]:
    """The piece as a file beside the others while the block runs.

    Raises  Refusal if it is not what the sender hashed: the line broke, or something on the way changed it
    """
    with tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        digest = hashlib.sha256()
        for piece in pieces(body):
            digest.update(piece)
            file.write(piece)
        file.flush()
        if digest.hexdigest() != place.sha256:
            raise Refusal("chunk_damaged", "This piece of the file arrived damaged, and was not kept. Send it again.")
        yield Path(file.name)


def pieces(body: IO[bytes]) -> Iterator[bytes]:
    """The body as far as it comes: what a broken line cuts off, the digest shows."""
    try:
        while piece := body.read(PIECE):
            yield piece
    except OSError:
        return


@transaction.atomic
def append(upload: Upload, number: int, piece: Path, place: Place) -> UploadedFile:
    """Put a piece at the end of its file and give the file's row. Sent again, it changes nothing.

    Raises  Conflict with the true offset if the piece belongs elsewhere, or if the upload is finished;
            TooLarge, NoRoom
    """
    upload = receiving(upload)
    row = row_of(upload, number)
    target, n_bytes = storage.quarantine(upload.code) / str(number), piece.stat().st_size
    held = n_held(row, target.parent)
    if place.offset + n_bytes <= held and is_there(target, place, n_bytes):
        return row
    if place.offset != held or is_whole(row, target.parent):
        raise Conflict("wrong_offset", f"Of this file {held} bytes are here: go on from there.", offset=held)
    if place.offset + n_bytes > place.length:
        raise ValidationError("This piece is longer than what its file lacks.")
    quotas.check_bytes(upload, place.length - held, settings.LIMITS, now=timezone.now())
    write(piece, target, offset=held)
    return counted(row, target, n_bytes=held + n_bytes, length=place.length)


def counted(row: UploadedFile, target: Path, *, n_bytes: int, length: int) -> UploadedFile:
    """The row of a file of which so much is on the disk now."""
    row.n_bytes, row.is_complete = n_bytes, n_bytes == length
    row.sha256 = sha256_of(target, n_bytes=n_bytes) if row.is_complete else ""
    row.save()
    return row


def row_of(upload: Upload, number: int) -> UploadedFile:
    found = UploadedFile.objects.filter(upload=upload, number=number, entry=None).first()
    return found or UploadedFile(upload=upload, number=number, is_complete=False)


def is_there(target: Path, place: Place, n_bytes: int) -> bool:
    return target.exists() and sha256_of(target, offset=place.offset, n_bytes=n_bytes) == place.sha256


def write(piece: Path, target: Path, *, offset: int) -> None:
    """Copy the piece to that place, cut off what lies behind it, and see that it is on the disk."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as file, piece.open("rb") as source:
        file.truncate(offset)
        file.seek(offset)
        shutil.copyfileobj(source, file, PIECE)
        storage.sync(file)
