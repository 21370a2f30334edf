"""What the coordinator is told of adjudicators, by number, once all have decided: whom and what they followed."""

import csv
import io

import pytest
from django.utils import timezone

from scoring import reliability
from scoring.models import Adjudication
from tests import scene
from tests.cast import client_of


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


@pytest.mark.parametrize("rest", ["/readings/VB_C4", "/files/report.html"])
def test_nothing_is_behind_numbers_that_are_withheld(study, people, rest):
    for case in scene.allot(study, people, cases=2):
        scene.read(case, people)
    reliability.compute(study, now=timezone.now())
    assert client_of(people.dora).get(door(study, rest)).status_code == 404


