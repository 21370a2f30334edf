"""Bytes by the SHA-256 of their content, and the quarantine in which uploads wait. Nothing else knows where files lie.

An object is written once, complete or not at all: to a temporary file, to the disk, then under its name. Small things
are `put`; planes are written one after another into one object (`Writer`) and read by their place in it.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings


def place(sha256: str) -> Path:
    return Path(settings.DENS_DATA) / "store" / sha256[:2] / sha256[2:4] / sha256


def images() -> Path:
    """The folder of the objects that hold planes: one a series, all side by side, so that one sync settles many."""
    folder = Path(settings.DENS_DATA) / "images"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def put(content: bytes) -> str:
    """Keep the bytes and give their SHA-256, under which `get` finds them. Putting the same again changes nothing."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not exists(sha256):
        write(place(sha256), content)
    return sha256


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder beside the store for what is large and in the making; what `take` has not stored is gone afterwards."""
    folder = Path(settings.DENS_DATA) / "workshop"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        yield Path(name)


def take(path: Path) -> str:
    """Store a file of the workshop as it is, however large, and give its SHA-256. It is moved, never copied."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    if not exists(sha256):
        place(sha256).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.replace(path, place(sha256))
        sync_folder(place(sha256).parent)
    return sha256


def forget_workshop(*, before: float) -> None:
    """Remove what a dead worker left behind there."""
    for path in (Path(settings.DENS_DATA) / "workshop").glob("*"):
        if path.stat().st_mtime < before:
            shutil.rmtree(path, ignore_errors=True)


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
            sync(file)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Writer:
    """An object of planes in the making. Used as a context; what is not kept by `keep` is gone afterwards."""

    def __enter__(self) -> "Writer":
        descriptor, name = tempfile.mkstemp(dir=images())
        self.path, self.file = Path(name), os.fdopen(descriptor, "w+b")
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.path.unlink(missing_ok=True)

    @property
    def size(self) -> int:
        return self.file.tell()

    def add(self, plane: bytes) -> int:
        """Append a plane and give where it begins."""
        offset = self.size
        self.file.write(plane)
        return offset

    def forget_from(self, offset: int) -> None:
        """Take back everything from there on."""
        self.file.seek(offset)
        self.file.truncate()

    def keep(self) -> str:
        """Store what was written and give its SHA-256. It survives a power cut once `settle` has been called, too."""
        sync(self.file)
        self.file.seek(0)
        sha256 = hashlib.file_digest(self.file, "sha256").hexdigest()
        os.replace(self.path, images() / sha256)
        return sha256


def settle() -> None:
    """Make everything that was kept survive a power cut: called once before the rows that name it are committed."""
    sync_folder(images())


def read(sha256: str, offset: int, n_bytes: int) -> bytes:
    """A plane by its place in an object that a `Writer` kept."""
    with (images() / sha256).open("rb") as file:
        file.seek(offset)
        return file.read(n_bytes)


def prune(needed: Collection[str], *, before: float) -> int:
    """Remove image objects that nothing needs and that were written before a time; give how many."""
    old = [path for path in images().iterdir() if path.name not in needed and path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def quarantine(upload_code: str) -> Path:
    """The folder in which the original files of one upload wait. They carry names: `remove` it as soon as possible."""
    folder = Path(settings.DENS_DATA) / "quarantine" / upload_code
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def last_touched(upload_code: str) -> float:
    """When a byte of an upload came last, in seconds since 1970."""
    folder = quarantine(upload_code)
    return max(path.stat().st_mtime for path in (folder, *folder.iterdir()))


def sealed(study_code: str, upload_code: str) -> Path:
    """The folder of the sealed originals of one upload (originals.py). Nothing in Dens ever opens them."""
    folder = Path(settings.DENS_DATA) / "sealed" / study_code / upload_code
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def settle_quarantine(upload_code: str) -> None:
    """Make the files of an upload survive a power cut: called once, before the upload is called complete."""
    folder = quarantine(upload_code)
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    sync_folder(folder)


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
