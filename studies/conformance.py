"""The conformance statement that PS3.15 E.1.3 asks for, made from the rules themselves (docs/conformance.md)."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydicom.datadict import dictionary_description, tag_for_keyword

from studies import part10
from studies.rulebook import RULES, Rule, Use

LEAVES = {
    Use.CHECKED: "nothing; looked at, then removed",
    Use.OPENED: "nothing; only listed attributes inside are looked at",
    Use.KEYED: "a keyed code in its place",
    Use.JOINED: "nothing; goes into the keyed code of another",
    Use.FACT: "nothing in the image; a coarse fact beside it",
    Use.NUMBER: "the number, within bounds",
    Use.CODE: "one of the terms",
    Use.DUMMY: "a dummy",
    Use.PIXELS: "the pixels, decoded and written anew",
}
TYPE_2 = "empty: the module demands the attribute, not a value"
INSERTED = {
    "PatientIdentityRemoved": "the marker of PS3.15 E.1.1",
    "DeidentificationMethod": "program, edition, and which version of the rules",
    "DeidentificationMethodCodeSequence": "codes of CID 7050: " + ", ".join(part10.PROFILES),
    "LongitudinalTemporalInformationModified": "no date is in the file",
    "ContributingEquipmentSequence": "the program, as DCM 109104",
}

TOP = (Path(__file__).parent / "rules" / "conformance.md").read_text(encoding="utf-8")
OPTIONS = (
    ("Basic Application Confidentiality Profile", "113100", ""),
    ("Clean Pixel Data", "113101", "pixels are looked at by a person, not altered"),
    ("Clean Recognizable Visual Features", "113102", "not altered; where a face could be made a person is asked first"),
    ("Clean Graphics", "113103", "overlays, curves and graphics are removed"),
    ("Clean Structured Content", "113104", "structured reports are refused"),
    ("Clean Descriptors", "113105", "descriptors are removed"),
    ("Retain Longitudinal Temporal Information, Full Dates", "113106", ""),
    ("Retain Longitudinal Temporal Information, Modified Dates", "113107", "no date is in a file"),
    ("Retain Patient Characteristics", "113108", ""),
    ("Retain Device Identity", "113109", ""),
    ("Retain UIDs", "113110", ""),
    ("Retain Safe Private", "113111", ""),
    ("Retain Institution Identity", "113112", ""),
)  # fmt: skip


def statement() -> str:
    """The page, as Markdown."""
    claimed = [name for name, code, _ in OPTIONS if code in part10.PROFILES and code != "113100"]
    top = TOP.format(
        edition=RULES.annex.edition,
        options=", ".join(claimed),
        digest=RULES.digest,
        attribution=RULES.annex.attribution,
    )
    return "\n".join([top.rstrip("\n"), *options(), *attributes(), *removed(), *written()]) + "\n"


def options() -> Iterator[str]:
    for name, code, remark in OPTIONS:
        answer = "yes" if code in part10.PROFILES else "no"
        yield f"| {name} | {code} | {answer}{': ' + remark if remark else ''} |"


def attributes() -> Iterator[str]:
    yield "\n## Attributes that are looked at\n"
    yield "Files read: " + ", ".join(f"`{uid}` ({name})" for uid, name in sorted(RULES.classes.items())) + ".\n"
    yield from table(("attribute", "tag", "in", "Table E.1-1", "what leaves", "why"), map(row, rules()))


def rules() -> list[Rule]:
    return [RULES.rules[tag] for tag in sorted(RULES.rules)]


def row(rule: Rule) -> tuple[str, ...]:
    sources = "both" if len(rule.sources) > 1 else next(iter(rule.sources))
    leaves = LEAVES[rule.use] + (f": {', '.join(rule.terms)}" if rule.terms else "")
    return rule.name, shown(rule.tag), sources, rule.code or "-", leaves, rule.why


def removed() -> Iterator[str]:
    listed = [tag for tag in RULES.annex.codes if "x" in tag or tag == "private" or int(tag, 16) not in RULES.rules]
    yield "\n## Attributes that are removed\n"
    yield (
        f"All others: the {len(listed)} rows of Table E.1-1 that are not in the table above (private attributes, "
        "curves and overlays among them), and every attribute that neither table lists."
    )


def written() -> Iterator[str]:
    yield "\n## What a written file holds beside them\n"
    dummies = ((keyword, f"always `{value_of(keyword)}`") for keyword in part10.CONSTANTS if keyword not in INSERTED)
    empty = ((keyword, TYPE_2) for keyword in part10.UNSAID if RULES.rule(number_of(keyword)).use not in KNOWN)
    found = dict([*dummies, *empty, *INSERTED.items()])
    rows = ((dictionary_description(keyword), shown(number_of(keyword)), said) for keyword, said in found.items())
    yield from table(("attribute", "tag", "value"), rows)


KNOWN = (Use.NUMBER, Use.CODE, Use.JOINED)  # empty only where the source does not say


def value_of(keyword: str) -> str:
    value = part10.CONSTANTS[keyword]
    return "\\".join(value) if isinstance(value, list) else str(value)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = list(heads)
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for one in rows:
        yield "| " + " | ".join(one) + " |"


def number_of(keyword: str) -> int:
    tag = tag_for_keyword(keyword)
    assert tag is not None
    return tag


def shown(tag: int) -> str:
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"
