"""Opens originals for `manage.py deidentify`: as opening.py does, and looks through the files to be written, too."""

from collections.abc import Iterator
from pathlib import Path

from studies import opening, part10, residual
from studies.copies import ReadingCopy
from studies.limits import DEFAULTS, Limits


def open_file(file: Path | int, *, key: bytes, limits: Limits = DEFAULTS) -> Iterator[ReadingCopy]:
    """The reading copies of a file whose DICOM files hold nothing that was to be removed. Raises Refused."""
    for copy, removed in opening.opened(file, key=key, limits=limits):
        residual.check_file(removed, part10.write(part10.of(copy)), part10.own_values(copy))
        yield copy


if __name__ == "__main__":
    opening.main(open_file)
