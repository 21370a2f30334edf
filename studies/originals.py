"""The waiting files of one upload as paths, each entry of a zip unpacked alone; and what becomes of them in the end.

They are destroyed. Only where a study keeps its originals they are first sealed for the holder of a key that Dens does
not have: encrypted with age (https://age-encryption.org) to the public key in DENS_ESCROW_RECIPIENT.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pyrage
from django.conf import settings

from studies import archives, storage
from studies.archives import Archive
from studies.models import Upload


class Originals(AbstractContextManager["Originals"]):
    """Opened once for an upload. The last zip stays open, for its next entry is asked for next."""

    def __init__(self, upload: Upload) -> None:
        self.folder = storage.quarantine(upload.code)
        self.archives: dict[int, Archive] = {}

    def __exit__(self, *_: object) -> None:
        for archive in self.archives.values():
            archive.close()
        self.archives.clear()

    def is_zip(self, number: int) -> bool:
        path = self.folder / str(number)
        return path.exists() and archives.is_zip(path)  # one that is lost is refused when its turn comes

    def entries(self, number: int) -> int:
        """How many files a zip holds. Raises Refused if it is one nobody should open."""
        return len(self.opened(number))

    def opened(self, number: int) -> Archive:
        if number not in self.archives:
            self.__exit__()
            self.archives[number] = Archive(self.folder / str(number), settings.LIMITS)
        return self.archives[number]

    @contextmanager
    def path(self, number: int, *, entry: int | None) -> Iterator[Path]:
        """Where the bytes of a file, or of an entry of a zip, lie while the block runs."""
        if entry is None:
            yield self.folder / str(number)
            return
        with storage.scratch(self.folder) as path:
            self.opened(number).unpack(entry, to=path)
            yield path


def dispose(upload: Upload) -> None:
    """Destroy the originals of an upload, sealed first where the study keeps them. Safe to run twice."""
    folder = storage.quarantine(upload.code)
    if upload.study.keeps_originals:
        seal(folder, storage.sealed(upload.study.code, upload.code))
    storage.remove(folder)


def seal(folder: Path, target: Path) -> None:
    """Encrypt every file that waits; one that was sealed before a crash is sealed again under its name."""
    recipient = pyrage.x25519.Recipient.from_str(settings.ESCROW_RECIPIENT)
    for file in sorted(path for path in folder.iterdir() if path.name.isdecimal()):
        partial = target / f"{file.name}.partial"
        pyrage.encrypt_file(str(file), str(partial), [recipient])
        with partial.open("rb") as written:
            storage.sync(written)
        partial.replace(target / f"{file.name}.age")
    storage.sync_folder(target)


def can_be_sealed() -> bool:
    """Whether the server has a public key to seal originals for."""
    try:
        pyrage.x25519.Recipient.from_str(settings.ESCROW_RECIPIENT)
    except pyrage.RecipientError:
        return False
    return True
