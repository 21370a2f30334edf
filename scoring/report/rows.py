"""A report as tables: what its CSV files hold."""

from collections.abc import Callable, Iterator
from typing import Any

from scoring.tabular import Row

COLUMNS = (
    "about", "code", "label", "statistic", "estimate", "low", "high", "n", "n_excluded", "status", "note", "caution",
    "method",
)  # fmt: skip
BEYOND_CHANCE = ("kappa", "kappa_quadratic", "alpha", "ac", "pabak")
Content = dict[str, Any]


def site_rows(content: Content) -> Iterator[Row]:
    for about in ("items", "regions", "presence"):
        for row in content[about]:
            yield from statistic_rows(about, row["code"], row["label"], row["statistics"], caution=row["caution"])


def total_rows(content: Content) -> Iterator[Row]:
    for about in ("sums", "subtotals"):
        for row in content[about]:
            limits = row["bland_altman"] or {}
            yield from statistic_rows(about, row["code"], row["label"], row["statistics"] | limits)


def reader_rows(content: Content) -> Iterator[Row]:
    for row in content["pairs"]:
        yield from statistic_rows("pairs", "-".join(row["readers"]), " and ".join(row["readers"]), row["statistics"])
    for about in ("against_pool", "repeats"):
        for row in content[about]:
            yield from statistic_rows(about, row["reader"], row["reader"], row["statistics"])
    for row in content["drift"]:
        quarters = {f"bias in quarter {place}": one for place, one in enumerate(row["quarters"], start=1)}
        yield from statistic_rows("drift", row["reader"], row["reader"], {"slope": row["slope"], **quarters})


def statistic_rows(about: str, code: str, label: str, statistics: Content, *, caution: str = "") -> Iterator[Row]:
    """One row a statistic, with the sentence that belongs to it; empty where there is no number.

    caution   why those corrected for chance should not be read
    """
    for name, one in statistics.items():
        numbers = [one[key] for key in ("estimate", "low", "high", "n", "n_excluded", "status", "sentence")]
        careful = caution if name in BEYOND_CHANCE else ""
        yield dict(zip(COLUMNS, [about, code, label, name, *numbers, careful, one["method"]], strict=True))


def clinical_rows(content: Content) -> Iterator[Row]:
    """The tables of patients in one long table: what, of which group, how many, and the test."""
    clinical = content["clinical"] or {}
    for about, key in (("participants", "shares"), ("distribution", "regions")):
        for one in clinical.get(key, []):
            yield from statistic_rows(about, one["code"], one["label"], {"share": one["share"]})
    for one in clinical.get("fourfold", []):
        yield from fourfold_rows(one)
    for about in ("summary", "by_presence", "by_degeneration", "by_diagnosis"):
        for row in clinical.get(about, []):
            yield from comparison_rows(about, row)


def comparison_rows(about: str, row: Content) -> Iterator[Row]:
    for group in row["groups"]:
        for name in ("median", "q1", "q3", "mean", "sd"):
            values = [group[name], None, None, group["n"], group["n_missing"], "", group["sentence"], "", ""]
            yield dict(zip(COLUMNS, [about, row["covariate"], group["label"], name, *values], strict=True))
    if test := row["test"]:
        yield test_row(about, row["covariate"], test)


def fourfold_rows(one: Content) -> Iterator[Row]:
    """The share of the first column in each row, and the test."""
    for name, share in zip(one["rows"], one["shares"], strict=True):
        yield from statistic_rows("fourfold", one["label"], f"{one['columns'][0]} of {name}", {"share": share})
    if one["test"]:
        yield test_row("fourfold", one["label"], one["test"])


def test_row(about: str, code: str, test: Content) -> Row:
    known = [test[key] for key in ("n", "n_excluded", "status", "sentence")]
    return dict(zip(COLUMNS, [about, code, "", "p", test["p"], None, None, *known, "", test["method"]], strict=True))


def reading_rows(content: Content) -> Iterator[Row]:
    """The two values of each case behind the sums, as they were before adjudication."""
    for row in (*content["sums"], *content["subtotals"]):
        for point in row["points"]:
            for reader, value in zip(point["readers"], point["values"], strict=True):
                yield {"code": row["code"], "case": point["case"], "reader": reader, "value": value}


Rows = Callable[[Content], Iterator[Row]]
TABLES: dict[str, tuple[tuple[str, ...], Rows]] = {
    "sites.csv": (COLUMNS, site_rows),
    "totals.csv": (COLUMNS, total_rows),
    "readers.csv": (COLUMNS, reader_rows),
    "clinical.csv": (COLUMNS, clinical_rows),
    "readings.csv": (("code", "case", "reader", "value"), reading_rows),
}
