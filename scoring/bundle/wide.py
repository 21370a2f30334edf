"""The wide table: one row a case, with what counts, what each reader said, the sums, facts and covariates."""

from collections.abc import Iterator

from scoring.assembling import settled_values
from scoring.bundle import counted
from scoring.bundle.counted import tidy
from scoring.bundle.sheets import CASE, SUBJECT, Cell, Column, Row, Sheet, number, text, whole
from scoring.dossier import CaseRecord, Header, ItemCopy

COVARIATE = "cov_"  # so that no covariate can be called like a column of ours
Known = dict[str, dict[str, float | str]]


def sheet(header: Header) -> Sheet:
    """One row a case, read or not. Not assessable is empty, and its reason stands in the column beside, `_na`."""
    known = {one.subject: one.values for one in header.participants}

    def rows(case: CaseRecord) -> Iterator[Row]:
        yield row_of(header, case, known)

    columns = (
        CASE, SUBJECT, text("state", "State of the consensus: open or settled; empty before"),
        whole("charter_version", "Version of the charter that compared it"), *reader_columns(header),
        *(column for item in header.items for column in item_columns(header, item)),
        *counted.columns(header), *FACTS, *covariate_columns(header, prefix=COVARIATE),
    )  # fmt: skip
    return Sheet("wide", "one case: what counts, what each reader said, sums, facts and covariates", columns, rows)


def row_of(header: Header, case: CaseRecord, known: Known) -> dict[str, Cell]:
    """known   values of covariates by participant"""
    return {**of_case(case), **of_items(header, case), **of_sums(header, case), **of_subject(header, case, known)}


FACTS = (
    whole("age_years", "Age at the exam, years; 90 stands for 90 and more"), text("sex", "Sex: F, M or O"),
    whole("days_from_baseline", "Days since the participant's first exam"), text("centre", "Centre"),
    text("vendor", "Maker of the scanner"), number("field_strength_t", "Field strength, tesla"),
)  # fmt: skip


def places(header: Header) -> range:
    return range(1, header.charter.rules.readers_per_case + 1)


def reader_columns(header: Header) -> list[Column]:
    return [text(f"reader_{place}", f"Name of reader {place} of this case") for place in places(header)]


def item_columns(header: Header, item: ItemCopy) -> Iterator[Column]:
    """What counts, its reason and method; then grade and reason of each reader."""
    code, labels = item.code, header.instrument.scale_of(item)
    yield Column(code, item.label, number("", "").kind, labels)
    yield text(f"{code}_na", f"{item.label}: why not assessable")
    yield text(f"{code}_method", f"{item.label}: how it came about")
    for place in places(header):
        yield whole(f"{code}_r{place}", f"{item.label}: reader {place}", labels)
        yield text(f"{code}_r{place}_na", f"{item.label}: why reader {place} gave no grade")


def covariate_columns(header: Header, *, prefix: str = "") -> list[Column]:
    return [
        number(f"{prefix}{one.name}", f"{one.label}, {one.unit}" if one.unit else one.label)
        if one.kind == "number"
        else text(f"{prefix}{one.name}", one.label)
        for one in header.covariates
    ]


def of_case(case: CaseRecord) -> dict[str, Cell]:
    consensus = case.consensus
    return {
        "case": case.code,
        "subject": case.subject,
        "state": consensus.state if consensus else "",
        "charter_version": consensus.charter_version if consensus else None,
    }


def of_items(header: Header, case: CaseRecord) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for final in case.final.values():
        cells |= {final.item: tidy(final.value), f"{final.item}_na": final.not_assessable}
        cells[f"{final.item}_method"] = final.method
    for place, reading in zip(places(header), case.standing, strict=False):
        cells[f"reader_{place}"] = reading.reader
        for answer in reading.answers:
            cells[f"{answer.item}_r{place}"] = answer.grade
            cells[f"{answer.item}_r{place}_na"] = answer.not_assessable
    return cells


def of_sums(header: Header, case: CaseRecord) -> Row:
    values = settled_values(header, case)
    return counted.row(values) if values else {}


def of_subject(header: Header, case: CaseRecord, known: Known) -> dict[str, Cell]:
    exam, values = case.exam, known.get(case.subject, {})
    facts: dict[str, Cell] = {
        "age_years": exam.age_years, "sex": exam.sex, "days_from_baseline": exam.days_from_baseline,
        "centre": exam.centre, "vendor": exam.vendor, "field_strength_t": exam.field_strength_t,
    }  # fmt: skip
    return {**facts, **{f"{COVARIATE}{one.name}": values.get(one.name) for one in header.covariates}}
