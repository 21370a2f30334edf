"""Totals after the manner of an ADaM BDS data set: one row a participant, parameter and evaluator. Not validated."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from scoring.assembling import settled_values
from scoring.bundle import counted, terms
from scoring.bundle.counted import tidy
from scoring.bundle.datasets import DataSet, flag, number, text, write_columns
from scoring.bundle.sdtm import STUDY, SUBJECT, visit_of
from scoring.bundle.sheets import Cell
from scoring.derived import Derived
from scoring.dossier import CaseRecord, Header

ADTOT = DataSet("ADTOT", "Totals of Readers and Consensus", (
    STUDY, SUBJECT, number("ASEQ", "Analysis Sequence Number"), text("PARAMCD", "Parameter Code", 8),
    text("PARAM", "Parameter", 80), number("AVAL", "Analysis Value"), text("AVALC", "Analysis Value (C)", 1),
    text("AVISIT", "Analysis Visit", 20), text("EVALID", "Evaluator Identifier", 16),
    flag("ANL01FL", "Analysis Flag 01: Consensus"), number("OBSSUM", "Sum over Sites That Were Scored"),
    number("NSCORED", "Number of Sites Scored"), number("NSITES", "Number of Sites"), text("SRCDOM", "Source Data", 8),
    text("REFID", "Reference ID", 20),
))  # fmt: skip
CONSENSUS = "CONSENSUS"
Record = dict[str, Cell]


class Adam:
    def begin(self, folder: Path, header: Header) -> None:
        self.header, self.seen, self.parameters = header, Counter[str](), terms.parameters(header)
        place = folder / "adam"
        place.mkdir()
        write_columns(place / "columns.csv", (ADTOT,))
        self.totals = ADTOT.open(place)

    def add(self, case: CaseRecord) -> None:
        subject = f"{self.header.study}-{case.subject}"
        about: Record = {"STUDYID": self.header.study, "USUBJID": subject, "AVISIT": visit_of(case), "REFID": case.code}
        for evaluator, values in self.evaluated(case):
            for record in records(values, self.parameters):
                self.seen[subject] += 1
                by: Record = {"ASEQ": self.seen[subject], "EVALID": evaluator, "SRCDOM": "MK"}
                self.totals.add({**about, **by, "ANL01FL": "Y" if evaluator == CONSENSUS else "", **record})

    def evaluated(self, case: CaseRecord) -> Iterator[tuple[str, Derived]]:
        for reading in case.standing:
            yield terms.evaluator(reading.reader), counted.of_reading(self.header, reading)
        if values := settled_values(self.header, case):
            yield CONSENSUS, values

    def finish(self) -> None:
        self.totals.close()


def records(values: Derived, parameters: dict[str, tuple[str, str]]) -> Iterator[Record]:
    """A row for each sum, subtotal and presence; an empty AVAL where it is not computable, with what was observed."""
    for name, part in {**values.sums, **values.subtotals}.items():
        code, label = parameters[name]
        counts = {"OBSSUM": tidy(part.observed), "NSCORED": part.n_scored, "NSITES": part.n_sites}
        yield {"PARAMCD": code, "PARAM": label, "AVAL": tidy(part.value), **counts}
    for name, seen in values.present.items():
        code, label = parameters[name]
        letter = "" if seen is None else "Y" if seen else "N"
        yield {"PARAMCD": code, "PARAM": label, "AVAL": None if seen is None else int(seen), "AVALC": letter}
