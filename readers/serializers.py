"""What goes in and comes out at the session's door."""

from rest_framework import serializers

from readers.models import User


class SignInInput(serializers.Serializer):
    username = serializers.CharField(max_length=60)
    password = serializers.CharField(max_length=256, trim_whitespace=False)


class PasswordInput(serializers.Serializer):
    old_password = serializers.CharField(max_length=256, trim_whitespace=False)
    new_password = serializers.CharField(max_length=256, trim_whitespace=False)


class SignatureInput(serializers.Serializer):
    password = serializers.CharField(max_length=256, trim_whitespace=False)
    meaning = serializers.CharField(max_length=500)


class SignatureOutput(serializers.Serializer):
    printed_name = serializers.CharField()
    meaning = serializers.CharField()
    signed_at = serializers.DateTimeField()
    content_sha256 = serializers.CharField()


class UserOutput(serializers.ModelSerializer[User]):
    is_administrator = serializers.BooleanField(source="is_staff")

    class Meta:
        model = User
        fields = ["username", "full_name", "is_administrator", "can_open_studies", "must_change_password"]


class SessionOutput(serializers.Serializer):
    user = UserOutput(allow_null=True)
    version = serializers.CharField()


class ErrorBody(serializers.Serializer):
    """The one shape of every refusal."""

    code = serializers.CharField()
    message = serializers.CharField()
    fields = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False)


class ErrorOutput(serializers.Serializer):
    error = ErrorBody()
