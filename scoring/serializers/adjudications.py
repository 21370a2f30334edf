"""What an adjudicator gets and sends: two values without names."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from readers.serializers import SignatureOutput
from scoring import adjudication as decisions
from scoring import catalogue
from scoring.models import Adjudication, Choice, Dispute, WhyChosen
from scoring.serializers.instruments import FormOutput
from scoring.serializers.studies import StudyName


class AnswerOutput(serializers.Serializer):
    grade = serializers.IntegerField(allow_null=True)
    not_assessable = serializers.CharField()


class DecisionInput(serializers.Serializer):
    choice = serializers.ChoiceField(Choice.choices)
    grade = serializers.IntegerField(allow_null=True, min_value=0, max_value=100, default=None)
    not_assessable = serializers.CharField(allow_blank=True, max_length=20, default="")
    reason = serializers.ChoiceField(WhyChosen.choices)
    comment = serializers.CharField(allow_blank=True, max_length=2000, default="")


class DecisionOutput(serializers.Serializer):
    choice = serializers.ChoiceField(Choice.choices)
    grade = serializers.IntegerField(allow_null=True)
    not_assessable = serializers.CharField()
    reason = serializers.ChoiceField(WhyChosen.choices)
    comment = serializers.CharField()


class DisputeOutput(serializers.ModelSerializer[Dispute]):
    """One disputed item: two values without names, and the decision."""

    item = serializers.CharField(source="item.code")
    label = serializers.CharField(source="item.label")
    left = serializers.SerializerMethodField()
    right = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()

    class Meta:
        model = Dispute
        fields = ["item", "label", "left", "right", "decision", "decided_at"]

    @extend_schema_field(AnswerOutput)
    def get_left(self, dispute: Dispute) -> dict[str, Any]:
        return dict(AnswerOutput(decisions.sides(dispute)[0]).data)

    @extend_schema_field(AnswerOutput)
    def get_right(self, dispute: Dispute) -> dict[str, Any]:
        return dict(AnswerOutput(decisions.sides(dispute)[1]).data)

    @extend_schema_field(DecisionOutput(allow_null=True))
    def get_decision(self, dispute: Dispute) -> dict[str, Any] | None:
        return decisions.decision_of(dispute)


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
    disputes = DisputeOutput(many=True)
    next = serializers.SerializerMethodField()
    signature = SignatureOutput(allow_null=True)
    meaning = serializers.SerializerMethodField()

    class Meta:
        model = Adjudication
        fields = ["code", "state", "is_synthetic", "next", "instrument", "disputes", "signature", "meaning"]

    @extend_schema_field(FormOutput)
    def get_instrument(self, adjudication: Adjudication) -> dict[str, Any]:
        return catalogue.describe(adjudication.consensus.charter.instrument)

    def get_next(self, adjudication: Adjudication) -> str | None:
        user = self.context["request"].user
        todo = Adjudication.objects.open_to(user).exclude(state="signed").exclude(pk=adjudication.pk)
        following = todo.filter(consensus__case__study=adjudication.consensus.its_case.study_id).first()
        return following.code if following else None

    def get_meaning(self, adjudication: Adjudication) -> str:
        return decisions.MEANING
