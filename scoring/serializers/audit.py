"""The audit trail of a study, and the signatures in it."""

from typing import Any

from rest_framework import serializers

from scoring.standing import STANDINGS, Signed


class TrailInput(serializers.Serializer):
    """What to filter by; all of it may be left out."""

    action = serializers.CharField(max_length=60, required=False, allow_blank=True)
    object = serializers.CharField(max_length=40, required=False, allow_blank=True)
    person = serializers.CharField(max_length=60, required=False, allow_blank=True)
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)
    text = serializers.CharField(max_length=100, required=False, allow_blank=True)
    before = serializers.IntegerField(required=False, min_value=1)


class ChangeOutput(serializers.Serializer):
    name = serializers.CharField(allow_blank=True)
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class EventOutput(serializers.Serializer):
    """One event. `signature`: of a signature, whether it stands, was superseded, or is under something else."""

    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    hash = serializers.CharField()
    person = serializers.CharField()
    role = serializers.CharField(allow_blank=True)
    action = serializers.CharField()
    object_type = serializers.CharField()
    object_key = serializers.CharField()
    is_withheld = serializers.BooleanField()
    changes = ChangeOutput(many=True)
    reason = serializers.CharField(allow_blank=True)
    is_verified = serializers.BooleanField()
    signature = serializers.ChoiceField(STANDINGS, allow_null=True)


class PersonName(serializers.Serializer):
    username = serializers.CharField()
    full_name = serializers.CharField()


class TrailChoices(serializers.Serializer):
    actions = serializers.ListField(child=serializers.CharField())
    objects = serializers.ListField(child=serializers.CharField())
    people = PersonName(many=True)


class HeadOutput(serializers.Serializer):
    """Where the chain of this installation ends."""

    seq = serializers.IntegerField()
    hash = serializers.CharField(allow_blank=True)
    count = serializers.IntegerField()


class TrailOutput(serializers.Serializer):
    """A page of the trail, the newest event first; `next` is where the following page begins.

    withheld   why values are not shown yet; null when they are
    verified   the number of the last event that a verification found intact, with all before it
    """

    withheld = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()
    events = EventOutput(many=True)
    next = serializers.IntegerField(allow_null=True)
    head = HeadOutput()
    verified = serializers.IntegerField()
    choices = TrailChoices()


class ReviewInput(serializers.Serializer):
    """Up to which event the trail was reviewed."""

    seq = serializers.IntegerField(min_value=1)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class SignedOutput(serializers.Serializer):
    """A signature with what it is under, and whether that is still what was signed."""

    printed_name = serializers.CharField(source="signature.printed_name")
    meaning = serializers.CharField(source="signature.meaning")
    signed_at = serializers.DateTimeField(source="signature.signed_at")
    content_sha256 = serializers.CharField(source="signature.content_sha256")
    object_type = serializers.CharField()
    object_key = serializers.CharField()
    standing = serializers.ChoiceField(STANDINGS)

    def to_representation(self, instance: Signed) -> dict[str, Any]:
        return {**super().to_representation(instance), "standing": str(instance.standing)}
