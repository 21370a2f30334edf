"""What a desk sends and is answered; what is shown before a signature, and the signature."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from readers.serializers import SignatureInput
from scoring.models import Desk, OperationKind
from scoring.operations import OUTCOMES
from scoring.serializers.practice import FeedbackOutput
from scoring.serializers.readings import PinView
from studies.frames import VectorField

MOST_OPERATIONS = 200  # in one request


class DeskInput(serializers.Serializer):
    """`take`: from whichever desk has the reading now."""

    desk = serializers.UUIDField()
    take = serializers.BooleanField(default=False)


class DeskOutput(serializers.ModelSerializer[Desk]):
    class Meta:
        model = Desk
        fields = ["until"]


class AnswerValue(serializers.Serializer):
    grade = serializers.IntegerField(allow_null=True)
    not_assessable = serializers.CharField(allow_blank=True)


class CommentValue(serializers.Serializer):
    text = serializers.CharField(allow_blank=True, max_length=1000)


class PlaceValue(serializers.Serializer):
    """`series`: its number in the images. `slice` counts from 0 in spatial order."""

    series = serializers.IntegerField()
    slice = serializers.IntegerField()
    point = VectorField()
    view = PinView()


@extend_schema_field(
    PolymorphicProxySerializer(
        component_name="OperationValue",
        serializers=[AnswerValue, CommentValue, PlaceValue],
        resource_type_field_name=None,
    )
)
class ValueField(serializers.JSONField):
    """A value of any form: one that says nothing is refused by itself (operations.merge), and the rest goes on."""

    def to_internal_value(self, data: Any) -> Any:
        return data


class OperationInput(serializers.Serializer):
    """One change as a browser made it. `after`: the one of the same thing that it followed. `made_at` is only told."""

    key = serializers.UUIDField()
    kind = serializers.ChoiceField(OperationKind.choices)
    item = serializers.CharField(max_length=20)
    pin = serializers.UUIDField(allow_null=True, default=None)
    value = ValueField(allow_null=True)
    after = serializers.UUIDField(allow_null=True, default=None)
    made_at = serializers.DateTimeField()


class OperationsInput(serializers.Serializer):
    desk = serializers.UUIDField()
    operations = serializers.ListField(child=OperationInput(), min_length=1, max_length=MOST_OPERATIONS)


class StandingOutput(serializers.Serializer):
    """What stands for a thing, and the operation that made it so."""

    value = ValueField(allow_null=True)
    operation = serializers.UUIDField(allow_null=True)


class OutcomeOutput(serializers.Serializer):
    key = serializers.UUIDField()
    outcome = serializers.ChoiceField(OUTCOMES)
    message = serializers.CharField()
    current = StandingOutput(allow_null=True)


class OperationsOutput(serializers.Serializer):
    """One outcome an operation, in their order. What is applied or superseded by then is kept for good."""

    saved_at = serializers.DateTimeField()
    outcomes = OutcomeOutput(many=True)
    feedback = FeedbackOutput(many=True, allow_null=True)


class ContentScore(AnswerValue):
    item = serializers.CharField()
    comment = serializers.CharField()


class ContentPin(PlaceValue):
    key = serializers.UUIDField()
    item = serializers.CharField()


class ContentOutput(serializers.Serializer):
    """Exactly what is signed (submission.content)."""

    reading = serializers.CharField()
    instrument = serializers.CharField()
    instrument_sha256 = serializers.CharField()
    charter_version = serializers.IntegerField()
    scores = ContentScore(many=True)
    pins = ContentPin(many=True)


class MissingItem(serializers.Serializer):
    item = serializers.CharField()
    label = serializers.CharField()


class UnseenSeries(serializers.Serializer):
    series = serializers.IntegerField()
    label = serializers.CharField()
    n_unseen = serializers.IntegerField()
    n_slices = serializers.IntegerField()


class ReviewOutput(serializers.Serializer):
    """What a reader sees before signing (review.of)."""

    content = ContentOutput()
    content_sha256 = serializers.CharField()
    missing = MissingItem(many=True)
    missing_pins = MissingItem(many=True)
    unseen = UnseenSeries(many=True)


class SignReadingInput(SignatureInput):
    """`content_sha256`: of the content as the review showed it."""

    content_sha256 = serializers.CharField(max_length=64)
