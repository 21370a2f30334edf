"""A scoring system is one data file: the second one is read, derived, compared and exported without a line of Python.

Worked by hand, on the bounds of cspine-ra-lesions 1.0.0: BME 1 at the dens and 2 at body C4, synovitis 3 at C1/2,
erosion 2 at facet joint C5/6, all else 0. BME 1 + 2 = 3 of 42, synovitis 3 of 21, erosions 2 of 42, all lesions
8 of 105.
"""

import pytest
from django.utils import timezone

from scoring import catalogue, charter, consensus, derived, export, reliability
from scoring.models import Adjudication, FinalScore
from studies.models import Membership
from tests import scene
from tests.bundles import bundle, rows
from tests.cast import ROLES, client_of

INSTRUMENT = "cspine-ra-lesions@1.0.0"
SEEN = {"BA_DENS": 1, "BV_C4": 2, "SA_C1C2": 3, "EF_C5C6": 2}


@pytest.fixture
def ra_study(people):
    study = charter.open_study(title="Lesions in RA", instrument=INSTRUMENT, actor=people.dora)
    for name, role in ROLES.items():
        Membership.objects.create(study=study, user=getattr(people, name), role=role)
    return study


def everything(**grades):
    items = catalogue.find(INSTRUMENT).items.values_list("code", flat=True)
    return {**dict.fromkeys(items, 0), **grades}


def test_the_sums_are_those_of_the_worked_example(people):
    values = derived.derive(catalogue.find(INSTRUMENT).definition, everything(**SEEN))
    assert {name: part.value for name, part in values.sums.items()} == {
        "total": 8, "bme_total": 3, "synovitis_total": 3, "erosion_total": 2,
    }  # fmt: skip
    assert (values.present["synovitis_present_SA"], values.present["synovitis_present_SF"]) == (True, False)


def test_two_readings_become_a_consensus_and_an_export(ra_study, people):
    [case] = scene.allot(ra_study, people)
    scene.read(case, people, ana=SEEN, ben={**SEEN, "BV_C4": 1})
    scene.decide_all(Adjudication.objects.get(), people)
    assert FinalScore.objects.filter(method="adjudicated").get().item.code == "BV_C4"
    export.build(export.ask(ra_study, actor=people.sam), now=timezone.now())
    [row] = rows(bundle(ra_study), "totals.csv")
    assert (row["synovitis_total"], row["erosion_total"], row["subtotal_SA"]) == ("3", "2", "3")
    assert (row["synovitis_total_observed"], row["synovitis_total_n_scored"]) == ("3", "7")


def test_the_codebook_says_what_each_grade_and_each_sum_is(ra_study):
    found = [row for row in rows(bundle(ra_study), "codebook.csv") if row["kind"] != "column"]
    told = {(row["item"], row["value"]): row for row in found}
    assert told["EF_C5C6", "3"]["definition"] == "Loss of more than a third of the bone"
    assert told["SF_C2C3", "0"]["sums"] == "total synovitis_total"
    assert told["synovitis_total", ""]["meaning"] == "0 to 21: Synovitis: atlantoaxial; Synovitis: facet joints"


def test_the_reader_gets_the_form_of_the_file(ra_study, people):
    [case] = scene.allot(ra_study, people)
    reading = client_of(people.ana).get(f"/api/readings/{scene.reading_of(case, people.ana).code}").json()
    form = reading["instrument"]
    assert sum(len(region["items"]) for region in form["regions"]) == 35
    assert [one["label"] for one in form["sums"]] == ["All lesions", "BME", "Synovitis", "Erosions"]


def test_agreement_is_told_of_each_lesion(ra_study, people):
    for place, case in enumerate(scene.allot(ra_study, people, cases=4)):
        scene.read(case, people, ana={"SF_C2C3": place % 3, "BV_C4": 1}, ben={"SF_C2C3": place % 3, "BV_C4": place})
    sums = {one["code"]: one for one in reliability.compute(ra_study, now=timezone.now()).content["sums"]}
    assert {name: one["label"] for name, one in sums.items()} == {
        "total": "All lesions", "bme_total": "BME", "synovitis_total": "Synovitis", "erosion_total": "Erosions",
    }  # fmt: skip
    assert sums["synovitis_total"]["statistics"]["icc"]["estimate"] == 1
    assert sums["bme_total"]["statistics"]["icc"]["estimate"] < 1


def test_a_lesion_that_could_not_be_assessed_too_often_has_no_total(people):
    without = dict.fromkeys(("SF_C2C3", "SF_C3C4", "SF_C4C5", "SF_C5C6"))
    values = derived.derive(catalogue.find(INSTRUMENT).definition, everything(SA_C1C2=1, **without))
    assert values.sums["synovitis_total"].sentence == "not computable: 3 of 7 scored, observed sum 1"
    assert values.sums["bme_total"].value == 0


def test_nothing_is_compared_before_both_have_signed(ra_study, people):
    [case] = scene.allot(ra_study, people)
    scene.sign(scene.fill(scene.reading_of(case, people.ana), **SEEN))
    assert consensus.compare(case, now=timezone.now()) is None
