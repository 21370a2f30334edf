"""What goes in and out at the doors of machine accounts."""

from typing import Any

from rest_framework import serializers

from studies.models import MachineAccount


class MachineInput(serializers.Serializer):
    name = serializers.CharField(max_length=60)
    may_store = serializers.BooleanField(default=False)
    may_fetch = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not (attrs["may_store"] or attrs["may_fetch"]):
            raise serializers.ValidationError("Say what the machine may do: send images, fetch images, or both.")
        return attrs


class MachineOutput(serializers.ModelSerializer[MachineAccount]):
    made_by = serializers.CharField(source="made_by.full_name")

    class Meta:
        model = MachineAccount
        fields = ["code", "name", "may_store", "may_fetch", "made_by", "made_at", "last_used_at"]


class MadeOutput(serializers.Serializer):
    """A new machine account. Its token is in this answer and nowhere else."""

    machine = MachineOutput()
    token = serializers.CharField()
