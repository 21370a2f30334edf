"""Reference cases from the literature with published or doubly computed answers, in agreement_cases.json."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scoring.agreement import (
    Agreement,
    CrossTable,
    Metric,
    Model,
    Weights,
    bias_index,
    bowker,
    brennan_prediger,
    categorical,
    cohen_kappa,
    cross_table,
    gwet_ac,
    intraclass_correlation,
    krippendorff_alpha,
    krippendorff_alpha_of_table,
    mcnemar,
    negative_agreement,
    pabak,
    percent_agreement,
    positive_agreement,
    prevalence_index,
    scott_pi,
    stuart_maxwell,
    wilson_interval,
)
from scoring.agreement.anova import mean_squares
from scoring.agreement.kappa import kappa_and_se
from scoring.agreement.weights import agreement_weights

FILE = Path(__file__).parent / "agreement_cases.json"
CASES: dict[str, dict[str, Any]] = {case["id"]: case for case in json.loads(FILE.read_text())["cases"]}


def of_kind(*kinds: str) -> list[str]:
    return [name for name, case in CASES.items() if case["kind"] in kinds]


def holds(number: float | tuple[float | None, ...] | None, expected: dict[str, Any]) -> bool:
    """Whether a number is the case's value, and its printed value where one is given."""
    if expected["value"] is None:
        return number is None
    printed = "published" not in expected or number == pytest.approx(
        expected["published"], abs=expected["published_tol"]
    )
    return printed and number == pytest.approx(expected["value"], abs=expected["tol"])


@pytest.mark.parametrize("model", Model)
@pytest.mark.parametrize("name", of_kind("icc"))
def test_icc_and_interval(name: str, model: Model):
    answer = intraclass_correlation(CASES[name]["data"]["ratings"], model=model)
    assert holds(answer.estimate, CASES[name]["expected"][model.value])
    assert holds((answer.low, answer.high), CASES[name]["expected"][f"{model.value} ci95"])


@pytest.mark.parametrize("square", ["BMS", "WMS", "JMS", "EMS"])
@pytest.mark.parametrize("name", of_kind("icc"))
def test_mean_squares(name: str, square: str):
    squares = mean_squares(np.array(CASES[name]["data"]["ratings"], dtype=float))
    assert holds(getattr(squares, square.lower()), CASES[name]["expected"][square])


@pytest.mark.parametrize("weights", Weights)
@pytest.mark.parametrize("name", of_kind("kappa_table"))
def test_kappa_standard_error_and_interval(name: str, weights: Weights):
    table, expected = CrossTable.of(CASES[name]["data"]["table"]), CASES[name]["expected"][weights]
    answer = cohen_kappa(table, weights=weights)
    assert holds(answer.n, expected["n"])
    assert holds(answer.estimate, expected["kappa"])
    assert holds((answer.low, answer.high), expected["ci95"])
    assert holds(kappa_and_se(table, agreement_weights(weights, table.n_grades))[1], expected["se"])


def tables() -> list[tuple[str, Weights]]:
    return [(name, weights) for name in of_kind("kappa_table") for weights in Weights] + [
        (name, Weights.UNWEIGHTED) for name in of_kind("two_by_two")
    ]


def in_weights(name: str, weights: Weights) -> tuple[CrossTable, dict[str, Any]]:
    """A table of the file, and what is expected of it in these weights."""
    expected = CASES[name]["expected"]
    if CASES[name]["kind"] == "kappa_table":
        return CrossTable.of(CASES[name]["data"]["table"]), expected[weights]
    return grade_0_first(name), expected


def grade_0_first(name: str) -> CrossTable:
    """Two by two tables are printed with the positives first; ours begin with grade 0."""
    return CrossTable.of(np.array(CASES[name]["data"]["table"])[::-1, ::-1])


@pytest.mark.parametrize(("name", "weights"), tables())
def test_gwets_coefficient_standard_error_and_interval(name: str, weights: Weights):
    table, expected = in_weights(name, weights)
    answer = gwet_ac(table, weights=weights)
    assert holds(answer.estimate, expected["gwet"])
    assert holds((answer.low, answer.high), expected["gwet ci95 (t, n-1 df)"])
    se = categorical.gwet_se(table.counts, agreement_weights(weights, table.n_grades))
    assert holds(float(se), expected["gwet se"])


@pytest.mark.parametrize(("name", "weights"), tables())
def test_scotts_pi_and_brennan_prediger(name: str, weights: Weights):
    table, expected = in_weights(name, weights)
    assert holds(scott_pi(table, weights=weights).estimate, expected["scott pi"])
    assert holds(brennan_prediger(table, weights=weights).estimate, expected["brennan-prediger"])


