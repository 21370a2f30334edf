"""Intraclass correlations against published numbers and a second implementation, and where there are none."""

import numpy as np
import numpy.typing as npt
import pytest

from scoring.agreement import Model, Status, Unit, intraclass_correlation, model_for
from scoring.agreement.anova import mean_squares

# Shrout and Fleiss 1979, Psychol Bull 86:420-428, table 2: six targets, four judges.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
# Bland and Altman 1986, Lancet i:307-310: peak flow by the Wright and the mini Wright meter, first readings.
WRIGHT = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]
PINGOUIN = {Model.ONE_WAY: "ICC(1,{})", Model.TWO_WAY_RANDOM: "ICC(A,{})", Model.TWO_WAY_MIXED: "ICC(C,{})"}

TWO_WAY = [Model.TWO_WAY_RANDOM, Model.TWO_WAY_MIXED]


def totals(n: int = 25, readers: int = 2) -> npt.NDArray[np.float64]:
    """Made-up total scores: mostly low, with a reader who scores higher than the rest."""
    random = np.random.default_rng(57)
    severity = random.gamma(1.0, 6.0, size=(n, 1))
    return np.clip(np.round(severity + random.normal(0, 2, size=(n, readers)) + np.arange(readers)), 0, 57)


@pytest.mark.parametrize(
    ("model", "printed", "interval"),
    [
        (Model.ONE_WAY, 0.17, (-0.13, 0.72)),
        (Model.TWO_WAY_RANDOM, 0.29, (0.02, 0.76)),
        (Model.TWO_WAY_MIXED, 0.71, (0.34, 0.95)),
    ],
)
def test_the_three_correlations_of_shrout_and_fleiss(model: Model, printed: float, interval: tuple[float, float]):
    answer = intraclass_correlation(SHROUT_FLEISS, model=model)
    assert answer.estimate == pytest.approx(printed, abs=5.1e-3)
    assert (answer.low, answer.high) == pytest.approx(interval, abs=5.1e-3)
    assert (answer.n, answer.status, answer.counts) == (6, Status.OK, {"cases": 6, "readers": 4})


@pytest.mark.parametrize(
    ("model", "name", "printed", "interval"),
    [
        (Model.ONE_WAY, "ICC(1,k)", 0.44, (-0.88, 0.91)),
        (Model.TWO_WAY_RANDOM, "ICC(2,k)", 0.62, (0.07, 0.93)),
        (Model.TWO_WAY_MIXED, "ICC(3,k)", 0.91, (0.68, 0.99)),
    ],
)
def test_the_three_correlations_of_the_mean_of_four_judges(
    model: Model, name: str, printed: float, interval: tuple[float, float]
):
    answer = intraclass_correlation(SHROUT_FLEISS, model=model, unit=Unit.MEAN)
    assert answer.name == name
    assert answer.estimate == pytest.approx(printed, abs=5.1e-3)
    assert (answer.low, answer.high) == pytest.approx(interval, abs=5.1e-3)


def test_the_mean_squares_of_shrout_and_fleiss():
    """Their table 3 prints 11.24, 6.26, 32.49 and 1.02."""
    squares = mean_squares(np.array(SHROUT_FLEISS, dtype=float))
    assert (squares.bms, squares.wms) == pytest.approx((11.24, 6.26), abs=5.1e-3)
    assert (squares.jms, squares.ems) == pytest.approx((32.49, 1.02), abs=5.1e-3)


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # pingouin's own business with pandas
@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("model", Model)
@pytest.mark.parametrize(
    "values",
    [np.array(SHROUT_FLEISS), np.array([WRIGHT, MINI]).T, totals(), totals(8), totals(12, readers=3)],
    ids=["shrout-fleiss", "peak-flow", "25 cases", "8 cases", "3 readers"],
)
def test_it_agrees_with_pingouin(model: Model, unit: Unit, values: npt.NDArray[np.float64]):
    """A second implementation; it rounds its intervals to two decimals."""
    answer = intraclass_correlation(values, model=model, unit=unit)
    estimate, interval = by_pingouin(values, PINGOUIN[model].format(unit))
    assert answer.estimate == pytest.approx(estimate, abs=1e-12)
    assert (answer.low, answer.high) == pytest.approx(interval, abs=5.1e-3)


