"""What goes in and out at the doors of uploads."""

from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers

from studies import uploads
from studies.models import Upload, UploadedFile, UploadState
from studies.serializers.fields import PSEUDONYM

# One part a file, each named by the file's number. OpenAPI can say this, a serializer cannot.
FILES_INPUT = {
    "multipart/form-data": {"type": "object", "additionalProperties": {"type": "string", "format": "binary"}}
}


# The bytes themselves, and what must stand above them.
PIECE_INPUT = {"application/octet-stream": {"type": "string", "format": "binary"}}
PIECE_HEADERS = [
    OpenApiParameter("Upload-Offset", int, OpenApiParameter.HEADER, required=True, description="Where it begins"),
    OpenApiParameter("Upload-Length", int, OpenApiParameter.HEADER, required=True, description="Bytes of the file"),
    OpenApiParameter(
        "Content-Digest", str, OpenApiParameter.HEADER, required=True, description="Of the piece: sha-256=:<base64>:"
    ),
]


STUCK_AFTER = 3  # attempts: a worker may die once, and a server be restarted


class UploadInput(serializers.Serializer):
    subject = serializers.CharField(max_length=40, allow_blank=True, default="", validators=[PSEUDONYM])
    centre = serializers.CharField(max_length=40, allow_blank=True, default="")


class CentreOutput(serializers.Serializer):
    name = serializers.CharField()


class ReceivedOutput(serializers.Serializer):
    received = serializers.IntegerField()


class HeldFileOutput(serializers.ModelSerializer[UploadedFile]):
    class Meta:
        model = UploadedFile
        fields = ["number", "n_bytes", "is_complete", "sha256"]


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
    is_mine = serializers.SerializerMethodField()
    is_stuck = serializers.SerializerMethodField()

    class Meta:
        model = Upload
        fields = ["code", "state", "received_at", "totals", "is_mine", "is_stuck"]

    @extend_schema_field(TotalsOutput)
    def get_totals(self, upload: Upload) -> dict[str, int]:
        return uploads.totals(upload)

    def get_is_stuck(self, upload: Upload) -> bool:
        """Whether the import broke off again and again, through no fault of its files: somebody has to look."""
        return upload.state == UploadState.IMPORTING and upload.attempt >= STUCK_AFTER

    def get_is_mine(self, upload: Upload) -> bool:
        """Whether the person who asks began it in a browser, and may go on with it."""
        return upload.machine_id is None and upload.uploaded_by_id == self.context["request"].user.pk


class UploadOutput(UploadRow):
    files = UploadedFileOutput(many=True)

    class Meta(UploadRow.Meta):
        fields = [*UploadRow.Meta.fields, "files"]
