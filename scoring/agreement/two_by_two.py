"""Present or absent: what stands beside kappa of a two by two table, so that kappa is never alone.

Of a scale with more than two grades, all of this is about grade 0 against any grade above 0.
"""

from math import isnan

import numpy as np

from scoring.agreement.answer import answer, with_interval
from scoring.agreement.brennan_prediger import WILSON, plain_verdict
from scoring.agreement.dichotomy import Dichotomy, dichotomy
from scoring.agreement.result import MIN_PAIRS, Agreement, Status, Verdict, too_few
from scoring.agreement.table import CrossTable

SPLIT = "a grade above 0 is positive"
DELTA = "delta method, large-sample 95 % interval (z)"


def positive_agreement(table: CrossTable) -> Agreement:
    """How often a reader's positive is confirmed by the other, with its 95 % interval.

    Returns   Agreement; without an estimate where neither reader was ever positive
    Source    Cicchetti and Feinstein 1990, J Clin Epidemiol 43:551-558;
              variance of Graham and Bull 1998, J Clin Epidemiol 51:763-771
    """
    split = dichotomy(table.counts)
    estimate, se = split.positive_agreement, split.positive_agreement_se
    method = f"positive agreement 2a/(2a+b+c), {SPLIT}; {DELTA}"
    return _answer(table, _specific(table, float(estimate), float(se), "positive"), "positive agreement", method)


def negative_agreement(table: CrossTable) -> Agreement:
    """The same of negatives, grade 0."""
    split = dichotomy(table.counts)
    estimate, se = split.negative_agreement, split.negative_agreement_se
    method = f"negative agreement 2d/(2d+b+c), {SPLIT}; {DELTA}"
    return _answer(table, _specific(table, float(estimate), float(se), "negative"), "negative agreement", method)


def pabak(table: CrossTable) -> Agreement:
    """Prevalence-adjusted, bias-adjusted kappa with its 95 % interval.

    Source   Byrt, Bishop, Carlin 1993, J Clin Epidemiol 46:423-429
    """
    split = CrossTable.of(dichotomy(table.counts).counts.astype(np.int64), n_excluded=table.n_excluded)
    return _answer(table, plain_verdict(split), "PABAK", f"PABAK 2 po - 1, {SPLIT}; {WILSON}")


def prevalence_index(table: CrossTable) -> Agreement:
    """How much more often both were positive than both negative; far from 0, kappa is low whatever the agreement.

    Source   Byrt, Bishop, Carlin 1993, J Clin Epidemiol 46:423-429
    """
    split = dichotomy(table.counts)
    verdict = _index(table, float(split.prevalence_index), float(split.prevalence_index_se))
    return _answer(table, verdict, "prevalence index", f"prevalence index (a-d)/n, {SPLIT}; {DELTA}")


def bias_index(table: CrossTable) -> Agreement:
    """How much more often the first reader was positive than the second.

    Source   Byrt, Bishop, Carlin 1993, J Clin Epidemiol 46:423-429
    """
    split = dichotomy(table.counts)
    verdict = _index(table, float(split.bias_index), float(split.bias_index_se))
    return _answer(table, verdict, "bias index", f"bias index (b-c)/n, {SPLIT}; {DELTA}")


def _answer(table: CrossTable, verdict: Verdict, name: str, method: str) -> Agreement:
    return answer(table, verdict, name=name, method=method, counts=_counts(dichotomy(table.counts)))


def _counts(split: Dichotomy) -> dict[str, int]:
    return {
        "both_positive": int(split.a),
        "only_first_positive": int(split.b),
        "only_second_positive": int(split.c),
        "both_negative": int(split.d),
    }


def _specific(table: CrossTable, estimate: float, se: float, what: str) -> Verdict:
    if table.n < MIN_PAIRS:
        return too_few(table.n, estimate=None if isnan(estimate) else estimate)
    if isnan(estimate):
        return Verdict(Status.NO_VARIATION, f"Not estimable (no variation): neither reader gave a {what} grade.")
    return with_interval(estimate, se, lowest=0.0, is_perfect=estimate == 1)


def _index(table: CrossTable, estimate: float, se: float) -> Verdict:
    if table.n < MIN_PAIRS:
        return too_few(table.n, estimate=None if isnan(estimate) else estimate)
    return with_interval(estimate, se)
