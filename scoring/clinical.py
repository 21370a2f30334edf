"""What a consensus says of the participants, beside what else is known of them: the clinical tables. Pure.

Quartiles are linear interpolations (type 7 of Hyndman & Fan 1996, Am Stat 50:361-365). Every number comes with how many
participants it is of and how many are missing; where it cannot be had, there is a sentence and never NaN.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

import numpy as np
from scipy import stats

from scoring.agreement import Agreement, Status, Test, wilson_interval

LEAST = 3  # participants in each group: of fewer, nothing is tested
MOST_PARTITIONS = 10_000  # up to here a rank test goes through all ways of forming the two groups
YES, NO = "yes", "no"
EXACT = "Mann-Whitney U test, exact: all divisions into groups of these sizes, ties included; two-sided"
NORMAL = "Mann-Whitney U test, normal approximation with correction for ties, none for continuity; two-sided"
FISHER = "Fisher's exact test: all tables with these margins that are no more probable; two-sided"
Known = Mapping[str, Sequence[float | None]]  # the values of a measure by group


@dataclass(frozen=True)
class Patient:
    """One participant: findings by their name, covariates by theirs; None or absent where something is not known."""

    findings: Mapping[str, bool | None]
    numbers: Mapping[str, float | None] = field(default_factory=dict)
    categories: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """Something that is known of participants: a finding, a number or a category."""

    name: str
    label: str
    unit: str = ""


@dataclass(frozen=True)
class Outline:
    """What the tables are about.

    presence       the finding by which participants are told apart
    regions        the same finding, region by region
    degeneration   the finding it is set against; None if the instrument has no such thing
    sums           numbers that the presence follows from: they are not compared by it
    diagnosis      the category that groups participants; None if there is none
    """

    presence: Measure
    regions: tuple[Measure, ...]
    degeneration: Measure | None = None
    sums: tuple[Measure, ...] = ()
    numbers: tuple[Measure, ...] = ()
    categories: tuple[Measure, ...] = ()
    diagnosis: Measure | None = None


@dataclass(frozen=True)
class Group:
    """A number in one group of participants. `sentence`: why something of it is missing."""

    label: str
    n: int
    n_missing: int
    median: float | None
    q1: float | None
    q3: float | None
    mean: float | None
    sd: float | None
    sentence: str


@dataclass(frozen=True)
class Comparison:
    """A number between groups of participants; of all of them where there is one group and no test."""

    covariate: Measure
    groups: tuple[Group, ...]
    test: Test | None

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.covariate.name,
            "covariate": self.covariate.label,
            "unit": self.covariate.unit,
            "groups": [asdict(group) for group in self.groups],
            "test": self.test.to_json() if self.test else None,
        }


@dataclass(frozen=True)
class Fourfold:
    """How many participants are this and that: counts[row][column], with the share of the first column in each row."""

    label: str
    rows: tuple[str, str]
    columns: tuple[str, str]
    counts: tuple[tuple[int, int], tuple[int, int]]
    shares: tuple[Agreement, Agreement]
    n_missing: int
    test: Test

    def to_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "rows": list(self.rows),
            "columns": list(self.columns),
            "counts": [list(row) for row in self.counts],
            "shares": [share.to_json() for share in self.shares],
            "n_missing": self.n_missing,
            "test": self.test.to_json(),
        }


def share(known: Iterable[bool | None]) -> Agreement:
    """The share (0 to 1) of participants of whom something is true, with Wilson's 95 % interval."""
    told = list(known)
    n, n_true = sum(one is not None for one in told), sum(one is True for one in told)
    low, high = wilson_interval(n_true, n) if n else (None, None)
    return Agreement(
        name="share of participants",
        method="Wilson score 95 % interval",
        n=n,
        n_excluded=len(told) - n,
        estimate=n_true / n if n else None,
        low=low,
        high=high,
        status=Status.OK if n else Status.TOO_FEW,
        sentence="" if n else "There is no participant of whom this is known.",
        counts={YES: n_true, NO: n - n_true},
    )


def describe(values: Iterable[float | None], *, label: str) -> Group:
    """Median and quartiles, mean and SD (n - 1) of the values that are known."""
    told = list(values)
    known = np.array([one for one in told if one is not None], dtype=float)
    n, sentence = len(known), ""
    q1, median, q3 = np.quantile(known, (0.25, 0.5, 0.75), method="linear").tolist() if n else (None, None, None)
    if n < 2:
        sentence = "One value has no SD." if n else "No value is known."
    mean, sd = float(known.mean()) if n else None, float(known.std(ddof=1)) if n > 1 else None
    return Group(label, n, len(told) - n, median, q1, q3, mean, sd, sentence)


