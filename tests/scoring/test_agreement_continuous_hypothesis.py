"""What holds for any two readers' values, sought by Hypothesis: always an answer, never NaN, known symmetries."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from scoring.agreement import (
    Agreement,
    Model,
    Status,
    Unit,
    bland_altman,
    concordance_correlation,
    crossed_random,
    intraclass_correlation,
    smallest_detectable_change,
    smallest_detectable_change_of_changes,
    standard_error_of_measurement,
)

hypothesis = pytest.importorskip("hypothesis", reason="hypothesis is in requirements-dev.txt")
given, st = hypothesis.given, pytest.importorskip("hypothesis.strategies")

Pair = tuple[float | None, float | None]
often = hypothesis.settings(max_examples=80, deadline=None, derandomize=True, database=None)
seldom = hypothesis.settings(often, max_examples=25)

whole = st.integers(0, 57)
halves = st.integers(0, 114).map(lambda number: number / 2)
any_number = st.floats(-1e6, 1e6, allow_subnormal=False)
missing = st.one_of(st.none(), st.just(math.nan))


def pairs_of(values: Any, **size: int) -> Any:
    return st.lists(st.tuples(values, values), **size)


usual = st.one_of(pairs_of(whole, max_size=25), pairs_of(halves, max_size=25), pairs_of(st.integers(0, 2), max_size=8))
anything = st.one_of(usual, pairs_of(any_number, max_size=12), pairs_of(st.one_of(whole, missing), max_size=15))


def answers(pairs: list[Pair]) -> Iterator[Agreement]:
    """Every statistic about two readers' values."""
    for model in Model:
        for unit in Unit:
            yield intraclass_correlation(pairs, model=model, unit=unit)
    plot = bland_altman(pairs)
    yield from (plot.bias, plot.lower, plot.upper, plot.slope)
    yield concordance_correlation(pairs)
    yield standard_error_of_measurement(pairs)
    yield smallest_detectable_change(pairs, n_averaged=2)
    yield smallest_detectable_change_of_changes(pairs)


def numbers(answer: Agreement) -> tuple[float | None, float | None, float | None]:
    return answer.estimate, answer.low, answer.high


@often
@given(anything)
def test_there_is_always_an_answer_and_its_interval_holds_the_estimate(pairs: list[Pair]):
    """That no number is NaN or infinite, and that a missing one has a reason, the answer itself refuses to break."""
    for answer in answers(pairs):
        if answer.estimate is not None and answer.low is not None and answer.high is not None:
            assert answer.low <= answer.estimate <= answer.high, answer.name
        assert answer.n + answer.n_excluded == len(pairs)


@often
@given(usual)
def test_exchanging_the_readers_changes_nothing_but_signs(pairs: list[Pair]):
    swapped = [pair[::-1] for pair in pairs]
    here, there = bland_altman(pairs), bland_altman(swapped)
    for one, other in ((here.bias, there.bias), (here.lower, there.upper), (here.slope, there.slope)):
        estimate, low, high = (None if number is None else -number for number in numbers(other))
        assert numbers(one) == pytest.approx((estimate, high, low), abs=1e-9)
    for one, other in zip(answers(pairs), answers(swapped), strict=True):
        assert one.status is other.status
        if "limit" not in one.name and one.name not in (here.bias.name, here.slope.name):
            assert numbers(one) == pytest.approx(numbers(other), abs=1e-9)


@often
@given(usual, st.integers(-(10**9), 10**9))
def test_adding_a_constant_to_all_values_changes_nothing(pairs: list[tuple[float, float]], constant: int):
    moved: list[Pair] = [(one + constant, other + constant) for one, other in pairs]
    for one, other in zip(answers([*pairs]), answers(moved), strict=True):
        assert numbers(one) == pytest.approx(numbers(other), abs=1e-9)
        assert one.sentence == other.sentence


