"""The tables of an export, one function each: what a row is, its columns, and where they come from."""

from collections import Counter
from collections.abc import Iterator

from scoring.assembling import settled_values
from scoring.bundle import counted, wide
from scoring.bundle.codebook import codebook
from scoring.bundle.counted import tidy
from scoring.bundle.sheets import (
    CASE,
    ITEM,
    READER,
    READING,
    REASON,
    REGION,
    SITE,
    SUBJECT,
    YES_NO,
    Row,
    Sheet,
    number,
    text,
    whole,
)
from scoring.dossier import (
    AdjudicationRecord,
    AnswerRecord,
    CaseRecord,
    DisputeRecord,
    FinalRecord,
    Header,
    ItemCopy,
    ReadingRecord,
)

VALUE = number("value", "Grade; empty where there is none")
METHOD = text("method", "How the value came about: agreed, averaged, adjudicated, ...; unresolved: nobody decided")
PASS = whole("pass", "1 first look, 2 hidden repeat, 3 asked again for some items")
OPEN = "unresolved"  # what counts for nothing yet


def of(header: Header) -> list[Sheet]:
    """Every table, in the order in which a person would open them."""
    tables = [
        consensus(header), wide.sheet(header), long(header), totals(header), readings(header), looks(header),
        pins(header), sittings(header), problems(header), disputes(header), second_looks(header), superseded(header),
        facts(header), covariates(header),
    ]  # fmt: skip
    return [*tables, codebook(header, tables)]


def consensus(header: Header) -> Sheet:
    n = header.charter.rules.readers_per_case
    sides = [
        column
        for place in range(1, n + 1)
        for column in (
            text(f"reader_{place}", f"Name of reader {place} of this case"),
            number(f"value_{place}", f"Grade of reader {place}"),
            text(f"not_assessable_{place}", f"Why reader {place} gave no grade"),
        )
    ]

    def rows(case: CaseRecord) -> Iterator[Row]:
        if case.consensus is None:
            return
        final, decided, standing = case.final, decisions_of(case), case.standing[:n]
        said = [{answer.item: answer for answer in reading.answers} for reading in standing]
        for item in header.items:
            row = {**of_case(case), **of_item(item), **of_final(final.get(item.code))}
            row["adjudication_reason"] = decided[item.code].reason if item.code in decided else ""
            for place, (reading, answers) in enumerate(zip(standing, said, strict=True), start=1):
                row[f"reader_{place}"] = reading.reader
                row[f"value_{place}"] = answers[item.code].grade
                row[f"not_assessable_{place}"] = answers[item.code].not_assessable
            yield row

    reason = text("adjudication_reason", "Why the adjudicator decided so")
    columns = (CASE, SUBJECT, ITEM, REGION, SITE, VALUE, REASON, METHOD, reason, *sides)
    return Sheet("consensus", "one compared case and item: what counts, how, and what both readers said", columns, rows)


def of_case(case: CaseRecord) -> dict[str, str | int | float | None]:
    return {"case": case.code, "subject": case.subject}


def of_item(item: ItemCopy) -> Row:
    return {"item": item.code, "region": item.region, "site": item.site}


def of_final(final: FinalRecord | None) -> Row:
    if final is None:
        return {"value": None, "not_assessable": "", "method": OPEN}
    return {"value": tidy(final.value), "not_assessable": final.not_assessable, "method": final.method}


def decisions_of(case: CaseRecord) -> dict[str, DisputeRecord]:
    """By item, what an adjudicator decided that counts."""
    standing = (one for one in case.adjudications if one.stands)
    return {dispute.item: dispute for one in standing for dispute in one.disputes}


def long(header: Header) -> Sheet:
    """Readings and consensus under each other, for whoever models them together."""

    def rows(case: CaseRecord) -> Iterator[Row]:
        for reading in case.signed:
            said = {answer.item: answer for answer in reading.answers}
            about: Row = {"source": "reading", "reading": reading.code, "reader": reading.reader, "pass": reading.look}
            for item in header.items if reading.is_whole else asked(header, reading):
                answer = said[item.code]
                given: Row = {"value": answer.grade, "not_assessable": answer.not_assessable, "method": ""}
                yield {**of_case(case), **about, **of_item(item), **given}
        if case.consensus:
            nobody: Row = {"source": "consensus", "reading": "", "reader": "", "pass": None}
            for item in header.items:
                yield {**of_case(case), **nobody, **of_item(item), **of_final(case.final.get(item.code))}

    source = text("source", "reading or consensus")
    columns = (CASE, SUBJECT, source, READING, READER, PASS, ITEM, REGION, SITE, VALUE, REASON, METHOD)
    return Sheet("long", "one item of one signed reading, or of the consensus", columns, rows)


