"""The doors of a study's charter."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest, parse
from scoring import charter
from scoring import serializers as out
from studies.permissions import SEE_CASES, SET_RULES, find_study


class CharterView(APIView):
    @extend_schema(responses=out.CharterOutput, operation_id="charter")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_CASES)
        return Response(out.CharterOutput(study).data)

    @extend_schema(request=out.CharterInput, responses=out.CharterOutput, operation_id="draft_charter")
    def put(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SET_RULES)
        charter.write_draft(study, **parse(out.CharterInput, request), actor=request.user)
        return Response(out.CharterOutput(study).data)

    @extend_schema(responses={204: None}, operation_id="drop_amendment")
    def delete(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SET_RULES)
        charter.drop_draft(study, actor=request.user)
        return Response(status=204)


class FreezeCharterView(APIView):
    @extend_schema(request=None, responses=out.CharterOutput, operation_id="freeze_charter")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SET_RULES)
        charter.freeze(study, actor=request.user, now=timezone.now())
        return Response(out.CharterOutput(study).data)


class PrintedCharterView(APIView):
    @extend_schema(responses={(200, "text/html"): OpenApiTypes.STR}, operation_id="printed_charter")
    def get(self, request: SignedInRequest, code: str, version: int) -> HttpResponse:
        study = find_study(request.user, code, act=SEE_CASES)
        found = get_object_or_404(study.charters.select_related("instrument", "frozen_by"), version=version)
        return render(request, "scoring/charter.html", charter.as_printed(found))