def by_pingouin(values: npt.NDArray[np.float64], named: str) -> tuple[float, tuple[float, float]]:
    pingouin = pytest.importorskip("pingouin", reason="pingouin is in requirements-dev.txt")
    pandas = pytest.importorskip("pandas", reason="pandas comes with pingouin")
    cells = [(case, reader, value) for (case, reader), value in np.ndenumerate(values)]
    frame = pandas.DataFrame(cells, columns=["case", "reader", "value"])
    table = pingouin.intraclass_corr(data=frame, targets="case", raters="reader", ratings="value").set_index("Type")
    row = table.loc[named]
    return float(row["ICC"]), (float(row["CI95"][0]), float(row["CI95"][1]))


def test_readers_drawn_per_case_are_the_default_and_the_method_says_why():
    answer = intraclass_correlation(totals())
    assert answer.name == "ICC(1,1)"
    assert "one-way random effects" in answer.method
    assert "readers were drawn per case from a pool" in answer.method


def test_two_readers_who_read_every_case_make_a_two_way_model():
    assert model_for([("ana", "ben")] * 3) is Model.TWO_WAY_RANDOM


def test_readers_who_change_from_case_to_case_make_a_one_way_model():
    assert model_for([("ana", "ben"), ("ana", "cem"), ("ben", "cem")]) is Model.ONE_WAY


def test_columns_that_change_readers_make_a_one_way_model():
    assert model_for([("ana", "ben"), ("ben", "ana")]) is Model.ONE_WAY


def test_no_cases_make_no_claim_about_readers():
    assert model_for([]) is Model.ONE_WAY


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_case_without_a_total_is_left_out_and_counted(missing: float | None):
    values = totals().tolist()
    answer = intraclass_correlation([*values, [missing, 7]])
    assert (answer.n, answer.n_excluded) == (25, 1)
    assert answer.estimate == intraclass_correlation(values).estimate
    assert answer.sentence == "1 pair left out: a reader has no value."


@pytest.mark.parametrize("model", Model)
@pytest.mark.parametrize("value", [0, 0.1, 57])
def test_the_same_value_throughout_is_no_variation(model: Model, value: float):
    answer = intraclass_correlation([[value, value]] * 10, model=model)
    assert (answer.estimate, answer.low, answer.high) == (None, None, None)
    assert answer.status is Status.NO_VARIATION
    assert answer.sentence.startswith("Not estimable (no variation)")


@pytest.mark.parametrize("model", Model)
def test_perfect_agreement_is_exactly_1_without_interval(model: Model):
    answer = intraclass_correlation([[0, 0], [1, 1], [2, 2], [3, 3], [0, 0]], model=model)
    assert (answer.estimate, answer.low, answer.high) == (1.0, None, None)
    assert answer.status is Status.NOT_ESTIMABLE
    assert answer.sentence == "Perfect agreement: the interval is not estimable."


def test_a_constant_offset_is_perfect_consistency_without_interval():
    answer = intraclass_correlation([[x, x + 2] for x in (1, 4, 9, 3, 7)], model=Model.TWO_WAY_MIXED)
    assert (answer.estimate, answer.low, answer.status) == (1.0, None, Status.NOT_ESTIMABLE)
    assert answer.sentence == "The readers differ by 2 in every case: the interval is not estimable."


def test_a_constant_offset_lowers_absolute_agreement_and_leaves_no_interval():
    """BMS = 20.4 and JMS = 10 of these five cases: 20.4 / (20.4 + 2 * 10 / 5)."""
    answer = intraclass_correlation([[x, x + 2] for x in (1, 4, 9, 3, 7)], model=Model.TWO_WAY_RANDOM)
    assert answer.estimate == pytest.approx(20.4 / 24.4, abs=1e-12)
    assert (answer.low, answer.high, answer.status) == (None, None, Status.NOT_ESTIMABLE)


def test_a_constant_offset_is_ordinary_error_when_readers_were_drawn():
    answer = intraclass_correlation([[x, x + 2] for x in (1, 4, 9, 3, 7)], model=Model.ONE_WAY)
    assert answer.estimate == pytest.approx((20.4 - 2) / (20.4 + 2), abs=1e-12)
    assert answer.status is Status.OK


@pytest.mark.parametrize("offset", [0.1, 1e6 + 0.1])
def test_rounding_does_not_turn_a_constant_offset_into_an_interval(offset: float):
    answer = intraclass_correlation([[x, x + offset] for x in (0.3, 0.7, 1.9, 2.2)], model=Model.TWO_WAY_MIXED)
    assert (answer.estimate, answer.low) == (pytest.approx(1.0), None)


