"""What becomes of each attribute: the allow-list (rules/mr.yaml), strengthened by PS3.15 Annex E (annex_e.py).

Deny by default: whatever the allow-list does not name is removed. What it names must leave no more than Annex E allows;
a rule that would is refused when the rules are loaded, so the program does not start with it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from pydicom.datadict import dictionary_description, dictionary_VR, tag_for_keyword

from studies import annex_e
from studies.annex_e import AnnexE

FILE = Path(__file__).parent / "rules" / "mr.yaml"
CLASSIC, ENHANCED = "classic", "enhanced"


class Use(StrEnum):
    """What leaves of an attribute; rules/mr.yaml says more. VERBATIM is for no attribute: it is what E.1-1 forbids."""

    CHECKED = "checked"
    OPENED = "opened"
    KEYED = "keyed"
    JOINED = "joined"
    FACT = "fact"
    NUMBER = "number"
    CODE = "code"
    DUMMY = "dummy"
    PIXELS = "pixels"
    VERBATIM = "verbatim"
    REMOVED = "removed"


NOTHING_LEAVES = frozenset((Use.CHECKED, Use.JOINED, Use.FACT, Use.REMOVED))
# What satisfies each letter of a code of Table E.1-1. Where nothing leaves with the image, D, Z and U are satisfied
# too: a file that must have the attribute gets it empty or with a dummy (part10.py).
SATISFIED_BY = {
    "D": NOTHING_LEAVES | {Use.KEYED, Use.DUMMY},
    "Z": NOTHING_LEAVES | {Use.KEYED, Use.DUMMY},
    "X": NOTHING_LEAVES,
    "U": NOTHING_LEAVES | {Use.KEYED},
    "U*": NOTHING_LEAVES,
    "C": NOTHING_LEAVES | {Use.KEYED, Use.DUMMY, Use.NUMBER, Use.CODE},
    "K": frozenset(Use) - {Use.VERBATIM},
}


class TooWeak(ValueError):
    """A rule would let out what Annex E wants gone."""


@dataclass(frozen=True)
class Rule:
    """What becomes of one attribute.

    code   what Table E.1-1 wants of it, "" if it does not list it
    terms  of a closed set: all that can leave
    """

    keyword: str
    tag: int
    use: Use
    why: str
    code: str = ""
    terms: tuple[str, ...] = ()
    sources: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return dictionary_description(self.tag)

    @property
    def is_sequence(self) -> bool:
        return dictionary_VR(self.tag) == "SQ"


@dataclass(frozen=True)
class Rulebook:
    """All rules. `digest` names this version of them in what is written."""

    rules: Mapping[int, Rule]
    annex: AnnexE
    classes: Mapping[str, str]  # SOP class UID -> CLASSIC or ENHANCED
    digest: str

    def rule(self, tag: int, source: str = CLASSIC) -> Rule:
        """The one rule for an attribute in files of a SOP class; the stronger of the two layers."""
        found = self.rules.get(tag)
        if found and source in found.sources:
            return found
        return Rule("", tag, Use.REMOVED, "not on the allow-list", self.annex.code(tag))

    @property
    def tags(self) -> frozenset[int]:
        """Those that are decoded at all."""
        return frozenset(self.rules)

    def terms(self, keyword: str) -> tuple[str, ...]:
        return next(rule.terms for rule in self.rules.values() if rule.keyword == keyword)


def load(path: Path = FILE, annex: AnnexE | None = None) -> Rulebook:
    """The rulebook. Raises ValueError, of a rule that is not well formed or TooWeak."""
    content = path.read_bytes()
    return rulebook(yaml.safe_load(content), content, annex or annex_e.load())


def rulebook(written: Mapping[str, Any], content: bytes, annex: AnnexE) -> Rulebook:
    rules: dict[int, Rule] = {}
    for part in ("both", CLASSIC, ENHANCED):
        sources = frozenset((CLASSIC, ENHANCED)) if part == "both" else frozenset((part,))
        for keyword, entry in written[part].items():
            rule = rule_of(keyword, entry, annex, sources)
            if rule.tag in rules:
                raise ValueError(f"{keyword} has two rules.")
            rules[rule.tag] = rule
    classes = {uid: name for name, entry in written["classes"].items() for uid in entry["uids"]}
    digest = hashlib.sha256(content + annex.sha256.encode()).hexdigest()
    return Rulebook(rules, annex, classes, digest)


def rule_of(keyword: str, entry: Mapping[str, Any], annex: AnnexE, sources: frozenset[str]) -> Rule:
    tag, use = tag_for_keyword(keyword), Use(entry["use"])
    if tag is None or not entry.get("why") or not set(entry) <= {"use", "why", "terms"}:
        raise ValueError(f"{keyword} is no attribute, has no reason, or more than a rule has.")
    rule = Rule(keyword, tag, use, entry["why"], annex.code(tag), tuple(entry.get("terms", ())), sources)
    if (use in (Use.CODE, Use.DUMMY)) != bool(rule.terms) or (use is Use.OPENED) != rule.is_sequence:
        raise ValueError(f"{keyword}: a code needs its terms, a sequence is opened.")
    check_strength(rule)
    return rule


def check_strength(rule: Rule) -> None:
    """That what leaves satisfies an alternative of Table E.1-1, and that nothing leaves as it stood."""
    if rule.use is Use.VERBATIM or (rule.code and not satisfies(rule.use, rule.code)):
        raise TooWeak(
            f"{rule.keyword} is {rule.use}; Table E.1-1 wants {rule.code or 'nothing, but free text leaves'}."
        )


def satisfies(use: Use, code: str) -> bool:
    return any(use in SATISFIED_BY[letter] for letter in code.split("/"))


RULES = load()
