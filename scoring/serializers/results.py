"""Agreement and exports."""

from rest_framework import serializers

from scoring import superseding
from scoring.models import ConsensusState, Export
from scoring.serializers.explanation import MethodCount


class StatisticOutput(serializers.Serializer):
    """A statistic is one object: estimate, interval, method, n, and a status with a sentence instead of NaN."""

    name = serializers.CharField()
    estimate = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    method = serializers.CharField()
    n = serializers.IntegerField()
    n_excluded = serializers.IntegerField()
    status = serializers.CharField()
    sentence = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField())


class TestOutput(serializers.Serializer):
    """A test of a hypothesis: its statistic, degrees of freedom and p, or why there is none."""

    name = serializers.CharField()
    method = serializers.CharField()
    statistic = serializers.FloatField(allow_null=True)
    df = serializers.IntegerField(allow_null=True)
    p = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    n_excluded = serializers.IntegerField()
    status = serializers.CharField()
    sentence = serializers.CharField()


class DesignOutput(serializers.Serializer):
    """Who read what, and the statistics that follow from it.

    crossed: the same two readers read every case; pool: readers drawn per case; none: no case has two readings yet.
    """

    kind = serializers.ChoiceField(["crossed", "pool", "none"])
    sentence = serializers.CharField()


class ReaderName(serializers.Serializer):
    """R1, R2, ... as in every table and file, and who that is."""

    name = serializers.CharField()
    full_name = serializers.CharField()


class TableAgreement(serializers.Serializer):
    """What two readers' grades say of their agreement. `statistics` by name, those that fit the design.

    caution   why chance-corrected numbers should not be read here; empty where they may be
    """

    code = serializers.CharField()
    label = serializers.CharField()
    n_pairs = serializers.IntegerField()
    n_excluded = serializers.IntegerField()
    table = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    statistics = serializers.DictField(child=StatisticOutput())
    marginals = TestOutput(allow_null=True)
    caution = serializers.CharField(allow_blank=True)


class ItemAgreement(TableAgreement):
    region = serializers.CharField()
    site = serializers.CharField()
    kind = serializers.CharField()
    place = serializers.CharField()


class RegionAgreement(TableAgreement):
    """All sites of a region pooled; intervals by resampling patients."""

    n_sites = serializers.IntegerField()
    is_scored = serializers.BooleanField()


class PointOutput(serializers.Serializer):
    """The two values of one case, in the order of `readers`."""

    case = serializers.CharField()
    readers = serializers.ListField(child=serializers.CharField())
    values = serializers.ListField(child=serializers.FloatField())


class BlandAltmanOutput(serializers.Serializer):
    bias = StatisticOutput()
    lower = StatisticOutput()
    upper = StatisticOutput()
    lower_exact = StatisticOutput()
    upper_exact = StatisticOutput()
    slope = StatisticOutput()


class SumAgreement(serializers.Serializer):
    """Agreement of a sum the instrument declares, or of a region's subtotal."""

    code = serializers.CharField()
    label = serializers.CharField()
    highest = serializers.FloatField()
    n_pairs = serializers.IntegerField()
    n_excluded = serializers.IntegerField()
    statistics = serializers.DictField(child=StatisticOutput())
    bland_altman = BlandAltmanOutput(allow_null=True)  # of a pool: a difference has no sign
    points = PointOutput(many=True)


class PairAgreement(serializers.Serializer):
    """Two readers over the cases they share."""

    readers = serializers.ListField(child=serializers.CharField())
    n_cases = serializers.IntegerField()
    statistics = serializers.DictField(child=StatisticOutput())


class ReaderAgreement(serializers.Serializer):
    """One reader against whoever else read the same cases."""

    reader = serializers.CharField()
    n_cases = serializers.IntegerField()
    statistics = serializers.DictField(child=StatisticOutput())


class DriftPoint(serializers.Serializer):
    case = serializers.CharField()
    order = serializers.IntegerField()
    difference = serializers.FloatField()


class DriftOutput(serializers.Serializer):
    """A reader's difference from the other reader of each case, in the order in which the reader signed."""

    reader = serializers.CharField()
    points = DriftPoint(many=True)
    slope = StatisticOutput()
    quarters = StatisticOutput(many=True)


class GroupOutput(serializers.Serializer):
    """A number in a group of patients: median and quartiles, mean and SD; None where too few are known."""

    label = serializers.CharField()
    n = serializers.IntegerField()
    n_missing = serializers.IntegerField()
    median = serializers.FloatField(allow_null=True)
    q1 = serializers.FloatField(allow_null=True)
    q3 = serializers.FloatField(allow_null=True)
    mean = serializers.FloatField(allow_null=True)
    sd = serializers.FloatField(allow_null=True)
    sentence = serializers.CharField(allow_blank=True)


class ComparisonOutput(serializers.Serializer):
    """One covariate between two groups of patients, or in all of them (one group, no test)."""

    name = serializers.CharField()
    covariate = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    groups = GroupOutput(many=True)
    test = TestOutput(allow_null=True)


class WithinOutput(serializers.Serializer):
    """The comparisons in one group of a category alone."""

    group = serializers.CharField()
    comparisons = ComparisonOutput(many=True)


