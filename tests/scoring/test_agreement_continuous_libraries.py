"""Numbers about values against other people's programs, wherever they define the same thing, to the last digits."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from scoring.agreement import (
    Unit,
    Weights,
    adjudication_rate,
    bland_altman,
    cohen_kappa,
    concordance_correlation,
    cross_table,
    moments,
)
from scoring.agreement.shrout_fleiss import Model

weightstats = pytest.importorskip("statsmodels.stats.weightstats", reason="statsmodels is in requirements-dev.txt")
linear = pytest.importorskip("statsmodels.regression.linear_model", reason="statsmodels is in requirements-dev.txt")
proportion = pytest.importorskip("statsmodels.stats.proportion", reason="statsmodels is in requirements-dev.txt")
inter_rater = pytest.importorskip("statsmodels.stats.inter_rater", reason="statsmodels is in requirements-dev.txt")
pingouin = pytest.importorskip("pingouin", reason="pingouin is in requirements-dev.txt")
pandas = pytest.importorskip("pandas", reason="pandas comes with pingouin")

PINGOUIN = {Model.ONE_WAY: "ICC(1,{})", Model.TWO_WAY_RANDOM: "ICC(A,{})", Model.TWO_WAY_MIXED: "ICC(C,{})"}
SEEDS = range(5)


def values(seed: int, n: int = 30) -> npt.NDArray[np.float64]:
    """Two readers, one of whom scores higher and wider; neither whole numbers nor near 0."""
    random = np.random.default_rng(seed)
    severity = random.gamma(1.0, 6.0, size=n)
    return 40 + np.column_stack([severity, 1.1 * severity + 0.7]) + random.normal(0, 2, size=(n, 2))


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # pingouin's own business with pandas
@pytest.mark.parametrize("seed", SEEDS)
def test_the_six_correlations_are_those_of_pingouin(seed: int):
    pairs = values(seed)
    cells = [(case, reader, value) for (case, reader), value in np.ndenumerate(pairs)]
    frame = pandas.DataFrame(cells, columns=["case", "reader", "value"])
    table = pingouin.intraclass_corr(data=frame, targets="case", raters="reader", ratings="value").set_index("Type")
    for model in Model:
        for unit in Unit:
            ours = float(moments.icc(moments.sums_of(*pairs.T), model, unit))
            assert ours == pytest.approx(table.loc[PINGOUIN[model].format(unit), "ICC"], abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_bias_and_its_interval_are_those_of_statsmodels(seed: int):
    first, second = values(seed).T
    theirs, ours = weightstats.DescrStatsW(first - second), bland_altman(values(seed)).bias
    assert ours.estimate == pytest.approx(theirs.mean, abs=1e-12)
    assert (ours.low, ours.high) == pytest.approx(theirs.tconfint_mean(), abs=1e-12)
    assert moments.sd_difference(moments.sums_of(first, second)) == pytest.approx(
        theirs.std * np.sqrt(30 / 29), abs=1e-12
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_slope_its_interval_and_p_are_those_of_statsmodels(seed: int):
    first, second = values(seed).T
    means = (first + second) / 2
    design = np.column_stack([np.ones(30), means - means.mean()])
    theirs, ours = linear.OLS(first - second, design).fit(), bland_altman(values(seed))
    assert ours.slope.estimate == pytest.approx(theirs.params[1], abs=1e-12)
    assert (ours.slope.low, ours.slope.high) == pytest.approx(tuple(theirs.conf_int()[1]), abs=1e-12)
    assert ours.slope_p == pytest.approx(theirs.pvalues[1], abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_concordance_of_grades_is_their_quadratic_kappa(seed: int):
    random = np.random.default_rng(seed)
    first = random.integers(0, 4, size=40)
    second = np.clip(first + random.integers(-1, 2, size=40), 0, 3)
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    table = cross_table(pairs, n_grades=4)
    theirs = inter_rater.cohens_kappa(table.counts, wt="quadratic", return_results=False)
    assert concordance_correlation(pairs).estimate == pytest.approx(theirs, abs=1e-12)
    assert cohen_kappa(table, weights=Weights.QUADRATIC).estimate == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(("events", "n"), [(0, 12), (1, 29), (14, 40), (40, 40)])
def test_the_interval_of_a_rate_is_that_of_statsmodels(events: int, n: int):
    theirs: Any = proportion.proportion_confint(events, n, method="wilson")
    ours = adjudication_rate(events, n)
    assert (ours.low, ours.high) == pytest.approx(tuple(map(float, theirs)), abs=1e-12)