def compare(measure: Measure, groups: Known, *, n_ungrouped: int = 0) -> Comparison:
    """A number in each group; in two groups, with the Mann-Whitney test.

    n_ungrouped   participants of whom it is not known which group they are in
    """
    described = tuple(describe(values, label=label) for label, values in groups.items())
    n_excluded = n_ungrouped + sum(group.n_missing for group in described)
    known = [[one for one in values if one is not None] for values in groups.values()]
    return Comparison(measure, described, mann_whitney(known, n_excluded=n_excluded))


def mann_whitney(groups: Sequence[Sequence[float]], *, n_excluded: int = 0) -> Test:
    """The Mann-Whitney U test of two groups; `statistic` is U of the first.

    Source   Mann & Whitney 1947, Ann Math Stat 18:50-60; ties: Lehmann 1975, Nonparametrics, 1.4
    """
    told = partial(Test, name="Mann-Whitney U", n=sum(map(len, groups)), n_excluded=n_excluded)
    if sentence := untestable(groups):
        is_small = min(map(len, groups), default=0) < LEAST
        return told(method="", status=Status.TOO_FEW if is_small else Status.NOT_ESTIMABLE, sentence=sentence)
    one, other = groups
    is_exact = math.comb(len(one) + len(other), len(one)) <= MOST_PARTITIONS
    found = stats.mannwhitneyu(
        one,
        other,
        use_continuity=False,
        method=stats.PermutationMethod(n_resamples=MOST_PARTITIONS + 1) if is_exact else "asymptotic",
    )
    return told(method=EXACT if is_exact else NORMAL, statistic=float(found.statistic), p=float(found.pvalue))


def untestable(groups: Sequence[Sequence[float]]) -> str:
    """Why two groups cannot be compared, in a sentence; empty if they can."""
    if len(groups) != 2:
        return f"Two groups are compared, and there {'is' if len(groups) == 1 else 'are'} {len(groups) or 'none'}."
    if (fewest := min(map(len, groups))) < LEAST:
        return f"Not tested: there {'is' if fewest == 1 else 'are'} {fewest or 'none'} in a group, {LEAST} are needed."
    if len(set(groups[0]) | set(groups[1])) == 1:
        return "Not tested: all values are the same."
    return ""


def fourfold(
    label: str, pairs: Iterable[tuple[bool | None, bool | None]], *, rows: tuple[str, str], columns: tuple[str, str]
) -> Fourfold:
    """Participants by two things that are so or not so, with Fisher's exact test. Who lacks one is left out."""
    told = list(pairs)
    known = Counter(pair for pair in told if None not in pair)
    counts = ((known[True, True], known[True, False]), (known[False, True], known[False, False]))
    shares = [share(column for row, column in known.elements() if row is side) for side in (True, False)]
    n_missing = len(told) - known.total()
    return Fourfold(
        label, rows, columns, counts, (shares[0], shares[1]), n_missing, fisher(counts, n_excluded=n_missing)
    )


def fisher(counts: Sequence[Sequence[int]], *, n_excluded: int = 0) -> Test:
    """Fisher's exact test of a fourfold table; `statistic` is the count in its first cell.

    Source   Fisher 1935, The Design of Experiments, chapter 2
    """
    table = np.array(counts)
    told = partial(Test, name="Fisher's exact test", n=int(table.sum()), n_excluded=n_excluded)
    if not (table.sum(axis=0).all() and table.sum(axis=1).all()):
        return told(method="", status=Status.NOT_ESTIMABLE, sentence="Not tested: a row or a column is empty.")
    p = min(float(stats.fisher_exact(table).pvalue), 1.0)  # at times 1 and a rounding error
    return told(method=FISHER, statistic=float(table[0, 0]), p=p)


def report(patients: Sequence[Patient], outline: Outline) -> dict[str, Any]:
    """Every table, ready for JSON. Of no participant there is none, and a sentence says so."""
    presence, degeneration, diagnosis = outline.presence, outline.degeneration, outline.diagnosis
    with_it = [one for one in patients if one.findings.get(presence.name)]
    everything = (*outline.sums, *outline.numbers)
    return {
        "n_patients": len(patients),
        "sentence": "" if patients else "No participant has a settled consensus yet.",
        "shares": shares(patients, outline),
        "regions": [told_share(one, found(with_it, one)) for one in outline.regions],
        "summary": [summary(one, patients).to_json() for one in everything],
        "by_presence": by_finding(patients, presence, outline.numbers),
        "by_presence_within": within(patients, diagnosis, outline) if diagnosis else [],
        "by_degeneration": by_finding(patients, degeneration, everything) if degeneration else [],
        "by_diagnosis": by_category(patients, diagnosis, everything) if diagnosis else [],
        "fourfold": [table.to_json() for table in fourfolds(patients, outline)],
    }


