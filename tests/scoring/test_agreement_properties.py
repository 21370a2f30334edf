"""What holds for any readers, seen on many made-up ones."""

from itertools import product

import numpy as np
import pytest

from scoring.agreement import CrossTable, Model, cohen_kappa, cross_table, intraclass_correlation, percent_agreement
from scoring.agreement.weights import Weights, agreement_weights

SEEDS = range(20)


def made_up(seed: int, n_grades: int = 4) -> list[tuple[int, int]]:
    """Thirty pairs of two readers who agree more often than not."""
    random = np.random.default_rng(seed)
    first = random.integers(0, n_grades, size=30)
    second = np.where(random.random(30) < 0.6, first, random.integers(0, n_grades, size=30))
    return [(int(one), int(other)) for one, other in zip(first, second, strict=True)]


def kappa(pairs: list[tuple[int, int]], weights: Weights, n_grades: int = 4) -> float | None:
    return cohen_kappa(cross_table(pairs, n_grades=n_grades), weights=weights).estimate


@pytest.mark.parametrize("seed", SEEDS)
def test_quadratic_kappa_is_lins_concordance(seed: int):
    """Lin 1989, Biometrics 45:255-268, with moments over n; Fleiss and Cohen 1973."""
    one, other = np.array(made_up(seed), dtype=float).T
    covariance = ((one - one.mean()) * (other - other.mean())).mean()
    concordance = 2 * covariance / (one.var() + other.var() + (one.mean() - other.mean()) ** 2)
    assert kappa(made_up(seed), Weights.QUADRATIC) == pytest.approx(concordance, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_with_two_grades_all_weights_are_the_same(seed: int):
    answers = [cohen_kappa(cross_table(made_up(seed, 2), n_grades=2), weights=weights) for weights in Weights]
    plain = answers[0]
    for answer in answers:
        assert (answer.estimate, answer.low, answer.high) == (plain.estimate, plain.low, plain.high)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("weights", Weights)
def test_swapping_the_readers_changes_no_kappa(weights: Weights, seed: int):
    pairs = made_up(seed)
    one_way = cohen_kappa(cross_table(pairs, n_grades=4), weights=weights)
    other_way = cohen_kappa(cross_table([(b, a) for a, b in pairs], n_grades=4), weights=weights)
    expected = (one_way.estimate, one_way.low, one_way.high)
    assert (other_way.estimate, other_way.low, other_way.high) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("model", Model)
def test_swapping_the_readers_changes_no_icc(model: Model, seed: int):
    one_way = intraclass_correlation(made_up(seed), model=model)
    other_way = intraclass_correlation([(b, a) for a, b in made_up(seed)], model=model)
    expected = (one_way.estimate, one_way.low, one_way.high)
    assert (other_way.estimate, other_way.low, other_way.high) == pytest.approx(expected, abs=1e-9)


def test_swapping_the_readers_of_single_cases_changes_no_one_way_icc():
    pairs = made_up(1)
    mixed = [pair[::-1] if case % 3 else pair for case, pair in enumerate(pairs)]
    one_way = intraclass_correlation(pairs, model=Model.ONE_WAY).estimate
    assert intraclass_correlation(mixed, model=Model.ONE_WAY).estimate == pytest.approx(one_way, abs=1e-12)


def test_swapping_the_readers_of_single_cases_does_change_a_two_way_icc():
    pairs = [(grade, min(grade + 1, 3)) for grade, _ in made_up(1)]
    mixed = [pair[::-1] if case % 3 else pair for case, pair in enumerate(pairs)]
    two_way = intraclass_correlation(pairs, model=Model.TWO_WAY_MIXED).estimate
    assert intraclass_correlation(mixed, model=Model.TWO_WAY_MIXED).estimate != pytest.approx(two_way, abs=1e-3)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_grade_nobody_used_leaves_plain_kappa_alone(seed: int):
    pairs = made_up(seed)
    plain = kappa(pairs, Weights.UNWEIGHTED, 4)
    assert kappa(pairs, Weights.UNWEIGHTED, 5) == pytest.approx(plain, abs=1e-12)


@pytest.mark.parametrize("weights", [Weights.LINEAR, Weights.QUADRATIC])
def test_a_grade_nobody_used_changes_linear_and_quadratic_weights(weights: Weights):
    assert (agreement_weights(weights, 5)[:4, :4] != agreement_weights(weights, 4)).any()


@pytest.mark.parametrize("weights", [Weights.LINEAR, Weights.QUADRATIC])
def test_a_grade_above_all_that_were_used_leaves_weighted_kappa_alone(weights: Weights):
    """The weights do change, but q - 1 cancels between observed and expected disagreement."""
    four_grades = kappa(made_up(3), weights, 4)
    assert kappa(made_up(3), weights, 5) == pytest.approx(four_grades, abs=1e-12)


@pytest.mark.parametrize("weights", [Weights.LINEAR, Weights.QUADRATIC])
def test_a_grade_nobody_used_between_others_keeps_them_apart(weights: Weights):
    """Grades 0, 1, 3 told from the data would be 0, 1, 2: a difference of two grades would count as one."""
    closed_up = made_up(3, 3)
    as_graded = [(one + one // 2, other + other // 2) for one, other in closed_up]
    assert kappa(as_graded, weights, 4) != pytest.approx(kappa(closed_up, weights, 3), abs=1e-6)
    assert kappa(as_graded, Weights.UNWEIGHTED, 4) == pytest.approx(kappa(closed_up, Weights.UNWEIGHTED, 3), abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_percent_agreement_and_kappa_use_the_same_pairs(seed: int):
    table = cross_table([*made_up(seed), (None, 2)], n_grades=4)
    assert percent_agreement(table).n == cohen_kappa(table).n == 30
    assert percent_agreement(table).n_excluded == cohen_kappa(table).n_excluded == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_adding_a_constant_to_all_values_changes_no_icc(seed: int):
    """Totals far from 0 lose no digits."""
    values = np.array(made_up(seed), dtype=float)
    near = intraclass_correlation(values).estimate
    assert intraclass_correlation(values + 1e6).estimate == pytest.approx(near, abs=1e-12)


@pytest.mark.parametrize("model", Model)
def test_every_small_set_of_values_has_an_answer(model: Model):
    """Three cases, two readers, values 0 to 2: all 729. The interval, where there is one, holds the estimate."""
    for flat in product(range(3), repeat=6):
        answer = intraclass_correlation(np.array(flat, dtype=float).reshape(3, 2), model=model)
        if answer.estimate is not None and answer.low is not None and answer.high is not None:
            assert answer.low <= answer.estimate <= answer.high


@pytest.mark.parametrize("weights", Weights)
def test_every_small_table_has_an_answer(weights: Weights):
    """Six of nine cells hold 0, 1 or 2 pairs: all 729 tables."""
    for a, b, c, d, e, f in product(range(3), repeat=6):
        answer = cohen_kappa(CrossTable.of([[a, b, 0], [c, d, 0], [e, 0, f]]), weights=weights)
        if answer.estimate is not None and answer.low is not None and answer.high is not None:
            assert -1 <= answer.low <= answer.estimate <= answer.high <= 1
