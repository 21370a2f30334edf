"""What goes in and out at the doors of this room. Every output lists its fields: nothing leaves by default."""

from django.core.validators import RegexValidator
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from studies import cases, uploads
from studies.elements import SCANNING_SEQUENCES
from studies.models import Case, Membership, Role, Series, SeriesRole, Upload, UploadedFile

PSEUDONYM = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9 ._/-]*$", "Use letters, digits, spaces, dots, dashes. Never a name or a hospital number."
)
# One part a file, each named by the file's number. OpenAPI can say this, a serializer cannot.
FILES_INPUT = {
    "multipart/form-data": {"type": "object", "additionalProperties": {"type": "string", "format": "binary"}}
}


class UploadInput(serializers.Serializer):
    subject = serializers.CharField(max_length=40, allow_blank=True, default="", validators=[PSEUDONYM])


class ReceivedOutput(serializers.Serializer):
    received = serializers.IntegerField()


class TotalsOutput(serializers.Serializer):
    pending = serializers.IntegerField()
    imported = serializers.IntegerField()
    duplicate = serializers.IntegerField()
    refused = serializers.IntegerField()


class UploadedFileOutput(serializers.ModelSerializer[UploadedFile]):
    case: serializers.Field = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)

    class Meta:
        model = UploadedFile
        fields = ["number", "entry", "verdict", "reason", "message", "case"]


class UploadRow(serializers.ModelSerializer[Upload]):
    totals = serializers.SerializerMethodField()

    class Meta:
        model = Upload
        fields = ["code", "state", "received_at", "totals"]

    @extend_schema_field(TotalsOutput)
    def get_totals(self, upload: Upload) -> dict[str, int]:
        return uploads.totals(upload)


class UploadOutput(UploadRow):
    files = UploadedFileOutput(many=True)

    class Meta(UploadRow.Meta):
        fields = [*UploadRow.Meta.fields, "files"]


class ParametersOutput(serializers.Serializer):
    repetition_time_ms = serializers.FloatField(required=False)
    echo_time_ms = serializers.FloatField(required=False)
    inversion_time_ms = serializers.FloatField(required=False)
    flip_angle_deg = serializers.FloatField(required=False)
    echo_train_length = serializers.FloatField(required=False)
    slice_thickness_mm = serializers.FloatField(required=False)
    slice_spacing_mm = serializers.FloatField(required=False)
    field_strength_t = serializers.FloatField(required=False)
    scanning_sequence = serializers.ListField(child=serializers.ChoiceField(SCANNING_SEQUENCES), required=False)


class SeriesOutput(serializers.ModelSerializer[Series]):
    n_slices = serializers.SerializerMethodField()
    parameters = ParametersOutput()

    class Meta:
        model = Series
        fields = ["number", "role", "role_source", "plane", "n_slices", "rows", "columns", "parameters"]

    def get_n_slices(self, series: Series) -> int:
        return len(series.instances.all())


class CaseOutput(serializers.ModelSerializer[Case]):
    subject = serializers.CharField(source="exam.subject.pseudonym")
    missing = serializers.SerializerMethodField()
    series = SeriesOutput(many=True, source="exam.series.all")

    class Meta:
        model = Case
        fields = ["code", "subject", "state", "missing", "series"]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_missing(self, case: Case) -> list[str]:
        return cases.missing(case)


class SubjectInput(serializers.Serializer):
    subject = serializers.CharField(max_length=40, validators=[PSEUDONYM])


class RoleInput(serializers.Serializer):
    role = serializers.ChoiceField(SeriesRole.choices)


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
