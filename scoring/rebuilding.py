"""The bundle of a study rebuilt from its audit trail alone, and compared with one that was exported.

No other table is read than that of the events, and that of the accounts for the names of who acted. What is in an
export and not in the trail, or the other way round, shows itself as a difference.
"""

import json
import zipfile
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from django.conf import settings

from readers.errors import Refusal
from scoring import chronicle, export, replay
from scoring.replay import Event, differing
from scoring.replay.state import Contradiction


def rebuild(study_code: str, to: Path, *, until: int | None = None, n_events: int | None = None) -> None:
    """Every file of the bundle into a folder that is not there yet.

    until      the number of the last event to be played; all of them without one
    n_events   how many are played, from the first on
    """
    write(islice(chronicle.events(study_code, until=until), n_events), to)


def write(events: Iterable[Event], to: Path) -> None:
    """Raises Refusal while the trail tells of no charter in force, ReplayError at an event that cannot be played."""
    from scoring.bundle import writing  # pandas, Arrow and highdicom: only for who writes a bundle, not for the web

    state = replay.replayed(events)
    try:
        header = replay.header(state, software=settings.VERSION)
    except Contradiction as problem:
        raise Refusal("nothing_told", f"Nothing can be exported from these events: {problem}.") from problem
    to.mkdir(parents=True)
    writing.write(to, header, replay.cases(state))


def zipped(events: Iterable[Event], folder: Path) -> Path:
    """The same as one zip, byte by byte as export.zipped makes it, in a folder that is empty."""
    files, made = folder / "files", folder / "export.zip"
    write(events, files)
    export.pack(files, made)
    return made


def difference(files: Path, exported: Path) -> str:
    """Where a rebuilt bundle and an export differ first, in a sentence; "" if they do not.

    exported   the zip as it was handed out
    """
    with zipfile.ZipFile(exported) as archive:
        theirs = {name: archive.read(name) for name in archive.namelist()}
    ours = {path.relative_to(files).as_posix(): path.read_bytes() for path in files.rglob("*") if path.is_file()}
    return differing.sentence(ours, theirs)


def events_behind(exported: Path) -> int:
    """How many events of the study an export has seen."""
    with zipfile.ZipFile(exported) as archive:
        return int(json.loads(archive.read("audit_digest.json"))["n_events"])
