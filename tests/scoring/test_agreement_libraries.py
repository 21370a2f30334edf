"""Other people's implementations: equal to ours where they define the same, and the documented differences.

irrCAC cannot be installed beside Dens; irrcac_answers.py wrote down what it says.
"""

import json
import warnings
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_fleiss
from statsmodels.stats.proportion import proportion_confint

from scoring.agreement import (
    CrossTable,
    Metric,
    Status,
    Weights,
    bowker,
    brennan_prediger,
    categorical,
    cohen_kappa,
    cross_table,
    fleiss_kappa,
    fleiss_kappa_of_counts,
    gwet_ac,
    krippendorff_alpha,
    krippendorff_alpha_of_table,
    mcnemar,
    scott_pi,
    stuart_maxwell,
    wilson_interval,
)
from scoring.agreement.kappa import kappa_and_se
from scoring.agreement.weights import agreement_weights

IRRCAC: dict[str, Any] = json.loads((Path(__file__).parent / "irrcac_answers.json").read_text())
IDENTITY = {Weights.UNWEIGHTED: "identity", Weights.LINEAR: "linear", Weights.QUADRATIC: "quadratic"}
SEEDS = range(40)
CLOSE = 1e-12
T_POINT = 1e-9  # how far two releases of scipy are apart in the 97.5 % point of t

# SAS/STAT PROC FREQ documentation: skin condition terrible, poor, marginal, clear, by two dermatologists.
DERMATOLOGISTS = CrossTable.of([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]])
# Krippendorff 2011, example C: one row an observer.
MATRIX_C = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
UNITS_C = list(zip(*MATRIX_C, strict=True))
CONSTANT = cross_table([(0, 0)] * 9 + [(0, 1)], n_grades=2)
ALL_EQUAL = cross_table([(0, 0)] * 10, n_grades=2)


def random_table(seed: int) -> CrossTable:
    """Two to five grades, every one used by both readers."""
    random = np.random.default_rng(seed)
    q = int(random.integers(2, 6))
    return CrossTable.of(random.integers(0, 7, size=(q, q)) + np.eye(q, dtype=np.int64) * random.integers(1, 9))


def pairs_of(table: CrossTable) -> list[tuple[int, int]]:
    q = table.n_grades
    return [(i, j) for i in range(q) for j in range(q) for _ in range(table.counts[i, j])]


def random_units(seed: int) -> np.ndarray:
    """Thirty units, four observers who often agree, a fifth of the values missing."""
    random = np.random.default_rng(seed)
    truth = random.integers(1, 5, size=(30, 1))
    values = np.where(random.random((30, 4)) < 0.6, truth, random.integers(1, 5, size=(30, 4))).astype(float)
    values[random.random((30, 4)) < 0.2] = np.nan
    return values


# --- kappa ---


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("weights", Weights)
def test_kappa_and_its_interval_are_those_of_statsmodels(weights: Weights, seed: int):
    table = random_table(seed)
    kind = {Weights.UNWEIGHTED: None, Weights.LINEAR: "linear", Weights.QUADRATIC: "quadratic"}[weights]
    theirs = cohens_kappa(table.counts, wt=kind)
    kappa, se = kappa_and_se(table, agreement_weights(weights, table.n_grades))
    assert (kappa, se) == pytest.approx((theirs.kappa, theirs.std_kappa), abs=CLOSE)
    ours = cohen_kappa(table, weights=weights)
    expected = (max(theirs.kappa_low, -1), min(theirs.kappa_upp, 1))  # ours are clipped, and say so
    assert (ours.low, ours.high) == pytest.approx(expected, abs=CLOSE)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("weights", Weights)
def test_kappa_is_that_of_scikit_learn(weights: Weights, seed: int):
    table = random_table(seed)
    first, second = zip(*pairs_of(table), strict=True)
    kind = None if weights is Weights.UNWEIGHTED else weights.value
    theirs = cohen_kappa_score(first, second, labels=range(table.n_grades), weights=kind)
    assert cohen_kappa(table, weights=weights).estimate == pytest.approx(theirs, abs=CLOSE)


def test_scikit_learn_takes_the_grades_from_the_data_unless_told():
    """Grades 0, 1 and 3 become 0, 1 and 2 and move together: q comes from the instrument."""
    pairs = [(0, 0), (0, 1), (1, 1), (1, 3), (3, 3), (3, 0), (0, 0)]
    first, second = zip(*pairs, strict=True)
    ours = cohen_kappa(cross_table(pairs, n_grades=4), weights=Weights.LINEAR).estimate
    assert cohen_kappa_score(first, second, weights="linear") != pytest.approx(ours, abs=1e-3)
    assert cohen_kappa_score(first, second, weights="linear", labels=range(4)) == pytest.approx(ours, abs=CLOSE)