@often
@given(pairs_of(whole, min_size=3, max_size=25), st.sampled_from(list(Model)))
def test_the_mean_of_two_is_spearman_browns_of_a_single_one(pairs: list[Pair], model: Model):
    single = intraclass_correlation(pairs, model=model)
    mean = intraclass_correlation(pairs, model=model, unit=Unit.MEAN)
    if mean.estimate is not None and single.estimate is not None:
        assert mean.estimate == pytest.approx(2 * single.estimate / (1 + single.estimate), abs=1e-12)
    if mean.low is not None and single.low is not None:
        assert mean.low == pytest.approx(2 * single.low / (1 + single.low), abs=1e-12)


@often
@given(whole, st.integers(3, 30))
def test_equal_values_throughout_have_no_correlation_and_no_difference(value: int, n: int):
    plot = bland_altman([(value, value)] * n)
    for answer in answers([(value, value)] * n):
        if answer.name.startswith("ICC") or answer.name == "CCC":
            assert (answer.estimate, answer.status) == (None, Status.NO_VARIATION)
    assert [part.estimate for part in (plot.bias, plot.lower, plot.upper)] == [0, 0, 0]


@often
@given(whole, st.lists(whole, min_size=3, max_size=20).filter(lambda column: len(set(column)) > 1))
def test_a_constant_reader_agrees_by_0(value: int, column: list[int]):
    pairs: list[Pair] = [(value, other) for other in column]
    for model in (Model.TWO_WAY_RANDOM, Model.TWO_WAY_MIXED):
        answer = intraclass_correlation(pairs, model=model)
        assert (answer.estimate, answer.low, answer.status) == (0, None, Status.ONE_READER_CONSTANT)
    answer = concordance_correlation(pairs)
    assert (answer.estimate, answer.low, answer.status) == (0, None, Status.ONE_READER_CONSTANT)


@often
@given(whole, whole)
def test_one_case_shows_counts_only(first: int, second: int):
    for answer in answers([(first, second)]):
        assert (answer.estimate, answer.status, answer.n) == (None, Status.TOO_FEW, 1)


@often
@given(usual, st.lists(st.one_of(st.tuples(missing, whole), st.tuples(whole, missing)), min_size=1, max_size=4))
def test_missing_values_leave_their_case_out_and_nothing_else_changes(pairs: list[Pair], holes: list[Pair]):
    for one, other in zip(answers(pairs), answers([*holes, *pairs]), strict=True):
        assert other.n_excluded == len(holes)
        assert "left out: a reader has no value." in other.sentence
        assert numbers(replace(other, n_excluded=0)) == pytest.approx(numbers(one), abs=1e-12)


@often
@given(pairs_of(whole, min_size=3, max_size=25))
def test_the_sdc_is_1_96_sqrt_2_sem(pairs: list[Pair]):
    sem, sdc = standard_error_of_measurement(pairs), smallest_detectable_change(pairs)
    assert sem.estimate is not None
    assert sdc.estimate == pytest.approx(1.96 * math.sqrt(2) * sem.estimate, abs=1e-9)


@pytest.mark.parametrize(
    "statistic",
    [
        intraclass_correlation,
        bland_altman,
        concordance_correlation,
        standard_error_of_measurement,
        smallest_detectable_change,
        smallest_detectable_change_of_changes,
    ],
)
@often
@given(pairs=pairs_of(whole, min_size=1, max_size=5), infinity=st.sampled_from([math.inf, -math.inf]))
def test_an_infinite_value_or_a_single_column_is_refused(
    statistic: Callable[..., Any], pairs: list[Pair], infinity: float
):
    with pytest.raises(ValueError, match="finite value of two or more readers"):
        statistic([*pairs, (1, infinity)])
    with pytest.raises(ValueError, match="finite value of two or more readers"):
        statistic([[first] for first, _ in pairs])


@seldom
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 3)),
        st.one_of(st.integers(0, 5), halves, any_number, missing),
        max_size=24,
    )
)
def test_a_pool_of_readers_always_has_an_answer(readings: dict[tuple[int, int], float | None]):
    answer = crossed_random((case, reader, value) for (case, reader), value in readings.items())
    for part in (answer.icc, answer.reader_sd):
        if part.estimate is not None and part.low is not None and part.high is not None:
            assert 0 <= part.low <= part.estimate <= part.high
