"""What goes in and out at the doors of cases."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from studies import cases, checks
from studies.elements import SCANNING_SEQUENCES
from studies.models import Case, QueryState, Series, SeriesRole
from studies.serializers.fields import PSEUDONYM


class ParametersOutput(serializers.Serializer):
    repetition_time_ms = serializers.FloatField(required=False)
    echo_time_ms = serializers.FloatField(required=False)
    inversion_time_ms = serializers.FloatField(required=False)
    flip_angle_deg = serializers.FloatField(required=False)
    echo_train_length = serializers.FloatField(required=False)
    slice_thickness_mm = serializers.FloatField(required=False)
    slice_spacing_mm = serializers.FloatField(required=False)
    field_strength_t = serializers.FloatField(required=False)
    scanning_sequence = serializers.ListField(child=serializers.ChoiceField(SCANNING_SEQUENCES), required=False)


class SeriesOutput(serializers.ModelSerializer[Series]):
    n_slices = serializers.SerializerMethodField()
    doubt = serializers.SerializerMethodField()
    parameters = ParametersOutput()

    class Meta:
        model = Series
        fields = ["number", "role", "role_source", "doubt", "plane", "n_slices", "rows", "columns", "parameters"]

    def get_n_slices(self, series: Series) -> int:
        return len(series.instances.all())

    def get_doubt(self, series: Series) -> str:
        return checks.doubt(series)


class CaseOutput(serializers.ModelSerializer[Case]):
    subject = serializers.CharField(source="exam.subject.pseudonym")
    missing = serializers.SerializerMethodField()
    open_queries = serializers.SerializerMethodField()
    series = SeriesOutput(many=True, source="exam.series.all")

    class Meta:
        model = Case
        fields = ["code", "subject", "state", "missing", "open_queries", "series"]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_missing(self, case: Case) -> list[str]:
        return cases.missing(case)

    def get_open_queries(self, case: Case) -> int:
        return sum(query.state != QueryState.CLOSED for query in case.queries.all())


class SubjectInput(serializers.Serializer):
    subject = serializers.CharField(max_length=40, validators=[PSEUDONYM])


class RoleInput(serializers.Serializer):
    role = serializers.ChoiceField(SeriesRole.choices)