def shares(patients: Sequence[Patient], outline: Outline) -> list[dict[str, Any]]:
    """Of all participants: how many have a finding, and how many are in each group of a category."""
    findings = [one for one in (outline.presence, outline.degeneration) if one is not None]
    told = [told_share(one, found(patients, one)) for one in findings]
    for category in outline.categories:
        groups = grouped(patients, category)
        for group in by_size(groups):
            of_group = Measure(f"{category.name}:{group}", f"{category.label}: {group}")
            told.append(told_share(of_group, [None if one is None else one == group for one in groups]))
    return told


def told_share(measure: Measure, known: Iterable[bool | None]) -> dict[str, Any]:
    return {"code": measure.name, "label": measure.label, "share": share(known).to_json()}


def found(patients: Iterable[Patient], finding: Measure) -> list[bool | None]:
    return [one.findings.get(finding.name) for one in patients]


def grouped(patients: Iterable[Patient], category: Measure) -> list[str | None]:
    return [one.categories.get(category.name) for one in patients]


def numbers(patients: Iterable[Patient], measure: Measure) -> list[float | None]:
    return [one.numbers.get(measure.name) for one in patients]


def by_size(groups: Iterable[str | None]) -> list[str]:
    """The groups of a category, the largest first."""
    counted = Counter(group for group in groups if group is not None)
    return sorted(counted, key=lambda group: (-counted[group], group))


def summary(measure: Measure, patients: Sequence[Patient]) -> Comparison:
    """A number in all participants."""
    return Comparison(measure, (describe(numbers(patients, measure), label="all"),), None)


def by_finding(patients: Sequence[Patient], finding: Measure, measures: Iterable[Measure]) -> list[dict[str, Any]]:
    """Each number in those with a finding and those without."""
    told = found(patients, finding)
    sides = {named(finding, side): at(patients, told, side) for side in (True, False)}
    return compared(sides, measures, n_ungrouped=told.count(None))


def by_category(patients: Sequence[Patient], category: Measure, measures: Iterable[Measure]) -> list[dict[str, Any]]:
    """Each number in the groups of a category."""
    told = grouped(patients, category)
    sides = {group: at(patients, told, group) for group in by_size(told)}
    return compared(sides, measures, n_ungrouped=told.count(None))


def within(patients: Sequence[Patient], category: Measure, outline: Outline) -> list[dict[str, Any]]:
    """The comparison by presence in each group of a category alone."""
    told = grouped(patients, category)
    return [
        {"group": group, "comparisons": by_finding(at(patients, told, group), outline.presence, outline.numbers)}
        for group in by_size(told)
    ]


def at(patients: Sequence[Patient], told: Sequence[object], side: object) -> list[Patient]:
    return [one for one, its_side in zip(patients, told, strict=True) if its_side == side and its_side is not None]


def compared(
    sides: Mapping[str, Sequence[Patient]], measures: Iterable[Measure], *, n_ungrouped: int
) -> list[dict[str, Any]]:
    told = []
    for one in measures:
        groups = {label: numbers(group, one) for label, group in sides.items()}
        told.append(compare(one, groups, n_ungrouped=n_ungrouped).to_json())
    return told


def named(measure: Measure, side: bool) -> str:
    return f"{measure.label}: {YES if side else NO}"


def fourfolds(patients: Sequence[Patient], outline: Outline) -> Iterator[Fourfold]:
    """Degeneration against presence, by region and in all; then presence in each category of two groups."""
    if outline.degeneration is not None:
        for finding in (*outline.regions, outline.presence):
            yield of_findings(patients, outline.degeneration, finding)
    for category in outline.categories:
        if len(groups := by_size(grouped(patients, category))) == 2:
            yield of_category(patients, category, (groups[0], groups[1]), outline.presence)


def of_findings(patients: Sequence[Patient], one: Measure, other: Measure) -> Fourfold:
    return fourfold(
        f"{one.label}, {other.label}",
        zip(found(patients, one), found(patients, other), strict=True),
        rows=(named(one, True), named(one, False)),
        columns=(named(other, True), named(other, False)),
    )


def of_category(patients: Sequence[Patient], category: Measure, groups: tuple[str, str], finding: Measure) -> Fourfold:
    is_first = [None if group is None else group == groups[0] for group in grouped(patients, category)]
    return fourfold(
        f"{category.label}, {finding.label}",
        zip(is_first, found(patients, finding), strict=True),
        rows=(f"{category.label}: {groups[0]}", f"{category.label}: {groups[1]}"),
        columns=(named(finding, True), named(finding, False)),
    )
