"""The reference cases that lie beside the checkout where Dens was first made: published or doubly computed answers.

The most telling of them are quoted in the other test files, so that every clone tests them.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scoring.agreement import (
    Agreement,
    CrossTable,
    Model,
    cohen_kappa,
    cross_table,
    intraclass_correlation,
    percent_agreement,
    wilson_interval,
)
from scoring.agreement.anova import mean_squares
from scoring.agreement.kappa import kappa_and_se
from scoring.agreement.weights import Weights, agreement_weights

FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "agreement_cases.json"
CASES: dict[str, dict[str, Any]] = (
    {case["id"]: case for case in json.loads(FILE.read_text())["cases"]} if FILE.is_file() else {}
)

pytestmark = pytest.mark.skipif(not CASES, reason="agreement_cases.json is not beside this checkout")


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


@pytest.mark.parametrize("name", of_kind("kappa_table_custom_weights"))
def test_kappa_with_weights_of_ones_own(name: str):
    case = CASES[name]
    table, expected = CrossTable.of(case["data"]["table"]), case["expected"]
    penalties, asymmetric = (np.array(case["data"][f"disagreement_weights{end}"]) for end in ("", "_asymmetric"))
    weighted, se = kappa_and_se(table, 1 - penalties / penalties.max())
    plain, plain_se = kappa_and_se(table, np.eye(3))
    assert holds(plain, expected["kappa"])
    assert holds(plain_se, expected["kappa se (FCE)"])
    assert holds(weighted, expected["weighted kappa"])
    assert holds(se, expected["weighted kappa se (FCE)"])
    assert holds(
        kappa_and_se(table, 1 - asymmetric / asymmetric.max())[0], expected["weighted kappa, asymmetric weights"]
    )


@pytest.mark.parametrize("weights", Weights)
@pytest.mark.parametrize("name", of_kind("two_by_two"))
def test_two_by_two(name: str, weights: Weights):
    table, expected = CrossTable.of(CASES[name]["data"]["table"]), CASES[name]["expected"]
    answer = cohen_kappa(table, weights=weights)
    assert holds(answer.estimate, expected["kappa"])
    assert holds((answer.low, answer.high), expected["ci95"])
    assert holds(percent_agreement(table).estimate, expected["po"])


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
    iccs = {model.value: intraclass_correlation(pairs, model=model) for model in Model}
    return {
        "po": percent_agreement(table),
        "kappa": cohen_kappa(table),
        "weighted kappa": cohen_kappa(table, weights=Weights.LINEAR),
        "ICC (all six)": iccs["ICC(1,1)"],
        **iccs,
    }


@pytest.mark.parametrize("name", of_kind("degenerate"))
def test_what_cannot_be_estimated_says_so(name: str):
    answers, expected = answers_to(name), CASES[name]["expected"]
    for statistic in answers.keys() & expected.keys():
        assert holds(answers[statistic].estimate, expected[statistic]), statistic
