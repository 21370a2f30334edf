"""Bytes by the SHA-256 of their content, and the quarantine in which uploads wait. Nothing else knows where files lie.

An object is written once, complete or not at all: to a temporary file, to the disk, then under its name.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def place(sha256: str) -> Path:
    return Path(settings.DENS_DATA) / "store" / sha256[:2] / sha256[2:4] / sha256


def put(content: bytes) -> str:
    """Keep the bytes and give their SHA-256, under which `get` finds them. Putting the same again changes nothing."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not exists(sha256):
        write(place(sha256), content)
    return sha256


def get(sha256: str) -> bytes:
    return place(sha256).read_bytes()


def exists(sha256: str) -> bool:
    return place(sha256).is_file()


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def quarantine(upload_code: str) -> Path:
    """The folder in which the original files of one upload wait. They carry names: `remove` it as soon as possible."""
    folder = Path(settings.DENS_DATA) / "quarantine" / upload_code
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def quarantined() -> list[Path]:
    """Everything in the quarantine: folders of uploads, and files of requests that were cut off."""
    return sorted((Path(settings.DENS_DATA) / "quarantine").glob("*"))


def remove(path: Path) -> None:
    """Destroy a file or a folder of the quarantine, if it is still there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A path in a folder of the quarantine for one unpacked file, gone afterwards."""
    path = folder / "unpacked"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
