"""Agreement of sums: the total score, further sums of the instrument, and the subtotal of each region."""

from collections.abc import Callable
from typing import Any

from scoring import derived
from scoring.agreement import Agreement, Model, intraclass_correlation
from scoring.agreement.bland_altman import LimitInterval, bland_altman
from scoring.agreement.concordance import concordance_correlation
from scoring.agreement.measurement_error import (
    smallest_detectable_change,
    smallest_detectable_change_within,
    standard_error_of_measurement,
    standard_error_within,
)
from scoring.agreement.mixed import crossed_random
from scoring.agreement.shrout_fleiss import Unit
from scoring.report.material import Answers, Kind, Material, kind_of

Value = Callable[[Answers], float | None]
Pairs = list[tuple[float | None, float | None]]


def sums(material: Material) -> list[dict[str, Any]]:
    """One row a sum the instrument declares, the total first."""
    return [
        described(material, name, derived.label_of_sum(name, rule), rule["range"][1], value_of_sum(material, name))
        for name, rule in derived.sums_of(material.definition).items()
    ]


def subtotals(material: Material) -> list[dict[str, Any]]:
    labels = {region["code"]: region["label"] for region in material.definition["regions"]}
    tops = material.definition["derived"]["subtotals"]
    return [
        described(material, code, label, tops[code][1], value_of_region(material, code))
        for code, label in labels.items()
        if code in tops
    ]


def value_of_sum(material: Material, name: str = "total") -> Value:
    return lambda answers: derived.total(material.definition, answers, name=name)


def value_of_region(material: Material, code: str) -> Value:
    return lambda answers: derived.derive(material.definition, answers).subtotals[code].value


def described(material: Material, code: str, label: str, highest: float, value: Value) -> dict[str, Any]:
    pairs = [(value(case.reads[0].answers), value(case.reads[1].answers)) for case in material.cases]
    kind = kind_of(material)
    answers = of_crossed(pairs) if kind is Kind.CROSSED else of_pool(material, pairs)
    complete = [None not in pair for pair in pairs]
    return {
        "code": code,
        "label": label,
        "highest": highest,
        "n_pairs": sum(complete),
        "n_excluded": len(pairs) - sum(complete),
        "statistics": {name: answer.to_json() for name, answer in answers.items()},
        "bland_altman": differences(pairs) if kind is Kind.CROSSED else None,
        "points": [
            {"case": case.code, "readers": list(case.readers), "values": list(pair)}
            for case, pair, is_complete in zip(material.cases, pairs, complete, strict=True)
            if is_complete
        ],
    }


def of_crossed(pairs: Pairs) -> dict[str, Agreement]:
    """The same two readers throughout: two-way models, and what one of them could be off by."""
    return {
        "icc": intraclass_correlation(pairs, model=Model.TWO_WAY_RANDOM),
        "icc_consistency": intraclass_correlation(pairs, model=Model.TWO_WAY_MIXED),
        "icc_mean": intraclass_correlation(pairs, model=Model.TWO_WAY_RANDOM, unit=Unit.MEAN),
        "ccc": concordance_correlation(pairs),
        "sem": standard_error_of_measurement(pairs),
        "sdc": smallest_detectable_change(pairs),
        "sdc_mean": smallest_detectable_change(pairs, n_averaged=2),
    }


def of_pool(material: Material, pairs: Pairs) -> dict[str, Agreement]:
    """Readers drawn per case: who is first means nothing, so one-way, or with each reader as an effect of their own."""
    of_readers = crossed_random(
        (case.code, reader, value)
        for case, pair in zip(material.cases, pairs, strict=True)
        for reader, value in zip(case.readers, pair, strict=True)
    )
    return {
        "icc": intraclass_correlation(pairs, model=Model.ONE_WAY),
        "icc_mixed": of_readers.icc,
        "icc_mean": intraclass_correlation(pairs, model=Model.ONE_WAY, unit=Unit.MEAN),
        "sem": standard_error_within(pairs),
        "sdc": smallest_detectable_change_within(pairs),
        "reader_sd": of_readers.reader_sd,
    }


def differences(pairs: Pairs) -> dict[str, Any]:
    """Bias and limits with both intervals: the usual one of 1999, and the exact one."""
    usual = bland_altman(pairs, interval=LimitInterval.APPROXIMATE)
    exact = bland_altman(pairs)
    named = {"bias": usual.bias, "lower": usual.lower, "upper": usual.upper, "slope": usual.slope}
    named |= {"lower_exact": exact.lower, "upper_exact": exact.upper}
    return {name: answer.to_json() for name, answer in named.items()}
