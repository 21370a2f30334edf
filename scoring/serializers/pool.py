"""The readers of a study as a coordinator sees to them: reassignment, reminders, unblinding, the lock."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from scoring import unlocking
from scoring.models import Unblinding, Unlocking, UnlockingState


class ReassignInput(serializers.Serializer):
    """A case by its code, readers by their user names."""

    case = serializers.CharField(max_length=20)
    reader = serializers.CharField(max_length=60)
    to = serializers.CharField(max_length=60)
    reason = serializers.CharField(max_length=500)


class ReminderInput(serializers.Serializer):
    username = serializers.CharField(max_length=60)


class ReminderOutput(serializers.Serializer):
    asked_at = serializers.DateTimeField()
    goes_out_at_hour = serializers.SerializerMethodField()

    def get_goes_out_at_hour(self, _asked: Any) -> int:
        """UTC."""
        return int(settings.MAIL_HOUR)


class UnblindingInput(serializers.Serializer):
    who = serializers.CharField(max_length=200)
    what = serializers.CharField(max_length=1000)
    why = serializers.CharField(max_length=1000)
    impact = serializers.CharField(max_length=1000)
    is_planned = serializers.BooleanField()
    happened_on = serializers.DateField()


class UnblindingOutput(serializers.ModelSerializer[Unblinding]):
    recorded_by = serializers.CharField(source="recorded_by.full_name")

    class Meta:
        model = Unblinding
        fields = [
            "code", "who", "what", "why", "impact", "is_planned", "happened_on", "recorded_by", "recorded_at",
        ]  # fmt: skip


class LockInput(serializers.Serializer):
    reason = serializers.CharField(max_length=500)


class UnlockingOutput(serializers.ModelSerializer[Unlocking]):
    """A request to open a locked study again. `can_decide`: it waits for a second person, and who asks here is one."""

    state = serializers.ChoiceField(UnlockingState.choices)
    asked_by = serializers.CharField(source="asked_by.full_name")
    decided_by = serializers.CharField(source="decided_by.full_name", default=None, allow_null=True)
    can_decide = serializers.SerializerMethodField()

    class Meta:
        model = Unlocking
        fields = [
            "code", "reason", "locked_at", "asked_by", "asked_at", "state", "note", "decided_by", "decided_at",
            "can_decide",
        ]  # fmt: skip

    def get_can_decide(self, asked: Unlocking) -> bool:
        return unlocking.can_decide(asked, self.context["request"].user)


class UnlockingDecision(serializers.Serializer):
    grant = serializers.BooleanField()
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
