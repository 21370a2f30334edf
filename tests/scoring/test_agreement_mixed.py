"""A pool of readers: against the analysis of variance where it applies, a second implementation where not, and at 0."""

import warnings
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from scoring.agreement import CrossedRandom, Model, Status, crossed_random, intraclass_correlation
from scoring.agreement.anova import mean_squares
from scoring.agreement.mixed import Reading
from scoring.agreement.reml import Crossed

# Shrout and Fleiss 1979, Psychol Bull 86:420-428, table 2: six targets, four judges.
SHROUT_FLEISS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])


def everybody_read(values: npt.NDArray[Any]) -> list[Reading]:
    return [(case, reader, float(value)) for (case, reader), value in np.ndenumerate(values)]


def pairs_from_a_pool(
    n_cases: int, n_readers: int, *, case_sd: float = 1.0, reader_sd: float = 0.3, error_sd: float = 0.5, seed: int = 57
) -> list[Reading]:
    """Each case read by two readers drawn at random."""
    random = np.random.default_rng(seed)
    readers = reader_sd * random.normal(size=n_readers)
    return [
        (f"case {case}", f"reader {reader}", float(severity + readers[reader] + error_sd * random.normal()))
        for case, severity in enumerate(case_sd * random.normal(size=n_cases))
        for reader in random.permutation(n_readers)[:2]
    ]


def components(answer: CrossedRandom) -> tuple[float, float, float]:
    assert answer.variances is not None
    return answer.variances.case, answer.variances.reader, answer.variances.error


def test_shrout_and_fleiss_have_the_components_of_their_mean_squares():
    """BMS 11.24, JMS 32.49 and EMS 1.02 are printed; so (BMS - EMS) / 4, (JMS - EMS) / 6, EMS, and ICC(2,1) 0.29."""
    answer = crossed_random(everybody_read(SHROUT_FLEISS))
    assert components(answer) == pytest.approx((10.22 / 4, 31.47 / 6, 1.02), abs=0.005)
    assert answer.icc.estimate == pytest.approx(0.29, abs=5.1e-3)


@pytest.mark.parametrize("n_readers", [2, 3, 5])
def test_where_all_read_all_it_is_the_analysis_of_variance(n_readers: int):
    random = np.random.default_rng(n_readers)
    values = 2 * random.normal(size=(30, 1)) + random.normal(size=n_readers) + random.normal(size=(30, n_readers))
    answer, squares = crossed_random(everybody_read(values)), mean_squares(values)
    cases, readers = (squares.bms - squares.ems) / n_readers, (squares.jms - squares.ems) / 30
    assert cases > 0 < readers, "with a component below 0 the two would differ"
    assert components(answer) == pytest.approx((cases, readers, squares.ems), rel=1e-5)
    icc = intraclass_correlation(values, model=Model.TWO_WAY_RANDOM)
    assert answer.icc.estimate == pytest.approx(icc.estimate, abs=1e-6)


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_it_agrees_with_statsmodels(seed: int):
    """Unbalanced pairs from a pool; with seed 1 the variance of readers is 0."""
    readings = pairs_from_a_pool(12, 3, seed=seed)[:-1]
    fit = by_statsmodels(readings)
    assert components(crossed_random(readings)) == pytest.approx((*fit.vcomp, fit.scale), abs=1e-6)


