"""The manifest of a bundle and the checksum of each of its files."""

import json
from pathlib import Path
from typing import Any

from scoring.bundle.verifying import SUMS, at, names_in, sha256_of
from scoring.dossier import CaseRecord, Header

NAME = "manifest.json"


def seal(folder: Path) -> None:
    """Write the checksum of every file of a bundle, in the order of their names, as `sha256sum -c` reads them."""
    lines = [f"{digest(folder, name)}  {name}\n" for name in sorted(names_in(folder)) if name != SUMS]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def digest(folder: Path, name: str) -> str:
    return sha256_of(at(folder / name))


class Manifest:
    """What the export is made of, in one file that a program reads. It comes last: it names every other file."""

    def begin(self, folder: Path, header: Header) -> None:
        self.folder, self.header = folder, header
        names = ("cases", "cases_compared", "cases_settled", "consensus_superseded", "readings_signed")
        self.counts = dict.fromkeys(names, 0)

    def add(self, case: CaseRecord) -> None:
        self.counts["cases"] += 1
        self.counts["cases_compared"] += case.consensus is not None
        self.counts["cases_settled"] += case.is_settled
        self.counts["consensus_superseded"] += len(case.superseded)
        self.counts["readings_signed"] += sum(reading.counts for reading in case.signed)

    def finish(self) -> None:
        files = {name: told(self.folder, name) for name in sorted(names_in(self.folder))}
        content = {**of_study(self.header), "counts": self.counts, "files": files}
        write_json(self.folder / NAME, content)


def of_study(header: Header) -> dict[str, Any]:
    """No clock in it: the same data give the same bytes."""
    instrument, runs = header.instrument, ("run", "seed_sha256", "algorithm", "plan_sha256")
    return {
        "study": {"code": header.study, "title": header.title, "is_synthetic": header.is_synthetic},
        "instrument": {
            "reference": instrument.reference,
            "status": instrument.status,
            "sha256": instrument.sha256,
        },
        "charter_version": header.charter.version,
        "rules": header.charter.content["rules"],
        "software": {"name": "Dens", "version": header.software},
        "allocations": [{name: run[name] for name in runs} for run in header.allocations],
    }


def told(folder: Path, name: str) -> dict[str, Any]:
    return {"sha256": digest(folder, name), "bytes": (folder / name).stat().st_size}


def write_json(path: Path, content: Any) -> None:
    """Sorted and indented, so that a person can read it and a program finds the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
