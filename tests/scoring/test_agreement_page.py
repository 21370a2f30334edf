"""What a coordinator sees of agreement: the report, the readings behind a number, and files to take along."""

import csv
import io

import pytest
from django.utils import timezone

from scoring import reliability
from scoring.models import Adjudication
from studies import covariates
from tests import cast, scene
from tests.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(once):
    return cast.invite()


@pytest.fixture(scope="module")
def study(people):
    return cast.open_study(people)


@pytest.fixture(scope="module", autouse=True)
def read(study, people):
    """Five cases, all read and compared; the one that was disputed is adjudicated."""
    cases = scene.allot(study, people, cases=5)
    for place, case in enumerate(cases):
        scene.read(case, people, ana={"VB_C4": place % 3}, ben={"VB_C4": 2 if place == 4 else place % 3})
    for found in Adjudication.objects.all():
        scene.decide_all(found, people)
    reliability.compute(study, now=timezone.now())
    return cases


def door(study, rest=""):
    return f"/api/studies/{study.code}/agreement{rest}"


def test_the_report_names_its_readers_and_their_order(study, people):
    shown = client_of(people.dora).get(door(study)).json()
    assert shown["readers"] == [{"name": "R1", "full_name": "Ana Almeida"}, {"name": "R2", "full_name": "Ben Berger"}]
    assert shown["design"]["kind"] == "crossed"
    assert shown["sums"][0]["points"][0]["readers"] == ["R1", "R2"]


@pytest.mark.parametrize(
    ("what", "values"), [("VB_C4", [1, 2]), ("VB", [1, 2]), ("total", [1, 2]), ("bme_present", [1, 1])]
)
def test_the_readings_behind_a_number_are_those_of_each_case(study, people, read, what, values):
    told = client_of(people.dora).get(door(study, f"/readings/{what}")).json()
    assert len(told["rows"]) == 5
    [last] = [row for row in told["rows"] if row["case"] == read[4].code]
    assert (last["readers"], last["values"], last["subject"]) == (["R1", "R2"], values, "S-05")
    assert last["final"] in values


def test_what_is_newer_than_the_report_is_said_beside_it_and_beside_the_readings(study, people):
    def said():
        return [client_of(people.dora).get(door(study, rest)).json()["is_current"] for rest in ("", "/readings/VB_C4")]

    assert said() == [True, True]
    covariates.enter(study, table="participant,diagnosis\nS-01,RA\n", actor=people.dora)
    assert said() == [False, False]
    reliability.compute(study, now=timezone.now())
    assert said() == [True, True]


def test_there_are_no_readings_behind_a_name_that_is_none(study, people):
    assert client_of(people.dora).get(door(study, "/readings/VB_C9")).status_code == 404


@pytest.mark.parametrize(
    "name", ["sites.csv", "totals.csv", "readers.csv", "adjudicators.csv", "clinical.csv", "readings.csv"]
)
def test_each_table_can_be_taken_along(study, people, name):
    answer = client_of(people.dora).get(door(study, f"/files/{name}"))
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert rows
    assert "nan" not in answer.content.decode().lower().replace("covariance", "")


def test_a_number_of_a_file_is_that_of_the_page(study, people):
    shown = client_of(people.dora).get(door(study)).json()
    text = client_of(people.dora).get(door(study, "/files/totals.csv")).content.decode()
    [icc] = [row for row in csv.DictReader(io.StringIO(text)) if (row["code"], row["statistic"]) == ("total", "icc")]
    assert float(icc["estimate"]) == shown["sums"][0]["statistics"]["icc"]["estimate"]


def test_the_printed_report_follows_grras(study, people):
    page = client_of(people.dora).get(door(study, "/files/report.html")).content.decode()
    headings = ["2. Instrument", "8. Rating process", "10. Statistical analysis", "13. Estimates", "15. Detailed"]
    places = [page.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "reconstruction" in page
    assert "Ana" not in page
    assert "Berger" not in page


def test_there_is_no_file_of_another_name(study, people):
    assert client_of(people.dora).get(door(study, "/files/secrets.csv")).status_code == 404


@pytest.mark.parametrize("rest", ["", "/readings/VB_C4", "/files/report.html"])
def test_no_reader_and_no_adjudicator_finds_any_of_it(study, people, rest):
    for person in (people.ana, people.ben, people.clara, people.eve):
        assert client_of(person).get(door(study, rest)).status_code == 404