def by_statsmodels(readings: list[Reading]) -> Any:
    mixed = pytest.importorskip("statsmodels.regression.mixed_linear_model", reason="it is in requirements-dev.txt")
    pandas = pytest.importorskip("pandas", reason="it comes with statsmodels")
    frame = pandas.DataFrame(readings, columns=["case", "reader", "value"])
    parts = {"a case": "0 + C(case)", "b reader": "0 + C(reader)"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = mixed.MixedLM.from_formula("value ~ 1", groups=np.ones(len(frame)), vc_formula=parts, data=frame)
        return model.fit(reml=True, method="powell", ftol=1e-12, xtol=1e-10, maxiter=10_000)  # its others stop early


def as_crossed(readings: list[Reading]) -> Crossed:
    cases, readers = (np.unique(labels, return_inverse=True)[1] for labels in list(zip(*readings, strict=True))[:2])
    return Crossed.of(cases, readers, np.array([value for *_, value in readings], dtype=float))


@pytest.mark.parametrize("ratios", [(1.0, 0.3), (0.0, 0.5), (4.0, 0.0), (0.0, 0.0), (50.0, 8.0)])
def test_the_likelihood_is_that_of_the_whole_covariance_matrix(ratios: tuple[float, float]):
    readings = [*pairs_from_a_pool(15, 4)[:-3], ("case 0", "reader 9", 1.0)]
    terms = as_crossed(readings).terms(*ratios)
    assert terms.profiled[0] == pytest.approx(by_the_whole_matrix(readings, *ratios), abs=1e-10)


def by_the_whole_matrix(readings: list[Reading], case: float, reader: float) -> float:
    cases, readers = (np.array([reading[column] for reading in readings]) for column in (0, 1))
    y = np.array([value for *_, value in readings], dtype=float)
    v = np.eye(len(y)) + case * (cases[:, None] == cases) + reader * (readers[:, None] == readers)
    inverse, ones = np.linalg.inv(v), np.ones(len(y))
    x = ones @ inverse @ ones
    residual = y @ inverse @ y - (ones @ inverse @ y) ** 2 / x
    df = len(y) - 1
    return float(df * np.log(residual / df) + df + np.linalg.slogdet(v)[1] + np.log(x))


@pytest.mark.parametrize("ratios", [(1.0, 0.3), (0.001, 0.5), (4.0, 0.001), (50.0, 8.0)])
def test_its_slopes_are_those_of_its_values(ratios: tuple[float, float]):
    crossed, step = as_crossed(pairs_from_a_pool(15, 4)), 1e-6

    def slope(of: Any) -> list[float]:
        case, reader = ratios
        by_case = of(case * (1 + step), reader) - of(case * (1 - step), reader)
        by_reader = of(case, reader * (1 + step)) - of(case, reader * (1 - step))
        return [by_case / (2 * step * case), by_reader / (2 * step * reader)]

    profiled = slope(lambda case, reader: crossed.terms(case, reader).profiled[0])
    assert crossed.terms(*ratios).profiled[1] == pytest.approx(profiled, rel=1e-5, abs=1e-5)
    fixed = slope(lambda case, reader: crossed.terms(case, reader).at_reader_variance(0.2, reader)[0])
    assert crossed.terms(*ratios).at_reader_variance(0.2, ratios[1])[1] == pytest.approx(fixed, rel=1e-5, abs=1e-5)


def test_nothing_but_the_first_pass_depends_on_how_many_cases_there_are():
    crossed = as_crossed(pairs_from_a_pool(3_000, 6))
    assert (crossed.within.shape, crossed.between.shape) == ((8, 8), (1, 8, 8))


def test_many_cases_give_the_truth_back():
    answer = crossed_random(pairs_from_a_pool(4_000, 12))
    assert components(answer)[0] == pytest.approx(1.0, abs=0.1)
    assert components(answer)[2] == pytest.approx(0.25, abs=0.02)
    assert answer.icc.low is not None
    assert answer.icc.high is not None
    assert answer.icc.low < 1 / 1.34 < answer.icc.high
    assert answer.icc.counts == {"cases": 4_000, "cases_read_twice": 4_000, "readers": 12, "readings": 8_000}


def test_the_bounds_are_where_the_deviance_has_risen_by_3_84():
    readings = pairs_from_a_pool(40, 6)
    answer, crossed = crossed_random(readings), as_crossed(readings)
    fit = crossed.fit()
    for bound in (answer.icc.low, answer.icc.high):
        assert bound is not None
        assert crossed.at_icc(bound, fit) - fit.deviance == pytest.approx(3.841459, abs=1e-4)
    for bound in (answer.reader_sd.low, answer.reader_sd.high):
        assert bound is not None
        assert crossed.at_reader_variance(bound**2, fit) - fit.deviance == pytest.approx(3.841459, abs=1e-4)


def test_the_interval_holds_the_truth_of_most_samples():
    """Too few studies to tell 90 from 95 %, enough to tell an interval that is far too narrow."""
    held = 0
    for seed in range(20):
        icc = crossed_random(pairs_from_a_pool(40, 5, reader_sd=0.5, seed=seed)).icc
        assert icc.low is not None
        assert icc.high is not None
        held += icc.low < 1 / 1.5 < icc.high
    assert held >= 17


def test_the_readers_are_told_in_a_sentence():
    answer = crossed_random(pairs_from_a_pool(60, 6))
    assert answer.reader_sd.sentence.startswith("Readers differ by a standard deviation of 0.")
    assert answer.reader_sd.status is Status.OK


def test_readers_who_do_not_differ_have_variance_0_and_a_sentence():
    """In the first table each reader is once above the other in every pair of cases."""
    values = np.array([[1, 2], [2, 1], [5, 6], [6, 5], [9, 8], [8, 9]])
    answer = crossed_random(everybody_read(values))
    assert components(answer)[1] == 0
    assert (answer.reader_sd.estimate, answer.reader_sd.low, answer.reader_sd.status) == (0, 0, Status.OK)
    assert answer.reader_sd.sentence == (
        "No difference between readers is seen beyond error: their variance is estimated as 0. "
        "2 readers tell little of a pool."
    )
    assert answer.reader_sd.high is not None
    assert answer.reader_sd.high > 0


def test_cases_that_do_not_differ_beyond_error_have_an_icc_of_0_and_a_sentence():
    answer = crossed_random(everybody_read(np.array([[0, 4], [4, 0], [1, 3], [3, 1], [0, 3]])))
    assert (answer.icc.estimate, answer.icc.low, answer.icc.status) == (0, 0, Status.OK)
    assert answer.icc.sentence == "The variance between cases is estimated as 0, the least that a variance can be."
    assert answer.icc.high is not None
    assert 0 < answer.icc.high < 1


def test_perfect_agreement_is_1_without_interval():
    answer = crossed_random([(case, reader, case * 0.1) for case in range(6) for reader in "ab"])
    assert (answer.icc.estimate, answer.icc.low, answer.icc.status) == (1.0, None, Status.NOT_ESTIMABLE)
    assert (answer.reader_sd.estimate, answer.variances) == (0.0, None)


@pytest.mark.parametrize("offset", [2, 0.1])
def test_a_constant_offset_leaves_no_error_to_estimate(offset: float):
    answer = crossed_random([(case, reader, case * 0.3 + offset * reader) for case in range(6) for reader in range(2)])
    for part in (answer.icc, answer.reader_sd):
        assert (part.estimate, part.status) == (None, Status.NOT_ESTIMABLE)
        assert "differ by the same amounts in every case" in part.sentence


def test_pairs_that_never_share_enough_cannot_tell_readers_from_error():
    answer = crossed_random([(0, "a", 1), (0, "b", 2), (1, "b", 4), (1, "c", 3), (2, "c", 5), (2, "d", 9)])
    assert (answer.icc.estimate, answer.icc.status) == (None, Status.NOT_ESTIMABLE)
    assert "too few cases are shared" in answer.icc.sentence


def test_the_same_value_throughout_is_no_variation():
    answer = crossed_random([(case, reader, 3) for case in range(6) for reader in "abc"])
    assert (answer.icc.estimate, answer.icc.status, answer.variances) == (None, Status.NO_VARIATION, None)


@pytest.mark.parametrize("readings", [[], pairs_from_a_pool(2, 3), [(case, "a", case) for case in range(9)]])
def test_fewer_than_three_cases_read_twice_show_counts_only(readings: list[Reading]):
    answer = crossed_random(readings)
    assert (answer.icc.estimate, answer.icc.status) == (None, Status.TOO_FEW)
    assert answer.icc.counts["readings"] == len(readings)


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_reading_without_a_value_is_left_out_and_counted(missing: float | None):
    readings = pairs_from_a_pool(12, 3)
    answer = crossed_random([*readings, ("case 0", "reader 9", missing)])
    assert answer.icc.estimate == crossed_random(readings).icc.estimate
    assert answer.icc.n_excluded == 1
    assert answer.icc.sentence == "1 reading left out: no value."


def test_a_case_read_once_still_tells_of_its_reader():
    readings = pairs_from_a_pool(12, 3)
    answer = crossed_random([*readings, ("case 99", "reader 0", 9.0)])
    assert (answer.icc.counts["cases"], answer.icc.counts["cases_read_twice"]) == (13, 12)
    assert answer.icc.estimate != crossed_random(readings).icc.estimate


def test_totals_far_from_0_lose_no_digits():
    readings = pairs_from_a_pool(20, 4)
    far = [(case, reader, value + 2**20) for case, reader, value in readings if value is not None]
    assert crossed_random(far).icc.estimate == pytest.approx(crossed_random(readings).icc.estimate, abs=1e-6)


def test_the_order_of_readings_and_the_names_of_readers_do_not_matter():
    readings = pairs_from_a_pool(20, 4)
    renamed = [(case, f"{reader}!", value) for case, reader, value in reversed(readings)]
    assert crossed_random(renamed).icc.estimate == pytest.approx(crossed_random(readings).icc.estimate, abs=1e-6)


def test_every_small_table_of_two_readers_has_an_answer():
    """Three cases, values 0 to 2: every nineteenth of the 729."""
    for flat in list(product(range(3), repeat=6))[::19]:
        answer = crossed_random(everybody_read(np.array(flat).reshape(3, 2)))
        for part in (answer.icc, answer.reader_sd):
            if part.estimate is not None and part.low is not None and part.high is not None:
                assert part.low <= part.estimate <= part.high


def test_it_refuses_two_values_of_a_reader_for_one_case():
    with pytest.raises(ValueError, match="A reader gives one value to a case"):
        crossed_random([("a", "ana", 1), ("a", "ana", 2)])


def test_it_refuses_an_infinite_value():
    with pytest.raises(ValueError, match="finite values"):
        crossed_random([("a", "ana", 1), ("a", "ben", float("inf"))])
