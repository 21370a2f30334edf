"""The channels of docs/blinding.md that no other story tells; the page names every channel, and no test in vain."""

import re
from pathlib import Path

import pytest
from scipy.stats import spearmanr

from scoring import allocation
from scoring.models import Reading
from studies.models import Case
from tests import scene
from tests.cast import client_of

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "blinding.md").read_text()
ROWS = re.findall(r"^\| (BL-\d\d) .*\| ([^|]+) \|$", PAGE, re.MULTILINE)
N_CASES = 300
SURE = 1e-6  # a correlation that chance gives once in a million runs is taken for one


def test_the_page_names_every_channel():
    assert [name for name, _ in ROWS] == [f"BL-{number:02}" for number in range(1, 55)]


def test_every_test_the_page_names_is_there():
    written = "".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    named = {shown for _, shown in ROWS if not shown.startswith("residue")}
    assert not {name for name in named if f"def {name}(" not in written}


@pytest.fixture
def many(study, people):
    """Three hundred cases without images, allotted in one run."""
    from tests.scoring.test_repeats_at_the_door import fill_with_cases

    fill_with_cases(study, n=N_CASES)
    allocation.allot(study, actor=people.dora)
    return study


def test_public_codes_do_not_follow_the_order_of_upload(many):
    """Nor does the place in a reader's order."""
    order = {key: place for place, key in enumerate(Case.objects.order_by("pk").values_list("pk", flat=True))}
    readings = list(Reading.objects.values_list("case", "code", "position", "reader"))
    for reader in {row[3] for row in readings}:
        own = [row for row in readings if row[3] == reader]
        uploaded = [order[row[0]] for row in own]
        for public in ([row[1] for row in own], [row[2] for row in own]):
            ranks = [sorted(public).index(one) for one in public]
            assert spearmanr(uploaded, ranks).pvalue > SURE
    codes = list(Case.objects.order_by("pk").values_list("code", flat=True))
    assert spearmanr(range(N_CASES), [sorted(codes).index(code) for code in codes]).pvalue > SURE


def test_two_readers_have_no_identifier_in_common(study, people):
    """Codes, and the addresses of images, of both readers of the same cases."""
    scene.allot(study, people, cases=3)
    said = []
    for reader in (people.ana, people.ben):
        browser = client_of(reader)
        [group] = browser.get("/api/readings").json()
        codes = {row["code"] for row in group["readings"]}
        images = [browser.get(f"/api/readings/{code}/images").json()["series"] for code in codes]
        said.append(codes | {one["pixels"] for series in images for one in series})
    assert not said[0] & said[1]


@pytest.mark.parametrize(
    "asked", ["?ordering=case__exam__subject", "?expand=case", "?format=api", "?search=S-01", "?limit=1"]
)
def test_parameters_nobody_asked_for_change_nothing(study, people, asked):
    [case] = scene.allot(study, people)
    code = scene.reading_of(case, people.ana).code
    ana = client_of(people.ana)
    for path in ("/api/readings", f"/api/readings/{code}", f"/api/readings/{code}/images"):
        plain, with_it = ana.get(path), ana.get(path + asked)
        assert (plain.status_code, plain.content, plain.headers) == (200, with_it.content, with_it.headers)
    assert (
        ana.client.options(f"/api/readings/{code}").content in (b"",)
        or b"description" not in ana.client.options(f"/api/readings/{code}").content
    )


def test_nothing_of_a_reading_may_be_cached(study, people):
    [case] = scene.allot(study, people)
    code = scene.reading_of(case, people.ana).code
    for door in ("", "/images", "/images/1", "/review"):
        answer = client_of(people.ana).get(f"/api/readings/{code}{door}")
        assert answer.headers["Cache-Control"] == "private, no-store", door


def test_the_pages_title_names_no_case():
    page = (ROOT / "frontend" / "src" / "features" / "reading" / "ReadingPage.tsx").read_text()
    assert 'useTitle("Reading")' in page


def test_nothing_is_loaded_from_elsewhere(people):
    answer = client_of(people.ana).get("/api/session")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
