"""The clinical tables. Expected figures: what Baraliakos 2016 prints, on a synthetic cohort made to reproduce it.

Baraliakos X, et al. J Rheumatol 2016;43(12):2131-5, doi:10.3899/jrheum.150553; ACR 2012, abstract 1619. Medians are
printed there with the IQR, and the tests are not named.
"""

import json
from dataclasses import replace
from math import comb
from pathlib import Path

import numpy as np
import pytest
import yaml
from scipy import stats

from demo.cohort.recorded import cohort
from scoring import derived
from scoring.clinical import (
    EXACT,
    FISHER,
    NORMAL,
    Measure,
    Outline,
    Patient,
    compare,
    describe,
    fisher,
    fourfold,
    mann_whitney,
    report,
    share,
)

ROOT = Path(__file__).resolve().parents[2]
DEFINITION = yaml.safe_load((ROOT / "scoring/instruments/cspine-bme-baraliakos-1.0.0.yaml").read_text())
REGIONS = {"AA": "Atlantoaxial", "VB": "Vertebral bodies", "FJ": "Facet joints", "SP": "Spinous processes"}
NUMBERS = {
    "age": "Age [years]",
    "pain": "Neck pain [NRS 0-10]",
    "ffbh": "FFbH [0-100]",
    "northwick": "Northwick Park [0-100]",
    "crp": "CRP [mg/dl]",
    "esr": "ESR [mm/h]",
    "duration": "Symptom duration [years]",
    "rotation": "Cervical rotation [degrees]",
}
OUTLINE = Outline(
    presence=Measure("bme_present", "BME present"),
    regions=tuple(Measure(f"bme_present_{code}", label) for code, label in REGIONS.items()),
    degeneration=Measure("degenerative_present", "Degenerative changes present"),
    sums=(Measure("sum:total", "Total"),),
    numbers=tuple(Measure(name, name) for name in NUMBERS),
    categories=(Measure("diagnosis", "Diagnosis"), Measure("sex", "Sex")),
    diagnosis=Measure("diagnosis", "Diagnosis"),
)


def patient_of(recorded):
    values = derived.derive(DEFINITION, recorded.consensus)
    known = recorded.covariates
    return Patient(
        findings=values.present,
        numbers={"sum:total": values.sums["total"].value}
        | {name: float(known[heading]) for name, heading in NUMBERS.items()},
        categories={"diagnosis": known["Diagnosis"], "sex": known["Sex"]},
    )


@pytest.fixture(scope="module")
def patients():
    return [patient_of(recorded) for recorded in cohort()]


@pytest.fixture(scope="module")
def told(patients):
    return report(patients, OUTLINE)


def counted(rows):
    return {
        row["label"]: (row["share"]["counts"]["yes"], row["share"]["n"], round(100 * row["share"]["estimate"], 1))
        for row in rows
    }


def compared(rows, name):
    row = next(row for row in rows if row["name"] == name)
    spread = [(round(group["median"], 2), round(group["q3"] - group["q1"], 2)) for group in row["groups"]]
    return spread, round(row["test"]["p"], 2)


def test_how_many_have_what_is_as_printed(told):
    assert counted(told["shares"]) == {
        "BME present": (24, 40, 60.0),
        "Degenerative changes present": (21, 40, 52.5),
        "Diagnosis: RA": (34, 40, 85.0),
        "Diagnosis: AS": (6, 40, 15.0),
        "Sex: F": (33, 40, 82.5),
        "Sex: M": (7, 40, 17.5),
    }


def test_the_distribution_by_region_among_the_positive_is_as_printed(told):
    assert counted(told["regions"]) == {
        "Atlantoaxial": (5, 24, 20.8),
        "Vertebral bodies": (18, 24, 75.0),
        "Facet joints": (7, 24, 29.2),
        "Spinous processes": (11, 24, 45.8),
    }


@pytest.mark.parametrize(("name", "present", "absent", "p"), [
    ("pain", (5.5, 3.0), (6.0, 4.0), 0.69),
    ("ffbh", (68.2, 41.0), (42.0, 55.5), 0.19),
    ("northwick", (44.4, 21.8), (47.2, 27.0), 0.83),
    ("crp", (0.40, 0.80), (0.60, 0.66), 0.94),
])  # fmt: skip
def test_with_against_without_oedema_is_as_printed(told, name, present, absent, p):
    assert compared(told["by_presence"], name) == ([present, absent], p)


def test_symptom_duration_by_degenerative_change_is_as_printed(told):
    assert compared(told["by_degeneration"], "duration") == ([(10.0, 12.5), (5.0, 18.0)], 0.73)