def asked(header: Header, reading: ReadingRecord) -> list[ItemCopy]:
    return [item for item in header.items if item.code in reading.asked]


def totals(header: Header) -> Sheet:
    def rows(case: CaseRecord) -> Iterator[Row]:
        if values := settled_values(header, case):
            yield {**of_case(case), **counted.row(values)}

    columns = (CASE, SUBJECT, *counted.columns(header))
    return Sheet("totals", "one settled case: the sums of the consensus and what is present", columns, rows)


def readings(header: Header) -> Sheet:
    def rows(case: CaseRecord) -> Iterator[Row]:
        for reading in case.signed:
            n_pins = Counter(pin.item for pin in reading.pins)
            for answer in reading.answers:
                yield {**of_look(case, reading), **said(answer), "pins": n_pins[answer.item], **signature_of(reading)}

    columns = (
        READING, CASE, READER, whole("order", "Place in the reader's own order"), PASS, ITEM, VALUE, REASON,
        text("comment", "What the reader wrote of the item"), whole("pins", "How many pins show it"),
        text("signed_at", "When the reading was signed, UTC"), text("content_sha256", "SHA-256 of what was signed"),
    )  # fmt: skip
    return Sheet("readings", "one signed reading and item", columns, rows)


def of_look(case: CaseRecord, reading: ReadingRecord) -> Row:
    return {
        "reading": reading.code, "case": case.code, "reader": reading.reader, "order": reading.position,
        "pass": reading.look,
    }  # fmt: skip


def said(answer: AnswerRecord) -> Row:
    """A grade is in `value`, a reason in `not_assessable`; a blank item has neither."""
    return {
        "item": answer.item,
        "value": answer.grade,
        "not_assessable": answer.not_assessable,
        "comment": answer.comment,
    }


def signature_of(reading: ReadingRecord) -> Row:
    signature = reading.signature
    return {
        "signed_at": signature.signed_at if signature else "",
        "content_sha256": signature.content_sha256 if signature else "",
    }


def looks(header: Header) -> Sheet:
    """Every reading there is, signed or not, and each version that a later one replaced."""

    def rows(case: CaseRecord) -> Iterator[Row]:
        for reading in case.readings:
            about = {**of_look(case, reading), "part": reading.part, "charter_version": reading.charter_version}
            for version in reading.versions:
                signed = {"signed_at": version.signature.signed_at, "content_sha256": version.signature.content_sha256}
                yield {**about, "state": "superseded", "version": version.number, **signed}
            about |= {"state": reading.state, "version": len(reading.versions) + 1, "original": reading.original}
            sums = sums_of(header, reading)
            yield {**about, **signature_of(reading), **(counted.row(sums) if sums else {})}

    columns = (
        READING, CASE, READER, whole("order", "Place in the reader's own order"), PASS,
        whole("part", "Part of the reader's order"), whole("charter_version", "Charter it was read under"),
        text("state", "assigned, started, signed, withdrawn; superseded: an earlier version"),
        whole("version", "1, and one more each time it was opened again"),
        text("original", "Of a second look: the code of the first one"),
        text("signed_at", "When it was signed, UTC"), text("content_sha256", "SHA-256 of what was signed"),
        *counted.columns(header),
    )  # fmt: skip
    return Sheet("looks", "one reading, with its sums where it is signed; earlier versions beside it", columns, rows)


def sums_of(header: Header, reading: ReadingRecord) -> counted.Derived | None:
    return counted.of_reading(header, reading) if reading.is_signed and reading.is_whole else None


