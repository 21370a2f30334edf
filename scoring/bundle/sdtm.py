"""Item by item after SDTMIG 3.4, domain MK: grades of readers and of adjudicators, and which record was accepted.

Not validated against CDISC controlled terminology or conformance rules: a data manager maps and checks it. SDTM has no
MKACPTFL in MK, so what was accepted stands in SUPPMK. Hidden repeats stay out: they count for nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scoring.assembling import UNRESOLVED
from scoring.bundle import terms
from scoring.bundle.counted import tidy
from scoring.bundle.datasets import DataSet, flag, number, text, write_columns
from scoring.bundle.sheets import Cell
from scoring.dossier import CaseRecord, DisputeRecord, FinalRecord, Header, ItemCopy, ReadingRecord

STUDY, SUBJECT = text("STUDYID", "Study Identifier", 12), text("USUBJID", "Unique Subject Identifier", 53)
DOMAIN = text("DOMAIN", "Domain Abbreviation", 2)
VISIT = text("VISIT", "Visit Name", 20)
MK = DataSet("MK", "Musculoskeletal System Findings", (
    STUDY, DOMAIN, SUBJECT, number("MKSEQ", "Sequence Number"), text("MKREFID", "Reference ID", 20),
    text("MKLNKGRP", "Link Group ID", 20), text("MKTESTCD", "Musculoskeletal Test Short Name", 8),
    text("MKTEST", "Musculoskeletal Test Name", 40), text("MKCAT", "Category for Musculoskeletal Test", 80),
    text("MKORRES", "Result or Finding in Original Units", 200),
    text("MKSTRESC", "Character Result/Finding in Std Format", 8),
    number("MKSTRESN", "Numeric Result/Finding in Standard Units"), text("MKSTAT", "Completion Status", 8),
    text("MKREASND", "Reason Not Done", 200), text("MKLOC", "Location Used for Measurement", 80),
    text("MKMETHOD", "Method of Test or Examination", 8), text("MKEVAL", "Evaluator", 20),
    text("MKEVALID", "Evaluator Identifier", 16), flag("MKDRVFL", "Derived Flag"), VISIT,
    text("MKDTC", "Date/Time of Collection", 20),
))  # fmt: skip
SUPPMK = DataSet("SUPPMK", "Supplemental Qualifiers for MK", (
    STUDY, text("RDOMAIN", "Related Domain Abbreviation", 2), SUBJECT, text("IDVAR", "Identifying Variable", 8),
    text("IDVARVAL", "Identifying Variable Value", 20), text("QNAM", "Qualifier Variable Name", 8),
    text("QLABEL", "Qualifier Variable Label", 40), text("QVAL", "Data Value", 20), text("QORIG", "Origin", 8),
    text("QEVAL", "Evaluator", 20),
))  # fmt: skip
PR = DataSet("PR", "Procedures", (
    STUDY, DOMAIN, SUBJECT, number("PRSEQ", "Sequence Number"), text("PRREFID", "Reference ID", 20),
    text("PRTRT", "Reported Name of Procedure", 40), VISIT,
))  # fmt: skip
RELREC = DataSet("RELREC", "Related Records", (
    STUDY, text("RDOMAIN", "Related Domain Abbreviation", 2), SUBJECT, text("IDVAR", "Identifying Variable", 8),
    text("IDVARVAL", "Identifying Variable Value", 20), text("RELTYPE", "Relationship Type", 4),
    text("RELID", "Relationship Identifier", 20),
))  # fmt: skip
ASSESSOR, ADJUDICATOR, METHOD = "INDEPENDENT ASSESSOR", "ADJUDICATOR", "MRI"
Record = dict[str, Cell]


class Sdtm:
    def begin(self, folder: Path, header: Header) -> None:
        self.header, self.seen, self.scans = header, Counter[str](), Counter[str]()
        self.items = {item.code: item for item in header.items}
        place = folder / "sdtm"
        place.mkdir()
        datasets = (MK.sized(**lengths_of(header)), SUPPMK, PR, RELREC)
        write_columns(place / "columns.csv", datasets)
        self.mk, self.supp, self.pr, self.relrec = (one.open(place) for one in datasets)

    def add(self, case: CaseRecord) -> None:
        subject = f"{self.header.study}-{case.subject}"
        about: Record = {"STUDYID": self.header.study, "USUBJID": subject, "VISIT": visit_of(case)}
        self.scans[subject] += 1
        scan: Record = {
            "DOMAIN": "PR",
            "PRSEQ": self.scans[subject],
            "PRREFID": case.code,
            "PRTRT": "MRI OF CERVICAL SPINE",
        }
        self.pr.add({**about, **scan})
        for record, accepted in records(self.header, case):
            self.seen[subject] += 1
            numbered: Record = {"DOMAIN": "MK", "MKSEQ": self.seen[subject], "MKREFID": case.code, "MKMETHOD": METHOD}
            self.mk.add({**about, **numbered, **record})
            for qualifier in qualifiers(accepted):
                related: Record = {"RDOMAIN": "MK", "IDVAR": "MKSEQ", "IDVARVAL": str(self.seen[subject])}
                self.supp.add({**about, **related, **qualifier})

    def finish(self) -> None:
        for domain, variable, kind in (("MK", "MKREFID", "MANY"), ("PR", "PRREFID", "ONE")):
            related = {"RDOMAIN": domain, "IDVAR": variable, "RELTYPE": kind, "RELID": "MKPR"}
            self.relrec.add({"STUDYID": self.header.study, **related})
        for dataset in (self.mk, self.supp, self.pr, self.relrec):
            dataset.close()


def lengths_of(header: Header) -> dict[str, int]:
    """How long the texts of the instrument are."""
    labels = [label for item in header.items for label in header.instrument.scale_of(item).values()]
    reasons = sorted(map(len, header.instrument.reasons.values()))[-2:]
    return {
        "MKORRES": max(map(len, labels)),
        "MKREASND": sum(reasons) + len(" + "),
        "MKLOC": max(len(terms.location_of(item)) for item in header.items),
        "MKCAT": len(header.instrument.reference),
    }


def visit_of(case: CaseRecord) -> str:
    """Dens keeps no date: the first exam of a participant is the baseline, later ones are counted in days."""
    days = case.exam.days_from_baseline
    return "" if days is None else "BASELINE" if days == 0 else f"DAY {days + 1}"


def records(header: Header, case: CaseRecord) -> Iterator[tuple[Record, FinalRecord | None]]:
    """Every record of a case, item by item; with what counts where it is the accepted one.

    Accepted is the reading that was picked; else the adjudicator's own answer, or the first reading, that says what
    counts; else a derived record, of a mean or a median that nobody gave.
    """
    own = dict(own_answers(case))
    for item in header.items:
        final = case.final.get(item.code) if case.is_settled else None
        given = [candidate(item, reading) for reading in case.standing]
        if item.code in own:
            given.append(own[item.code])
        accepted = accepted_of(final, given)
        for one in given:
            yield {**one.about, **result_of(header, item, *one.said)}, final if one is accepted else None
        if final and not accepted and final.method != UNRESOLVED:
            yield {"MKDRVFL": "Y", **result_of(header, item, final.value, final.not_assessable)}, final


@dataclass(frozen=True)
class Candidate:
    """An answer somebody gave. `reading`: its code, "" for an adjudicator's."""

    reading: str
    about: Record
    said: tuple[float | None, str]


