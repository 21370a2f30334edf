"""A report as a page that prints, in the order of GRRAS (Kottner 2011, J Clin Epidemiol 64:96-106)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scoring import markup
from scoring.markup import Table

Content = dict[str, Any]
Statistic = dict[str, Any]
Write = Callable[[float], str]


ALONE = (
    "Each reader worked alone, under codes of their own. No reader could see agreement, or another reader's grades or "
    "progress. Who adjudicated had read neither side."
)


@dataclass(frozen=True)
class Circumstances:
    """What a report says beside its numbers.

    rules          the charter in force, as printed.py has its sections
    computed_at    in words; "" where the page must not have a clock in it
    input_sha256   of the readings it was computed from; "" where a manifest says it
    """

    title: str
    is_synthetic: bool
    n_cases: int
    rules: Mapping[str, Sequence[str]]
    charter_version: int
    charter_sha256: str
    software: str
    computed_at: str = ""
    input_sha256: str = ""


def page(content: Content, given: Circumstances) -> str:
    """One page that needs nothing beside itself."""
    return markup.page(
        f"Reliability report: {given.title}",
        [
            *opening(given),
            *(part for one in sections(content, given) for part in markup.section(*one)),
            *(
                part
                for named, tables in results(content)
                for part in (markup.heading(named), *map(markup.table, tables))
            ),
            *markup.section("Origin of these numbers", [origin(content, given)]),
        ],
    )


def opening(given: Circumstances) -> list[str]:
    computed = f", computed {given.computed_at}" if given.computed_at else ""
    order = (
        "In the order of the Guidelines for Reporting Reliability and Agreement Studies (GRRAS); items 1, 5 and 14 are "
        "the authors' own."
    )
    told = [
        markup.heading("Reliability report", 1),
        markup.paragraph(f"{given.title}{computed}. {order}", is_quiet=True),
    ]
    return [*told, markup.paragraph("Synthetic data: no patient.")] if given.is_synthetic else told


def origin(content: Content, given: Circumstances) -> str:
    readings = f" The readings this was computed from: SHA-256 {given.input_sha256}." if given.input_sha256 else ""
    charter = f"Charter version {given.charter_version}, SHA-256 {given.charter_sha256}."
    return f"Dens {given.software}, report version {content['version']}. {charter}{readings}"


def sections(content: Content, given: Circumstances) -> list[tuple[str, Sequence[str]]]:
    """What was done, item by item."""
    rules = given.rules
    readers = {reader for pair in content["pairs"] for reader in pair["readers"]}
    return [
        ("2. Instrument", rules["Instrument"]),
        ("3 and 4. Participants and readers", [content["design"]["sentence"]]),
        ("6 and 7. Sample and allotment", rules["Allocation"]),
        ("8. Rating process", [*rules["Read design"], *rules["Order"]]),
        ("9. Independence", [ALONE]),
        ("10. Statistical analysis", content["methods"]),
        ("11. Actual numbers", [f"{given.n_cases} cases were read by two of {len(readers)} readers."]),
        ("12. Training of readers", rules["Calibration"]),
    ]


def results(content: Content) -> list[tuple[str, list[Table]]]:
    """What came out; tables without rows are left out."""
    found = [
        ("12. Characteristics of the participants", [characteristics(content)]),
        ("13. Estimates with their uncertainty", [of_sums(content), of_presence(content), of_regions(content)]),
        ("15. Detailed results", [of_items(content), of_pairs(content), of_readers(content), of_repeats(content)]),
        ("Clinical tables", clinical(content)),
    ]
    filled = [(heading, [table for table in tables if table.rows]) for heading, tables in found]
    return [(heading, tables) for heading, tables in filled if tables]


def coefficient(value: float) -> str:
    """Two decimals with a true minus, and no minus before zero."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def points(value: float) -> str:
    return f"{value:.1f}".replace("-0.0", "0.0").replace("-", "−") if value else "0.0"


def percentage(share: float) -> str:
    """One decimal, so that 239 of 240 is not 100. The heading of the column says what it is."""
    return f"{100 * share:.1f}"


def quantity(value: float) -> str:
    """A number of a covariate, to a tenth, or to a hundredth where it is small."""
    text = f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return text.rstrip("0").rstrip(".").replace("-", "−") if "." in text else text


