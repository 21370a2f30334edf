"""What goes in and out at the doors of a study's team."""

from rest_framework import serializers

from studies.models import Membership, Role


class MemberInput(serializers.Serializer):
    username = serializers.CharField(max_length=60)
    full_name = serializers.CharField(max_length=120)
    role = serializers.ChoiceField(Role.choices)


class MemberOutput(serializers.ModelSerializer[Membership]):
    username = serializers.CharField(source="user.username")
    full_name = serializers.CharField(source="user.full_name")

    class Meta:
        model = Membership
        fields = ["username", "full_name", "role"]


class AddedOutput(serializers.Serializer):
    """A new member. The password of a new account is in this answer and nowhere else."""

    username = serializers.CharField(source="membership.user.username")
    full_name = serializers.CharField(source="membership.user.full_name")
    role = serializers.ChoiceField(Role.choices, source="membership.role")
    temporary_password = serializers.CharField(allow_null=True)
