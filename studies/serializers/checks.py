"""What goes in and out at the doors of checks, queries and facts."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from studies import frames
from studies.checks import Sheet, sheet
from studies.models import Case, CaseState, Decision, QualityCheck, Query, Series
from studies.quality import STATES
from studies.serializers.cases import SeriesOutput


class FindingOutput(serializers.Serializer):
    name = serializers.CharField()
    series = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(STATES)
    sentence = serializers.CharField()


class QuestionOutput(serializers.Serializer):
    name = serializers.CharField()
    sentence = serializers.CharField()


class CheckOutput(serializers.ModelSerializer[QualityCheck]):
    checked_by = serializers.CharField(source="checked_by.full_name")
    answers = serializers.DictField(child=serializers.BooleanField())

    class Meta:
        model = QualityCheck
        fields = ["decision", "reason", "checked_by", "checked_at", "answers"]


class QueryOutput(serializers.ModelSerializer[Query]):
    asked_by = serializers.CharField(source="asked_by.full_name")
    answered_by = serializers.CharField(source="answered_by.full_name", default=None, allow_null=True)
    closed_by = serializers.CharField(source="closed_by.full_name", default=None, allow_null=True)

    class Meta:
        model = Query
        fields = [
            "code", "state", "question", "asked_by", "asked_at", "answer", "answered_by", "answered_at", "closed_by",
            "closed_at",
        ]  # fmt: skip


class CheckSeriesOutput(SeriesOutput):
    images_number = serializers.IntegerField()

    class Meta(SeriesOutput.Meta):
        fields = [*SeriesOutput.Meta.fields, "images_number"]


class SheetOutput(serializers.Serializer):
    """Everything beside the images when a case is looked at. `seen` names what the person was shown."""

    code = serializers.CharField()
    subject = serializers.CharField(source="exam.subject.pseudonym")
    state = serializers.ChoiceField(CaseState.choices)
    seen = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()
    questions = serializers.SerializerMethodField()
    checks = CheckOutput(many=True)
    queries = QueryOutput(many=True)
    series = serializers.SerializerMethodField()

    def get_seen(self, case: Case) -> str:
        return self.sheet(case).seen

    @extend_schema_field(FindingOutput(many=True))
    def get_findings(self, case: Case) -> Any:
        return FindingOutput(self.sheet(case).findings, many=True).data

    @extend_schema_field(QuestionOutput(many=True))
    def get_questions(self, case: Case) -> Any:
        return QuestionOutput(self.sheet(case).questions, many=True).data

    @extend_schema_field(CheckSeriesOutput(many=True))
    def get_series(self, case: Case) -> Any:
        return CheckSeriesOutput(numbered(case), many=True).data

    def sheet(self, case: Case) -> Sheet:
        """Of one case, made once."""
        if not hasattr(self, "_sheet"):
            self._sheet = sheet(case)
        return self._sheet


def numbered(case: Case) -> list[Series]:
    """The series by their own number, each with the number that the case's images know it by."""
    series = frames.shown(case)
    for number, one in enumerate(series, start=1):
        one.images_number = number  # type: ignore[attr-defined]
    return sorted(series, key=lambda one: one.number)


class CheckInput(serializers.Serializer):
    decision = serializers.ChoiceField(Decision.choices)
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")
    answers = serializers.DictField(child=serializers.BooleanField(), default=dict)
    seen = serializers.CharField(max_length=64)


class QuestionInput(serializers.Serializer):
    question = serializers.CharField(max_length=500)


class AnswerInput(serializers.Serializer):
    answer = serializers.CharField(max_length=500)


class CaseFactsOutput(serializers.Serializer):
    case = serializers.CharField()
    subject = serializers.CharField()
    age_years = serializers.IntegerField(allow_null=True)
    sex = serializers.CharField()
    days_from_baseline = serializers.IntegerField(allow_null=True)
    centre = serializers.CharField(allow_null=True)
    vendor = serializers.CharField()
    field_strength_t = serializers.FloatField(allow_null=True)