def shown(statistic: Statistic | None, write: Write = coefficient) -> str:
    """The number with its interval; a number that stands alone has its reason in the notes."""
    if statistic is None or statistic["estimate"] is None:
        return "not estimable" if statistic else ""
    number = write(statistic["estimate"])
    if statistic["low"] is None or statistic["high"] is None:
        return f"{number} (no interval)"
    return f"{number} ({write(statistic['low'])} to {write(statistic['high'])})"


def notes(rows: Iterable[tuple[str, dict[str, Statistic]]]) -> list[str]:
    """What has to be known of a number, such as why it has no interval; each sentence once, with all it is about."""
    reasons: dict[str, list[str]] = {}
    for label, statistics in rows:
        for one in statistics.values():
            if one["sentence"]:
                reasons.setdefault(one["sentence"], []).append(f"{label} ({one['name']})")
    return [f"{'; '.join(labels)}: {sentence}" for sentence, labels in reasons.items()]


GRADES: dict[str, tuple[str, Write]] = {
    "percent": ("Percent agreement, %", percentage),
    "positive": ("Positive agreement, %", percentage),
    "negative": ("Negative agreement, %", percentage),
    "kappa": ("Kappa", coefficient),
    "kappa_quadratic": ("Kappa, quadratic", coefficient),
    "alpha": ("Alpha", coefficient),
    "ac": ("AC1 or AC2", coefficient),
    "pabak": ("PABAK", coefficient),
}
SUMS: dict[str, tuple[str, Write]] = {
    "icc": ("ICC", coefficient),
    "icc_mixed": ("ICC, mixed model", coefficient),
    "reader_sd": ("SD of readers", points),
    "ccc": ("CCC", coefficient),
    "bias": ("Bias", points),
    "lower": ("Lower limit", points),
    "upper": ("Upper limit", points),
    "sem": ("SEM", points),
    "sdc": ("SDC", points),
}
READERS: dict[str, tuple[str, Write]] = {
    "percent": ("Percent agreement, %", percentage),
    "kappa": ("Kappa", coefficient),
    "alpha": ("Alpha", coefficient),
    "icc": ("ICC of the total", coefficient),
    "bias": ("Bias of the total", points),
    "sdc": ("SDC", points),
    "adjudication_rate": ("Adjudication rate, %", percentage),
    "disagreement_index": ("Disagreement index, %", percentage),
}


def of_statistics(
    caption: str, first: str, rows: list[tuple[str, str, dict[str, Statistic]]], known: dict[str, tuple[str, Write]]
) -> Table:
    """Rows of (label, n, statistics), with a column for each statistic that any row has."""
    names = [name for name in known if any(name in statistics for *_, statistics in rows)]
    return Table(
        caption,
        [first, "n", *(known[name][0] for name in names)],
        [[label, n, *(shown(one.get(name), known[name][1]) for name in names)] for label, n, one in rows],
        notes((label, one) for label, _, one in rows),
    )


def of_items(content: Content) -> Table:
    return of_grades("Agreement by site", "Site", content["items"])


def of_regions(content: Content) -> Table:
    return of_grades("Agreement by region, sites pooled", "Region", content["regions"])


def of_presence(content: Content) -> Table:
    return of_grades("Agreement on presence", "Present", content["presence"])


def of_grades(caption: str, first: str, rows: list[Content]) -> Table:
    """With an asterisk where numbers corrected for chance should not be read, and the reason below."""
    marked = [{**row, "label": f"{row['label']} *" if row["caution"] else row["label"]} for row in rows]
    table = of_statistics(caption, first, rows_of(marked), GRADES)
    cautions = [f"* {row['label']}: {row['caution']}" for row in rows if row["caution"]]
    return replace(table, notes=[*cautions, *table.notes])


def of_sums(content: Content) -> Table:
    rows = [
        (row["label"], counted(row), row["statistics"] | (row["bland_altman"] or {}))
        for row in (*content["sums"], *content["subtotals"])
    ]
    return of_statistics("Agreement of sums", "Sum", rows, SUMS)


def of_pairs(content: Content) -> Table:
    rows = [(" and ".join(row["readers"]), f"{row['n_cases']}", row["statistics"]) for row in content["pairs"]]
    return of_statistics("By pair of readers", "Pair", rows, READERS)


