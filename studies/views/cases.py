"""The doors of cases: what they are, what a coordinator corrects, and their images."""

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest, parse
from studies import cases, frames
from studies.frames import ImagesOutput
from studies.models import Case
from studies.permissions import CORRECT_CASES, SEE_CASES, find_study, roles_with
from studies.serializers import cases as out


def open_cases(request: SignedInRequest, *, act: str) -> QuerySet[Case]:
    visible = Case.objects.visible_to(request.user, roles=roles_with(act))
    return visible.select_related("exam__subject").prefetch_related("exam__series__instances", "queries")


def find_case(request: SignedInRequest, code: str, *, act: str = SEE_CASES) -> Case:
    return get_object_or_404(open_cases(request, act=act), code=code)


def shown(case: Case) -> Response:
    """A case after a change, read again."""
    return Response(out.CaseOutput(Case.objects.get(pk=case.pk)).data)


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
    def get(self, request: SignedInRequest, code: str, number: int) -> StreamingHttpResponse:
        return frames.packed_response(find_case(request, code), number)