@pytest.mark.parametrize("model", TWO_WAY)
def test_one_of_two_readers_constant_is_exactly_0_without_interval(model: Model):
    answer = intraclass_correlation([[0, 0], [0, 3], [0, 0], [0, 1]], model=model)
    assert (answer.estimate, answer.low, answer.high) == (0.0, None, None)
    assert answer.status is Status.ONE_READER_CONSTANT


def test_one_of_three_readers_constant_leaves_the_others_to_agree():
    answer = intraclass_correlation([[0, 0, 1], [0, 3, 3], [0, 6, 5], [0, 1, 1]], model=Model.TWO_WAY_MIXED)
    assert answer.status is Status.OK


def test_both_readers_constant_have_nothing_to_be_consistent_about():
    answer = intraclass_correlation([[1, 3]] * 5, model=Model.TWO_WAY_MIXED)
    assert (answer.estimate, answer.status) == (None, Status.NO_VARIATION)


def test_cases_with_equal_means_are_minus_1_without_interval():
    answer = intraclass_correlation([[0, 4], [4, 0], [1, 3], [3, 1]])
    assert (answer.estimate, answer.low, answer.status) == (-1.0, None, Status.NOT_ESTIMABLE)


@pytest.mark.parametrize("unit", Unit)
def test_estimated_degrees_of_freedom_near_0_leave_no_interval(unit: Unit):
    """Satterthwaite's v is 0.008 here, and his interval, -0.68 to -0.66, would not hold the estimate of -0.63."""
    answer = intraclass_correlation([[0, 3], [0, 3], [0, 3], [2, 0]], model=Model.TWO_WAY_RANDOM, unit=unit)
    assert (answer.low, answer.high, answer.status) == (None, None, Status.NOT_ESTIMABLE)
    assert answer.sentence == "Too little is known of the error: the interval is not estimable."
    assert answer.estimate == pytest.approx(-12 / 19 if unit is Unit.SINGLE else -24 / 7)


def test_the_mean_of_readers_has_no_icc_where_means_are_equal():
    """Spearman and Brown's formula has -2 / 0 there."""
    answer = intraclass_correlation([[0, 4], [4, 0], [1, 3], [3, 1]], unit=Unit.MEAN)
    assert (answer.estimate, answer.low, answer.status) == (None, None, Status.NOT_ESTIMABLE)
    assert answer.sentence == "Not estimable: the means of the readers do not differ between cases."


def test_perfect_agreement_of_the_mean_is_exactly_1_without_interval():
    answer = intraclass_correlation([[0, 0, 0], [1, 1, 1], [2, 2, 2]], unit=Unit.MEAN)
    assert (answer.estimate, answer.low, answer.status) == (1.0, None, Status.NOT_ESTIMABLE)


def test_a_constant_reader_makes_the_icc_of_the_mean_0_too():
    answer = intraclass_correlation([[0, 0], [0, 3], [0, 1]], model=Model.TWO_WAY_RANDOM, unit=Unit.MEAN)
    assert (answer.estimate, answer.status) == (0.0, Status.ONE_READER_CONSTANT)


def test_the_method_says_whether_it_is_of_one_reading_or_of_the_mean():
    single, mean = (intraclass_correlation(totals(), unit=unit).method for unit in Unit)
    assert "single reading" in single
    assert "mean of the k readings" in mean
    assert "ICC(1,k)" in mean


def test_a_negative_correlation_is_shown():
    answer = intraclass_correlation([[0, 5], [6, 1], [2, 4], [5, 1], [1, 4]])
    assert answer.estimate is not None
    assert answer.low is not None
    assert -1 < answer.low < answer.estimate < 0


@pytest.mark.parametrize("model", Model)
@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_cases_show_counts_only(model: Model, n: int):
    answer = intraclass_correlation([[0, 1], [5, 4]][:n], model=model)
    assert (answer.estimate, answer.status, answer.counts["cases"]) == (None, Status.TOO_FEW, n)


def test_cases_that_are_all_left_out_are_too_few():
    answer = intraclass_correlation([[None, 1], [None, None]])
    assert (answer.n, answer.n_excluded, answer.status) == (0, 2, Status.TOO_FEW)


@pytest.mark.parametrize("values", [[[1], [2], [3]], [1, 2, 3], [[1, float("inf")], [2, 2], [3, 3]]])
def test_it_refuses_what_is_not_two_readers_values(values: list[list[float]]):
    with pytest.raises(ValueError, match="two or more readers"):
        intraclass_correlation(values)
