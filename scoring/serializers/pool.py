"""The readers of a study as a coordinator sees to them: reassignment, reminders, unblinding, the lock."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from scoring.models import Unblinding


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
