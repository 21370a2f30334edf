"""How a reading was done, what is wrong with its images, and opening a signed one again."""

from math import isfinite
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from scoring import problems, reopening
from scoring.models import Problem, ProblemKind, ProblemState, Reopening, ReopeningState

MOST_SERIES, MOST_SLICES, MOST_WINDOWS = 100, 10_000, 200
LONGEST_MS = 2**31 - 1


class FiniteField(serializers.FloatField):
    """A number that can be written down: neither infinite nor none at all."""

    def to_internal_value(self, data: Any) -> float:
        number = super().to_internal_value(data)
        if not isfinite(number):
            self.fail("invalid")
        return number


class MillisecondsField(serializers.IntegerField):
    def __init__(self) -> None:
        super().__init__(min_value=0, max_value=LONGEST_MS)


# --- of a reader ---


class ReasonInput(serializers.Serializer):
    reason = serializers.CharField(max_length=500)


class ProblemInput(serializers.Serializer):
    """`key` is the browser's own name of the report: sent twice, it is one. `slice` counts from 0 in spatial order."""

    key = serializers.UUIDField()
    kind = serializers.ChoiceField(ProblemKind.choices)
    series = serializers.IntegerField(min_value=1, max_value=MOST_SERIES, allow_null=True, default=None)
    slice = serializers.IntegerField(min_value=0, max_value=MOST_SLICES, allow_null=True, default=None)
    text = serializers.CharField(max_length=500, allow_blank=True, default="")


class OwnProblem(serializers.ModelSerializer[Problem]):
    """What a reader reported, and nothing of what became of it."""

    class Meta:
        model = Problem
        fields = ["kind", "series", "slice", "text", "reported_at"]


class WindowUse(serializers.Serializer):
    series = serializers.IntegerField(min_value=1, max_value=MOST_SERIES)
    low = FiniteField()
    high = FiniteField()
    ms = MillisecondsField()


class DeviceInput(serializers.Serializer):
    """What a machine says of itself. Text of any length: it is cut, not refused."""

    browser = serializers.CharField(allow_blank=True, default="")
    platform = serializers.CharField(allow_blank=True, default="")
    screen = serializers.CharField(allow_blank=True, default="")
    pixel_ratio = FiniteField(allow_null=True, default=None)
    renderer = serializers.CharField(allow_blank=True, default="")


class SittingInput(serializers.Serializer):
    """Everything a desk has counted so far, never a difference. `slices`: number of the series -> ms a slice."""

    desk = serializers.UUIDField()
    active_ms = MillisecondsField()
    slices = serializers.DictField(child=serializers.ListField(child=MillisecondsField(), max_length=MOST_SLICES))
    windows = serializers.ListField(child=WindowUse(), max_length=MOST_WINDOWS)
    device = DeviceInput()


# --- of the coordinator ---


class NoteInput(serializers.Serializer):
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class ReopeningDecision(NoteInput):
    grant = serializers.BooleanField()


class ProblemOutput(serializers.ModelSerializer[Problem]):
    case = serializers.CharField(source="reading.case.code")
    reader = serializers.CharField(source="reading.reader.full_name")
    kind_label = serializers.CharField(source="get_kind_display")
    series_label = serializers.SerializerMethodField()
    state = serializers.ChoiceField(ProblemState.choices)
    closed_by = serializers.CharField(source="closed_by.full_name", default=None, allow_null=True)

    class Meta:
        model = Problem
        fields = [
            "code", "case", "reader", "kind", "kind_label", "series", "series_label", "slice", "text", "reported_at",
            "state", "note", "closed_by", "closed_at",
        ]  # fmt: skip

    def get_series_label(self, problem: Problem) -> str | None:
        return problems.series_label(problem)


class ReopeningOutput(serializers.ModelSerializer[Reopening]):
    """A request with what was decided on it; nothing of what the reading says.

    why_not     why it cannot be granted, in a sentence; null where it can, or is decided
    supersedes  whether the consensus of its case goes, or went, with it
    """

    case = serializers.CharField(source="reading.case.code")
    reader = serializers.CharField(source="reading.reader.full_name")
    state = serializers.ChoiceField(ReopeningState.choices)
    why_not = serializers.SerializerMethodField()
    supersedes = serializers.SerializerMethodField()
    decided_by = serializers.CharField(source="decided_by.full_name", default=None, allow_null=True)

    class Meta:
        model = Reopening
        fields = [
            "code", "case", "reader", "reason", "asked_at", "state", "why_not", "supersedes", "note", "decided_by",
            "decided_at",
        ]  # fmt: skip

    def get_why_not(self, asked: Reopening) -> str | None:
        return reopening.why_not(asked)

    def get_supersedes(self, asked: Reopening) -> bool:
        return reopening.supersedes(asked)


class RequestsOutput(serializers.Serializer):
    """What readers reported and asked for, what waits before what is done."""

    problems = serializers.SerializerMethodField()
    reopenings = serializers.SerializerMethodField()

    @extend_schema_field(ProblemOutput(many=True))
    def get_problems(self, study: Any) -> Any:
        return ProblemOutput(problems.queue(study), many=True).data

    @extend_schema_field(ReopeningOutput(many=True))
    def get_reopenings(self, study: Any) -> Any:
        return ReopeningOutput(reopening.queue(study), many=True).data
