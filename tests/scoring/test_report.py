"""The reliability report on made-up readings: the numbers fit the design, and say so where they must not be read."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from scoring import report
from scoring.agreement import Model, intraclass_correlation, percent_agreement
from scoring.agreement.table import CrossTable
from scoring.report import Repeat
from tests.scoring.made_up_readings import answers, case, definition, items, many, material, near, random_answers


def content_of(given):
    return report.content(given, software="Dens of today")


def row(rows, code):
    return next(one for one in rows if one["code"] == code)


@pytest.fixture(scope="module")
def crossed():
    return content_of(material(*many(40)))


@pytest.fixture(scope="module")
def pool():
    return content_of(material(*many(60, readers=("R1", "R2", "R3", "R4"))))


def test_two_readers_of_everything_are_a_crossed_pair(crossed):
    assert crossed["design"]["kind"] == "crossed"
    total = row(crossed["sums"], "total")["statistics"]
    assert total["icc"]["name"] == "ICC(2,1)"
    assert "kappa" in row(crossed["items"], "VB_C4")["statistics"]
    assert "alpha" not in row(crossed["items"], "VB_C4")["statistics"]


def test_readers_drawn_per_case_get_one_way_models_and_alpha(pool):
    assert pool["design"]["kind"] == "pool"
    assert "a pool of 4" in pool["design"]["sentence"]
    total = row(pool["sums"], "total")
    assert total["statistics"]["icc"]["name"] == "ICC(1,1)"
    assert total["bland_altman"] is None
    assert "alpha" in row(pool["items"], "VB_C4")["statistics"]
    assert "kappa" not in row(pool["items"], "VB_C4")["statistics"]


def test_who_is_first_changes_nothing_of_a_pool():
    cases = many(60, readers=("R1", "R2", "R3", "R4"))
    turned = [
        case(number, one.reads[1].answers, one.reads[0].answers, readers=one.readers[::-1])
        for number, one in enumerate(cases, start=1)
    ]
    as_is, other = (content_of(material(*some)) for some in (cases, turned))
    for part in ("items", "regions", "presence"):
        for one, two in zip(as_is[part], other[part], strict=True):
            assert numbers(one["statistics"]) == pytest.approx(numbers(two["statistics"]), abs=1e-12)


def numbers(statistics):
    return [one[key] or 0.0 for one in statistics.values() for key in ("estimate", "low", "high")]


def test_flags_have_plain_weights_and_grades_linear_ones(crossed):
    assert "1 on the diagonal" in row(crossed["items"], "DG_C4C5")["statistics"]["kappa"]["method"]
    assert "|i-j|" in row(crossed["items"], "VB_C4")["statistics"]["kappa"]["method"]


def test_the_numbers_are_those_of_the_package(crossed):
    total = row(crossed["sums"], "total")
    values = [point["values"] for point in total["points"]]
    alone = intraclass_correlation(values, model=Model.TWO_WAY_RANDOM)
    assert total["statistics"]["icc"]["estimate"] == alone.estimate
    item = row(crossed["items"], "SP_C6")
    assert item["statistics"]["percent"]["estimate"] == percent_agreement(CrossTable.of(item["table"])).estimate


def test_small_samples_get_resampled_intervals_of_kappa(crossed):
    assert "bootstrap" in row(crossed["items"], "VB_C4")["statistics"]["kappa"]["method"]


def test_pooled_sites_are_resampled_by_patient(crossed):
    region = row(crossed["regions"], "VB")
    assert (region["n_sites"], region["n_pairs"]) == (6, 240)
    assert region["statistics"]["percent"]["counts"]["patients"] == 40


def test_visits_of_one_patient_are_no_independent_pairs():
    cases = [
        case(number, one.reads[0].answers, one.reads[1].answers, patient=f"P{number // 2}")
        for number, one in enumerate(many(40), start=1)
    ]
    item = row(content_of(material(*cases))["items"], "VB_C4")
    assert item["statistics"]["percent"]["counts"]["patients"] == 21


def test_an_empty_site_is_marked_as_one_not_to_be_read(crossed):
    cases = [case(number, answers(), answers(SP_C2=1 if number < 4 else 0)) for number in range(1, 41)]
    item = row(content_of(material(*cases))["items"], "SP_C2")
    assert "0 and 3 positive of 40" in item["caution"]
    assert item["statistics"]["kappa"]["status"] == "one_reader_constant"
    assert item["statistics"]["kappa"]["estimate"] == 0
    assert item["statistics"]["ac"]["estimate"] > 0.9


def test_not_assessable_is_left_out_pairwise_and_counted():
    cases = [case(number, answers(VB_C4=None if number < 3 else 1), answers(VB_C4=1)) for number in range(1, 11)]
    content = content_of(material(*cases))
    assert (row(content["items"], "VB_C4")["n_pairs"], row(content["items"], "VB_C4")["n_excluded"]) == (8, 2)
    assert row(content["regions"], "VB")["n_excluded"] == 2


def test_a_total_that_is_not_computable_is_left_out():
    gone = dict.fromkeys(("VB_C2", "VB_C3", "VB_C4", "VB_C5"))
    cases = [*many(10), case(11, answers(**gone), answers())]
    total = row(content_of(material(*cases))["sums"], "total")
    assert (total["n_pairs"], total["n_excluded"], len(total["points"])) == (10, 1, 10)


def test_presence_is_told_of_the_patient_first(crossed):
    assert [one["label"] for one in crossed["presence"]][:3] == [
        "BME present",
        "Degenerative changes present",
        "BME present: Atlantoaxial",
    ]


def test_each_pair_of_a_pool_has_a_row(pool):
    assert [one["readers"] for one in pool["pairs"]] == [
        ["R1", "R2"], ["R1", "R3"], ["R1", "R4"], ["R2", "R3"], ["R2", "R4"], ["R3", "R4"],
    ]  # fmt: skip
    assert sum(one["n_cases"] for one in pool["pairs"]) == 60


def test_a_reader_who_scores_higher_than_everybody_stands_out():
    cases = [
        case(number, answers(VB_C4=3, VB_C5=number % 3), answers(VB_C5=number % 3), readers=readers)
        for number, readers in enumerate([("R1", "R2"), ("R1", "R3"), ("R3", "R2")] * 10, start=1)
    ]
    bias = {
        one["reader"]: one["statistics"]["bias"]["estimate"] for one in content_of(material(*cases))["against_pool"]
    }
    assert bias == {"R1": 3, "R2": -3, "R3": 0}


def test_the_disagreement_index_counts_all_that_a_reader_read():
    final = answers()
    cases = [
        case(1, answers(VB_C4=1), answers(), final=final, is_disputed=True, overruled=("R1",)),
        case(2, answers(VB_C4=1), answers(VB_C4=2), final=final, is_disputed=True, overruled=("R1", "R2")),
        *(case(number, answers(), answers(), final=final) for number in range(3, 9)),
    ]
    content = content_of(material(*cases))
    first, second = (one["statistics"]["disagreement_index"] for one in content["against_pool"])
    assert (first["counts"], second["counts"]) == ({"yes": 2, "no": 6}, {"yes": 1, "no": 7})
    assert content["adjudication_rate"]["estimate"] == 0.25


def test_a_case_that_waits_for_the_adjudicator_counts_in_the_rate_and_in_no_index():
    """Whether a case goes to the adjudicator is known when it is compared, long before it is decided."""
    decided = case(1, answers(VB_C4=1), answers(), final=answers(), is_disputed=True, overruled=("R1",))
    waiting = [case(number, answers(VB_C4=1), answers(), is_disputed=True) for number in range(2, 5)]
    equal = case(5, answers(), answers(), final=answers())
    content = content_of(material(decided, *waiting, equal))
    assert (content["adjudication_rate"]["counts"], content["adjudication_rate"]["n"]) == ({"yes": 4, "no": 1}, 5)
    index = content["against_pool"][0]["statistics"]["disagreement_index"]
    assert (index["counts"], index["n_excluded"]) == ({"yes": 1, "no": 1}, 3)
    assert "3 cases left out: the adjudicator has not decided yet." in index["sentence"]


def test_a_study_without_an_adjudicator_has_no_rate():
    cases = [case(number, answers(), answers(), final=answers()) for number in range(1, 9)]
    content = content_of(replace(material(*cases), is_adjudicated=False))
    assert content["adjudication_rate"] is None
    assert "adjudication_rate" not in content["pairs"][0]["statistics"]
    assert "disagreement_index" not in content["against_pool"][0]["statistics"]


def test_in_a_pool_a_reader_stands_against_others_in_models_that_do_not_ask_who_they_are(pool):
    against = pool["against_pool"][0]["statistics"]
    assert against["icc"]["name"] == "ICC(1,1)"
    assert "alpha" in against
    assert "kappa" not in against


def test_a_pool_has_an_error_of_measurement_too(pool):
    of_total = row(pool["sums"], "total")
    total, pairs = of_total["statistics"], [point["values"] for point in of_total["points"]]
    within = [(one - other) ** 2 / 2 for one, other in pairs]
    assert total["sem"]["estimate"] == pytest.approx(np.sqrt(np.mean(within)))
    assert total["sdc"]["estimate"] == pytest.approx(1.96 * np.sqrt(2) * total["sem"]["estimate"])


def test_repeats_are_compared_with_the_same_readers_first_look():
    random = np.random.default_rng(5)
    looks = [random_answers(random) for _ in range(12)]
    repeats = tuple(
        Repeat(f"C{place}", f"P{place}", "R1", said, near(random, said)) for place, said in enumerate(looks)
    )
    [own] = content_of(material(*many(12), repeats=repeats))["repeats"]
    assert (own["reader"], own["n_cases"]) == ("R1", 12)
    assert own["statistics"]["percent"]["n"] == 12 * 19
    assert {"kappa", "icc", "bias", "sdc"} <= set(own["statistics"])


def test_scales_of_different_length_are_pooled_without_kappa():
    """As in RAMRIS, where erosion is graded 0 to 10 and oedema 0 to 3 on the same bones."""
    longer = {"wide": [{"value": grade, "label": str(grade)} for grade in range(11)]}
    regions = [{**one, "scale": "wide"} if one["code"] == "VB" else one for one in definition()["regions"]]
    derived = {**definition()["derived"], "subtotals": {"AA": [0, 3], "VB": [0, 60], "FJ": [0, 18], "SP": [0, 18]}}
    scales = definition()["scales"] | longer
    mixed = replace(
        material(*(case(number, answers(VB_C4=number), answers(VB_C4=10)) for number in range(1, 11))),
        definition={**definition(), "scales": scales, "regions": regions, "derived": derived},
        items=tuple(replace(item, n_grades=11) if item.region == "VB" else item for item in items()),
    )
    [pair] = content_of(mixed)["pairs"]
    assert pair["statistics"]["percent"]["n"] == 190
    assert "kappa" not in pair["statistics"]


def test_drift_follows_the_order_in_which_a_reader_signed():
    cases = [case(number, answers(VB_C4=min(3, number // 5)), answers()) for number in range(1, 21)]
    first, second = content_of(material(*cases))["drift"]
    assert [point["order"] for point in first["points"]] == list(range(1, 21))
    assert first["slope"]["low"] > 0 > second["slope"]["high"]
    assert [one["n"] for one in first["quarters"]] == [5, 5, 5, 5]


@pytest.mark.parametrize("n", [0, 1, 2, 3, 5])
def test_few_cases_give_sentences_and_no_nan(n):
    text = json.dumps(content_of(material(*many(n))), allow_nan=False)
    assert "NaN" not in text


def test_everything_the_same_gives_sentences_and_no_nan():
    content = content_of(material(*(case(number, answers(), answers()) for number in range(1, 21))))
    json.dumps(content, allow_nan=False)
    assert row(content["items"], "VB_C4")["statistics"]["kappa"]["status"] == "no_variation"
    assert all(math.isfinite(point["difference"]) for one in content["drift"] for point in one["points"])


def test_the_methods_name_the_design_the_instrument_and_the_citations(crossed, pool):
    assert "fully crossed" in " ".join(crossed["methods"])
    assert "Krippendorff" in " ".join(pool["methods"])
    for content in (crossed, pool):
        assert "reconstruction" in content["methods"][0]
        assert "GRRAS" in content["methods"][-1]
