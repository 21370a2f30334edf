"""`manage.py deidentify IN OUT --study S`: DICOM files without identity, by the engine of every import.

OUT gets one folder an exam, one a series in it, one file a slice, all named by keyed UIDs. Nothing is imported.
"""

from argparse import ArgumentParser
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from studies import part10
from studies.copies import ReadingCopy
from studies.deidentify import study_key
from studies.errors import Refused
from studies.geometry import Vector, distance_mm, stack_normal
from studies.management.commands.import_dicom import files_of
from studies.models import Study
from studies.sandbox import Sandbox

PROGRAM = "studies.exporting"
WRITTEN, DUPLICATE, REFUSED = "written", "duplicate", "refused"


class Command(BaseCommand):
    help = "Writes the MR images of a folder as DICOM files without identity, and prints a verdict for each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="IN")
        parser.add_argument("out", type=Path, metavar="OUT")
        parser.add_argument("--study", required=True, help="the study's code; its key makes the new UIDs")
        parser.add_argument("--paths", action="store_true", help="print paths, which can name people, not numbers")

    def handle(self, *_: Any, folder: Path, out: Path, study: str, paths: bool, **__: Any) -> None:
        if not Study.objects.filter(code=study).exists():
            raise CommandError(f"There is no study {study}.")
        files = files_of(folder)
        if out.resolve().is_relative_to(folder.resolve()):
            raise CommandError("OUT lies in IN. Give a folder outside it.")
        desk, counts = Desk(out), Counter[str]()
        with Sandbox(study_key(settings.UID_KEY, study), settings.LIMITS, program=PROGRAM) as sandbox:
            for number, path in enumerate(files, start=1):
                verdict, said = desk.take(path, sandbox)
                counts[verdict] += 1
                self.stdout.write(f"{verdict:9}  {path if paths else number}  {said}".rstrip())
        desk.number()
        self.stdout.write(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
        if set(counts) == {REFUSED}:
            raise CommandError("Nothing was written.")


UNREADABLE = "The file cannot be read, or its copy not be written."


class Desk:
    """Where files are written, and which slices were."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.pixels: dict[str, str] = {}  # of an instance UID
        self.stacks: dict[str, list[tuple[Path, Vector, Vector]]] = defaultdict(list)

    def take(self, path: Path, sandbox: Sandbox) -> tuple[str, str]:
        """Write all slices of a file, or none: its verdict, and what there is to say about it."""
        new: list[tuple[ReadingCopy, Path]] = []  # without planes: a file may hold thousands
        try:
            for copy in sandbox.copies(path):
                if self.is_new(copy):
                    new.append((replace(copy, plane=b""), self.write(copy)))
        except (Refused, OSError) as problem:
            for _, written in new:
                written.unlink(missing_ok=True)
            return REFUSED, problem.message if isinstance(problem, Refused) else UNREADABLE
        for copy, written in new:
            self.keep(copy, written)
        return (WRITTEN, f"{len(new)} slices" if len(new) > 1 else "") if new else (DUPLICATE, "")

    def is_new(self, copy: ReadingCopy) -> bool:
        known = self.pixels.get(copy.instance_uid)
        if known not in (None, copy.pixels_sha256):
            raise Refused("other_pixels")
        return known is None

    def write(self, copy: ReadingCopy) -> Path:
        path = self.out / copy.exam_uid / copy.series_uid / f"{copy.instance_uid}.dcm"
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.write_bytes(part10.write(part10.of(copy)))
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path

    def keep(self, copy: ReadingCopy, written: Path) -> None:
        self.pixels[copy.instance_uid] = copy.pixels_sha256
        self.stacks[copy.series_uid].append((written, copy.geometry.centre, copy.geometry.slice_normal))

    def number(self) -> None:
        """Number the slices of each series by where they lie: nobody knows before all of it has been seen."""
        for stack in self.stacks.values():
            normal = stack_normal([normal for _, _, normal in stack])
            ordered = sorted(stack, key=lambda one: (distance_mm(one[1], normal), one[0].name))
            for number, (path, _, _) in enumerate(ordered, start=1):
                path.write_bytes(part10.numbered(path.read_bytes(), number))
