"""The documents say what is true."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring import catalogue
from studies.errors import SENTENCES
from studies.limits import DEFAULTS, PREFIX, limits_from
from studies.permissions import ACTS

ROOT = Path(__file__).resolve().parent.parent
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_table_of_roles_is_the_one_that_is_enforced():
    lines = [line.strip("|").split("|") for line in (ROOT / "docs/roles.md").read_text().splitlines() if "|" in line]
    header, rows = [cell.strip() for cell in lines[0]], lines[2:]
    told = {role: {row[0].strip() for row in rows if row[place].strip() == "yes"} for place, role in enumerate(header)}
    assert {role: set(acts) for role, acts in ACTS.items()} == {role: told[role] for role in ACTS}


def test_every_setting_is_explained():
    read = set()
    for path in ("config/settings.py", "config/environment.py"):
        read |= set(re.findall(r"\b(DENS_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL|REDIS_URL)\b", (ROOT / path).read_text()))
    read |= {f"{PREFIX}{field.name.upper()}" for field in fields(DEFAULTS)}
    told = set(re.findall(r"^\| `(\w+)`", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    assert told == read


def test_every_limit_is_told_with_its_default():
    told = re.findall(rf"^\| `({PREFIX}\w+)` \| ([^|]+) \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    assert limits_from(dict(told)) == DEFAULTS
    assert len(told) == len(fields(DEFAULTS))


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_no_link_leads_nowhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text())
    assert not [link for link in links if not (page.parent / link).exists()]


def test_the_readme_begins_with_the_two_commands():
    beginning = (ROOT / "README.md").read_text()[:400]
    assert "./dens up" in beginning
    assert "./dens test" in beginning


def test_every_reason_for_refusing_a_file_says_what_to_do():
    told = set(re.findall(r"^\| `(\w+)`", (ROOT / "docs/intake.md").read_text(), re.MULTILINE))
    assert told == set(SENTENCES)


def test_every_instrument_is_listed():
    names = [path.stem.rpartition("-") for path in catalogue.FOLDER.glob("*.yaml")]
    shipped = {f"{key}@{version}" for key, _, version in names}
    told = set(re.findall(r"^\| `([\w.@-]+)`", (ROOT / "docs/instruments.md").read_text(), re.MULTILINE))
    assert shipped <= told


def definitions() -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text()) for path in catalogue.FOLDER.glob("*.yaml")]


def test_every_key_of_an_instrument_is_explained():
    used = set()
    for definition in definitions():
        rules = [rule for rule in definition["derived"].values() if "op" in rule]
        grades = [grade for scale in definition["scales"].values() for grade in scale]
        used |= {"total", "subtotals", "not_assessable_rule"} | set(definition)
        used |= {key for part in (*definition["regions"], *rules, *grades) for key in part}
    told = set(re.findall(r"`(\w+)(?:: \w+)?`", (ROOT / "docs/instruments.md").read_text()))
    assert used <= told


def test_every_place_of_an_instrument_is_one_of_the_diagram():
    """Tests in the front end hold the diagram to the same table."""
    rows = re.findall(r"^\| `([A-Z]{2})` \| (.+) \|$", (ROOT / "docs/instruments.md").read_text(), re.MULTILINE)
    drawn = {f"{place}:{site}" for place, sites in rows for site in re.findall(r"\w+", sites)}
    asked = {
        f"{region.get('place', region['code'])}:{site}"
        for definition in definitions()
        for region in definition["regions"]
        for site in region["sites"]
    }
    assert asked <= drawn
