"""What an adjudicator gets and sends: two values without names."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from readers.serializers import SignatureInput, SignatureOutput
from scoring import adjudication as decisions
from scoring import catalogue
from scoring.models import Adjudication, Choice, Dispute, WhyChosen
from scoring.rules import Resolution
from scoring.serializers.charters import RESOLUTIONS
from scoring.serializers.instruments import FormOutput
from scoring.serializers.operations import PlaceValue
from scoring.serializers.studies import StudyName

WHOLE = [(one.value, one.label) for one in (Choice.LEFT, Choice.RIGHT)]


class AnswerOutput(serializers.Serializer):
    grade = serializers.IntegerField(allow_null=True)
    not_assessable = serializers.CharField()


class DecisionInput(serializers.Serializer):
    choice = serializers.ChoiceField(Choice.choices)
    grade = serializers.IntegerField(allow_null=True, min_value=0, max_value=100, default=None)
    not_assessable = serializers.CharField(allow_blank=True, max_length=20, default="")
    reason = serializers.ChoiceField(WhyChosen.choices)
    comment = serializers.CharField(allow_blank=True, max_length=2000, default="")


class OwnAnswerInput(serializers.Serializer):
    """What the adjudicator says to an item before either reading is shown."""

    grade = serializers.IntegerField(allow_null=True, min_value=0, max_value=100, default=None)
    not_assessable = serializers.CharField(allow_blank=True, max_length=20, default="")


class PickInput(serializers.Serializer):
    """One of the two readings, whole."""

    choice = serializers.ChoiceField(WHOLE)
    reason = serializers.ChoiceField(WhyChosen.choices)
    comment = serializers.CharField(allow_blank=True, max_length=2000, default="")


class SignAdjudicationInput(SignatureInput):
    """The signature; in a joint read, that of the second person with it."""

    second_username = serializers.CharField(max_length=60, allow_blank=True, default="")
    second_password = serializers.CharField(max_length=256, allow_blank=True, default="", trim_whitespace=False)


class DecisionOutput(serializers.Serializer):
    choice = serializers.ChoiceField(Choice.choices)
    grade = serializers.IntegerField(allow_null=True)
    not_assessable = serializers.CharField()
    reason = serializers.ChoiceField(WhyChosen.choices)
    comment = serializers.CharField()


class DisputeOutput(serializers.ModelSerializer[Dispute]):
    """One item that is asked: what both sides say, without names and only once it may be seen, and the decision."""

    item = serializers.CharField(source="item.code")
    label = serializers.CharField(source="item.label")
    own_answer = serializers.SerializerMethodField()
    left = serializers.SerializerMethodField()
    right = serializers.SerializerMethodField()
    left_pins = serializers.SerializerMethodField()
    right_pins = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()

    class Meta:
        model = Dispute
        fields = [
            "item", "label", "own_answer", "own_at", "is_revealed", "left", "right", "left_pins", "right_pins",
            "decision", "decided_at",
        ]  # fmt: skip

    @extend_schema_field(AnswerOutput(allow_null=True))
    def get_own_answer(self, dispute: Dispute) -> dict[str, Any] | None:
        return decisions.own_answer_of(dispute)

    @extend_schema_field(AnswerOutput(allow_null=True))
    def get_left(self, dispute: Dispute) -> dict[str, Any] | None:
        return said(dispute, 0)

    @extend_schema_field(AnswerOutput(allow_null=True))
    def get_right(self, dispute: Dispute) -> dict[str, Any] | None:
        return said(dispute, 1)

    @extend_schema_field(PlaceValue(many=True))
    def get_left_pins(self, dispute: Dispute) -> Any:
        return shown(dispute, 0)

    @extend_schema_field(PlaceValue(many=True))
    def get_right_pins(self, dispute: Dispute) -> Any:
        return shown(dispute, 1)

    @extend_schema_field(DecisionOutput(allow_null=True))
    def get_decision(self, dispute: Dispute) -> dict[str, Any] | None:
        return decisions.decision_of(dispute)


def said(dispute: Dispute, side: int) -> dict[str, Any] | None:
    return dict(AnswerOutput(decisions.sides(dispute)[side]).data) if dispute.is_revealed else None


def shown(dispute: Dispute, side: int) -> Any:
    """Places alone: neither which pin it is, nor when it was put."""
    return PlaceValue(decisions.pins_of(dispute)[side], many=True).data if dispute.is_revealed else []


class AdjudicationRow(serializers.ModelSerializer[Adjudication]):
    position = serializers.IntegerField()
    n_disputes = serializers.IntegerField()
    n_decided = serializers.IntegerField()

    class Meta:
        model = Adjudication
        fields = ["code", "position", "state", "n_disputes", "n_decided"]


class AdjudicationQueue(serializers.Serializer):
    """`set_aside`: codes of own decisions that no longer count, for their case is read again. Nothing more of it."""

    study = StudyName()
    set_aside = serializers.ListField(child=serializers.CharField())
    adjudications = AdjudicationRow(many=True)


class AdjudicationOutput(serializers.ModelSerializer[Adjudication]):
    is_synthetic = serializers.BooleanField(source="consensus.case.study.is_synthetic")
    instrument = serializers.SerializerMethodField()
    mode = serializers.ChoiceField(RESOLUTIONS)
    may_give_other = serializers.BooleanField(source="consensus.charter.terms.may_give_other")
    disputes = DisputeOutput(many=True)
    next = serializers.SerializerMethodField()
    signature = SignatureOutput(allow_null=True)
    second_signature = SignatureOutput(allow_null=True)
    meaning = serializers.SerializerMethodField()

    class Meta:
        model = Adjudication
        fields = [
            "code", "state", "is_synthetic", "next", "instrument", "mode", "may_give_other", "disputes", "signature",
            "second_signature", "meaning",
        ]  # fmt: skip

    @extend_schema_field(FormOutput)
    def get_instrument(self, adjudication: Adjudication) -> dict[str, Any]:
        return catalogue.describe(adjudication.consensus.charter.instrument)

    def get_next(self, adjudication: Adjudication) -> str | None:
        user = self.context["request"].user
        todo = Adjudication.objects.open_to(user).exclude(state="signed").exclude(pk=adjudication.pk)
        following = todo.filter(consensus__case__study=adjudication.consensus.its_case.study_id).first()
        return following.code if following else None

    def get_meaning(self, adjudication: Adjudication) -> str:
        return decisions.MEANINGS[Resolution(adjudication.mode)]
