"""Item by item after SDTMIG 3.4, domain MK: grades of readers and of adjudicators, and which record was accepted.

Not validated against CDISC controlled terminology or conformance rules: a data manager maps and checks it. SDTM has no
MKACPTFL in MK, so what was accepted stands in SUPPMK. Hidden repeats stay out: they count for nothing.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from scoring.bundle import terms
from scoring.bundle.counted import tidy
from scoring.bundle.datasets import DataSet, Variable, flag, number, text, write_columns
from scoring.bundle.sheets import Cell
from scoring.dossier import AnswerRecord, CaseRecord, DisputeRecord, FinalRecord, Header, ItemCopy, ReadingRecord

STUDY, SUBJECT = text("STUDYID", "Study Identifier", 20), text("USUBJID", "Unique Subject Identifier", 62)
DOMAIN = text("DOMAIN", "Domain Abbreviation", 2)
VISIT = text("VISIT", "Visit Name", 20)
MK = DataSet("MK", "Musculoskeletal System Findings", (
    STUDY, DOMAIN, SUBJECT, number("MKSEQ", "Sequence Number"), text("MKREFID", "Reference ID", 20),
    text("MKLNKGRP", "Link Group ID", 20), text("MKTESTCD", "Musculoskeletal Test Short Name", 8),
    text("MKTEST", "Musculoskeletal Test Name", 40), text("MKCAT", "Category for Musculoskeletal Test", 80),
    text("MKORRES", "Result or Finding in Original Units", 200), text("MKSTRESC", "Character Result/Finding in Std Format", 20),
    number("MKSTRESN", "Numeric Result/Finding in Standard Units"), text("MKSTAT", "Completion Status", 8),
    text("MKREASND", "Reason Not Done", 200), text("MKLOC", "Location Used for Measurement", 80),
    text("MKMETHOD", "Method of Test or Examination", 20), text("MKEVAL", "Evaluator", 40),
    text("MKEVALID", "Evaluator Identifier", 40), flag("MKDRVFL", "Derived Flag"), VISIT,
    text("MKDTC", "Date/Time of Collection", 20),
))  # fmt: skip
SUPPMK = DataSet("SUPPMK", "Supplemental Qualifiers for MK", (
    STUDY, text("RDOMAIN", "Related Domain Abbreviation", 2), SUBJECT, text("IDVAR", "Identifying Variable", 8),
    text("IDVARVAL", "Identifying Variable Value", 20), text("QNAM", "Qualifier Variable Name", 8),
    text("QLABEL", "Qualifier Variable Label", 40), text("QVAL", "Data Value", 200), text("QORIG", "Origin", 20),
    text("QEVAL", "Evaluator", 40),
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
        write_columns(place / "columns.csv", (MK, SUPPMK, PR, RELREC))
        self.mk, self.supp, self.pr, self.relrec = (one.open(place) for one in (MK, SUPPMK, PR, RELREC))

    def add(self, case: CaseRecord) -> None:
        subject = f"{self.header.study}-{case.subject}"
        about: Record = {"STUDYID": self.header.study, "USUBJID": subject, "VISIT": visit_of(case)}
        self.scans[subject] += 1
        scan = {"DOMAIN": "PR", "PRSEQ": self.scans[subject], "PRREFID": case.code, "PRTRT": "MRI OF CERVICAL SPINE"}
        self.pr.add({**about, **scan})
        for record, accepted in records(self.header, case):
            self.seen[subject] += 1
            numbered = {"DOMAIN": "MK", "MKSEQ": self.seen[subject], "MKREFID": case.code, "MKMETHOD": METHOD}
            self.mk.add({**about, **numbered, **record})
            for qualifier in qualifiers(accepted):
                related = {"RDOMAIN": "MK", "IDVAR": "MKSEQ", "IDVARVAL": str(self.seen[subject])}
                self.supp.add({**about, **related, **qualifier})

    def finish(self) -> None:
        for domain, variable, kind in (("MK", "MKREFID", "MANY"), ("PR", "PRREFID", "ONE")):
            related = {"RDOMAIN": domain, "IDVAR": variable, "RELTYPE": kind, "RELID": "MKPR"}
            self.relrec.add({"STUDYID": self.header.study, **related})
        for dataset in (self.mk, self.supp, self.pr, self.relrec):
            dataset.close()


def visit_of(case: CaseRecord) -> str:
    """Dens keeps no date: the first exam of a participant is the baseline, later ones are counted in days."""
    days = case.exam.days_from_baseline
    return "" if days is None else "BASELINE" if days == 0 else f"DAY {days + 1}"


def records(header: Header, case: CaseRecord) -> Iterator[tuple[Record, FinalRecord | None]]:
    """Every record of a case, item by item; with what counts where it is the accepted one."""
    own = {dispute.item: (name, dispute) for name, dispute in own_answers(case)}
    for item in header.items:
        final = case.final.get(item.code) if case.is_settled else None
        given = [(reading, answer_to(reading, item)) for reading in case.standing]
        accepted = accepted_reading(case, item, final, given)
        for reading, answer in given:
            record = {**of_reading(reading), **result_of(header, item, answer.grade, answer.not_assessable)}
            yield record, final if reading.code == accepted else None
        if item.code in own:
            name, dispute = own[item.code]
            record = {**of_adjudicator(name, dispute), **result_of(header, item, dispute.grade, dispute.not_assessable)}
            yield record, final if not accepted else None
        elif final and not accepted and final.method != "unresolved":
            yield {"MKDRVFL": "Y", **result_of(header, item, final.value, final.not_assessable)}, final


def answer_to(reading: ReadingRecord, item: ItemCopy) -> AnswerRecord:
    return next(answer for answer in reading.answers if answer.item == item.code)


def own_answers(case: CaseRecord) -> Iterator[tuple[str, DisputeRecord]]:
    """What an adjudicator said that neither reading says."""
    for one in case.adjudications:
        if one.is_sham or one.superseded_at:
            continue
        yield from ((one.adjudicator, dispute) for dispute in one.disputes if dispute.choice not in ("", "left", "right"))


def accepted_reading(
    case: CaseRecord, item: ItemCopy, final: FinalRecord | None, given: list[tuple[ReadingRecord, AnswerRecord]]
) -> str:
    """The code of the reading whose record stands: the one picked, or the first that says what counts; "" for none."""
    if final is None or final.method == "unresolved":
        return ""
    for one in case.adjudications:
        for dispute in one.disputes if not one.is_sham and not one.superseded_at else ():
            if dispute.item == item.code:
                return {"left": dispute.left, "right": dispute.right}.get(dispute.choice, "")
    said = (final.value, final.not_assessable)
    return next((reading.code for reading, it in given if (it.grade, it.not_assessable) == said), "")


def of_reading(reading: ReadingRecord) -> Record:
    return {"MKLNKGRP": reading.code, "MKEVAL": ASSESSOR, "MKEVALID": terms.evaluator(reading.reader)}


def of_adjudicator(name: str, dispute: DisputeRecord) -> Record:
    return {"MKEVAL": ADJUDICATOR, "MKEVALID": terms.evaluator(name) if name else ADJUDICATOR}


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
