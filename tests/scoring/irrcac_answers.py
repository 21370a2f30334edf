"""What the package irrCAC answers, written down: it pins scipy 1.12 and cannot be installed beside Dens.

In an environment of its own, with `pip install irrCAC==0.4.4`:
python tests/scoring/irrcac_answers.py > tests/scoring/irrcac_answers.json
"""

import json
import math
from typing import Any

import numpy as np
import pandas as pd
from irrCAC.raw import CAC as Raw
from irrCAC.table import CAC as Table

DIGITS = 15
DERMATOLOGISTS = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
MATRIX_C = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def number(value: Any) -> float | None:
    """Numbers come as floats or as arrays of one element; NaN is no JSON."""
    plain = float(np.ravel(value)[0])
    return plain if math.isfinite(plain) else None


def est(answer: dict[str, Any]) -> dict[str, Any]:
    found = answer["est"]
    low, high = found["confidence_interval"]
    names = {"estimate": found["coefficient_value"], "se": found["se"], "low": low, "high": high}
    return {name: number(value) for name, value in names.items()}


def of_table(counts: Any, weights: str) -> dict[str, Any]:
    table = Table(pd.DataFrame(np.array(counts)), weights=weights, digits=DIGITS)
    return {name: est(getattr(table, name)()) for name in ("bp", "cohen", "gwet", "scott", "krippendorff")}


def of_ratings(ratings: Any, statistic: str, weights: str = "identity") -> dict[str, Any] | str:
    frame = pd.DataFrame(ratings)
    try:
        return est(getattr(Raw(frame, weights=weights, digits=DIGITS), statistic)())
    except ZeroDivisionError as error:
        return type(error).__name__


def random_tables() -> list[list[list[int]]]:
    random = np.random.default_rng(20)
    sizes = (2, 2, 3, 3, 4, 4, 4, 5)
    return [(random.integers(0, 9, (q, q)) + 6 * np.eye(q, dtype=int)).tolist() for q in sizes]


def random_ratings() -> list[list[list[int]]]:
    random = np.random.default_rng(21)
    truth = random.integers(0, 4, (4, 25, 1))
    read = np.where(random.random((4, 25, 4)) < 0.6, truth, random.integers(0, 4, (4, 25, 4)))
    return read.tolist()


def one_a_line(found: Any) -> str:
    if isinstance(found, dict):
        return json.dumps(found)
    return "[\n" + ",\n".join(json.dumps(one) for one in found) + "\n]"


def main() -> None:
    all_equal, one_constant = [[0, 0]] * 10, [[0, 0]] * 9 + [[0, 1]]
    matrix_c = np.array(MATRIX_C, dtype=float).T
    with np.errstate(all="ignore"):
        facts = {
            "tables": [
                {"counts": counts, **{w: of_table(counts, w) for w in ("identity", "linear", "quadratic")}}
                for counts in random_tables()
            ],
            "ratings": [{"ratings": ratings, "fleiss": of_ratings(ratings, "fleiss")} for ratings in random_ratings()],
            "dermatologists": of_table(DERMATOLOGISTS, "identity"),
            "matrix C": {
                "alpha": {
                    w: of_ratings(matrix_c, "krippendorff", w)
                    for w in ("identity", "ordinal", "linear", "quadratic", "ratio")
                },
            },
            "all equal": {
                "table": of_table([[10, 0], [0, 0]], "identity"),
                "raw alpha": of_ratings(all_equal, "krippendorff"),
                "raw fleiss": of_ratings(all_equal, "fleiss"),
            },
            "one reader constant": {
                "table": of_table([[9, 1], [0, 0]], "identity"),
                "raw fleiss": of_ratings(one_constant, "fleiss"),
            },
        }
    print("{\n" + ",\n".join(f"{json.dumps(name)}: {one_a_line(found)}" for name, found in facts.items()) + "\n}")


if __name__ == "__main__":
    main()
