"""The synthetic cohort played through Dens: what comes out is what Baraliakos 2016 prints, and what was recorded.

Baraliakos X, et al. J Rheumatol 2016;43(12):2131-5, doi:10.3899/jrheum.150553.
"""

import re
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection

from demo.cohort import images, playing, telling
from demo.cohort.recorded import READERS, cohort
from demo.phantom import Lesion
from demo.practice import item_of
from readers.models import AuditEvent
from scoring import charter, chronicle, rebuilding, reliability
from scoring.models import Adjudication, FinalScore, Reading, Repeat
from scoring.rules import Rules
from studies import covariates
from tests.bundles import bundle

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def played(once):
    """The cohort, played once for all tests here."""
    study = playing.make()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the database would check at the commit
    return study


@pytest.fixture(scope="module")
def tables(played):
    return reliability.assembled(played).clinical()


@pytest.fixture(scope="module")
def recorded():
    return {patient.name: patient for patient in cohort()}


def said_in(reading):
    return {score.item.code: score.grade for score in reading.scores.all()}


def of_study(study):
    readings = Reading.objects.filter(case__study=study).select_related("case__exam__subject", "reader")
    return readings.prefetch_related("scores__item")


def name_of(reading):
    return reading.case.exam.subject.pseudonym


def counted(rows):
    return {one["label"].split(": ")[-1]: one["share"]["counts"]["yes"] for one in rows}


def printed(row):
    return [(round(group["median"], 2), round(group["q3"] - group["q1"], 2)) for group in row["groups"]]


def test_every_reading_says_what_was_recorded_and_is_signed(played, recorded):
    readings = of_study(played).that_count()
    assert {(reading.reader.username, reading.state) for reading in readings} == {("r1", "signed"), ("r2", "signed")}
    assert len(readings) == 80
    assert all(said_in(one) == recorded[name_of(one)].readings[one.reader.username.upper()] for one in readings)


def test_the_consensus_is_the_recorded_one_item_by_item(played, recorded):
    final = FinalScore.objects.filter(consensus__case__study=played, consensus__state="settled")
    rows = final.values_list("consensus__case__exam__subject__pseudonym", "item__code", "grade")
    expected = {(name, item, float(grade)) for name, one in recorded.items() for item, grade in one.consensus.items()}
    assert len(rows) == 1000
    assert set(rows) == expected


def test_the_charter_is_the_default_one(played):
    assert charter.in_force(played).terms == Rules()
    assert not charter.draft_of(played)


def test_what_differs_was_disputed_and_decided_and_nothing_else(played, recorded):
    decided = Adjudication.objects.filter(consensus__case__study=played, state="signed")
    items = {
        (name, item)
        for name, item in decided.values_list("consensus__case__exam__subject__pseudonym", "disputes__item__code")
    }
    assert items == {(name, item) for name, one in recorded.items() for item in one.picks}
    assert len(items) == 80


def test_the_distribution_by_region_is_as_printed(tables):
    assert counted(tables["shares"]) | counted(tables["regions"]) == {
        "BME present": 24, "Degenerative changes present": 21, "RA": 34, "AS": 6, "F": 33, "M": 7,
        "Atlantoaxial": 5, "Vertebral bodies": 18, "Facet joints": 7, "Spinous processes": 11,
    }  # fmt: skip
    shares = [round(100 * one["share"]["estimate"], 1) for one in tables["regions"]]
    assert shares == [20.8, 75.0, 29.2, 45.8]


@pytest.mark.parametrize(("about", "name", "groups", "p"), [
    ("by_presence", "neck_pain", [(5.5, 3.0), (6.0, 4.0)], 0.69),
    ("by_presence", "ffbh", [(68.2, 41.0), (42.0, 55.5)], 0.19),
    ("by_presence", "northwick_park", [(44.4, 21.8), (47.2, 27.0)], 0.83),
    ("by_presence", "crp", [(0.4, 0.8), (0.6, 0.66)], 0.94),
    ("by_degeneration", "symptom_duration", [(10.0, 12.5), (5.0, 18.0)], 0.73),
])  # fmt: skip
def test_the_comparisons_are_as_printed(tables, about, name, groups, p):
    row = next(row for row in tables[about] if row["name"] == name)
    assert (printed(row), round(row["test"]["p"], 2)) == (groups, p)


