"""A study that never was, as a dossier: answers by hashing, no patient, as many cases as one likes, one at a time."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from scoring.dossier import (
    AdjudicationRecord,
    AnswerRecord,
    AuditDigest,
    CaseRecord,
    CharterCopy,
    ConsensusRecord,
    CovariateColumn,
    DisputeRecord,
    ExamRecord,
    FinalRecord,
    Header,
    InstrumentCopy,
    ItemCopy,
    Participant,
    PinRecord,
    ProblemRecord,
    ReadingRecord,
    SeriesRecord,
    SignatureRecord,
    SittingRecord,
    SliceRecord,
)
from scoring.rules import Rules

FILE = Path(__file__).resolve().parents[2] / "scoring/instruments/cspine-bme-baraliakos-1.0.0.yaml"
DEFINITION = yaml.safe_load(FILE.read_text())
SIGNED_AT = "2026-03-02T09:30:15.250000+00:00"
DECIDED_AT = "2026-03-09T11:00:00+00:00"
N_SLICES = 5


def items() -> tuple[ItemCopy, ...]:
    made = []
    for region in DEFINITION["regions"]:
        n_grades = len(DEFINITION["scales"][region["scale"]])
        for code, site in region["sites"].items():
            label = f"{region['site_label']} {site}" if len(region["sites"]) > 1 else region["site_label"]
            kind = "grade" if region["scored"] else "flag"
            made.append(ItemCopy(f"{region['code']}_{code}", label, region["code"], site, kind, n_grades))
    return tuple(made)


ITEMS = items()


def header(n_cases: int = 3, **changed) -> Header:
    charter = {
        "study": "MADEUP", "version": 1, "instrument": "cspine-bme-baraliakos@1.0.0", "instrument_sha256": "a" * 64,
        "rules": Rules().to_json(), "reason": "",
    }  # fmt: skip
    given: dict[str, Any] = {
        "study": "MADEUP",
        "title": "Neck pain & marrow, é",
        "is_synthetic": True,
        "locked_at": "",
        "instrument": InstrumentCopy(
            "cspine-bme-baraliakos@1.0.0",
            DEFINITION["title"],
            DEFINITION["status"],
            "a" * 64,
            DEFINITION,
            ITEMS,
        ),
        "charters": (CharterCopy(1, "b" * 64, "2026-01-05T08:00:00+00:00", charter),),
        "readers": ("R1", "R2"),
        "adjudicators": ("ADJ1",),
        "n_cases": n_cases,
        "software": "0.1.0",
        "covariates": (
            CovariateColumn("crp", "CRP", "mg/dl", "number"),
            CovariateColumn("diagnosis", "diagnosis", "", "category"),
        ),
        "participants": tuple(
            Participant(f"S-{n:05}", {"crp": n / 10, "diagnosis": "RA" if n % 3 else "AS"})
            for n in range(min(n_cases, 50))
        ),
        "n_subjects": n_cases,
        "allocations": (
            {
                "format": "dens-allocation-1", "run": 1, "seed_sha256": "c" * 64, "algorithm": "x",
                "plan_sha256": "d" * 64, "plan": [],
            },
        ),
        "seed_sha256": "c" * 64,
        "audit": AuditDigest(4, SIGNED_AT, DECIDED_AT, "e" * 64, {"reading.signed": 4}),
    }  # fmt: skip
    return Header(**{**given, **changed})


def cases(n_cases: int = 3, *, n_slices: int = N_SLICES) -> Iterator[CaseRecord]:
    for n in range(n_cases):
        yield case(n, n_slices=n_slices)


def chance(*labels: object) -> int:
    return int.from_bytes(sha256(repr(labels).encode()).digest()[:4], "big")


def code(kind: str, n: int) -> str:
    return f"{kind}{n:07}"


def uid(*labels: object) -> str:
    return f"2.25.{int.from_bytes(sha256(repr(labels).encode()).digest()[:15], 'big')}"


def case(n: int, *, n_slices: int = N_SLICES) -> CaseRecord:
    """Two readings that differ at some items, decided by an adjudicator; pins of each grade above 0 of the first."""
    one, other = (reading(n, place, n_slices) for place in (1, 2))
    disputes = tuple(
        DisputeRecord(
            item=left.item, left=one.code, right=other.code, choice="left", grade=left.grade,
            not_assessable=left.not_assessable, reason="extent", comment="=1+1 is no formula", decided_at=DECIDED_AT,
        )
        for left, right in zip(one.answers, other.answers, strict=True)
        if (left.grade, left.not_assessable) != (right.grade, right.not_assessable)
    )  # fmt: skip
    signature = SignatureRecord("ADJ1", "These are my decisions.", "f" * 64, DECIDED_AT)
    decided = AdjudicationRecord(code("A", n), "ADJ1", "signed", disputes=disputes, signature=signature)
    return CaseRecord(
        code=code("C", n),
        subject=f"S-{n:05}",
        state="allotted",
        exam=exam(n, n_slices),
        readings=tuple(sorted((one, other, *second_looks(n, one)), key=lambda it: it.code)),
        consensus=consensus(n, one, other, {dispute.item for dispute in disputes}, decided.code),
        adjudications=(decided,) if disputes else (),
    )


def second_looks(n: int, one: ReadingRecord) -> list[ReadingRecord]:
    """A hidden repeat of every tenth case, and in the first case a self-check of two items."""
    if n % 10:
        return []
    again: dict[str, Any] = {
        "reader": "R1", "part": 2, "state": "signed", "charter_version": 1, "original": one.code, "counts": False,
        "signature": one.signature,
    }  # fmt: skip
    repeat = ReadingRecord(code=code("T", n), position=500 + n, kind="repeat", answers=one.answers, **again)
    asked = ("AA_C1C2", "VB_C2")
    answers = tuple(AnswerRecord(item, 3) for item in asked)
    check = ReadingRecord(
        code=code("U", n),
        position=600 + n,
        kind="self_check",
        asked=asked,
        disputed=asked[:1],
        answers=answers,
        **again,
    )
    return [repeat, check] if n == 0 else [repeat]


def reading(n: int, place: int, n_slices: int) -> ReadingRecord:
    answers = tuple(answer(n, place, item) for item in ITEMS)
    shown = [one.item for one in answers if one.grade and place == 1 and not one.item.startswith("DG")]
    return ReadingRecord(
        code=code("RS"[place - 1], n),
        reader=f"R{place}",
        position=n + 1,
        part=1,
        state="signed",
        charter_version=1,
        answers=answers,
        pins=tuple(
            PinRecord(f"{chance(n, item)}", item, 1, 1 + chance(n, item) % n_slices, (4.5, -20.25, 31.0))
            for item in shown
        ),
        sittings=(SittingRecord(61_500, 2 * n_slices - 1, 1, {"browser": "B 1", "platform": "P", "pixel_ratio": 2}),),
        problems=(ProblemRecord("quality", "STIR sagittal", 2, "-faint", SIGNED_AT, "open"),) if n == 0 else (),
        signature=SignatureRecord(f"R{place}", "These are my grades.", f"{chance(n, place):064x}", SIGNED_AT),
    )


def answer(n: int, place: int, item: ItemCopy) -> AnswerRecord:
    """Mostly what both see; now and then a grade more, or not assessable. The first case has every kind."""
    if n == 0 and item.code == "VB_C4":
        return AnswerRecord(item.code, None, "artefact", "@moved")
    seen = chance(n, item.code) % 7
    grade = seen if seen < item.n_grades else 0
    drawn = chance(n, place, item.code) % 100
    if drawn < 2:
        return AnswerRecord(item.code, None, "image_quality")
    return AnswerRecord(item.code, min(grade + (drawn < 8), item.n_grades - 1))


def consensus(n: int, one: ReadingRecord, other: ReadingRecord, disputed: set[str], decision: str) -> ConsensusRecord:
    sources = (one.code, other.code)
    final = tuple(
        FinalRecord(it.item, it.grade, it.not_assessable, "adjudicated", sources, one.code, decision)
        if it.item in disputed
        else FinalRecord(it.item, it.grade, it.not_assessable, "agreed", sources)
        for it in one.answers
    )
    if n == 0:
        final = tuple(FinalRecord(it.item, 1.5, "", "averaged", sources) if it.item == "SP_C7" else it for it in final)
    return ConsensusRecord("settled", 1, SIGNED_AT, DECIDED_AT, final)


def exam(n: int, n_slices: int) -> ExamRecord:
    labels = (("STIR sagittal", "STIR"), ("T1 sagittal", "T1"))
    return ExamRecord(
        uid=uid(n, "exam"),
        series=tuple(series(n, number, *named, n_slices) for number, named in enumerate(labels, start=1)),
        has_facts=True,
        age_years=30 + n % 50,
        sex="FM"[n % 2],
        days_from_baseline=0,
        centre="=North",
        vendor="Siemens",
        field_strength_t=1.5,
    )


def series(n: int, number: int, label: str, role: str, n_slices: int) -> SeriesRecord:
    slices = tuple(SliceRecord(uid(n, number, place), (4.5 * place, 0.0, 0.0)) for place in range(n_slices))
    return SeriesRecord(number, label, role, "sagittal", uid(n, number), uid(n, "frame"), slices)