@pytest.mark.parametrize(("name", "weights"), tables())
def test_observed_and_expected_agreement(name: str, weights: Weights):
    """A coefficient and the observed agreement imply what was expected."""
    table, expected = in_weights(name, weights)
    matrix = agreement_weights(weights, table.n_grades)
    observed = float(categorical.percent(table.counts, matrix))
    assert holds(observed, expected["po"])
    for coefficient, chance in ((categorical.cohen_kappa, "pe"), (categorical.gwet_ac, "gwet pe")):
        assert holds(1 - (1 - observed) / (1 - float(coefficient(table.counts, matrix))), expected[chance])


@pytest.mark.parametrize(("name", "weights"), tables())
def test_alpha_of_a_table(name: str, weights: Weights):
    """Quadratic weights are the interval metric; linear ones are none of his, but pi of a finite sample as well."""
    table, expected = in_weights(name, weights)
    alpha = expected["krippendorff alpha (2 raters, complete)"]
    pi = scott_pi(table, weights=weights).estimate
    assert pi is not None
    assert holds(1 - (1 - pi) * (2 * table.n - 1) / (2 * table.n), alpha)
    metric = {Weights.UNWEIGHTED: Metric.NOMINAL, Weights.QUADRATIC: Metric.INTERVAL}.get(weights)
    if metric:
        assert holds(krippendorff_alpha_of_table(table, metric=metric).estimate, alpha)


def test_symmetry_and_marginals_of_the_dermatologists():
    case = CASES["kappa-sas-dermatologists"]
    table = CrossTable.of(case["data"]["table"])
    symmetry, margins = case["expected"]["bowker"], case["expected"]["stuart_maxwell"]
    assert holds(bowker(table).statistic, symmetry["chi2"])
    assert holds(bowker(table).df, symmetry["df counting only pairs with n_ij+n_ji>0"])
    assert holds(stuart_maxwell(table).statistic, margins["chi2"])
    assert holds(stuart_maxwell(table).df, margins["df"])
    assert holds(stuart_maxwell(table).p, margins["p"])


@pytest.mark.parametrize("name", of_kind("marginal_homogeneity"))
def test_marginal_homogeneity(name: str):
    table, expected = CrossTable.of(CASES[name]["data"]["table"]), CASES[name]["expected"]
    is_binary = table.n_grades == 2
    answer = mcnemar(table) if is_binary else stuart_maxwell(table)
    assert holds(answer.statistic, expected["mcnemar chi2, no continuity correction" if is_binary else "chi2"])
    assert holds(answer.df, expected["df"])
    assert holds(answer.p, expected["p"])


@pytest.mark.parametrize("name", of_kind("alpha"))
def test_alpha_of_observers(name: str):
    case = CASES[name]
    units = list(zip(*case["data"]["ratings"], strict=True))
    metrics = [metric for metric in Metric if metric in case["expected"]]
    assert metrics
    for metric in metrics:
        answer = krippendorff_alpha(units, metric=metric)
        assert holds(answer.estimate, case["expected"][metric])
        assert holds(answer.counts["values"], case["expected"]["pairable values"])


@pytest.mark.parametrize("name", of_kind("kappa_table_custom_weights"))
def test_kappa_with_weights_of_ones_own(name: str):
    case = CASES[name]
    table, expected = CrossTable.of(case["data"]["table"]), case["expected"]
    penalties, asymmetric = (np.array(case["data"][f"disagreement_weights{end}"]) for end in ("", "_asymmetric"))
    weights, lopsided = 1 - penalties / penalties.max(), 1 - asymmetric / asymmetric.max()
    assert holds(cohen_kappa(table).estimate, expected["kappa"])
    assert holds(kappa_and_se(table, np.eye(3))[1], expected["kappa se (FCE)"])
    assert holds(cohen_kappa(table, weights=weights).estimate, expected["weighted kappa"])
    assert holds(kappa_and_se(table, weights)[1], expected["weighted kappa se (FCE)"])
    assert holds(cohen_kappa(table, weights=lopsided).estimate, expected["weighted kappa, asymmetric weights"])


@pytest.mark.parametrize("weights", Weights)
@pytest.mark.parametrize("name", of_kind("two_by_two"))
def test_two_by_two(name: str, weights: Weights):
    table, expected = grade_0_first(name), CASES[name]["expected"]
    answer = cohen_kappa(table, weights=weights)
    assert holds(answer.n, expected["n"])
    assert holds(answer.estimate, expected["kappa"])
    assert holds((answer.low, answer.high), expected["ci95"])
    assert holds(kappa_and_se(table, np.eye(2))[1], expected["se"])
    assert holds(percent_agreement(table).estimate, expected["po"])


