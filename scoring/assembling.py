"""The cases of a dossier, one after the other -> the material of the reliability report and its clinical tables. Pure.

The page and the export are made of the same: both put their cases in here. Agreement needs all cases at once, so the
grades of all are kept until the end, and nothing else of them.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from scoring import clinical, derived, leanings, report
from scoring.clinical import Patient
from scoring.derived import Derived
from scoring.dossier import CaseRecord, Header, ReadingRecord
from scoring.outlines import name_of_sum, outline
from scoring.partiality import Decision
from scoring.report import ItemIn, Material, Read, ReadCase
from scoring.rules import Design

UNRESOLVED = "unresolved"
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


class Assembly:
    """`add` every case; then there is the material, and what it comes to."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.signed: dict[str, list[tuple[str, str]]] = defaultdict(list)  # when, and which reading, by reader
        self.compared: list[Compared] = []
        self.repeats: list[report.Repeat] = []
        self.decisions: list[Decision] = []
        self.settled: dict[str, list[tuple[int | None, Derived]]] = defaultdict(list)

    def add(self, case: CaseRecord) -> None:
        for reading in case.signed:
            if reading.signature and reading.kind != "self_check":
                self.signed[reading.reader].append((reading.signature.signed_at, reading.code))
        if case.consensus and len(case.standing) == 2:
            self.compared.append(compared(case))
        self.repeats += repeats_of(case)
        self.decisions += leanings.decisions(case)
        if values := settled_values(self.header, case):
            self.settled[case.subject].append((case.exam.days_from_baseline, values))

    def content(self, *, software: str) -> dict[str, Any]:
        """The whole report, as it is kept and exported."""
        return {**report.content(self.material(), software=software), "clinical": self.clinical()}

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
        """The place of each reading among those its reader signed, from 1. A second look takes none."""
        for signed in self.signed.values():
            yield from ((code, place) for place, (_, code) in enumerate(sorted(signed), start=1))

    def clinical(self) -> dict[str, Any]:
        """The clinical tables: of each participant the settled case, of several the first in time if that is known.

        n_unsettled   participants of whom no case is settled yet
        n_left_out    participants with several cases of which it is not known which came first
        """
        known = {one.subject: one.values for one in self.header.participants}
        first = {subject: one for subject, several in self.settled.items() if (one := earliest(several))}
        patients = [patient_of(values, known.get(subject, {})) for subject, values in first.items()]
        return {
            **clinical.report(patients, outline(self.header.definition, self.header.covariates)),
            "n_unsettled": self.header.n_subjects - len(self.settled),
            "n_left_out": len(self.settled) - len(first),
        }


def settled_values(header: Header, case: CaseRecord) -> Derived | None:
    """What follows from the consensus of a case; None while it is not settled."""
    if not case.is_settled:
        return None
    final = case.final.values()
    return derived.derive(
        header.definition,
        {one.item: one.value for one in final},
        unresolved=[one.item for one in final if one.method == UNRESOLVED],
    )


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
    first, second = (Read(it.reader, it.answers, places[it.code]) for it in one.looks)
    return ReadCase(one.code, one.subject, (first, second), one.final, one.is_disputed, one.overruled)


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
