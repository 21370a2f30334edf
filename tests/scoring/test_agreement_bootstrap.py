"""Resampled patients, against copying rows, against theory, against scipy and against published corrections."""

import csv
from collections import Counter
from functools import partial
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from scoring.agreement import (
    Agreement,
    CrossTable,
    Model,
    Status,
    categorical,
    cohen_kappa,
    intraclass_correlation,
    moments,
    percent_agreement,
    resampling,
)
from scoring.agreement.bootstrap import (
    Bootstrap,
    Interval,
    NoBCa,
    acceleration_of,
    bca_bounds,
    bias_correction,
    bootstrap_intervals,
    bootstrapped,
)
from scoring.agreement.pooling import Tables, tables_of
from scoring.agreement.resampling import Patterns, patterns_of, resampled_sums

COHORT = Path(__file__).resolve().parents[2] / "demo" / "cohort" / "cohort_scores.csv"
Array = npt.NDArray[np.float64]
# Efron and Tibshirani 1993, An Introduction to the Bootstrap, table 14.1: 26 children, spatial test A.
SPATIAL = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41]


def grades(n_patients: int, n_items: int = 6, seed: int = 0) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Two readers of patients of whom some have much and many have nothing, as in life."""
    random = np.random.default_rng(seed)
    severity = random.beta(0.4, 2.0, size=(n_patients, 1)) * np.ones(n_items)
    first = random.binomial(3, severity)
    return first, np.where(random.random(first.shape) < 0.8, first, random.binomial(3, severity))


def tables(n_patients: int = 60, n_items: int = 6, seed: int = 0) -> Array:
    return tables_of(*grades(n_patients, n_items, seed), 4).of_cases.astype(float)


def mean(sums: Array) -> Array:
    """Of sums n, S x, S xx."""
    return sums[..., 1] / sums[..., 0]


def variance(sums: Array) -> Array:
    """With n as divisor."""
    return sums[..., 2] / sums[..., 0] - mean(sums) ** 2


def powers(values: Any) -> Array:
    array = np.asarray(values, dtype=float)
    return np.stack([np.ones(len(array)), array, array**2], axis=-1)


def by_copying_rows(per_patient: Array, n_resamples: int, seed: int) -> Array:
    """The plain bootstrap: draw patients, add up what was drawn."""
    random = np.random.default_rng(seed)
    n = len(per_patient)
    return np.array([per_patient[random.integers(n, size=n)].sum(axis=0) for _ in range(n_resamples)])


def of_kappa(per_patient: Array, **options: Any) -> Bootstrap:
    return bootstrap_intervals(per_patient, {"kappa": categorical.cohen_kappa}, **options)["kappa"]


def of_resamples(patterns: Patterns, statistic: Any, *, n_resamples: int, seed: int) -> Array:
    values: Array = statistic(resampled_sums(patterns, n_resamples=n_resamples, seed=seed))
    return values


# --- the resamples


def test_the_same_seed_gives_the_same_interval():
    assert of_kappa(tables()) == of_kappa(tables())


def test_another_seed_gives_another_interval():
    one, other = of_kappa(tables(), seed=1), of_kappa(tables(), seed=2)
    assert one.low != other.low
    assert one.low == pytest.approx(other.low, abs=0.03)


@pytest.mark.parametrize("n_patients", [40, 2_000])
def test_the_order_of_the_patients_changes_nothing(n_patients: int):
    patients = tables(n_patients)
    assert of_kappa(patients[::-1], n_resamples=50) == of_kappa(patients, n_resamples=50)


def test_the_size_of_a_block_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    whole = resampled_sums(patterns_of(tables(500)), n_resamples=100, seed=7)
    monkeypatch.setattr(resampling, "BLOCK", 1_500)
    assert (resampled_sums(patterns_of(tables(500)), n_resamples=100, seed=7) == whole).all()


def test_identical_patients_are_one_pattern():
    patterns = patterns_of([[1, 2], [0.0, 3], [1, 2], [-0.0, 3], [1, 2]])
    assert patterns.sums.tolist() == [[1, 2], [0, 3]]
    assert patterns.times.tolist() == [3, 2]


def test_patterns_are_those_of_sorted_rows():
    patterns = patterns_of(tables(3_000))
    found = {tuple(row): times for row, times in zip(patterns.sums.reshape(-1, 16), patterns.times, strict=True)}
    assert found == Counter(map(tuple, tables(3_000).reshape(-1, 16)))


def test_patients_whose_digests_collide_are_still_told_apart(monkeypatch: pytest.MonkeyPatch):
    expected = patterns_of(tables(300))
    monkeypatch.setattr(resampling, "_digest", lambda rows: np.zeros(len(rows), dtype=np.uint64))
    collided = patterns_of(tables(300))
    assert (collided.sums == expected.sums).all()
    assert (collided.times == expected.times).all()


def test_a_patient_without_any_usable_pair_is_not_resampled():
    patients = tables()
    assert of_kappa(np.concatenate([patients, np.zeros((5, 4, 4))])) == of_kappa(patients)


@pytest.mark.parametrize("n_patients", [10, 100, 1_000])
def test_every_resample_has_as_many_patients_as_there_are(n_patients: int):
    sums = resampled_sums(patterns_of(tables(n_patients)), n_resamples=200, seed=3)
    assert (sums.sum(axis=(1, 2)) == n_patients * 6).all()


def test_three_patients_are_drawn_in_all_27_ways_equally_often():
    """All that can be drawn is known: two patients alike and one who is not make four different resamples."""
    patients = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    expected = Counter(sum(drawn) for drawn in product((0, 0, 1), repeat=3))
    sums = resampled_sums(patterns_of(patients), n_resamples=27_000, seed=5)[:, 1]
    observed = [int((sums == times).sum()) for times in range(4)]
    assert stats.chisquare(observed, [1_000 * expected[times] for times in range(4)]).pvalue > 0.001


@pytest.mark.parametrize("n_patients", [12, 300])
def test_grouping_leaves_means_and_covariances_of_the_sums_as_they_are(n_patients: int):
    """Of n patients drawn with replacement: n times the mean, and n times the covariance, of one patient."""
    patients = tables(n_patients).reshape(n_patients, -1)
    patterns = patterns_of(patients)
    common, rare = patterns.times >= resampling.COMMON, patterns.times < resampling.COMMON
    assert rare.any()
    assert common.any() == (n_patients == 300)  # so that both ways of drawing are seen
    sums = resampled_sums(patterns, n_resamples=20_000, seed=11)
    spread = np.sqrt(n_patients * patients.var(axis=0) / 20_000)
    assert np.abs(sums.mean(axis=0) - patients.sum(axis=0)) == pytest.approx(0, abs=1e-9 + 5 * spread.max())
    expected = n_patients * np.cov(patients.T, bias=True)
    assert np.cov(sums.T) == pytest.approx(expected, abs=0.06 * expected.max())


@pytest.mark.parametrize("n_patients", [15, 400])
def test_the_distribution_is_that_of_copied_rows(n_patients: int):
    patients = tables(n_patients)
    ours = of_resamples(patterns_of(patients), categorical.cohen_kappa, n_resamples=4_000, seed=1)
    plain = categorical.cohen_kappa(by_copying_rows(patients, 4_000, seed=2))
    assert stats.ks_2samp(ours, plain).pvalue > 0.001
    assert np.quantile(ours, (0.025, 0.975)) == pytest.approx(np.quantile(plain, (0.025, 0.975)), abs=0.02)


def test_several_statistics_come_from_the_same_resamples():
    both = bootstrap_intervals(tables(), {"kappa": categorical.cohen_kappa, "po": categorical.percent})
    assert both["kappa"] == of_kappa(tables())
    assert both["po"].estimate == pytest.approx(categorical.percent(tables().sum(axis=0)))


def test_statistics_that_share_work_may_be_given_as_one_function():
    at_once = bootstrap_intervals(tables(), categorical.closed_forms)
    assert at_once["kappa"] == of_kappa(tables())


@pytest.mark.parametrize("wrong", [[1.0, 2.0], [[1.0, float("nan")]], [[float("inf"), 1.0]]])
def test_it_refuses_what_are_no_sums_of_patients(wrong: Any):
    with pytest.raises(ValueError, match="one row of finite sums a patient"):
        patterns_of(wrong)


def test_it_refuses_no_resamples():
    with pytest.raises(ValueError, match="at least one resample"):
        of_kappa(tables(), n_resamples=0)


# --- the intervals


def test_the_percentile_interval_is_the_middle_of_the_resamples():
    values = of_resamples(patterns_of(tables()), categorical.cohen_kappa, n_resamples=2_000, seed=9)
    answer = of_kappa(tables(), seed=9)
    assert (answer.low, answer.high) == tuple(np.percentile(values, (2.5, 97.5)))


@pytest.mark.parametrize(
    ("values", "ours", "theirs"),
    [
        (SPATIAL, variance, np.var),
        (SPATIAL, mean, np.mean),
        ([0, 0, 0, 1, 0, 0, 2, 0, 1, 0, 0, 3, 0, 0, 0, 1], mean, np.mean),  # many ties with the estimate
        (np.random.default_rng(4).gamma(0.5, size=40), variance, np.var),
    ],
    ids=["spatial variance", "spatial mean", "ties", "gamma"],
)
@pytest.mark.parametrize("interval", Interval)
def test_on_one_value_a_patient_it_is_the_interval_of_scipy(interval: Interval, values: Any, ours: Any, theirs: Any):
    """scipy is given the same resamples, and works out bias, acceleration and quantiles itself."""
    answer = bootstrap_intervals(powers(values), {"t": ours}, interval=interval)["t"]
    same = of_resamples(patterns_of(powers(values)), ours, n_resamples=2_000, seed=answer.seed)
    found = stats.bootstrap(
        (np.array(values, dtype=float),),
        theirs,
        n_resamples=0,
        method=interval,
        bootstrap_result=SimpleNamespace(bootstrap_distribution=same),
    ).confidence_interval
    # scipy compares without tolerance: rounding makes some of its ties seem below, some above.
    assert (answer.low, answer.high) == pytest.approx((found.low, found.high), rel=2e-3)


def test_with_resamples_of_its_own_scipy_comes_close():
    answer = bootstrap_intervals(powers(SPATIAL), {"t": variance}, interval=Interval.BCA, n_resamples=20_000)["t"]
    found = stats.bootstrap((SPATIAL,), np.var, n_resamples=20_000, method="BCa", rng=3).confidence_interval
    assert (answer.low, answer.high) == pytest.approx((found.low, found.high), rel=0.02)


def test_the_bias_and_acceleration_of_efron_and_tibshirani():
    """Efron and Tibshirani 1993, chapter 14: variance 171.5, a = 0.061; z0 = 0.146, from 2,000 resamples (+- 0.028)."""
    patterns = patterns_of(powers(SPATIAL))
    values = of_resamples(patterns, variance, n_resamples=20_000, seed=1)
    left_out = variance(patterns.total - patterns.sums)
    assert variance(patterns.total) == pytest.approx(171.5, abs=0.05)
    assert acceleration_of(left_out, patterns.times) == pytest.approx(0.061, abs=5e-4)
    assert bias_correction(values, float(variance(patterns.total))) == pytest.approx(0.146, abs=0.056)


def test_an_interval_of_grouped_patients_is_that_of_patients_one_by_one():
    """Multiplicity counts in the jackknife: each of 40 alike is left out once."""
    patients = tables(200)
    values = of_resamples(patterns_of(patients), categorical.cohen_kappa, n_resamples=500, seed=1)
    estimate = float(categorical.cohen_kappa(patients.sum(axis=0)))
    one_by_one = categorical.cohen_kappa(patients.sum(axis=0) - patients)
    grouped = of_kappa(patients, interval=Interval.BCA, n_resamples=500, seed=1)
    assert (grouped.low, grouped.high) == pytest.approx(
        bca_bounds(values, estimate, one_by_one, np.ones(200, dtype=int)), abs=1e-12
    )


def test_a_statistic_that_hangs_on_one_patient_has_no_bca():
    with pytest.raises(NoBCa):
        bca_bounds(np.array([0.1, 0.2, 0.3]), 0.2, np.array([0.2, np.nan]), np.array([2, 1]))


def test_an_estimate_outside_its_resamples_has_no_bca():
    with pytest.raises(NoBCa):
        bca_bounds(np.array([0.1, 0.2, 0.3]), 0.9, np.array([0.2, 0.25]), np.array([2, 1]))


def test_where_bca_cannot_be_had_the_percentile_interval_is_given_and_says_so():
    """How far a mean is from the one observed is 0 as observed, and more in every resample."""
    values = powers(np.sqrt(SPATIAL))

    def distance(sums: Array) -> Array:
        return np.abs(mean(sums) - mean(values.sum(axis=0)))

    bca, percentile = (
        bootstrap_intervals(values, {"t": distance}, interval=interval)["t"] for interval in reversed(Interval)
    )
    assert (bca.low, bca.high, bca.interval) == (percentile.low, percentile.high, Interval.PERCENTILE)
    assert bca.sentence == "Percentile interval: BCa's corrections have no value."


# --- what cannot be had


def rare(n_positive: int, n_patients: int = 30) -> Array:
    """One grade a patient; on the first few both readers say 1, on all others both say 0."""
    patients = np.zeros((n_patients, 2, 2))
    patients[:n_positive, 1, 1] = 1
    patients[n_positive:, 0, 0] = 1
    patients[-1] = [[0, 1], [0, 0]]
    return patients


def test_undefined_resamples_are_counted_and_told():
    """Positive agreement is undefined where nobody was positive: that is (26 / 30) ^ 30 of the resamples."""
    answer = bootstrap_intervals(rare(3), {"ppos": categorical.positive_agreement})["ppos"]
    assert answer.n_undefined / 2_000 == pytest.approx((26 / 30) ** 30, abs=0.01)
    assert answer.sentence == f"{answer.n_undefined} of 2,000 resamples left out: the statistic is undefined in them."
    assert answer.low is not None


def test_too_many_undefined_resamples_leave_no_interval():
    answer = bootstrap_intervals(rare(1), {"ppos": categorical.positive_agreement})["ppos"]
    assert answer.n_undefined / 2_000 == pytest.approx((28 / 30) ** 30, abs=0.03)
    assert (answer.low, answer.high) == (None, None)
    assert answer.sentence == (
        f"No interval: the statistic is undefined in {answer.n_undefined} of 2,000 resamples, more than 5%."
    )


def test_a_statistic_that_never_varies_has_no_interval():
    answer = of_kappa(np.array([[[1.0, 0], [0, 0]], [[0, 0], [0, 1.0]]] * 20))
    assert (answer.estimate, answer.low) == (1.0, None)
    assert answer.sentence == "No interval: every resample gives the same value."


def test_a_statistic_that_is_undefined_has_neither_estimate_nor_interval():
    answer = of_kappa(np.array([[[1.0, 0], [0, 0]]] * 20))
    assert (answer.estimate, answer.low, answer.n_undefined) == (None, None, 2_000)
    assert answer.sentence == "No interval: the statistic itself is undefined."


def test_few_patients_are_said_to_make_the_interval_too_narrow():
    assert of_kappa(tables(19)).sentence == "Only 19 patients: such an interval tends to be too narrow."
    assert of_kappa(tables(20)).sentence == ""


@pytest.mark.parametrize("n_patients", [0, 1, 2])
def test_fewer_than_three_patients_have_no_interval(n_patients: int):
    answer = of_kappa(np.array([[[3.0, 1], [1, 5]], [[7, 0], [1, 2]]])[:n_patients].reshape(-1, 2, 2))
    assert (answer.low, answer.n_patients) == (None, n_patients)
    assert "at least 3 are needed" in answer.sentence


# --- answers


def pooled(n_excluded: int = 0) -> tuple[Agreement, Array]:
    patients = tables()
    return cohen_kappa(CrossTable.of(patients.sum(axis=0).astype(int), n_excluded=n_excluded)), patients


def test_an_answer_takes_the_interval_of_resampled_patients():
    point, patients = pooled()
    by_patients = of_kappa(patients)
    answer = bootstrapped(point, by_patients)
    assert (answer.low, answer.high) == (by_patients.low, by_patients.high)
    assert (answer.estimate, answer.n, answer.status) == (point.estimate, point.n, Status.OK)


def test_the_method_tells_resamples_patients_and_seed_and_no_longer_the_old_interval():
    point, patients = pooled()
    answer = bootstrapped(point, of_kappa(patients))
    assert answer.method.startswith("Cohen's kappa, agreement weights 1 on the diagonal")
    assert "percentile 95 % interval of 2,000 bootstrap resamples of 60 patients" in answer.method
    assert "seed 1979" in answer.method
    assert "Fleiss-Cohen-Everitt" not in answer.method


def test_the_counts_tell_patients_resamples_and_undefined_ones():
    point, patients = pooled()
    answer = bootstrapped(point, of_kappa(patients, n_resamples=500))
    assert answer.counts["equal"] == point.counts["equal"]
    assert (answer.counts["patients"], answer.counts["resamples"], answer.counts["undefined"]) == (60, 500, 0)


def test_pairs_that_were_left_out_stay_told():
    point, patients = pooled(n_excluded=2)
    assert bootstrapped(point, of_kappa(patients)).sentence == "2 pairs left out: not assessable by a reader."


def test_a_clipped_interval_is_no_longer_spoken_of():
    patients = np.array([[[1.0, 0], [0, 0]]] * 15 + [[[0, 0], [0, 1.0]]] * 9 + [[[0, 1.0], [0, 0]]])
    point = cohen_kappa(CrossTable.of(patients.sum(axis=0).astype(int), n_excluded=1))
    assert "Clipped" in point.sentence
    assert bootstrapped(point, of_kappa(patients)).sentence == "1 pair left out: not assessable by a reader."


def test_an_answer_without_estimate_stays_as_it_is():
    point = cohen_kappa(CrossTable.of([[20, 0], [0, 0]]))
    assert bootstrapped(point, of_kappa(np.array([[[1.0, 0], [0, 0]]] * 20))) == point


def test_a_reader_with_one_grade_keeps_the_reason():
    patients = np.array([[[1.0, 0], [0, 0]], [[0, 0], [1.0, 0]]] * 10)
    point = cohen_kappa(CrossTable.of([[10, 0], [10, 0]]))
    answer = bootstrapped(point, of_kappa(patients))
    assert (answer.status, answer.estimate, answer.low) == (Status.ONE_READER_CONSTANT, 0.0, None)
    assert answer.sentence == point.sentence


def test_an_interval_that_resampling_cannot_find_is_gone():
    point = percent_agreement(CrossTable.of([[20, 0], [0, 10]]))
    patients = np.array([[[2.0, 0], [0, 1]]] * 10)
    answer = bootstrapped(point, bootstrap_intervals(patients, {"po": categorical.percent})["po"])
    assert point.low is not None
    assert (answer.estimate, answer.low, answer.status) == (1.0, None, Status.NOT_ESTIMABLE)
    assert answer.sentence == "No interval: every resample gives the same value."


def test_a_constant_offset_has_an_interval_of_absolute_agreement_at_last():
    values = [[x, x + 2] for x in (1, 4, 9, 3, 7, 2, 8, 5)]
    point = intraclass_correlation(values, model=Model.TWO_WAY_RANDOM)
    per_patient = moments.terms_of(*np.array(values, dtype=float).T)
    by_patients = bootstrap_intervals(per_patient, {"icc": partial(moments.icc, model=Model.TWO_WAY_RANDOM)})["icc"]
    answer = bootstrapped(point, by_patients)
    assert (point.low, answer.status) == (None, Status.OK)
    assert answer.low is not None


def test_it_refuses_the_interval_of_another_statistic():
    point, patients = pooled()
    with pytest.raises(ValueError, match="is not the"):
        bootstrapped(point, bootstrap_intervals(patients, {"po": categorical.percent})["po"])


# --- the synthetic cohort: 40 patients, 19 sites, two readers


@pytest.fixture(scope="module")
def cohort() -> Tables:
    """Bone marrow oedema yes or no, at every site of every patient."""
    with COHORT.open() as lines:
        rows = [row for row in csv.DictReader(lines) if not row["item"].startswith("DG")]
    readers = [[int(int(row["value"]) > 0) for row in rows if row["rater"] == reader] for reader in ("R1", "R2")]
    first, second = (np.array(reader).reshape(40, 19) for reader in readers)
    return tables_of(first, second, 2)


def test_the_pooled_kappa_of_the_cohort_and_its_naive_error(cohort: Tables):
    table = cohort.of_items.sum(axis=0)
    assert categorical.cohen_kappa(table) == pytest.approx(0.6387, abs=5e-5)
    assert categorical.kappa_se(table) == pytest.approx(0.0490, abs=5e-5)


def test_the_error_of_the_cohort_when_one_patient_at_a_time_is_left_out(cohort: Tables):
    left_out = categorical.cohen_kappa(cohort.of_cases.sum(axis=0) - cohort.of_cases)
    assert np.sqrt(39 * left_out.var()) == pytest.approx(0.0541, abs=5e-5)


@pytest.mark.parametrize("interval", Interval)
def test_the_interval_of_the_cohort(cohort: Tables, interval: Interval):
    answer = of_kappa(cohort.of_cases.astype(float), interval=interval)
    assert (answer.low, answer.high) == pytest.approx((0.53, 0.74), abs=0.015)
    assert (answer.n_patients, answer.n_undefined) == (40, 0)


def test_the_clustered_interval_of_the_cohort_is_wider_than_that_of_760_sites(cohort: Tables):
    one_by_one = np.repeat(np.eye(4), cohort.of_items.sum(axis=0).ravel(), axis=0).reshape(-1, 2, 2)
    clustered, sites = of_kappa(cohort.of_cases.astype(float)), of_kappa(one_by_one)
    assert sites.n_patients == 760
    assert width(clustered) > width(sites)


def width(answer: Bootstrap) -> float:
    assert answer.low is not None
    assert answer.high is not None
    return answer.high - answer.low
