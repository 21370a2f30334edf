"""What goes in and out at the door of clinical covariates."""

from rest_framework import serializers

from studies.models import CovariateKind


class CovariatesInput(serializers.Serializer):
    """A table whose first column is participant; every other column is a covariate. An empty cell is missing."""

    # not trimmed: its lines are counted, and the last cell of the last line may be an empty one after a tab
    csv = serializers.CharField(max_length=1_000_000, trim_whitespace=False)


class CovariateOutput(serializers.Serializer):
    """A column, and of how many participants it is known."""

    name = serializers.CharField()
    label = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(CovariateKind.choices)
    n = serializers.IntegerField()


class CovariateRow(serializers.Serializer):
    """One participant; the cells stand in the order of the covariates, empty where one is missing."""

    participant = serializers.CharField()
    cells = serializers.ListField(child=serializers.CharField(allow_blank=True))


class CovariatesOutput(serializers.Serializer):
    """The newest table, version 0 while there is none. `without`: participants of whom it says nothing."""

    version = serializers.IntegerField()
    entered_at = serializers.DateTimeField(allow_null=True)
    entered_by = serializers.CharField(allow_null=True)
    covariates = CovariateOutput(many=True)
    rows = CovariateRow(many=True)
    without = serializers.ListField(child=serializers.CharField())
