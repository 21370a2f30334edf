"""Nothing that can be seen of the second part of an order tells a hidden repeat from a first reading (BL-15)."""

from itertools import groupby

import numpy as np
import pytest
from scipy.stats import rankdata
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from scoring.plan import CaseIn, Inputs, ReaderIn, Rules, plan

FEATURES = (
    "place", "place from the end", "distance from the middle", "odd place", "same centre as before",
    "same centre as next", "same stratum as before", "same stratum as next", "stratum", "centre", "order of codes",
)  # fmt: skip


@pytest.fixture(scope="module")
def seen() -> tuple[np.ndarray, np.ndarray]:
    """Features of all readings in second parts, (n, features), and whether each is a repeat: 2,000 repeats and more."""
    rows: list[list[float]] = []
    repeats: list[bool] = []
    seed = 0
    while sum(repeats) < 2000:
        given = inputs(subject_gap=(0, 4)[seed % 2])
        allotted = [row for row in plan(given, seed=str(seed)) if row.part == 2]
        for _, own in groupby(allotted, key=lambda row: row.reader):
            part = list(own)
            rows += features(given, [row.case for row in part])
            repeats += [row.repeat for row in part]
        seed += 1
    return np.array(rows, dtype=float), np.array(repeats)


def inputs(*, subject_gap: int) -> Inputs:
    """120 cases of 60 subjects in three strata, from three centres with a reader of their own each, and two others."""
    cases = tuple(
        CaseIn(f"case{n:03}", f"stratum{n % 3}", f"subject{n // 2}", (f"reader{n % 7 % 3}",)) for n in range(120)
    )
    readers = tuple(ReaderIn(f"reader{n}") for n in range(5))
    return Inputs(cases, readers, rules=Rules(subject_gap=subject_gap, repeat_percent=15, repeat_gap=8))


def features(given: Inputs, codes: list[str]) -> list[list[float]]:
    cases = {case.code: (int(case.stratum[-1]), int(case.barred[0][-1])) for case in given.cases}
    looks = [cases[code] for code in codes]
    rows = []
    for at, (stratum, centre) in enumerate(looks):
        before = looks[at - 1] if at else (-1, -1)
        after = looks[at + 1] if at + 1 < len(looks) else (-1, -1)
        place = at / len(looks)
        rows.append(
            [
                *(place, len(looks) - at, abs(place - 0.5), at % 2),
                *(centre == before[1], centre == after[1], stratum == before[0], stratum == after[0]),
                *(stratum, centre, int(codes[at][4:])),
            ]
        )
    return rows


def auc(scores: np.ndarray, repeats: np.ndarray) -> float:
    """How often a repeat scores higher than a first reading, or lower: 0.5 is chance."""
    n = repeats.sum()
    wins = (rankdata(scores)[repeats].sum() - n * (n + 1) / 2) / (n * (~repeats).sum())
    return max(wins, 1 - wins)


@pytest.mark.parametrize("feature", range(len(FEATURES)), ids=FEATURES)
def test_no_single_feature_gives_a_repeat_away(seen, feature):
    rows, repeats = seen
    assert auc(rows[:, feature], repeats) <= 0.55


@pytest.mark.parametrize("model", [LogisticRegression(), DecisionTreeClassifier(max_depth=4, random_state=0)], ids=str)
def test_no_model_of_all_features_gives_a_repeat_away(seen, model):
    rows, repeats = seen
    scores = cross_val_predict(model, StandardScaler().fit_transform(rows), repeats, cv=5, method="predict_proba")
    assert auc(scores[:, 1], repeats) <= 0.55


def test_the_measure_finds_what_is_there(seen):
    """Had the repeats come last, the first feature alone would give them away."""
    rows, repeats = seen
    assert auc(rows[:, 0] + repeats, repeats) > 0.95
