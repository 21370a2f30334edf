"""Files hashed while they stream from the network to the quarantine's disk, never whole in memory."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

PIECE = 1024 * 1024


class HashingHandler(TemporaryFileUploadHandler):
    """Gives each part of a multipart request as a file on the disk whose `sha256` is known."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.digest.update(raw_data)
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        self.file.sha256 = self.digest.hexdigest()  # type: ignore[attr-defined]
        return super().file_complete(file_size)


def sha256_of(path: Path, *, offset: int = 0, n_bytes: int) -> str:
    """The SHA-256 of a stretch of a file, as far as the file goes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        file.seek(offset)
        while n_bytes > 0 and (piece := file.read(min(n_bytes, PIECE))):
            digest.update(piece)
            n_bytes -= len(piece)
    return digest.hexdigest()


def copy(source: Path, target: Path) -> str:
    """Copy a file and give its SHA-256, read once."""
    digest = hashlib.sha256()
    with source.open("rb") as original, target.open("wb") as file:
        while piece := original.read(PIECE):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()