def test_irrcac_puts_t_where_statsmodels_and_sas_put_z():
    """The dermatologists of SAS, which prints 0.2030 to 0.4868: n - 1 degrees of freedom widen it."""
    ours, theirs = cohen_kappa(DERMATOLOGISTS), IRRCAC["dermatologists"]["cohen"]
    assert ours.estimate == pytest.approx(theirs["estimate"], abs=CLOSE)
    assert (theirs["low"], theirs["high"]) == pytest.approx((0.2010, 0.4888), abs=5.1e-5)
    assert (ours.low, ours.high) == pytest.approx((0.2030, 0.4868), abs=5.1e-5)


# --- the table coefficients of irrCAC ---


@pytest.mark.parametrize("weights", Weights)
@pytest.mark.parametrize("at", range(len(IRRCAC["tables"])))
def test_coefficients_and_standard_errors_are_those_of_irrcac(at: int, weights: Weights):
    counts = np.array(IRRCAC["tables"][at]["counts"])
    theirs = IRRCAC["tables"][at][IDENTITY[weights]]
    matrix = agreement_weights(weights, len(counts))
    for name, estimate, se in [
        ("cohen", categorical.cohen_kappa, categorical.kappa_se),
        ("scott", categorical.scott_pi, categorical.scott_se),
        ("gwet", categorical.gwet_ac, categorical.gwet_se),
        ("bp", categorical.brennan_prediger, categorical.brennan_prediger_se),
    ]:
        assert estimate(counts, matrix) == pytest.approx(theirs[name]["estimate"], abs=CLOSE), name
        assert se(counts, matrix) == pytest.approx(theirs[name]["se"], abs=CLOSE), name


@pytest.mark.parametrize("weights", Weights)
@pytest.mark.parametrize("at", range(len(IRRCAC["tables"])))
def test_gwets_interval_is_that_of_irrcac(at: int, weights: Weights):
    theirs = IRRCAC["tables"][at][IDENTITY[weights]]["gwet"]
    ours = gwet_ac(CrossTable.of(IRRCAC["tables"][at]["counts"]), weights=weights)
    assert (ours.low, ours.high) == pytest.approx((theirs["low"], theirs["high"]), abs=T_POINT)


@pytest.mark.parametrize("at", range(len(IRRCAC["tables"])))
@pytest.mark.parametrize(("metric", "weights"), [(Metric.NOMINAL, "identity"), (Metric.INTERVAL, "quadratic")])
def test_alpha_of_a_table_is_that_of_irrcac(metric: Metric, weights: str, at: int):
    theirs = IRRCAC["tables"][at][weights]["krippendorff"]["estimate"]
    ours = krippendorff_alpha_of_table(CrossTable.of(IRRCAC["tables"][at]["counts"]), metric=metric)
    assert ours.estimate == pytest.approx(theirs, abs=CLOSE)


# --- many readers ---


@pytest.mark.parametrize("metric", Metric)
@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_is_that_of_the_package_krippendorff(seed: int, metric: Metric):
    units = random_units(seed)
    theirs = krippendorff.alpha(reliability_data=units.T, level_of_measurement=metric.value)
    assert krippendorff_alpha(units, metric=metric).estimate == pytest.approx(theirs, abs=CLOSE)


@pytest.mark.parametrize(
    ("metric", "weights"), [(Metric.NOMINAL, "identity"), (Metric.INTERVAL, "quadratic"), (Metric.RATIO, "ratio")]
)
def test_alpha_of_matrix_c_is_that_of_irrcac(metric: Metric, weights: str):
    theirs = IRRCAC["matrix C"]["alpha"][weights]["estimate"]
    assert krippendorff_alpha(UNITS_C, metric=metric).estimate == pytest.approx(theirs, abs=CLOSE)


