"""How well two readers agree: pure numbers in, one `Agreement` out. No Django, no database, no NaN.

result    Agreement and its Status: what every statistic returns
table     two readers' grades as a q x q table; q comes from the instrument, never from the data
weights   how much of an agreement two different grades still are
percent   the share of equal pairs, with Wilson's interval
kappa     Cohen's kappa, plain or weighted
anova     mean squares of cases and readers
icc       intraclass correlation of totals
"""

from scoring.agreement.icc import Model, intraclass_correlation, model_for
from scoring.agreement.kappa import cohen_kappa
from scoring.agreement.percent import percent_agreement, wilson_interval
from scoring.agreement.result import Agreement, Status
from scoring.agreement.table import CrossTable, cross_table

__all__ = [
    "Agreement",
    "CrossTable",
    "Model",
    "Status",
    "cohen_kappa",
    "cross_table",
    "intraclass_correlation",
    "model_for",
    "percent_agreement",
    "wilson_interval",
]