def pins(header: Header) -> Sheet:
    def rows(case: CaseRecord) -> Iterator[Row]:
        labels = {one.number: one.label for one in case.exam.series}
        for reading in case.signed:
            for pin in reading.pins:
                x, y, z = map(tidy, pin.point)
                yield {
                    "reading": reading.code, "case": case.code, "reader": reading.reader, "item": pin.item,
                    "series": labels.get(pin.series, ""), "slice": pin.slice, "x_mm": x, "y_mm": y, "z_mm": z,
                }  # fmt: skip

    columns = (
        READING, CASE, READER, ITEM, text("series", "Label of the series"),
        whole("slice", "Slice, counted from 1 as readers see it"), number("x_mm", "Place, patient LPS: to the left"),
        number("y_mm", "Place, patient LPS: to the back"), number("z_mm", "Place, patient LPS: to the head"),
    )  # fmt: skip
    return Sheet("pins", "one pin of a signed reading: where in the images", columns, rows)


DEVICE = {
    "browser": "Browser of the reader",
    "platform": "Platform of the reader's machine",
    "screen": "Screen of the reader's machine",
    "renderer": "What drew the images",
    "pixel_ratio": "Device pixels to one of the page",
}


def sittings(header: Header) -> Sheet:
    def rows(case: CaseRecord) -> Iterator[Row]:
        for reading in case.signed:
            for one in reading.sittings:
                yield {
                    "reading": reading.code, "case": case.code, "reader": reading.reader,
                    "active_seconds": round(one.active_ms / 1000, 1), "slices_shown": one.slices_shown,
                    "slices_never_shown": one.slices_never_shown,
                    **{name: one.device.get(name, "") for name in DEVICE},
                }  # fmt: skip

    columns = (
        READING, CASE, READER, number("active_seconds", "Time at work, pauses taken out"),
        whole("slices_shown", "Slices that were on screen"), whole("slices_never_shown", "Slices that never were"),
        *(text(name, label) for name, label in DEVICE.items()),
    )  # fmt: skip
    return Sheet("sittings", "one signed reading and window it was read in: how it was done", columns, rows)


def problems(header: Header) -> Sheet:
    def rows(case: CaseRecord) -> Iterator[Row]:
        for reading in case.readings:
            for one in reading.problems:
                yield {
                    "reading": reading.code, "case": case.code, "reader": reading.reader, "kind": one.kind,
                    "series": one.series, "slice": one.slice, "text": one.text, "reported_at": one.reported_at,
                    "state": one.state,
                }  # fmt: skip

    columns = (
        READING, CASE, READER, text("kind", "What is wrong"), text("series", "Label of the series"),
        whole("slice", "Slice, counted from 1"), text("text", "What was written; not of a patient's identity"),
        text("reported_at", "When, UTC"), text("state", "open or closed"),
    )  # fmt: skip
    return Sheet("problems", "one report of a reader about the images", columns, rows)


def disputes(header: Header) -> Sheet:
    def rows(case: CaseRecord) -> Iterator[Row]:
        for adjudication in case.adjudications:
            for dispute in adjudication.disputes:
                yield {"case": case.code, **of_adjudication(adjudication), **of_dispute(case, dispute)}

    columns = (
        CASE, text("adjudication", "Code of the adjudication"), text("adjudicator", "ADJ1, ADJ2, ..."),
        text("second", "The other one of two who decide together"), text("mode", "How disputes are decided"),
        text("state", "waiting, started or signed"),
        whole("counts", "0 for an agreed item shown as if disputed", YES_NO),
        ITEM, text("left", "Reading that stood left"), text("right", "Reading that stood right"),
        number("left_value", "Its grade"), number("right_value", "Its grade"),
        text("choice", "left, right, other or own"), VALUE, REASON, number("own_value", "The adjudicator's own grade"),
        text("own_not_assessable", "The adjudicator's own reason"),
        text("reason", "Why it was decided so"), text("comment", "What the adjudicator wrote"),
        text("decided_at", "When, UTC"), text("signed_at", "When the adjudication was signed, UTC"),
        text("content_sha256", "SHA-256 of what was signed"),
        text("second_signed_at", "When the second one signed, UTC"),
        text("superseded_at", "When something replaced it, UTC"),
    )  # fmt: skip
    return Sheet("disputes", "one disputed item: which reading stood where, and what was decided", columns, rows)


def of_adjudication(one: AdjudicationRecord) -> Row:
    signature = one.signature
    return {
        "adjudication": one.code, "adjudicator": one.adjudicator, "second": one.second, "mode": one.mode,
        "state": one.state, "counts": int(not one.is_sham), "superseded_at": one.superseded_at,
        "signed_at": signature.signed_at if signature else "",
        "content_sha256": signature.content_sha256 if signature else "",
        "second_signed_at": one.second_signature.signed_at if one.second_signature else "",
    }  # fmt: skip