def test_degenerative_change_against_vertebral_bodies_is_as_printed(tables):
    table = next(one for one in tables["fourfold"] if one["label"].endswith("Vertebral bodies"))
    assert table["counts"] == [[13, 8], [5, 14]]


def test_the_age_is_as_printed(tables):
    [group] = next(row for row in tables["summary"] if row["name"] == "age")["groups"]
    assert (round(group["mean"], 1), round(group["sd"], 1)) == (57.5, 11.8)


def test_nobody_is_left_out(tables):
    assert (tables["n_patients"], tables["n_unsettled"], tables["n_left_out"]) == (40, 0, 0)


def test_ten_patients_were_read_again_by_both_and_it_counts_for_nothing(played, recorded):
    repeats = Repeat.objects.filter(reading__case__study=played)
    again = of_study(played).filter(pk__in=repeats.values("reading"))
    assert Counter(one.reader.username.upper() for one in again) == dict.fromkeys(READERS, 10)
    assert all(said_in(one) == recorded[name_of(one)].again[one.reader.username.upper()] for one in again)
    assert {one.allocation for one in again} == {None}


def test_the_audit_trail_says_that_the_repeats_were_not_drawn(played):
    events = AuditEvent.objects.filter(study_code=played.code, action="repeat.imported")
    assert {event.reason for event in events} == {playing.REREAD}
    assert events.count() == 20


def test_the_export_follows_from_the_audit_trail_alone(played, tmp_path):
    assert rebuilding.zipped(chronicle.events(played.code), tmp_path).read_bytes() == bundle(played)


def test_the_headers_of_the_images_say_what_the_covariates_say(played):
    _, values = covariates.known_of(played)
    for case in played.cases.select_related("exam__facts"):
        known = values[case.exam.subject_id]
        assert (case.exam.facts.sex, case.exam.facts.age_years) == (known["sex"], known["age"])


def test_playing_it_again_changes_nothing(played):
    before = AuditEvent.objects.count()
    assert playing.make() == played
    assert AuditEvent.objects.count() == before


def test_each_trigger_alone_sends_on_what_the_recorded_grades_say(played):
    """Counted from the table of scores without Dens: items in cases."""
    found = telling.disputes_by_trigger(reliability.material_of(played))
    assert found["all that the charter asks for"] == by_hand(lambda item, one, other: one != other)
    grades_by = {1: "an item differs by 1 grade or more", 2: "an item differs by 2 grades or more"}
    for least, name in grades_by.items():
        assert found[name] == by_hand(lambda it, one, other, n=least: it[:2] != "DG" and abs(one - other) >= n)
    assert found["presence at an item"] == by_hand(lambda it, one, other: it[:2] != "DG" and (one > 0) != (other > 0))
    assert found["a yes-or-no item differs"] == by_hand(lambda it, one, other: it[:2] == "DG" and one != other)
    assert found["not assessable to one reader"] == (0, 0)
    for most in (2, 3, 5):
        n_cases = sum(abs(total(one, "R1") - total(one, "R2")) > most for one in cohort())
        assert found[f"totals differ by more than {most}"][1] == n_cases


def by_hand(differs):
    n = [sum(differs(item, one.readings["R1"][item], one.readings["R2"][item]) for item in one.consensus)
         for one in cohort()]  # fmt: skip
    return sum(n), sum(one > 0 for one in n)


def total(patient, reader):
    return sum(grade for item, grade in patient.readings[reader].items() if item[:2] != "DG")


def test_the_command_prints_the_published_figures(played, capsys):
    call_command("load_cohort")
    told = re.sub(r" +", " ", capsys.readouterr().out)
    for line in ("BME present 24/40 60.0 %", "Vertebral bodies 18/24 75.0 %", "Neck pain NRS 0-10 5.50 (3.00) (n 24)"):
        assert line in told


def test_what_is_planted_is_what_the_consensus_says():
    for patient in cohort():
        planted = {item_of(lesion): lesion.grade for lesion in map(Lesion.parse, images.lesions_of(patient.consensus))}
        assert planted == {item: grade for item, grade in patient.consensus.items() if grade and item[:2] != "DG"}
