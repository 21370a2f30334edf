"""What goes in and out at the doors of a study's team."""

from rest_framework import serializers

from studies.models import Membership, Role


class MemberInput(serializers.Serializer):
    username = serializers.CharField(max_length=60)
    full_name = serializers.CharField(max_length=120)
    role = serializers.ChoiceField(Role.choices)


class ReaderSettings(serializers.Serializer):
    """share: percent of all cases a reader reads; null for an equal part of what the others leave."""

    email = serializers.EmailField(allow_blank=True)
    share = serializers.IntegerField(min_value=1, max_value=100, allow_null=True)
    centre = serializers.CharField(max_length=40, allow_blank=True)
    is_away = serializers.BooleanField()


class MemberOutput(serializers.ModelSerializer[Membership]):
    username = serializers.CharField(source="user.username")
    full_name = serializers.CharField(source="user.full_name")
    email = serializers.EmailField(source="user.email")
    centre = serializers.CharField(source="centre.name", default="")

    class Meta:
        model = Membership
        fields = ["username", "full_name", "role", "email", "share", "centre", "is_away"]


class AddedOutput(serializers.Serializer):
    """A new member. The password of a new account is in this answer and nowhere else."""

    username = serializers.CharField(source="membership.user.username")
    full_name = serializers.CharField(source="membership.user.full_name")
    role = serializers.ChoiceField(Role.choices, source="membership.role")
    temporary_password = serializers.CharField(allow_null=True)
