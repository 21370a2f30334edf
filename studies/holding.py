"""What is here of the files of an upload, by the row and by the disk: the lesser of the two is true."""

from pathlib import Path

from studies import storage
from studies.hashing import sha256_of
from studies.models import Upload, UploadedFile


def held(upload: Upload) -> list[UploadedFile]:
    """What is here of each file, for whoever goes on after a broken line: how many bytes, and their SHA-256."""
    folder = storage.quarantine(upload.code)
    rows = list(upload.files.filter(entry=None))
    for row in rows:
        row.is_complete, row.n_bytes = is_whole(row, folder), n_held(row, folder)
        if not row.is_complete:
            row.sha256 = sha256_of(folder / str(row.number), n_bytes=row.n_bytes) if row.n_bytes else ""
    return rows


def in_part(upload: Upload) -> list[UploadedFile]:
    """The files that have come only in part."""
    folder = storage.quarantine(upload.code)
    return [row for row in upload.files.all() if not is_whole(row, folder)]


def is_whole(row: UploadedFile, folder: Path) -> bool:
    """Whether all of a file has come, and is still there: a power cut may take back what was not forced to the disk."""
    return row.is_complete and n_held(row, folder) == row.n_bytes


def n_held(row: UploadedFile, folder: Path) -> int:
    path = folder / str(row.number)
    return min(row.n_bytes, path.stat().st_size) if path.exists() else 0
