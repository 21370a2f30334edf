"""What a coordinator sees of agreement: the report, the readings behind a number, and files to take along."""

import csv
import io

import pytest
from django.utils import timezone

from scoring import reliability
from scoring.models import Adjudication
from tests import scene
from tests.cast import client_of


@pytest.fixture
def read(study, people):
    """Five cases, all read and compared; one is adjudicated, one waits for Clara."""
    cases = scene.allot(study, people, cases=5)
    for place, case in enumerate(cases):
        scene.read(case, people, ana={"VB_C4": place % 3}, ben={"VB_C4": 2 if place == 4 else place % 3})
    for found in Adjudication.objects.all():
        scene.decide_all(found, people)
    reliability.compute(study, now=timezone.now())
    return cases


@pytest.fixture
def leaning(study, people):
    """Five cases with two disputed items each, all decided for the left but one."""
    for place, case in enumerate(scene.allot(study, people, cases=5)):
        scene.read(case, people, ana={"VB_C4": 2, "FJ_C4C5": 1}, ben={"VB_C4": 1 + 2 * (place % 2)})
    for place, found in enumerate(Adjudication.objects.all()):
        scene.decide_all(found, people, choice="left" if place else "right")
    reliability.compute(study, now=timezone.now())


def test_adjudicators_are_told_by_number_what_they_lean_to(study, people, leaning):
    shown = client_of(people.dora).get(door(study)).json()
    assert shown["adjudicators"] == [{"name": "ADJ1", "full_name": "Clara Conti"}]
    [row] = shown["partiality"]
    assert (row["adjudicator"], row["n_decisions"], row["n_other"], row["overruled"]) == ("ADJ1", 10, 0, None)
    side, severity, reader = row["preferences"]
    assert side["share"]["counts"]["toward"] == 8
    assert (side["about"], side["share"]["n"], side["is_flagged"]) == ("side", 10, False)
    assert round(side["test"]["p"], 3) == 0.109
    assert severity["share"]["n"] == 10
    assert (reader["toward"], reader["away"]) == ("R1", "R2")


def test_whom_and_what_the_decisions_followed_is_read_from_the_rows(study, people):
    """Clara takes Ana's reading throughout, on whichever side it was drawn; it is the higher one in four of five."""
    for place, case in enumerate(scene.allot(study, people, cases=5)):
        scene.read(case, people, ana={"VB_C4": 2}, ben={"VB_C4": 1 if place else 3})
    for found in Adjudication.objects.all():
        is_left = found.disputes.get().left.reader == people.ana
        scene.decide_all(found, people, choice="left" if is_left else "right")
    _, severity, reader = reliability.compute(study, now=timezone.now()).content["partiality"][0]["preferences"]
    assert reader["share"]["counts"] == {"toward": 5, "away": 0, "steps_toward": 5, "steps_away": 0}
    assert (severity["share"]["counts"]["toward"], severity["share"]["n"]) == (4, 5)


def test_the_decisions_of_adjudicators_can_be_taken_along(study, people, leaning):
    text = client_of(people.dora).get(door(study, "/files/adjudicators.csv")).content.decode()
    rows = {(row["about"], row["statistic"]): row for row in csv.DictReader(io.StringIO(text))}
    assert (rows["side", "share"]["code"], rows["side", "share"]["estimate"]) == ("ADJ1", "0.8")
    assert rows["side", "p"]["label"] == "left rather than right"
    page = client_of(people.dora).get(door(study, "/files/report.html")).content.decode()
    assert "Decisions of adjudicators" in page
    assert "Conti" not in page


def door(study, rest=""):
    return f"/api/studies/{study.code}/agreement{rest}"


def test_the_report_names_its_readers_and_their_order(study, people, read):
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


def test_there_are_no_readings_behind_a_name_that_is_none(study, people, read):
    assert client_of(people.dora).get(door(study, "/readings/VB_C9")).status_code == 404


@pytest.mark.parametrize(
    "name", ["sites.csv", "totals.csv", "readers.csv", "adjudicators.csv", "clinical.csv", "readings.csv"]
)
def test_each_table_can_be_taken_along(study, people, read, name):
    answer = client_of(people.dora).get(door(study, f"/files/{name}"))
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert rows
    assert "nan" not in answer.content.decode().lower().replace("covariance", "")


def test_a_number_of_a_file_is_that_of_the_page(study, people, read):
    shown = client_of(people.dora).get(door(study)).json()
    text = client_of(people.dora).get(door(study, "/files/totals.csv")).content.decode()
    [icc] = [row for row in csv.DictReader(io.StringIO(text)) if (row["code"], row["statistic"]) == ("total", "icc")]
    assert float(icc["estimate"]) == shown["sums"][0]["statistics"]["icc"]["estimate"]


def test_the_printed_report_follows_grras(study, people, read):
    page = client_of(people.dora).get(door(study, "/files/report.html")).content.decode()
    headings = ["2. Instrument", "8. Rating process", "10. Statistical analysis", "13. Estimates", "15. Detailed"]
    places = [page.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "reconstruction" in page
    assert "Ana" not in page
    assert "Berger" not in page


def test_there_is_no_file_of_another_name(study, people, read):
    assert client_of(people.dora).get(door(study, "/files/secrets.csv")).status_code == 404


@pytest.mark.parametrize("rest", ["/readings/VB_C4", "/files/report.html"])
def test_nothing_is_behind_numbers_that_are_withheld(study, people, rest):
    for case in scene.allot(study, people, cases=2):
        scene.read(case, people)
    reliability.compute(study, now=timezone.now())
    assert client_of(people.dora).get(door(study, rest)).status_code == 404


@pytest.mark.parametrize("rest", ["", "/readings/VB_C4", "/files/report.html"])
def test_no_reader_and_no_adjudicator_finds_any_of_it(study, people, read, rest):
    for person in (people.ana, people.ben, people.clara, people.eve):
        assert client_of(person).get(door(study, rest)).status_code == 404