def of_dispute(case: CaseRecord, one: DisputeRecord) -> Row:
    grades = {reading.code: reading.grades for reading in case.signed}
    return {
        "item": one.item, "left": one.left, "right": one.right,
        "left_value": grades.get(one.left, {}).get(one.item), "right_value": grades.get(one.right, {}).get(one.item),
        "choice": one.choice, "value": one.grade, "not_assessable": one.not_assessable, "own_value": one.own_grade,
        "own_not_assessable": one.own_not_assessable,
        "reason": one.reason, "comment": one.comment, "decided_at": one.decided_at,
    }  # fmt: skip


def second_looks(header: Header) -> Sheet:
    """What a reader said at first and when asked again; items that were not disputed hide those that were."""

    def rows(case: CaseRecord) -> Iterator[Row]:
        first = {reading.code: {answer.item: answer for answer in reading.answers} for reading in case.signed}
        for reading in case.signed:
            for answer in reading.answers if reading.kind == "self_check" else ():
                before = first[reading.original][answer.item]
                yield {
                    "reading": reading.code, "original": reading.original, "case": case.code, "reader": reading.reader,
                    "item": answer.item, "is_disputed": int(answer.item in reading.disputed),
                    "first_value": before.grade, "first_not_assessable": before.not_assessable,
                    "second_value": answer.grade, "second_not_assessable": answer.not_assessable,
                    **signature_of(reading),
                }  # fmt: skip

    columns = (
        READING, text("original", "Code of the first look"), CASE, READER, ITEM,
        whole("is_disputed", "Whether the first looks differ", YES_NO),
        number("first_value", "Grade of the first look"),
        text("first_not_assessable", "Reason of the first look"), number("second_value", "Grade when asked again"),
        text("second_not_assessable", "Reason when asked again"), text("signed_at", "When it was signed, UTC"),
        text("content_sha256", "SHA-256 of what was signed"),
    )  # fmt: skip
    return Sheet("self_checks", "one item for which a reader was asked again before adjudication", columns, rows)


def superseded(header: Header) -> Sheet:
    def rows(case: CaseRecord) -> Iterator[Row]:
        for version in case.superseded:
            for final in version.final:
                about: Row = {"version": version.number, "superseded_at": version.superseded_at, "item": final.item}
                yield {"case": case.code, **about, **of_final(final)}

    columns = (
        CASE, whole("version", "Version of the consensus"), text("superseded_at", "When it was replaced, UTC"), ITEM,
        VALUE, REASON, METHOD,
    )  # fmt: skip
    return Sheet("superseded", "one item of a consensus that a later one replaced", columns, rows)


FACTS = (
    CASE, SUBJECT, whole("age_years", "Age at the exam, years; 90 stands for 90 and more"),
    text("sex", "Sex: F, M or O, as the scanner was told"),
    whole("days_from_baseline", "Days since the participant's first exam in the study; empty if undated"),
    text("centre", "Centre: the name the study gives it"), text("vendor", "Scanner: its maker"),
    number("field_strength_t", "Field strength, tesla"),
)  # fmt: skip


def facts(header: Header) -> Sheet:
    def rows(case: CaseRecord) -> Iterator[Row]:
        exam = case.exam
        if exam.has_facts:
            yield {
                **of_case(case), "age_years": exam.age_years, "sex": exam.sex,
                "days_from_baseline": exam.days_from_baseline, "centre": exam.centre, "vendor": exam.vendor,
                "field_strength_t": exam.field_strength_t,
            }  # fmt: skip

    return Sheet("facts", "one case: what is known of the exam and its participant", FACTS, rows)


def covariates(header: Header) -> Sheet:
    """One row a participant of the newest table of covariates; empty where one is missing."""

    def rows(given: Header) -> Iterator[Row]:
        for one in given.participants:
            yield {"subject": one.subject, **{column.name: one.values.get(column.name) for column in given.covariates}}

    columns = (SUBJECT, *wide.covariate_columns(header))
    return Sheet("covariates", "one participant: the newest table of covariates", columns, of_study=rows)
