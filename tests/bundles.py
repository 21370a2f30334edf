"""The bundle of a study, to look into."""

import csv
import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from scoring import export
from studies.models import Study


def bundle(study: Study) -> bytes:
    """The zip as a worker makes it."""
    with TemporaryDirectory() as folder:
        return export.zipped(study, Path(folder), tell=lambda n_done: None).read_bytes()


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def read(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def rows(content: bytes, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read(content, name).decode())))
