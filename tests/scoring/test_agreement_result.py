"""No statistic leaves as NaN or Infinity, and none leaves empty without a reason."""

import json
from dataclasses import replace
from typing import Any

import pytest

from scoring.agreement import Agreement, Status
from scoring.agreement.result import Z_95, too_few


def test_the_normal_quantile_is_that_of_the_tables():
    assert pytest.approx(1.959963984540054, abs=1e-15) == Z_95


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("place", ["estimate", "low", "high"])
def test_it_refuses_what_is_not_a_finite_number(place: str, number: float):
    whole = Agreement(name="kappa", method="m", n=9, estimate=0.5, low=0.1, high=0.9)
    changed: dict[str, Any] = {place: number}
    with pytest.raises(ValueError, match="must not leave"):
        replace(whole, **changed)


def test_it_refuses_a_missing_number_without_a_reason():
    with pytest.raises(ValueError, match="needs a status"):
        Agreement(name="kappa", method="m", n=9, estimate=0.5)


def test_it_refuses_a_status_without_a_sentence():
    with pytest.raises(ValueError, match="needs a status and a sentence"):
        Agreement(name="kappa", method="m", n=9, status=Status.NO_VARIATION)


def test_it_becomes_plain_json():
    whole = Agreement(name="kappa", method="m", n=9, n_excluded=1, estimate=0.5, low=0.1, high=0.9, counts={"equal": 7})
    assert json.loads(json.dumps(whole.to_json(), allow_nan=False)) == {
        "name": "kappa",
        "estimate": 0.5,
        "low": 0.1,
        "high": 0.9,
        "method": "m",
        "n": 9,
        "n_excluded": 1,
        "status": "ok",
        "sentence": "",
        "counts": {"equal": 7},
    }


def test_too_few_pairs_are_told_in_a_sentence():
    assert too_few(1).sentence == "Only counts are shown: 1 usable pair, at least 3 are needed."


def test_pairs_left_out_are_told_with_the_reason():
    assert too_few(2).noting(1, "no total").sentence.endswith("are needed. 1 pair left out: no total.")


def test_nothing_is_told_when_nothing_was_left_out():
    assert too_few(2).noting(0, "no total") == too_few(2)
