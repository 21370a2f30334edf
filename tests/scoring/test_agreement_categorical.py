"""The formulas on stacks of tables: each table as if it were alone."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scoring.agreement import Metric, Weights, categorical
from scoring.agreement.weights import agreement_weights

QUADRATIC = agreement_weights(Weights.QUADRATIC, 4)
STACK = np.random.default_rng(7).integers(0, 9, size=(3, 5, 4, 4)) + 6 * np.eye(4, dtype=np.int64)
WEIGHTED: list[Callable[..., Any]] = [
    categorical.percent,
    categorical.cohen_kappa,
    categorical.scott_pi,
    categorical.gwet_ac,
    categorical.brennan_prediger,
]
ERRORS: list[Callable[..., Any]] = [
    categorical.kappa_se,
    categorical.scott_se,
    categorical.gwet_se,
    categorical.brennan_prediger_se,
]
PLAIN: list[Callable[..., Any]] = [
    categorical.positive_agreement,
    categorical.negative_agreement,
    categorical.pabak,
    categorical.prevalence_index,
    categorical.bias_index,
    categorical.kappa_max,
    *[lambda counts, metric=metric: categorical.krippendorff_alpha(counts, metric) for metric in Metric],
]
EVERY = [*WEIGHTED, *ERRORS, *PLAIN]


@pytest.mark.parametrize("statistic", EVERY)
def test_a_stack_gives_what_each_table_gives(statistic: Callable[..., Any]):
    alone = [[float(statistic(table)) for table in row] for row in STACK]
    assert statistic(STACK) == pytest.approx(np.array(alone), abs=1e-13)


@pytest.mark.parametrize("statistic", [*WEIGHTED, *ERRORS])
def test_weights_apply_to_every_table(statistic: Callable[..., Any]):
    alone = [[float(statistic(table, QUADRATIC)) for table in row] for row in STACK]
    assert statistic(STACK, QUADRATIC) == pytest.approx(np.array(alone), abs=1e-13)


@pytest.mark.parametrize("statistic", WEIGHTED)
def test_several_weights_at_once_come_last(statistic: Callable[..., Any]):
    at_once = statistic(STACK, np.stack([agreement_weights(weights, 4) for weights in Weights]))
    assert at_once.shape == (3, 5, 3)
    for at, weights in enumerate(Weights):
        assert at_once[..., at] == pytest.approx(statistic(STACK, agreement_weights(weights, 4)), abs=1e-13)


@pytest.mark.parametrize("statistic", [*WEIGHTED, *PLAIN[:6]])
def test_counting_every_pair_twice_changes_no_estimate(statistic: Callable[..., Any]):
    """Only alpha corrects for the size of the sample."""
    assert statistic(2.0 * STACK) == pytest.approx(statistic(STACK), abs=1e-12)


@pytest.mark.parametrize("statistic", ERRORS)
def test_counting_every_pair_four_times_halves_the_standard_error(statistic: Callable[..., Any]):
    assert statistic(4 * STACK) == pytest.approx(statistic(STACK) / 2, abs=1e-12)


@pytest.mark.parametrize("statistic", EVERY)
def test_no_pairs_are_nan_without_a_warning(statistic: Callable[..., Any]):
    """Warnings are errors here."""
    assert np.isnan(statistic(np.zeros((2, 4, 4)))).all()


@pytest.mark.parametrize("statistic", [categorical.cohen_kappa, categorical.scott_pi, *PLAIN[6:]])
@pytest.mark.parametrize("n", [1, 3, 49, 1e6])
def test_one_grade_throughout_is_nan_and_not_nearly_a_number(statistic: Callable[..., Any], n: float):
    counts = np.zeros((4, 4))
    counts[2, 2] = n
    assert np.isnan(statistic(counts))


@pytest.mark.parametrize("weights", Weights)
def test_a_constant_reader_has_a_kappa_of_0_in_every_weighting(weights: Weights):
    counts = np.zeros((4, 4), dtype=np.int64)
    counts[2] = [3, 0, 31, 7]
    assert categorical.cohen_kappa(counts, agreement_weights(weights, 4)) == pytest.approx(0, abs=1e-15)
    assert categorical.cohen_kappa(counts) == 0


def test_the_standard_errors_are_the_spread_of_many_samples():
    """Multinomial samples of 500 pairs; 20,000 of them tell a standard deviation to half a per cent."""
    shares = (STACK[0, 0] + STACK[0, 0].T) / (2 * STACK[0, 0].sum())
    samples = np.random.default_rng(8).multinomial(500, shares.ravel(), size=20_000).reshape(-1, 4, 4)
    for estimate, error in zip(WEIGHTED[1:], ERRORS, strict=True):
        seen = estimate(samples, QUADRATIC).std()
        assert error(500 * shares, QUADRATIC) == pytest.approx(seen, rel=0.025)


def test_the_closed_forms_are_the_same_by_name():
    found = categorical.closed_forms(STACK)
    assert found["kappa (quadratic weights)"] == pytest.approx(categorical.cohen_kappa(STACK, QUADRATIC), abs=1e-13)
    assert found["Gwet's AC"] == pytest.approx(categorical.gwet_ac(STACK), abs=1e-13)
    assert found["alpha (ordinal)"] == pytest.approx(categorical.krippendorff_alpha(STACK, Metric.ORDINAL), abs=1e-13)
    assert found["PABAK"] == pytest.approx(categorical.pabak(STACK), abs=1e-13)
    assert {values.shape for values in found.values()} == {(3, 5)}
    assert len(found) == 3 * len(WEIGHTED) + len(PLAIN)