@pytest.mark.parametrize("name", of_kind("two_by_two"))
def test_what_stands_beside_kappa(name: str):
    table, expected = grade_0_first(name), CASES[name]["expected"]
    assert holds(prevalence_index(table).estimate, expected["PI"])
    assert holds(bias_index(table).estimate, expected["BI"])
    assert holds(pabak(table).estimate, expected["PABAK"])
    assert holds(positive_agreement(table).estimate, expected["ppos"])
    assert holds(negative_agreement(table).estimate, expected["pneg"])
    assert holds(float(categorical.kappa_max(table.counts)), expected["kappa_max"])


@pytest.mark.parametrize("name", of_kind("two_by_two"))
def test_the_identities_of_byrt(name: str):
    """Case identity-byrt-1993: Byrt, Bishop, Carlin 1993, J Clin Epidemiol 46:423-429."""
    counts = grade_0_first(name).counts
    prevalence, bias = categorical.prevalence_index(counts), categorical.bias_index(counts)
    adjusted = categorical.pabak(counts)
    assert adjusted == pytest.approx(2 * categorical.percent(counts) - 1, abs=1e-12)
    kappa = (adjusted - prevalence**2 + bias**2) / (1 - prevalence**2 + bias**2)
    assert categorical.cohen_kappa(counts) == pytest.approx(kappa, abs=1e-12)
    positive = (1 + prevalence) / 2
    chance = 2 * positive * (1 - positive)
    ac = (categorical.percent(counts) - chance) / (1 - chance)
    assert categorical.gwet_ac(counts) == pytest.approx(ac, abs=1e-12)


@pytest.mark.parametrize("name", of_kind("proportion_ci"))
def test_wilson(name: str):
    for successes, n in CASES[name]["data"]["counts"]:
        assert holds(wilson_interval(successes, n), CASES[name]["expected"][f"{successes}/{n}"]["wilson ci95"])


@pytest.mark.parametrize("model", Model)
@pytest.mark.parametrize("name", of_kind("bland_altman"))
def test_icc_of_two_meters(name: str, model: Model):
    case = CASES[name]
    values = list(zip(case["data"]["wright_first"], case["data"]["mini_first"], strict=True))
    expected = case["expected"]["icc wright first vs mini first"][model.value]
    assert holds(intraclass_correlation(values, model=model).estimate, expected)


def answers_to(name: str) -> dict[str, Agreement]:
    """Everything we estimate of a case, by the names the file gives it."""
    pairs = list(zip(CASES[name]["data"]["reader_1"], CASES[name]["data"]["reader_2"], strict=True))
    table = cross_table(pairs, n_grades=4)
    # The file's AC1 is of the grades that occurred: it depends on how many the scale has.
    seen = cross_table(pairs, n_grades=max([2, *(grade + 1 for pair in pairs for grade in pair)]))
    iccs = {model.value: intraclass_correlation(pairs, model=model) for model in Model}
    return {
        "po": percent_agreement(table),
        "kappa": cohen_kappa(table),
        "weighted kappa": cohen_kappa(table, weights=Weights.LINEAR),
        "AC1": gwet_ac(seen),
        "PABAK": pabak(table),
        "alpha": krippendorff_alpha_of_table(table),
        "ppos": positive_agreement(table),
        "pneg": negative_agreement(table),
        "ICC (all six)": iccs["ICC(1,1)"],
        **iccs,
    }


@pytest.mark.parametrize("name", of_kind("degenerate"))
def test_what_cannot_be_estimated_says_so(name: str):
    answers, expected = answers_to(name), CASES[name]["expected"]
    assert expected.keys() - answers.keys() <= {"bias", "loa"}  # of totals, not of grades
    for statistic in answers.keys() & expected.keys():
        assert holds(answers[statistic].estimate, expected[statistic]), statistic


def test_no_kind_of_case_is_forgotten():
    """Properties hold for any readers and are tested on many, in test_agreement_hypothesis.py and beside it."""
    kinds = {"icc", "kappa_table", "kappa_table_custom_weights", "two_by_two", "alpha", "bland_altman"}
    kinds |= {"proportion_ci", "marginal_homogeneity", "degenerate", "property"}
    assert {case["kind"] for case in CASES.values()} == kinds