def test_ordinal_weights_and_linear_ones_are_not_the_ordinal_metric():
    """irrCAC's ordinal weights count grades between two; Krippendorff's metric counts the values that were given."""
    theirs = IRRCAC["matrix C"]["alpha"]
    ours = krippendorff_alpha(UNITS_C, metric=Metric.ORDINAL).estimate
    three = (ours, theirs["ordinal"]["estimate"], theirs["linear"]["estimate"])
    assert three == pytest.approx((0.8154, 0.8336, 0.8004), abs=5.1e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_fleiss_kappa_is_that_of_statsmodels(seed: int):
    random = np.random.default_rng(seed)
    counts = random.multinomial(5, [0.5, 0.3, 0.15, 0.05], size=20)
    assert fleiss_kappa_of_counts(counts).estimate == pytest.approx(statsmodels_fleiss(counts), abs=CLOSE)


@pytest.mark.parametrize("at", range(len(IRRCAC["ratings"])))
def test_fleiss_kappa_and_its_interval_are_those_of_irrcac(at: int):
    theirs = IRRCAC["ratings"][at]["fleiss"]
    ours = fleiss_kappa(IRRCAC["ratings"][at]["ratings"], n_grades=4)
    assert ours.estimate == pytest.approx(theirs["estimate"], abs=CLOSE)
    assert (ours.low, ours.high) == pytest.approx((theirs["low"], theirs["high"]), abs=T_POINT)


# --- tests of marginals, and Wilson ---


@pytest.mark.parametrize("seed", SEEDS)
def test_stuart_maxwell_is_that_of_statsmodels(seed: int):
    table = random_table(seed)
    theirs = SquareTable(table.counts.astype(float), shift_zeros=False).homogeneity()
    ours = stuart_maxwell(table)
    assert (ours.statistic, ours.df) == (pytest.approx(theirs.statistic, abs=1e-10), theirs.df)
    assert ours.p == pytest.approx(theirs.pvalue, abs=CLOSE)


@pytest.mark.parametrize("seed", SEEDS)
def test_bowker_is_that_of_statsmodels_where_all_pairs_of_grades_met(seed: int):
    table = CrossTable.of(random_table(seed).counts + 1)
    theirs = SquareTable(table.counts.astype(float), shift_zeros=False).symmetry()
    ours = bowker(table)
    assert (ours.statistic, ours.df) == (pytest.approx(theirs.statistic, abs=CLOSE), theirs.df)
    assert ours.p == pytest.approx(theirs.pvalue, abs=CLOSE)


def test_statsmodels_counts_pairs_of_grades_that_never_met():
    """The same statistic with 6 degrees of freedom instead of 5: given that they never met, they could not differ."""
    theirs = SquareTable(DERMATOLOGISTS.counts.astype(float), shift_zeros=False).symmetry()
    ours = bowker(DERMATOLOGISTS)
    assert ours.statistic == pytest.approx(theirs.statistic, abs=CLOSE)
    assert (ours.df, theirs.df) == (5, 6)
    assert (ours.p, theirs.pvalue) == pytest.approx((0.4752, 0.6046), abs=5.1e-5)


@pytest.mark.parametrize("counts", [[[9, 3], [8, 9]], [[9, 12], [12, 9]], [[9, 24], [0, 9]], [[90, 30], [14, 50]]])
def test_mcnemar_is_that_of_statsmodels(counts: list[list[int]]):
    is_exact = counts[0][1] + counts[1][0] < 25
    theirs = statsmodels_mcnemar(counts, exact=is_exact, correction=False)
    ours = mcnemar(CrossTable.of(counts))
    assert (ours.statistic, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue), abs=CLOSE)


@pytest.mark.parametrize(("successes", "n"), [(0, 20), (1, 29), (15, 148), (81, 263), (40, 40)])
def test_wilson_is_that_of_statsmodels(successes: int, n: int):
    theirs = proportion_confint(successes, n, method="wilson")
    assert wilson_interval(successes, n) == pytest.approx(theirs, abs=CLOSE)


# --- where there is nothing to estimate ---


def test_all_ratings_equal_is_nan_an_error_or_1_elsewhere_and_a_sentence_here():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert np.isnan(cohen_kappa_score([0] * 10, [0] * 10, labels=[0, 1]))
        assert np.isnan(cohens_kappa(ALL_EQUAL.counts).kappa)
    with pytest.raises(ValueError, match="one value in the domain"):
        krippendorff.alpha(reliability_data=[[0] * 10, [0] * 10])
    theirs = IRRCAC["all equal"]
    assert {theirs["table"][name]["estimate"] for name in ("cohen", "scott", "krippendorff")} == {None}  # NaN
    assert (theirs["raw alpha"]["estimate"], theirs["raw fleiss"]) == (1.0, "ZeroDivisionError")
    for answer in (
        cohen_kappa(ALL_EQUAL),
        scott_pi(ALL_EQUAL),
        krippendorff_alpha_of_table(ALL_EQUAL),
        fleiss_kappa([[0, 0]] * 10, n_grades=2),
    ):
        assert (answer.estimate, answer.status) == (None, Status.NO_VARIATION)


def test_all_ratings_equal_is_1_for_gwet_and_brennan_prediger_everywhere():
    theirs = IRRCAC["all equal"]["table"]
    assert (theirs["gwet"]["estimate"], theirs["bp"]["estimate"]) == (1.0, 1.0)
    assert (gwet_ac(ALL_EQUAL).estimate, brennan_prediger(ALL_EQUAL).estimate) == (1.0, 1.0)


def test_a_constant_reader_has_a_kappa_of_0_everywhere():
    first, second = zip(*pairs_of(CONSTANT), strict=True)
    assert cohen_kappa_score(first, second) == 0
    assert IRRCAC["one reader constant"]["table"]["cohen"]["estimate"] == 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = cohens_kappa(CONSTANT.counts)
    assert theirs.kappa == 0
    assert not theirs.std_kappa > 1e-7  # NaN, or what rounding leaves of 0
    assert cohen_kappa(CONSTANT).estimate == 0
    assert cohen_kappa(CONSTANT).low is None


def test_irrcacs_fleiss_kappa_of_a_constant_reader_is_scotts_pi_and_not_0():
    """A shared distribution of grades is a different idea of chance than one for each reader."""
    theirs = IRRCAC["one reader constant"]["raw fleiss"]["estimate"]
    assert theirs == pytest.approx(-0.0526, abs=5.1e-5)
    assert scott_pi(CONSTANT).estimate == pytest.approx(theirs, abs=CLOSE)
    assert fleiss_kappa(pairs_of(CONSTANT), n_grades=2).estimate == pytest.approx(theirs, abs=CLOSE)
