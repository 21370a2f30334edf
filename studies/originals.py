"""The waiting files of one upload as paths; an entry of a zip is unpacked alone and gone afterwards."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from studies import archives, storage
from studies.archives import Archive


class Originals(AbstractContextManager["Originals"]):
    """Opened once for an upload. The last zip stays open, for its next entry is asked for next."""

    def __init__(self, upload_code: str) -> None:
        self.folder = storage.quarantine(upload_code)
        self.archives: dict[int, Archive] = {}

    def __exit__(self, *_: object) -> None:
        for archive in self.archives.values():
            archive.close()
        self.archives.clear()

    def is_zip(self, number: int) -> bool:
        return archives.is_zip(self.folder / str(number))

    def entries(self, number: int) -> int:
        """How many files a zip holds. Raises Refused if it is one nobody should open."""
        return len(self.opened(number))

    def opened(self, number: int) -> Archive:
        if number not in self.archives:
            self.__exit__()
            self.archives[number] = Archive(self.folder / str(number))
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
