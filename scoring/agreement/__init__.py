"""How well two readers agree: pure numbers in, one `Agreement` out. No Django, no database, no NaN.

result    Agreement and its Status: what every statistic returns
table     two readers' grades as a q x q table; q comes from the instrument, never from the data
weights   how much of an agreement two different grades still are

Formulas, on stacks of tables at once, NaN where undefined:
categorical       every coefficient of two readers' tables, and its standard error
dichotomy         grade 0 against any grade above 0
coincidences      Krippendorff's alpha of any number of readers
moments           everything two readers' values say, from six sums

Answers about grades, each with its interval:
answer            what they share: estimate -+ standard error, clipped, or the reason why not
percent           the share of equal pairs, with Wilson's interval
two_by_two        positive and negative agreement, PABAK, prevalence and bias index
kappa             Cohen's kappa, plain or weighted
scott             Scott's pi, where it does not matter which reader is first
gwet              AC1 and AC2, for sites that are almost always normal
brennan_prediger  all grades equally likely
fleiss            Fleiss' kappa of three or more readers
krippendorff      alpha of any number of readers, also with readings missing
marginals         tests of whether one reader gives higher grades: McNemar, Bowker, Stuart-Maxwell

Answers about numbers such as totals, each with its interval:
readings          cases and readers as an array without holes
anova             mean squares of cases and readers
shrout_fleiss     the six intraclass correlations made of them
icc               intraclass correlation, of a single reading or of the mean of readers
bland_altman      bias, limits of agreement, and whether they hold along the whole scale
measurement_error standard error of measurement, smallest detectable change
concordance       Lin's concordance with the line of identity
reml              variances of cases, readers and error by restricted maximum likelihood
mixed             agreement where the readers of each case were drawn from a pool
rates             how often an adjudicator was needed, and went against a reader
"""

from scoring.agreement.bland_altman import BlandAltman, LimitInterval, bland_altman
from scoring.agreement.brennan_prediger import brennan_prediger
from scoring.agreement.coincidences import Metric
from scoring.agreement.concordance import concordance_correlation
from scoring.agreement.fleiss import fleiss_kappa, fleiss_kappa_of_counts
from scoring.agreement.gwet import gwet_ac
from scoring.agreement.icc import Model, intraclass_correlation, model_for
from scoring.agreement.kappa import cohen_kappa
from scoring.agreement.krippendorff import krippendorff_alpha, krippendorff_alpha_of_table
from scoring.agreement.marginals import Test, bowker, mcnemar, stuart_maxwell
from scoring.agreement.measurement_error import (
    smallest_detectable_change,
    smallest_detectable_change_of_changes,
    standard_error_of_measurement,
)
from scoring.agreement.mixed import CrossedRandom, Variances, crossed_random
from scoring.agreement.percent import percent_agreement, wilson_interval
from scoring.agreement.rates import adjudication_rate, reader_disagreement_index
from scoring.agreement.result import Agreement, Status
from scoring.agreement.scott import scott_pi
from scoring.agreement.shrout_fleiss import Unit
from scoring.agreement.table import CrossTable, cross_table
from scoring.agreement.two_by_two import bias_index, negative_agreement, pabak, positive_agreement, prevalence_index
from scoring.agreement.weights import Weights

__all__ = [
    "Agreement",
    "BlandAltman",
    "CrossTable",
    "CrossedRandom",
    "LimitInterval",
    "Metric",
    "Model",
    "Status",
    "Test",
    "Unit",
    "Variances",
    "Weights",
    "adjudication_rate",
    "bias_index",
    "bland_altman",
    "bowker",
    "brennan_prediger",
    "cohen_kappa",
    "concordance_correlation",
    "cross_table",
    "crossed_random",
    "fleiss_kappa",
    "fleiss_kappa_of_counts",
    "gwet_ac",
    "intraclass_correlation",
    "krippendorff_alpha",
    "krippendorff_alpha_of_table",
    "mcnemar",
    "model_for",
    "negative_agreement",
    "pabak",
    "percent_agreement",
    "positive_agreement",
    "prevalence_index",
    "reader_disagreement_index",
    "scott_pi",
    "smallest_detectable_change",
    "smallest_detectable_change_of_changes",
    "standard_error_of_measurement",
    "stuart_maxwell",
    "wilson_interval",
]
