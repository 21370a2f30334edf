"""What a reader gets and sends."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from readers.serializers import SignatureOutput
from scoring import catalogue, submission
from scoring.models import Reading, Score
from scoring.serializers.instruments import FormOutput
from scoring.serializers.studies import StudyName


class ReadingRow(serializers.ModelSerializer[Reading]):
    """A line of a reader's own worklist."""

    class Meta:
        model = Reading
        fields = ["code", "position", "state"]


class WorklistOutput(serializers.Serializer):
    study = StudyName()
    readings = ReadingRow(many=True)


class ScoreInput(serializers.Serializer):
    grade = serializers.IntegerField(allow_null=True, min_value=0, max_value=100)
    not_assessable = serializers.CharField(allow_blank=True, max_length=20)


class ScoreOutput(serializers.ModelSerializer[Score]):
    item = serializers.CharField(source="item.code")

    class Meta:
        model = Score
        fields = ["item", "grade", "not_assessable", "saved_at"]


class ReadingOutput(serializers.ModelSerializer[Reading]):
    n_readings = serializers.SerializerMethodField()
    next = serializers.SerializerMethodField()
    is_synthetic = serializers.BooleanField(source="case.study.is_synthetic")
    instrument = serializers.SerializerMethodField()
    scores = ScoreOutput(many=True)
    signature = SignatureOutput(allow_null=True)
    meaning = serializers.SerializerMethodField()

    class Meta:
        model = Reading
        fields = [
            "code", "position", "n_readings", "state", "is_synthetic", "next", "instrument", "scores", "signature",
            "meaning",
        ]  # fmt: skip

    def own(self, reading: Reading) -> Any:
        return Reading.objects.filter(reader=reading.reader_id, case__study=reading.case.study_id)

    def get_n_readings(self, reading: Reading) -> int:
        return self.own(reading).count()

    def get_next(self, reading: Reading) -> str | None:
        """The own next reading that is not signed: after this one, or from the start."""
        todo = self.own(reading).exclude(state="signed").exclude(pk=reading.pk)
        later = todo.filter(position__gt=reading.position).first() or todo.first()
        return later.code if later else None

    @extend_schema_field(FormOutput)
    def get_instrument(self, reading: Reading) -> dict[str, Any]:
        return catalogue.describe(reading.charter.instrument)

    def get_meaning(self, reading: Reading) -> str:
        return submission.MEANING