def test_degenerative_change_against_vertebral_bodies_is_as_printed(told):
    """13 of 21 (62 %) are printed; 5 of 19 follow from the 18 with vertebral-body oedema."""
    table = next(one for one in told["fourfold"] if one["label"] == "Degenerative changes present, Vertebral bodies")
    assert table["counts"] == [[13, 8], [5, 14]]
    assert [round(100 * one["estimate"]) for one in table["shares"]] == [62, 26]
    assert table["test"]["p"] == pytest.approx(fisher_by_hand(13, rows=(21, 19), column=18))


def fisher_by_hand(cell, *, rows, column):
    """All tables with the same margins that are no more probable, added up."""
    ways = [comb(rows[0], k) * comb(rows[1], column - k) for k in range(column + 1)]
    return sum(n for n in ways if n <= ways[cell]) / sum(ways)


def test_any_oedema_by_degenerative_change_is_the_sentence_of_the_abstract_in_part(told):
    """The abstract's "21 (100 %) and 3 (15.8 %)" adds up to the 24 with any oedema; this cohort follows the paper."""
    table = next(one for one in told["fourfold"] if one["label"] == "Degenerative changes present, BME present")
    assert sum(row[0] for row in table["counts"]) == 24
    assert [sum(row) for row in table["counts"]] == [21, 19]


@pytest.mark.parametrize(("name", "mean", "sd"), [
    ("age", 57.5, 11.8), ("duration", 10.6, 8.8), ("rotation", 51.0, 17.2), ("crp", 0.8, 1.3), ("esr", 19.8, 26.6),
    ("ffbh", 58.1, 26.3), ("northwick", 46.0, 17.5),
])  # fmt: skip
def test_the_whole_group_is_as_printed(told, name, mean, sd):
    [group] = next(row for row in told["summary"] if row["name"] == name)["groups"]
    assert (round(group["mean"], 1), round(group["sd"], 1), group["n"], group["n_missing"]) == (mean, sd, 40, 0)


def test_diagnoses_are_told_apart_and_each_is_compared_by_presence(told):
    pain = next(row for row in told["by_diagnosis"] if row["name"] == "pain")
    assert [(group["label"], group["n"]) for group in pain["groups"]] == [("RA", 34), ("AS", 6)]
    assert pain["test"]["method"] == NORMAL
    assert [one["group"] for one in told["by_presence_within"]] == ["RA", "AS"]
    in_as = next(row for row in told["by_presence_within"][1]["comparisons"] if row["name"] == "pain")
    assert sum(group["n"] for group in in_as["groups"]) == 6


def test_the_total_is_described_and_never_compared_by_the_presence_it_makes(told):
    assert "sum:total" in {row["name"] for row in told["summary"]}
    assert "sum:total" not in {row["name"] for row in told["by_presence"]}


def test_everything_goes_into_json_and_nan_into_nothing(told):
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_a_share_has_wilsons_interval():
    """81 of 263: 0.2553 to 0.3662. Newcombe 1998, Stat Med 17:857-872, table I, method 3."""
    known = share([True] * 81 + [False] * 182 + [None] * 4)
    assert (round(known.low, 4), round(known.high, 4), known.n, known.n_excluded) == (0.2553, 0.3662, 263, 4)


def test_a_share_of_nobody_is_a_sentence():
    nobody = share([None])
    assert (nobody.estimate, nobody.low, nobody.n, nobody.n_excluded) == (None, None, 0, 1)
    assert nobody.sentence == "There is no participant of whom this is known."


def test_quartiles_are_type_7():
    """Hyndman & Fan 1996: of 1 to 10, type 7 gives 3.25 and 7.75, type 6 gives 2.75 and 8.25."""
    group = describe([*range(1, 11), None], label="all")
    assert (group.q1, group.median, group.q3, group.n, group.n_missing) == (3.25, 5.5, 7.75, 10, 1)


@pytest.mark.parametrize(("values", "sentence"), [([None], "No value is known."), ([7.0], "One value has no SD.")])
def test_of_too_few_values_there_is_a_sentence(values, sentence):
    group = describe(values, label="all")
    assert (group.sd, group.sentence) == (None, sentence)


@pytest.mark.parametrize(("u", "p"), [
    (([1, 2, 3], [4, 5, 6]), 2 * 0.050),
    (([1, 2, 4], [3, 5, 6]), 2 * 0.100),
    (([1, 2, 3, 4], [5, 6, 7, 8]), 2 * 0.014),
    (([1, 2, 3, 5], [4, 6, 7, 8]), 2 * 0.029),
    (([1, 2, 4, 5], [3, 6, 7, 8]), 2 * 0.057),
])  # fmt: skip
def test_small_groups_are_tested_exactly(u, p):
    """Mann & Whitney 1947, Ann Math Stat 18:50-60, table I: P(U <= 0), P(U <= 1), P(U <= 2), to three digits."""
    test = mann_whitney(u)
    assert test.method == EXACT
    assert test.p == pytest.approx(p, abs=2 * 5e-4)