def of_readers(content: Content) -> Table:
    rows = [(row["reader"], f"{row['n_cases']}", row["statistics"]) for row in content["against_pool"]]
    return of_statistics("Each reader against the others", "Reader", rows, READERS)


def of_repeats(content: Content) -> Table:
    rows = [(row["reader"], f"{row['n_cases']}", row["statistics"]) for row in content["repeats"]]
    return of_statistics("Each reader against themselves", "Reader", rows, READERS)


def rows_of(rows: list[Content]) -> list[tuple[str, str, dict[str, Statistic]]]:
    return [(row["label"], counted(row), row["statistics"]) for row in rows]


def counted(row: Content) -> str:
    left_out = f", {row['n_excluded']} left out" if row["n_excluded"] else ""
    return f"{row['n_pairs']}{left_out}"


def characteristics(content: Content) -> Table:
    rows = [
        [named(row), f"{group['n']}", mean_sd(group), median_quartiles(group)]
        for row in (content["clinical"] or {}).get("summary", [])
        for group in row["groups"]
    ]
    return Table("Participants with a settled case", ["", "n", "Mean (SD)", "Median (quartiles)"], rows)


def clinical(content: Content) -> list[Table]:
    known = content["clinical"]
    if not known:
        return []
    compared = {
        "by_presence": "With against without what is scored",
        "by_degeneration": "With against without degenerative change",
        "by_diagnosis": "By diagnosis",
    }
    return [
        Table("Participants with a settled case", ["", "n", "Share, %"], shares_of(known["shares"]), coverage(known)),
        Table("Distribution by region, of those with any", ["Region", "n", "Share, %"], shares_of(known["regions"])),
        *(comparison(caption, known[name]) for name, caption in compared.items()),
        *(fourfold(one) for one in known["fourfold"]),
    ]


def shares_of(rows: list[Content]) -> list[list[str]]:
    return [
        [one["label"], f"{one['share']['counts']['yes']} of {one['share']['n']}", shown(one["share"], percentage)]
        for one in rows
    ]


def coverage(known: Content) -> list[str]:
    """Of whom the tables are not: while cases wait for the adjudicator, the settled ones are no fair sample."""
    told = []
    if known["n_unsettled"]:
        told.append(f"{known['n_unsettled']} participants without a settled case are in no table.")
    if known["n_left_out"]:
        told.append(f"{known['n_left_out']} participants with several cases, of which none is known to be the first.")
    return told


def comparison(caption: str, rows: list[Content]) -> Table:
    groups = [f"{group['label']}" for group in rows[0]["groups"]] if rows else []
    return Table(
        f"{caption}: median (quartiles)",
        ["", *groups, "p"],
        [[named(row), *(median_quartiles(group) for group in row["groups"]), p_of(row["test"])] for row in rows],
        sorted({row["test"]["method"] for row in rows if row["test"]}),
    )


def fourfold(one: Content) -> Table:
    body = [[name, *(f"{n}" for n in counts)] for name, counts in zip(one["rows"], one["counts"], strict=True)]
    test = one["test"]
    return Table(one["label"], ["", *one["columns"]], body, [f"{test['method']}: {p_of(test)}"] if test else [])


def named(row: Content) -> str:
    return f"{row['covariate']}, {row['unit']}" if row["unit"] else str(row["covariate"])


def median_quartiles(group: Content) -> str:
    if group["median"] is None:
        return f"n = {group['n']}"
    median, q1, q3 = (quantity(group[name]) for name in ("median", "q1", "q3"))
    return f"{median} ({q1} to {q3}), n = {group['n']}"


def mean_sd(group: Content) -> str:
    return "" if group["mean"] is None or group["sd"] is None else f"{group['mean']:.1f} ({group['sd']:.1f})"


def p_of(test: Content | None) -> str:
    if test is None or test["p"] is None:
        return test["sentence"] if test else ""
    if test["p"] < 0.001:
        return "p < 0.001"
    if test["p"] > 0.99:
        return "p > 0.99"
    return f"p = {test['p']:.2f}" if test["p"] >= 0.1 else f"p = {test['p']:.3f}"
