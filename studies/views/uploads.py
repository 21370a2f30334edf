"""The doors of uploads."""

from typing import IO, Any, cast

from django.conf import settings
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.errors import TooLarge, WrongEncoding
from readers.views import SignedInRequest, parse
from studies import chunks, quotas, uploads
from studies.holding import held
from studies.limits import written
from studies.models import Upload
from studies.permissions import IMPORT, find_study, roles_with
from studies.serializers import uploads as out


def find_upload(request: SignedInRequest, code: str) -> Upload:
    return get_object_or_404(Upload.objects.visible_to(request.user, roles=roles_with(IMPORT)), code=code)


class UploadsView(APIView):
    @extend_schema(responses=out.UploadRow(many=True), operation_id="uploads")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=IMPORT)
        return Response(out.UploadRow(study.uploads.all(), many=True, context={"request": request}).data)

    @extend_schema(request=out.UploadInput, responses={201: out.UploadOutput}, operation_id="begin_upload")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=IMPORT)
        upload = uploads.begin(study, **parse(out.UploadInput, request), actor=request.user)
        return Response(out.UploadOutput(upload, context={"request": request}).data, status=201)


class UploadView(APIView):
    @extend_schema(responses=out.UploadOutput, operation_id="upload")
    def get(self, request: SignedInRequest, code: str) -> Response:
        return Response(out.UploadOutput(find_upload(request, code), context={"request": request}).data)

    @extend_schema(request=None, responses={204: None}, operation_id="discard_upload")
    def delete(self, request: SignedInRequest, code: str) -> Response:
        uploads.discard(find_upload(request, code), actor=request.user)
        return Response(status=204)


class ReceivingView(APIView):
    """A door for bytes. What it will not take it refuses by the headers, before a byte of the body is read."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.META.get("HTTP_CONTENT_ENCODING", "identity") != "identity":
            raise WrongEncoding("content_encoding", "Send the bytes as they are, without Content-Encoding.")
        announced = int(request.META.get("CONTENT_LENGTH") or 0)  # no more than this is ever read
        if announced > self.most():
            sentence = f"Send less at once: this request may carry {written(self.most())}."
            raise TooLarge("request_too_large", sentence)
        quotas.check_disk(announced, settings.LIMITS)
        super().initial(request, *args, **kwargs)

    def most(self) -> int:
        raise NotImplementedError


class UploadFilesView(ReceivingView):
    """Takes files by the handful, and says which are here. They stream to the quarantine's disk, hashed on the way."""

    parser_classes = [MultiPartParser]

    def most(self) -> int:
        return int(settings.LIMITS.upload_bytes)

    @extend_schema(responses=out.HeldFileOutput(many=True), operation_id="held_files")
    def get(self, request: SignedInRequest, code: str) -> Response:
        upload = find_upload(request, code)
        uploads.check_receiving(upload)
        return Response(out.HeldFileOutput(held(upload), many=True).data)

    @extend_schema(request=out.FILES_INPUT, responses=out.ReceivedOutput, operation_id="send_files")
    def post(self, request: SignedInRequest, code: str) -> Response:
        upload = find_upload(request, code)
        received = uploads.receive(upload, uploads.numbered(request.FILES))
        return Response(out.ReceivedOutput({"received": received}).data)


class Octets(BaseParser):
    """The body as a stream."""

    media_type = "application/octet-stream"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        return stream


class UploadFileView(ReceivingView):
    """Takes a large file piece by piece (chunks.py)."""

    parser_classes = [Octets]

    def most(self) -> int:
        return int(settings.LIMITS.chunk_bytes)

    @extend_schema(
        request=out.PIECE_INPUT, parameters=out.PIECE_HEADERS, responses=out.HeldFileOutput, operation_id="send_piece"
    )
    def patch(self, request: SignedInRequest, code: str, number: int) -> Response:
        upload, place = find_upload(request, code), chunks.place_of(request.headers)
        with chunks.arrived(cast(IO[bytes], request.data), place) as piece:
            row = chunks.append(upload, number, piece, place)
        return Response(out.HeldFileOutput(row).data)


class FinishUploadView(APIView):
    @extend_schema(request=None, responses=out.UploadOutput, operation_id="finish_upload")
    def post(self, request: SignedInRequest, code: str) -> Response:
        upload = uploads.finish(find_upload(request, code), actor=request.user)
        return Response(out.UploadOutput(upload, context={"request": request}).data)


class CentresView(APIView):
    @extend_schema(responses=out.CentreOutput(many=True), operation_id="centres")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=IMPORT)
        return Response(out.CentreOutput(study.centres.all(), many=True).data)
