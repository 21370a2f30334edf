"""The reliability report of a bundle: computed from its cases, as tables and as a page in the order of GRRAS.

Agreement needs all cases at once, so the grades of all cases are kept until the end, and nothing else of them.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from scoring import clinical, printable, printed, report
from scoring.bundle import counted, leanings
from scoring.bundle.checksums import write_json
from scoring.clinical import Patient
from scoring.derived import Derived
from scoring.dossier import CaseRecord, Header, ReadingRecord
from scoring.outlines import name_of_sum, outline
from scoring.partiality import Decision
from scoring.printable import Circumstances
from scoring.report import ItemIn, Material, Read, ReadCase, by_number
from scoring.report.rows import TABLES
from scoring.rules import Design
from scoring.tabular import table

Answers = dict[str, int | None]


class Look(NamedTuple):
    """A whole signed reading, as small as it can be kept."""

    code: str
    reader: str
    answers: Answers


class Compared(NamedTuple):
    code: str
    subject: str
    looks: tuple[Look, Look]
    final: dict[str, float | None] | None
    is_disputed: bool
    overruled: tuple[str, ...] | None


class Agreement:
    """Into a folder of its own; while the charter withholds agreement, there is a sentence in it instead."""

    def begin(self, folder: Path, header: Header) -> None:
        self.header, self.folder = header, folder / "agreement"
        self.folder.mkdir()
        self.signed: dict[str, list[tuple[str, str]]] = defaultdict(list)  # when, and which reading, by reader
        self.compared: list[Compared] = []
        self.repeats: list[report.Repeat] = []
        self.decisions: list[Decision] = []
        self.settled: dict[str, list[tuple[int | None, Derived]]] = defaultdict(list)

    def add(self, case: CaseRecord) -> None:
        if self.header.withheld:
            return
        for reading in case.signed:
            if reading.signature and reading.kind != "self_check":
                self.signed[reading.reader].append((reading.signature.signed_at, reading.code))
        if case.consensus and len(case.standing) == 2:
            self.compared.append(compared(case))
        self.repeats += repeats_of(case)
        self.decisions += leanings.decisions(case)
        if values := counted.of_consensus(self.header, case):
            self.settled[case.subject].append((case.exam.days_from_baseline, values))

    def finish(self) -> None:
        if self.header.withheld:
            (self.folder / "WITHHELD.txt").write_text(f"{self.header.withheld}\n", encoding="utf-8")
            return
        software = f"Dens {self.header.software}"
        content = {**report.content(self.material(), software=software), "clinical": self.clinical()}
        write_json(self.folder / "agreement.json", content)
        for name, (columns, rows) in TABLES.items():
            (self.folder / name).write_bytes(table(rows(content), columns=columns))
        page = printable.page(content, circumstances(self.header, len(self.compared)))
        (self.folder / "report.html").write_text(page, encoding="utf-8")

    def material(self) -> Material:
        places = dict(self.places())
        return Material(
            definition=self.header.definition,
            items=tuple(items_of(self.header)),
            cases=tuple(read_case(one, places) for one in self.compared),
            repeats=tuple(self.repeats),
            is_adjudicated=self.header.charter.rules.design is Design.ADJUDICATED,
            decisions=tuple(self.decisions),
        )

    def places(self) -> Iterator[tuple[str, int]]:
        """The place of each reading among those its reader signed, from 1."""
        for signed in self.signed.values():
            yield from ((code, place) for place, (_, code) in enumerate(sorted(signed), start=1))

    def clinical(self) -> dict[str, Any]:
        """As associations.py: of each participant the settled case, of several the first in time if that is known."""
        known = {one.subject: one.values for one in self.header.participants}
        first = {subject: one for subject, several in self.settled.items() if (one := earliest(several))}
        patients = [patient_of(values, known.get(subject, {})) for subject, values in first.items()]
        return {
            **clinical.report(patients, outline(self.header.definition, self.header.covariates)),
            "n_unsettled": self.header.n_subjects - len(self.settled),
            "n_left_out": len(self.settled) - len(first),
        }


def compared(case: CaseRecord) -> Compared:
    one, other = (Look(reading.code, reading.reader, reading.grades) for reading in case.standing)
    final = {item: it.value for item, it in case.final.items()} if case.is_settled else None
    adjudications = [it for it in case.adjudications if it.stands]
    return Compared(case.code, case.subject, (one, other), final, bool(adjudications), overruled(case))


def overruled(case: CaseRecord) -> tuple[str, ...] | None:
    """Readers from whom a signed decision differs at any disputed item; None where nothing is decided."""
    signed = [one for one in case.adjudications if one.stands and one.state == "signed"]
    looks = {reading.code: reading for reading in case.signed}  # second looks stand left or right as well
    differing = {
        looks[side].reader
        for one in signed
        for dispute in one.disputes
        for side in (dispute.left, dispute.right)
        if side in looks and looks[side].grades[dispute.item] != dispute.adjudicated_grade
    }
    return tuple(sorted(differing)) if signed else None


def repeats_of(case: CaseRecord) -> Iterator[report.Repeat]:
    looks: dict[str, ReadingRecord] = {reading.code: reading for reading in case.signed}
    for reading in case.signed:
        if reading.kind == "repeat" and reading.original in looks:
            first = looks[reading.original].grades
            yield report.Repeat(case.code, case.subject, reading.reader, first, reading.grades)


def read_case(one: Compared, places: dict[str, int]) -> ReadCase:
    reads = sorted(
        (Read(it.reader, it.answers, places[it.code]) for it in one.looks), key=lambda it: by_number(it.reader)
    )
    return ReadCase(one.code, one.subject, (reads[0], reads[1]), one.final, one.is_disputed, one.overruled)


def items_of(header: Header) -> Iterator[ItemIn]:
    place_of = {region["code"]: region.get("place", region["code"]) for region in header.definition["regions"]}
    for item in header.items:
        place = f"{place_of[item.region]}:{item.code.removeprefix(f'{item.region}_')}"
        yield ItemIn(item.code, item.label, item.region, item.site, item.n_grades, item.kind == "flag", place)


def earliest(several: list[tuple[int | None, Derived]]) -> Derived | None:
    """What stands for a participant: the only case, or the first in time; None if that cannot be told."""
    known = [day for day, _ in several if day is not None]
    if len(several) == 1:
        return several[0][1]
    if len(known) < len(several) or known.count(min(known)) > 1:
        return None
    return several[known.index(min(known))][1]


def patient_of(values: Derived, known: dict[str, float | str]) -> Patient:
    return Patient(
        findings=values.present,
        numbers={name_of_sum(name): part.value for name, part in values.sums.items()}
        | {name: value for name, value in known.items() if not isinstance(value, str)},
        categories={name: value for name, value in known.items() if isinstance(value, str)},
    )


def circumstances(header: Header, n_cases: int) -> Circumstances:
    instrument, charter = header.instrument, header.charter
    named = (instrument.title, instrument.reference, instrument.sha256)
    return Circumstances(
        title=header.title,
        is_synthetic=header.is_synthetic,
        n_cases=n_cases,
        rules=dict(printed.sections(charter.rules, *named)),
        charter_version=charter.version,
        charter_sha256=charter.sha256,
        software=header.software,
    )
