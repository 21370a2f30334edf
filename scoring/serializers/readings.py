"""What a reader gets and sends."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from readers.serializers import SignatureOutput
from scoring import catalogue, operations, practice, problems, reopening, sittings, submission, worklist
from scoring.forms import Thing
from scoring.models import OperationKind, Pin, Reading, ReadingState, Score
from scoring.serializers.conduct import OwnProblem
from scoring.serializers.instruments import FormOutput
from scoring.serializers.practice import FeedbackOutput, PracticeStanding
from scoring.serializers.studies import StudyName
from studies.frames import VectorField

# A reader knows no withdrawn reading.
OPEN_STATES = [choice for choice in ReadingState.choices if choice[0] != ReadingState.WITHDRAWN]


class ReadingRow(serializers.ModelSerializer[Reading]):
    """A line of a reader's own worklist."""

    state = serializers.ChoiceField(OPEN_STATES)
    is_second_look = serializers.BooleanField(source="asked")

    class Meta:
        model = Reading
        fields = ["code", "position", "state", "is_second_look"]


class WorklistOutput(serializers.Serializer):
    study = StudyName()
    readings = ReadingRow(many=True)
    practice = PracticeStanding(allow_null=True)
    opens_next = serializers.DateTimeField(allow_null=True)


class ScoreOutput(serializers.ModelSerializer[Score]):
    """What stands for an item, and the operations that made it so: what the next ones come after."""

    item = serializers.CharField(source="item.code")
    answer_operation = serializers.SerializerMethodField()
    comment_operation = serializers.SerializerMethodField()

    class Meta:
        model = Score
        fields = ["item", "grade", "not_assessable", "comment", "saved_at", "answer_operation", "comment_operation"]

    def get_answer_operation(self, score: Score) -> UUID | None:
        return self.context["last"].get(Thing(OperationKind.ANSWER, score.item.code, None))

    def get_comment_operation(self, score: Score) -> UUID | None:
        return self.context["last"].get(Thing(OperationKind.COMMENT, score.item.code, None))


class PinView(serializers.Serializer):
    """How one looked at a place: the centre of the pane, how near, and the grey window."""

    centre = VectorField()
    mm_per_pixel = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class PinOutput(serializers.ModelSerializer[Pin]):
    """A pin that is there. `slice` counts from 0 in spatial order."""

    item = serializers.CharField(source="item.code")
    point = VectorField()
    view = PinView()
    operation = serializers.SerializerMethodField()

    class Meta:
        model = Pin
        fields = ["key", "item", "series", "slice", "point", "view", "operation"]

    def get_operation(self, pin: Pin) -> UUID | None:
        return self.context["last"].get(Thing(OperationKind.PIN, pin.item.code, pin.key))


class ReadingOutput(serializers.ModelSerializer[Reading]):
    """`asked`: codes of the items of a second look, which its `instrument` is cut down to; empty for all."""

    state = serializers.ChoiceField(OPEN_STATES)
    n_readings = serializers.SerializerMethodField()
    next = serializers.SerializerMethodField()
    is_synthetic = serializers.BooleanField(source="case.study.is_synthetic")
    instrument = serializers.SerializerMethodField()
    asked = serializers.ListField(child=serializers.CharField())
    requires_pins = serializers.BooleanField(source="charter.terms.requires_pins")
    scores = serializers.SerializerMethodField()
    pins = serializers.SerializerMethodField()
    problems = serializers.SerializerMethodField()
    seen = serializers.SerializerMethodField()
    reopening = serializers.SerializerMethodField()
    feedback = serializers.SerializerMethodField()
    signature = SignatureOutput(allow_null=True)
    meaning = serializers.SerializerMethodField()

    class Meta:
        model = Reading
        fields = [
            "code", "position", "n_readings", "state", "is_synthetic", "next", "instrument", "asked", "requires_pins",
            "scores", "pins", "problems", "seen", "reopening", "feedback", "signature", "meaning",
        ]  # fmt: skip

    def to_representation(self, reading: Reading) -> Any:
        self.place = worklist.place_of(reading, now=timezone.now())
        self.last = operations.last_of(reading)
        return super().to_representation(reading)

    @extend_schema_field(ScoreOutput(many=True))
    def get_scores(self, reading: Reading) -> Any:
        scores = reading.scores.select_related("item")
        return ScoreOutput(scores, many=True, context={"last": self.last}).data

    @extend_schema_field(PinOutput(many=True))
    def get_pins(self, reading: Reading) -> Any:
        pins = reading.pins.filter(is_removed=False).select_related("item")
        return PinOutput(pins, many=True, context={"last": self.last}).data

    @extend_schema_field(OwnProblem(many=True))
    def get_problems(self, reading: Reading) -> Any:
        return OwnProblem(problems.own(reading), many=True).data

    def get_seen(self, reading: Reading) -> dict[str, list[int]]:
        return sittings.seen(reading)

    @extend_schema_field(serializers.ChoiceField(["none", "asked", "declined"]))
    def get_reopening(self, reading: Reading) -> str:
        return reopening.state_of(reading)

    @extend_schema_field(FeedbackOutput(many=True, allow_null=True))
    def get_feedback(self, reading: Reading) -> Any:
        shown = practice.feedback(reading)
        return None if shown is None else FeedbackOutput(shown, many=True).data

    def get_n_readings(self, reading: Reading) -> int:
        return self.place.n_readings

    def get_next(self, reading: Reading) -> str | None:
        """The own next reading that is not signed: after this one, or from the start."""
        return self.place.next

    @extend_schema_field(FormOutput)
    def get_instrument(self, reading: Reading) -> dict[str, Any]:
        instrument = reading.charter.instrument
        return catalogue.describe_part(instrument, reading.asked) if reading.asked else catalogue.describe(instrument)

    def get_meaning(self, reading: Reading) -> str:
        return submission.MEANING