def candidate(item: ItemCopy, reading: ReadingRecord) -> Candidate:
    answer = next(answer for answer in reading.answers if answer.item == item.code)
    about: Record = {"MKLNKGRP": reading.code, "MKEVAL": ASSESSOR, "MKEVALID": terms.evaluator(reading.reader)}
    return Candidate(reading.code, about, (answer.grade, answer.not_assessable))


def own_answers(case: CaseRecord) -> Iterator[tuple[str, Candidate]]:
    """By item, what an adjudicator said for themselves."""
    for one in case.adjudications:
        name = terms.evaluator(one.adjudicator) if one.adjudicator else ADJUDICATOR
        for dispute in one.disputes if one.stands else ():
            if said := own_answer(dispute):
                yield dispute.item, Candidate("", {"MKEVAL": ADJUDICATOR, "MKEVALID": name}, said)


def own_answer(dispute: DisputeRecord) -> tuple[float | None, str] | None:
    """What was said before the sides were shown, or in place of both of them."""
    if dispute.own_at:
        return dispute.own_grade, dispute.own_not_assessable
    return (dispute.grade, dispute.not_assessable) if dispute.choice not in ("", "left", "right") else None


def accepted_of(final: FinalRecord | None, given: list[Candidate]) -> Candidate | None:
    if final is None or final.method == UNRESOLVED:
        return None
    if final.picked:
        return next((one for one in given if one.reading == final.picked), None)
    said = (final.value, final.not_assessable)
    own_first = sorted(given, key=lambda one: one.reading != "")
    return next((one for one in own_first if one.said == said), None)


def result_of(header: Header, item: ItemCopy, value: float | None, reason: str) -> Record:
    """A grade in words and as a number, a yes or no as Y or N, or why it was not done."""
    code, name = terms.test_of(header, item)
    about: Record = {
        "MKTESTCD": code, "MKTEST": name, "MKLOC": terms.location_of(item), "MKCAT": header.instrument.reference,
    }  # fmt: skip
    if value is None:
        reasons = header.instrument.reasons
        told = " + ".join(reasons.get(one, one) for one in reason.split(" + ")).upper()
        return {**about, "MKSTAT": "NOT DONE", "MKREASND": told}
    words = header.instrument.scale_of(item).get(int(value)) if float(value).is_integer() else None
    if item.kind == "flag":
        return {**about, "MKORRES": words or "", "MKSTRESC": "Y" if value else "N"}
    shown = tidy(value)
    return {**about, "MKORRES": words or str(shown), "MKSTRESC": str(shown), "MKSTRESN": shown}


def qualifiers(accepted: FinalRecord | None) -> Iterator[Record]:
    if accepted:
        yield {"QNAM": "MKACPTFL", "QLABEL": "Accepted Record Flag", "QVAL": "Y", "QORIG": "Derived"}
        yield {"QNAM": "MKCONMTH", "QLABEL": "How the Accepted Value Came About", "QVAL": accepted.method.upper(),
               "QORIG": "Derived"}  # fmt: skip