class ShareOutput(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    share = StatisticOutput()


class FourfoldOutput(serializers.Serializer):
    """A table of counts of patients with a test: rows and columns are named."""

    label = serializers.CharField()
    rows = serializers.ListField(child=serializers.CharField())
    columns = serializers.ListField(child=serializers.CharField())
    counts = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    shares = StatisticOutput(many=True)
    n_missing = serializers.IntegerField()
    test = TestOutput(allow_null=True)


class ClinicalOutput(serializers.Serializer):
    """What the consensus says of the patients, beside what is known of them. `sentence`: why something is missing.

    n_unsettled  patients without a settled case; n_left_out: with several of which none is known to be the first
    shares       of all patients, how many have a finding or belong to a group
    regions      of the patients with any, how many have it where
    fourfold     counts by two things: degenerative change and a region, or a category and presence
    """

    n_patients = serializers.IntegerField()
    n_unsettled = serializers.IntegerField()
    n_left_out = serializers.IntegerField()
    sentence = serializers.CharField(allow_blank=True)
    shares = ShareOutput(many=True)
    regions = ShareOutput(many=True)
    summary = ComparisonOutput(many=True)
    by_presence = ComparisonOutput(many=True)
    by_presence_within = WithinOutput(many=True)
    by_degeneration = ComparisonOutput(many=True)
    by_diagnosis = ComparisonOutput(many=True)
    fourfold = FourfoldOutput(many=True)


class PreferenceOutput(serializers.Serializer):
    """Whether an adjudicator leans towards `toward` or `away`: a side, a grade, or one of two readers.

    share        of the decisions for `toward`; its counts also say by how many grades the readings differed
    is_flagged   the test finds more than chance would give one adjudicator in twenty
    """

    about = serializers.ChoiceField(["side", "severity", "reader"])
    toward = serializers.CharField()
    away = serializers.CharField()
    is_flagged = serializers.BooleanField()
    share = StatisticOutput()
    test = TestOutput()


class PartialityOutput(serializers.Serializer):
    """One adjudicator's decisions, or those of all.

    n_other     with an answer of the adjudicator's own; they are in no share
    overruled   items on which both readings agree, decided otherwise; None where no such item was shown
    """

    adjudicator = serializers.CharField()
    n_decisions = serializers.IntegerField()
    n_other = serializers.IntegerField()
    overruled = StatisticOutput(allow_null=True)
    preferences = PreferenceOutput(many=True)


class AgreementOutput(serializers.Serializer):
    state = serializers.ChoiceField(["none", "withheld", "ready"])
    withheld = serializers.CharField(allow_null=True)  # why, in a sentence
    computed_at = serializers.DateTimeField(allow_null=True)
    is_current = serializers.BooleanField()  # nothing that it says has changed since
    n_cases = serializers.IntegerField()
    input_sha256 = serializers.CharField(allow_blank=True)
    version = serializers.CharField(allow_blank=True)
    design = DesignOutput()
    readers = ReaderName(many=True)
    items = ItemAgreement(many=True)
    regions = RegionAgreement(many=True)
    presence = TableAgreement(many=True)
    sums = SumAgreement(many=True)
    subtotals = SumAgreement(many=True)
    pairs = PairAgreement(many=True)
    against_pool = ReaderAgreement(many=True)
    repeats = ReaderAgreement(many=True)
    drift = DriftOutput(many=True)
    adjudication_rate = StatisticOutput(allow_null=True)
    adjudicators = ReaderName(many=True)
    partiality = PartialityOutput(many=True)
    clinical = ClinicalOutput(allow_null=True)
    methods = serializers.ListField(child=serializers.CharField())


class BehindRow(serializers.Serializer):
    """One case: what each reader said, and what counts. A value is a grade, a sum, or yes and no as 1 and 0."""

    case = serializers.CharField()
    subject = serializers.CharField()
    readers = serializers.ListField(child=serializers.CharField())
    values = serializers.ListField(child=serializers.FloatField(allow_null=True))
    final = serializers.FloatField(allow_null=True)
    is_repeat = serializers.BooleanField()


class BehindOutput(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    is_current = serializers.BooleanField()  # the newest report is made of these
    rows = BehindRow(many=True)


class ConsensusVersion(serializers.Serializer):
    """One consensus a case has, or had: when, why it went, and how its items came about. Never a value."""

    number = serializers.IntegerField()
    state = serializers.ChoiceField(ConsensusState.choices)
    compared_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)
    superseded_at = serializers.DateTimeField(allow_null=True)
    superseded_by = serializers.CharField(source="superseded_by.full_name", default=None, allow_null=True)
    why = serializers.CharField(allow_blank=True)
    methods = MethodCount(many=True)


class ExportOutput(serializers.ModelSerializer[Export]):
    """n_superseded: of how many of its cases another consensus counts by now."""

    n_superseded = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields = [
            "code", "state", "requested_at", "ready_at", "sha256", "bytes", "message", "n_done", "n_cases",
            "n_superseded",
        ]  # fmt: skip

    def get_n_superseded(self, export: Export) -> int:
        return superseding.n_superseded_since(export)
