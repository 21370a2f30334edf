"""A whole bundle. Importing this loads heavy libraries: only who writes one does."""

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Protocol

from scoring.bundle.adam import Adam
from scoring.bundle.agreement import Agreement
from scoring.bundle.checksums import Manifest, seal
from scoring.bundle.csvs import Csvs
from scoring.bundle.key_objects import KeyObjects
from scoring.bundle.load_r import LoadR
from scoring.bundle.packages import Packages
from scoring.bundle.papers import Papers
from scoring.bundle.parquet import Parquet
from scoring.bundle.readme import Readme
from scoring.bundle.redcap import Redcap
from scoring.bundle.reports import Reports
from scoring.bundle.sdtm import Sdtm
from scoring.dossier import CaseRecord, Header

BATCH = 50  # cases between two words of progress
Telling = Callable[[int], None]


class Writer(Protocol):
    def begin(self, folder: Path, header: Header) -> None: ...

    def add(self, case: CaseRecord) -> None: ...

    def finish(self) -> None: ...


def writers() -> list[Writer]:
    """One of each, new; the manifest last, for it names what the others wrote."""
    return [
        Readme(), Papers(), Csvs(), LoadR(), Parquet(), Packages(), Sdtm(), Adam(), Redcap(), Reports(), KeyObjects(),
        Agreement(), Manifest(),
    ]  # fmt: skip


def silent(n_done: int) -> None:
    """Nobody wants to know."""


def write(
    folder: Path,
    header: Header,
    cases: Iterable[CaseRecord],
    *,
    chosen: Iterable[Writer] | None = None,
    tell: Telling = silent,
) -> None:
    """Write a bundle into an empty folder, case by case.

    chosen   the writers; all of them, unless named
    tell     called with how many cases are done, after each batch
    """
    used = list(writers() if chosen is None else chosen)
    for writer in used:
        writer.begin(folder, header)
    n_done, waiting = 0, iter(cases)
    while some := list(islice(waiting, BATCH)):
        add(used, some)
        n_done += len(some)
        tell(n_done)
    for writer in used:
        writer.finish()
    seal(folder)


def add(used: list[Writer], some: list[CaseRecord]) -> None:
    for case in some:
        for writer in used:
            writer.add(case)