def test_ties_in_small_groups_are_part_of_the_exact_test():
    """All 126 ways of choosing five of these nine values, gone through by hand."""
    test = mann_whitney([[1, 1, 2, 2, 3], [2, 3, 3, 4]])
    assert (test.statistic, test.p, test.method) == (3.0, pytest.approx(20 / 126), EXACT)


def test_large_groups_are_tested_by_the_normal_approximation_with_ties():
    """By the formula: U - nm/2 over sqrt(nm/12 ((N + 1) - sum(t^3 - t) / (N (N - 1)))), no continuity correction."""
    one, other = [1, 2, 2, 3, 5, 5, 6, 8, 9, 9], [2, 4, 5, 7, 7, 9, 9, 10, 11, 12]
    n, ranks = 20, stats.rankdata(one + other)
    u = ranks[:10].sum() - 55
    ties = sum(t**3 - t for t in np.unique(ranks, return_counts=True)[1])
    z = (u - 50) / np.sqrt(100 / 12 * (n + 1 - ties / (n * (n - 1))))
    test = mann_whitney([one, other])
    assert (test.statistic, test.method) == (u, NORMAL)
    assert test.p == pytest.approx(2 * stats.norm.sf(abs(z)))


@pytest.mark.parametrize(("groups", "status", "sentence"), [
    ([[1, 2], [3, 4, 5]], "too_few", "Not tested: there are 2 in a group, 3 are needed."),
    ([[1], [3, 4, 5]], "too_few", "Not tested: there is 1 in a group, 3 are needed."),
    ([[], [3, 4, 5]], "too_few", "Not tested: there are none in a group, 3 are needed."),
    ([[2, 2, 2], [2, 2, 2]], "not_estimable", "Not tested: all values are the same."),
    ([[1, 2, 3]] * 3, "not_estimable", "Two groups are compared, and there are 3."),
    ([[1, 2, 3]], "not_estimable", "Two groups are compared, and there is 1."),
    ([], "too_few", "Two groups are compared, and there are none."),
])  # fmt: skip
def test_what_cannot_be_tested_says_why(groups, status, sentence):
    test = mann_whitney(groups)
    assert (test.p, test.status, test.sentence) == (None, status, sentence)


def test_missing_values_and_missing_groups_are_counted():
    told = compare(Measure("crp", "CRP"), {"a": [1, 2, 3, None], "b": [4, 5, None, 6]}, n_ungrouped=2)
    assert [(group.n, group.n_missing) for group in told.groups] == [(3, 1), (3, 1)]
    assert (told.test.n, told.test.n_excluded) == (6, 4)


def test_fishers_test_is_the_tea_tasting_lady():
    """Three of four cups right: 17/70 one-sided, 34/70 two-sided. Fisher 1935, The Design of Experiments, chapter 2."""
    test = fisher([[3, 1], [1, 3]])
    assert (test.p, test.method) == (pytest.approx(34 / 70), FISHER)


def test_an_empty_row_is_not_tested():
    told = fourfold("a, b", [(True, True), (True, False), (None, True)], rows=("1", "0"), columns=("1", "0"))
    assert told.counts == ((1, 1), (0, 0))
    assert (told.n_missing, told.test.p, told.test.sentence) == (1, None, "Not tested: a row or a column is empty.")
    assert told.shares[1].sentence == "There is no participant of whom this is known."


def test_whose_presence_cannot_be_told_is_in_no_group_and_counted(patients):
    unknown = replace(patients[0], findings=dict.fromkeys(patients[0].findings))
    told = report([unknown, *patients[1:]], OUTLINE)
    assert told["shares"][0]["share"]["n_excluded"] == 1
    assert told["by_presence"][0]["test"]["n_excluded"] == 1
    assert {table["n_missing"] for table in told["fourfold"]} == {1}


def test_a_covariate_that_one_lacks_is_missing_in_their_group(patients):
    without = replace(patients[0], numbers={"sum:total": 4.0}, categories={})
    told = report([without, *patients[1:]], OUTLINE)
    assert told["by_presence"][0]["groups"][0]["n_missing"] == 1
    assert told["by_diagnosis"][0]["test"]["n_excluded"] == 1
    assert told["shares"][2]["share"]["n_excluded"] == 1


def test_of_nobody_there_are_sentences_and_no_number():
    told = report([], OUTLINE)
    assert (told["n_patients"], told["sentence"]) == (0, "No participant has a settled consensus yet.")
    assert json.dumps(told, allow_nan=False)


def test_an_instrument_without_degenerative_change_and_a_study_without_covariates_have_fewer_tables(patients):
    told = report(patients, Outline(presence=OUTLINE.presence, regions=OUTLINE.regions))
    assert told["by_degeneration"] == told["by_diagnosis"] == told["by_presence"] == told["fourfold"] == []
    assert len(told["regions"]) == 4
