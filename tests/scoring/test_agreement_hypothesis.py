"""What holds for any readers: hypothesis looks for those for whom it does not."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scoring.agreement import (
    Agreement,
    CrossTable,
    Metric,
    Status,
    Weights,
    bias_index,
    bowker,
    brennan_prediger,
    categorical,
    cohen_kappa,
    cross_table,
    fleiss_kappa,
    gwet_ac,
    krippendorff_alpha,
    krippendorff_alpha_of_table,
    mcnemar,
    moments,
    negative_agreement,
    pabak,
    percent_agreement,
    positive_agreement,
    prevalence_index,
    scott_pi,
    stuart_maxwell,
)
from scoring.agreement.answer import NO_DISAGREEMENT

CLOSE = 1e-9
CELLS = np.array([0] * 128 + [1, 2, 3, 1] * 16 + [3 * n for n in range(1, 65)])  # by octet: one draw a table is fast
thoroughly = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

Statistic = Callable[[CrossTable], Agreement]
WEIGHTED: dict[str, Callable[..., Agreement]] = {
    "kappa": cohen_kappa,
    "pi": scott_pi,
    "ac": gwet_ac,
    "bp": brennan_prediger,
}
PLAIN: dict[str, Statistic] = {
    "percent": percent_agreement,
    "positive": positive_agreement,
    "negative": negative_agreement,
    "pabak": pabak,
    "prevalence": prevalence_index,
    "bias": bias_index,
    **{f"alpha {metric}": partial(krippendorff_alpha_of_table, metric=metric) for metric in Metric},
}
STATISTICS: dict[str, Statistic] = PLAIN | {
    f"{name} {weights}": lambda table, of=of, weights=weights: of(table, weights=weights)
    for name, of in WEIGHTED.items()
    for weights in Weights
}


@st.composite
def tables(draw: Any, *, least: int = 0, n_grades: int | None = None) -> CrossTable:
    """Tables full, sparse and degenerate: every second cell is 0, a quarter holds 1 to 3 pairs, a quarter many."""
    q = n_grades or draw(st.integers(2, 5))
    octets = np.frombuffer(draw(st.binary(min_size=q * q, max_size=q * q)), dtype=np.uint8)
    counts = CELLS[octets].reshape(q, q)
    assume(counts.sum() >= least)
    return CrossTable.of(counts, n_excluded=draw(st.integers(0, 3)))


@st.composite
def pairs(draw: Any, *, n_grades: int = 4) -> list[tuple[int | None, int | None]]:
    grade = st.one_of(st.none(), st.integers(0, n_grades - 1))
    return draw(st.lists(st.tuples(grade, grade), max_size=25))


@st.composite
def ratings(draw: Any) -> list[list[int | None]]:
    m = draw(st.integers(2, 5))
    grade = st.one_of(st.none(), st.integers(0, 3), st.integers(0, 3))
    return draw(st.lists(st.lists(grade, min_size=m, max_size=m), max_size=15))


def numbers(answer: Agreement) -> tuple[float | None, ...]:
    return answer.estimate, answer.low, answer.high


def same(one: Agreement, other: Agreement, close: float = CLOSE) -> bool:
    return one.status is other.status and numbers(one) == pytest.approx(numbers(other), abs=close)


def in_order(answer: Agreement) -> tuple[float, float, float]:
    """Lower limit, estimate, upper limit of an answer that has all three."""
    assert answer.low is not None
    assert answer.estimate is not None
    assert answer.high is not None
    return answer.low, answer.estimate, answer.high


@given(table=tables())
@thoroughly
def test_every_table_has_an_answer(table: CrossTable):
    """No exception, no warning, no NaN: the result object refuses one. An interval holds its estimate."""
    for name, statistic in STATISTICS.items():
        answer = statistic(table)
        assert (answer.n, answer.n_excluded) == (table.n, table.n_excluded)
        assert answer.status is Status.OK or answer.sentence, name
        if answer.low is not None:
            low, estimate, high = in_order(answer)
            lowest = -1 if estimate >= -1 else -np.inf  # as AC2 can be, of readers who avoid each other
            assert lowest <= low <= estimate + CLOSE, name
            assert estimate - CLOSE <= high <= 1, name


@pytest.mark.parametrize("test", [mcnemar, bowker, stuart_maxwell])
@given(table=tables())
@thoroughly
def test_every_table_can_be_tested_or_says_why_not(test: Any, table: CrossTable):
    answer = test(table)
    assert (answer.p is None) == (answer.status is not Status.OK)
    if answer.p is not None:
        assert 0 <= answer.p <= 1
        assert answer.statistic >= 0
        assert answer.df is None or 1 <= answer.df <= table.n_grades * (table.n_grades - 1) / 2


@given(table=tables())
@thoroughly
def test_swapping_the_readers_changes_nothing_but_the_bias(table: CrossTable):
    swapped = CrossTable.of(table.counts.T, n_excluded=table.n_excluded)
    for name in STATISTICS.keys() - {"bias"}:
        assert same(STATISTICS[name](table), STATISTICS[name](swapped)), name


@given(table=tables(least=3))
@thoroughly
def test_swapping_the_readers_turns_the_bias_around(table: CrossTable):
    one, other = bias_index(table), bias_index(CrossTable.of(table.counts.T))
    if one.low is not None:
        assert in_order(one) == pytest.approx([-number for number in reversed(in_order(other))], abs=CLOSE)
    else:
        assert one.estimate == pytest.approx(-(other.estimate or 0.0), abs=CLOSE)


@pytest.mark.parametrize("test", [mcnemar, bowker, stuart_maxwell])
@given(table=tables(least=3))
@thoroughly
def test_swapping_the_readers_changes_no_test(test: Any, table: CrossTable):
    one, other = test(table), test(CrossTable.of(table.counts.T))
    assert (one.statistic, one.df, one.p) == pytest.approx((other.statistic, other.df, other.p), abs=CLOSE)


def with_unused(table: CrossTable, at: int) -> CrossTable:
    """The same pairs on a scale with one more grade, which nobody gave."""
    counts = np.insert(np.insert(table.counts, at, 0, axis=0), at, 0, axis=1)
    return CrossTable.of(counts, n_excluded=table.n_excluded)


@given(table=tables(), where=st.integers(0, 5))
@thoroughly
def test_a_grade_nobody_used_changes_no_plain_kappa_pi_or_alpha(table: CrossTable, where: int):
    wider = with_unused(table, min(where, table.n_grades))
    for name in ("percent", "kappa unweighted", "pi unweighted", "alpha nominal", "alpha ordinal"):
        assert same(STATISTICS[name](table), STATISTICS[name](wider)), name


@given(table=tables())
@thoroughly
def test_a_grade_nobody_used_above_the_others_changes_no_weighted_kappa(table: CrossTable):
    """The weights change, but q - 1 cancels between observed and expected disagreement."""
    wider = with_unused(table, table.n_grades)
    for name in ("kappa linear", "kappa quadratic", "pi linear", "pi quadratic", "alpha interval", "alpha ratio"):
        assert same(STATISTICS[name](table), STATISTICS[name](wider)), name


@pytest.mark.parametrize("weights", Weights)
@given(table=tables(least=3))
@thoroughly
def test_a_grade_nobody_used_changes_ac_and_brennan_prediger(weights: Weights, table: CrossTable):
    """Chance has one more grade to fall on, so the same agreement says more: unless it was perfect already."""
    assume(table.n_equal < table.n)
    wider = with_unused(table, table.n_grades)
    for statistic in (gwet_ac, brennan_prediger):
        one, other = (statistic(one, weights=weights).estimate for one in (table, wider))
        assert one is not None
        assert other is not None
        assert one < other


@given(pairs=pairs())
@thoroughly
def test_missing_values_are_left_out_pair_by_pair(pairs: list[tuple[int | None, int | None]]):
    complete = [pair for pair in pairs if None not in pair]
    with_holes, without = (cross_table(some, n_grades=4) for some in (pairs, complete))
    for name, statistic in STATISTICS.items():
        assert same(statistic(with_holes), statistic(without)), name
        assert statistic(with_holes).n_excluded == len(pairs) - len(complete)


@pytest.mark.parametrize("weights", Weights)
@given(second=st.lists(st.integers(0, 3), min_size=3, max_size=30), grade=st.integers(0, 3))
@thoroughly
def test_a_constant_reader_has_a_kappa_of_0_or_none(weights: Weights, second: list[int], grade: int):
    answer = cohen_kappa(cross_table([(grade, other) for other in second], n_grades=4), weights=weights)
    is_one_grade = set(second) == {grade}
    assert (answer.estimate, answer.low) == (None if is_one_grade else 0.0, None)
    assert answer.status is (Status.NO_VARIATION if is_one_grade else Status.ONE_READER_CONSTANT)


@given(grade=st.integers(0, 3), n=st.integers(3, 300))
@thoroughly
def test_all_ratings_equal_are_never_beyond_chance(grade: int, n: int):
    table = cross_table([(grade, grade)] * n, n_grades=4)
    for weights in Weights:
        assert cohen_kappa(table, weights=weights).status is Status.NO_VARIATION
        assert scott_pi(table, weights=weights).status is Status.NO_VARIATION
        assert gwet_ac(table, weights=weights).estimate == 1.0
        assert brennan_prediger(table, weights=weights).estimate == 1.0
    for metric in Metric:
        assert krippendorff_alpha_of_table(table, metric=metric).status is Status.NO_VARIATION
    assert fleiss_kappa([[grade] * 3] * n, n_grades=4).status is Status.NO_VARIATION
    assert percent_agreement(table).estimate == 1.0


@given(one=st.tuples(st.integers(0, 3), st.integers(0, 3)))
@thoroughly
def test_one_subject_shows_counts_only(one: tuple[int, int]):
    for name, statistic in STATISTICS.items():
        answer = statistic(cross_table([one], n_grades=4))
        assert (answer.low, answer.high, answer.status) == (None, None, Status.TOO_FEW), name


@pytest.mark.parametrize("of", WEIGHTED.values(), ids=WEIGHTED)
@given(table=tables(n_grades=2))
@thoroughly
def test_with_two_grades_all_weights_are_one(of: Callable[..., Agreement], table: CrossTable):
    """So AC2 is AC1. Only Brennan and Prediger's interval differs: without weights it is Wilson's."""
    plain, *weighted = (of(table, weights=weights) for weights in Weights)
    for answer in weighted:
        assert answer.estimate == pytest.approx(plain.estimate, abs=CLOSE)
        assert of is brennan_prediger or same(answer, plain)


@given(table=tables(n_grades=2))
@thoroughly
def test_with_two_grades_pabak_is_brennan_prediger_and_2_po_less_1(table: CrossTable):
    assert same(pabak(table), brennan_prediger(table))
    if table.n >= 3:
        _, share, _ = in_order(percent_agreement(table))
        assert pabak(table).estimate == pytest.approx(2 * share - 1, abs=CLOSE)


@given(table=tables(least=3))
@thoroughly
def test_kappa_follows_from_pabak_prevalence_and_bias(table: CrossTable):
    """Byrt, Bishop, Carlin 1993, J Clin Epidemiol 46:423-429, of any two by two table."""
    split = categorical.dichotomised(table.counts)
    adjusted, prevalence, bias = (
        float(of(split)) for of in (categorical.pabak, categorical.prevalence_index, categorical.bias_index)
    )
    assume(1 - prevalence**2 + bias**2 > 1e-6)
    kappa = (adjusted - prevalence**2 + bias**2) / (1 - prevalence**2 + bias**2)
    assert categorical.cohen_kappa(split) == pytest.approx(kappa, abs=CLOSE)


@given(table=tables(least=3))
@thoroughly
def test_quadratic_kappa_is_lins_concordance_with_moments_over_n(table: CrossTable):
    """Lin 1989, Biometrics 45:255-268; Fleiss and Cohen 1973, Educ Psychol Meas 33:613-619."""
    first, second = np.repeat(np.argwhere(table.counts >= 0), table.counts.ravel(), axis=0).T
    kappa = cohen_kappa(table, weights=Weights.QUADRATIC)
    concordance = float(moments.lin_ccc(moments.sums_of(first, second)))
    assert np.isnan(concordance) if kappa.estimate is None else kappa.estimate == pytest.approx(concordance, abs=CLOSE)


@given(table=tables(least=3))
@thoroughly
def test_alpha_of_two_readers_is_pi_of_a_finite_sample(table: CrossTable):
    for metric, weights in ((Metric.NOMINAL, Weights.UNWEIGHTED), (Metric.INTERVAL, Weights.QUADRATIC)):
        pi = scott_pi(table, weights=weights).estimate
        alpha = krippendorff_alpha_of_table(table, metric=metric).estimate
        expected = None if pi is None else 1 - (1 - pi) * (2 * table.n - 1) / (2 * table.n)
        assert alpha == pytest.approx(expected, abs=CLOSE)


@pytest.mark.parametrize("metric", Metric)
@given(units=ratings())
@thoroughly
def test_alpha_of_any_readers_has_an_answer(metric: Metric, units: list[list[int | None]]):
    answer = krippendorff_alpha(units, metric=metric)
    assert answer.n + answer.n_excluded == len(units)
    assert answer.estimate is None or answer.estimate <= 1
    order = krippendorff_alpha([unit[::-1] for unit in reversed(units)], metric=metric)
    assert order.estimate == pytest.approx(answer.estimate, abs=CLOSE)


@given(cases=ratings())
@thoroughly
def test_fleiss_kappa_of_any_readers_has_an_answer(cases: list[list[int | None]]):
    answer = fleiss_kappa(cases, n_grades=4)
    assert answer.n + answer.n_excluded == len(cases)
    assert answer.estimate is None or -1 - CLOSE <= answer.estimate <= 1
    if answer.low is not None:
        low, estimate, high = in_order(answer)
        assert -1 <= low <= estimate <= high <= 1


@pytest.mark.parametrize("of", WEIGHTED.values(), ids=WEIGHTED)
@given(table=tables(n_grades=3), weights=st.lists(st.floats(0, 1), min_size=9, max_size=9))
@thoroughly
def test_any_weights_of_ones_own_have_an_answer(of: Callable[..., Agreement], table: CrossTable, weights: list[float]):
    matrix = np.array(weights).reshape(3, 3)
    np.fill_diagonal(matrix, 1)
    answer = of(table, weights=matrix)
    assert answer.estimate is not None or answer.status in (
        Status.TOO_FEW,
        Status.NO_VARIATION,
        NO_DISAGREEMENT.status,
    )


@pytest.mark.parametrize("of", WEIGHTED.values(), ids=WEIGHTED)
@given(table=tables(n_grades=3), wrong=st.floats(allow_nan=True).filter(lambda x: not 0 <= x <= 1))
@thoroughly
def test_weights_outside_0_to_1_are_refused(of: Callable[..., Agreement], table: CrossTable, wrong: float):
    matrix = np.eye(3)
    matrix[0, 2] = wrong
    with pytest.raises(ValueError, match="Agreement weights"):
        of(table, weights=matrix)


@given(grade=st.integers().filter(lambda grade: grade not in range(4)))
@thoroughly
def test_a_grade_off_the_scale_is_refused(grade: int):
    with pytest.raises(ValueError, match="not on a scale of 0 to 3"):
        cross_table([(grade, 0)], n_grades=4)
    with pytest.raises(ValueError, match="not on a scale of 0 to 3"):
        fleiss_kappa([[0, grade, 1]], n_grades=4)


@given(counts=st.lists(st.lists(st.integers(-2, 3), min_size=1, max_size=3), min_size=1, max_size=3))
@thoroughly
def test_what_is_no_table_is_refused(counts: list[list[int]]):
    is_square = len(counts) > 1 and {len(row) for row in counts} == {len(counts)}
    assume(not is_square or min(map(min, counts)) < 0)
    with pytest.raises(ValueError, match=r"A table of two readers|inhomogeneous"):
        CrossTable.of(counts)
