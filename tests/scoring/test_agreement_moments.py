"""The formulas on sums against numpy's own way over the values, and where nothing can be said."""

import numpy as np
import numpy.typing as npt
import pytest

from scoring.agreement import Model, Unit, anova, moments

Array = npt.NDArray[np.float64]


def totals(*shape: int) -> tuple[Array, Array]:
    random = np.random.default_rng(57)
    first = random.poisson(5, size=shape).astype(float)
    return first, first + random.integers(-2, 4, size=shape)


def test_the_mean_squares_are_those_of_the_values():
    first, second = totals(40)
    ours = moments.mean_squares(moments.sums_of(first, second))
    of_values = anova.mean_squares(np.column_stack([first, second]))
    for square in ("bms", "wms", "jms", "ems"):
        assert getattr(ours, square) == pytest.approx(getattr(of_values, square), rel=1e-14)


def test_differences_and_their_slope_are_those_of_the_values():
    first, second = totals(40)
    sums, difference = moments.sums_of(first, second), first - second
    assert moments.bias(sums) == pytest.approx(difference.mean(), abs=1e-14)
    assert moments.sd_difference(sums) == pytest.approx(difference.std(ddof=1), rel=1e-14)
    slope = np.polyfit((first + second) / 2, difference, 1)[0]
    assert moments.slope_on_mean(sums) == pytest.approx(slope, rel=1e-12)


def test_sem_and_sdc_are_multiples_of_the_sd_of_the_differences():
    """SDC single = 1.96 SD = 1.96 sqrt(2) SEM; of the mean of two 1.96 SD / sqrt(2); of change, Bruynesteyn 2005."""
    sums = moments.sums_of(*totals(40))
    sd = float(moments.sd_difference(sums))
    assert moments.sem(sums) * np.sqrt(2) == pytest.approx(sd)
    assert moments.sdc(sums) == pytest.approx(1.96 * sd)
    assert moments.sdc(sums, 2) == pytest.approx(1.96 * sd / np.sqrt(2))
    assert moments.sdc_of_change(sums, 2) == pytest.approx(1.96 * sd / 2)


def test_a_stack_of_items_has_each_items_answer():
    first, second = totals(28, 40)
    stacked = moments.closed_forms(moments.sums_of(first, second))
    for item in (0, 27):
        alone = moments.closed_forms(moments.sums_of(first[item], second[item]))
        assert {name: float(number[item]) for name, number in stacked.items()} == pytest.approx(
            {name: float(number) for name, number in alone.items()}, rel=1e-14
        )


def test_all_forms_at_once_are_the_single_ones():
    sums = moments.sums_of(*totals(5, 12))
    all_of_them = moments.closed_forms(sums)
    assert np.array_equal(all_of_them["ICC(2,k)"], moments.icc(sums, Model.TWO_WAY_RANDOM, Unit.MEAN))
    assert np.array_equal(all_of_them["ccc"], moments.lin_ccc(sums))
    assert np.array_equal(all_of_them["upper limit"], moments.upper_limit(sums))
    assert np.array_equal(all_of_them["lower limit"], moments.lower_limit(sums))
    assert np.array_equal(all_of_them["slope"], moments.slope_on_mean(sums))
    assert all_of_them["sdc of the mean of two"] == pytest.approx(moments.sdc(sums, 2))


def test_terms_add_up_to_the_sums_in_any_grouping():
    first, second = totals(40)
    terms = moments.terms_of(first, second)
    patients = terms.reshape(8, 5, 6).sum(axis=1)
    assert np.array_equal(patients.sum(axis=0), moments.sums_of(first, second))


def test_a_pair_with_a_missing_value_adds_nothing():
    sums = moments.sums_of([np.nan, 3, 5, 9, 2], [4, 4, np.nan, 7, 2])
    assert np.array_equal(sums, moments.sums_of([3, 9, 2], [4, 7, 2]))


def test_totals_far_from_0_lose_no_digits():
    first, second = totals(40)
    near, far = (moments.sums_of(first + shift, second + shift) for shift in (0, 1e9))
    assert np.array_equal(near, far)


def test_a_constant_difference_has_exactly_no_scatter():
    values = np.array([0.3, 0.7, 1.9, 2.2])
    for offset in (0.1, 1e6 + 0.1, 2):
        assert moments.sd_difference(moments.sums_of(values, values + offset)) == 0


@pytest.mark.parametrize("values", [[], [3], [np.nan, np.nan]])
def test_below_two_pairs_no_spread_is_a_number(values: list[float]):
    forms = moments.closed_forms(moments.sums_of(values, values))
    assert all(np.isnan(number) for name, number in forms.items() if name != "bias")


def test_equal_values_leave_correlations_undefined_and_differences_0():
    forms = moments.closed_forms(moments.sums_of([2.0] * 5, [2.0] * 5))
    undefined = {name for name, number in forms.items() if np.isnan(number)}
    assert undefined == {name for name in forms if name.startswith("ICC")} | {"ccc", "slope"}
    assert forms["bias"] == forms["sd"] == forms["upper limit"] == 0


def test_the_mean_of_two_has_no_correlation_where_means_do_not_vary():
    sums = moments.sums_of([0.0, 4, 1, 3], [4.0, 0, 3, 1])
    assert moments.icc(sums) == -1
    assert np.isnan(moments.icc(sums, unit=Unit.MEAN))
