"""Agreement and exports."""

from rest_framework import serializers

from scoring.models import Export


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


class ItemAgreement(serializers.Serializer):
    item = serializers.CharField()
    label = serializers.CharField()
    region = serializers.CharField()
    n_pairs = serializers.IntegerField()
    n_excluded = serializers.IntegerField()
    table = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    percent = StatisticOutput()
    kappa = StatisticOutput()


class SumAgreement(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()
    n_pairs = serializers.IntegerField()
    n_excluded = serializers.IntegerField()
    icc = StatisticOutput()


class AgreementOutput(serializers.Serializer):
    state = serializers.ChoiceField(["none", "withheld", "ready"])
    withheld = serializers.CharField(allow_null=True)  # why, in a sentence
    computed_at = serializers.DateTimeField(allow_null=True)
    n_cases = serializers.IntegerField()
    items = ItemAgreement(many=True)
    sums = SumAgreement(many=True)


class ExportOutput(serializers.ModelSerializer[Export]):
    class Meta:
        model = Export
        fields = ["code", "state", "requested_at", "ready_at", "sha256", "bytes", "message"]
