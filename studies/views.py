"""The doors of uploads and cases. Read the input, find the object through its gate, call one function, answer."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.errors import TooLarge
from readers.views import SignedInRequest, parse
from studies import cases, frames, team, uploads
from studies import serializers as out
from studies.frames import ImagesOutput
from studies.models import Case, Upload
from studies.permissions import CORRECT_CASES, IMPORT, MANAGE_TEAM, SEE_CASES, find_study, roles_with


def find_upload(request: SignedInRequest, code: str) -> Upload:
    return get_object_or_404(Upload.objects.visible_to(request.user, roles=roles_with(IMPORT)), code=code)


def open_cases(request: SignedInRequest, *, act: str) -> QuerySet[Case]:
    visible = Case.objects.visible_to(request.user, roles=roles_with(act))
    return visible.select_related("exam__subject").prefetch_related("exam__series__instances")


def find_case(request: SignedInRequest, code: str, *, act: str = SEE_CASES) -> Case:
    return get_object_or_404(open_cases(request, act=act), code=code)


def shown(case: Case) -> Response:
    """A case after a change, read again."""
    fresh = Case.objects.prefetch_related("exam__series__instances").select_related("exam__subject").get(pk=case.pk)
    return Response(out.CaseOutput(fresh).data)


class UploadsView(APIView):
    @extend_schema(responses=out.UploadRow(many=True), operation_id="uploads")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=IMPORT)
        return Response(out.UploadRow(study.uploads.all(), many=True).data)

    @extend_schema(request=out.UploadInput, responses={201: out.UploadOutput}, operation_id="begin_upload")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=IMPORT)
        upload = uploads.begin(study, subject=parse(out.UploadInput, request)["subject"], actor=request.user)
        return Response(out.UploadOutput(upload).data, status=201)


class UploadView(APIView):
    @extend_schema(responses=out.UploadOutput, operation_id="upload")
    def get(self, request: SignedInRequest, code: str) -> Response:
        return Response(out.UploadOutput(find_upload(request, code)).data)


class UploadFilesView(APIView):
    """Takes the bytes. They stream to the quarantine's disk, never whole into memory."""

    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses by the announced length before a byte of the body is read; no more than announced is ever read."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > uploads.MAX_UPLOAD_BYTES:
            raise TooLarge("upload_too_large", uploads.TOO_LARGE)
        super().initial(request, *args, **kwargs)

    @extend_schema(request=out.FILES_INPUT, responses=out.ReceivedOutput, operation_id="send_files")
    def post(self, request: SignedInRequest, code: str) -> Response:
        upload = find_upload(request, code)
        received = uploads.receive(upload, uploads.numbered(request.FILES))
        return Response(out.ReceivedOutput({"received": received}).data)


class FinishUploadView(APIView):
    @extend_schema(request=None, responses=out.UploadOutput, operation_id="finish_upload")
    def post(self, request: SignedInRequest, code: str) -> Response:
        upload = uploads.finish(find_upload(request, code), actor=request.user)
        return Response(out.UploadOutput(upload).data)


class CasesView(APIView):
    @extend_schema(responses=out.CaseOutput(many=True), operation_id="cases")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_CASES)
        return Response(out.CaseOutput(open_cases(request, act=SEE_CASES).filter(study=study), many=True).data)


class CaseView(APIView):
    @extend_schema(request=out.SubjectInput, responses=out.CaseOutput, operation_id="set_subject")
    def patch(self, request: SignedInRequest, code: str) -> Response:
        case = find_case(request, code, act=CORRECT_CASES)
        pseudonym = parse(out.SubjectInput, request)["subject"]
        return shown(cases.set_subject(case, pseudonym=pseudonym, actor=request.user))


class CaseSeriesView(APIView):
    @extend_schema(request=out.RoleInput, responses=out.CaseOutput, operation_id="correct_role")
    def patch(self, request: SignedInRequest, code: str, number: int) -> Response:
        case = find_case(request, code, act=CORRECT_CASES)
        series = get_object_or_404(case.exam.series, number=number)
        return shown(cases.correct_role(series, role=parse(out.RoleInput, request)["role"], actor=request.user))


class CaseImagesView(APIView):
    @extend_schema(responses=ImagesOutput, operation_id="case_images")
    def get(self, request: SignedInRequest, code: str) -> Response:
        return Response(frames.describe(find_case(request, code), f"/api/cases/{code}/images"))


class CasePixelsView(APIView):
    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, operation_id="case_pixels")
    def get(self, request: SignedInRequest, code: str, number: int) -> HttpResponse:
        return frames.packed_response(find_case(request, code), number)


class MembersView(APIView):
    @extend_schema(responses=out.MemberOutput(many=True), operation_id="members")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=MANAGE_TEAM)
        return Response(out.MemberOutput(team.members(study), many=True).data)

    @extend_schema(request=out.MemberInput, responses={201: out.AddedOutput}, operation_id="add_member")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=MANAGE_TEAM)
        added = team.add(study, **parse(out.MemberInput, request), actor=request.user)
        return Response(out.AddedOutput(added).data, status=201)


class MemberView(APIView):
    @extend_schema(responses={204: None}, operation_id="end_membership")
    def delete(self, request: SignedInRequest, code: str, username: str) -> Response:
        study = find_study(request.user, code, act=MANAGE_TEAM)
        team.end(get_object_or_404(team.members(study), user__username=username), actor=request.user)
        return Response(status=204)
