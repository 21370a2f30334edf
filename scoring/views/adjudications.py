"""The doors of an adjudicator."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.serializers import SignatureInput
from readers.views import SignedInRequest, parse
from scoring import adjudication
from scoring import serializers as out
from scoring.models import Adjudication
from studies import frames
from studies.frames import ImagesOutput, packed_response
from studies.models import Study


def by_study(rows: Iterable[Any], set_aside: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows under the study they belong to, in the order they come, and the codes of what no longer counts."""
    groups: dict[int, dict[str, Any]] = {}

    def of(study: Study) -> dict[str, Any]:
        return groups.setdefault(study.pk, {"study": study, "adjudications": [], "set_aside": []})

    for row in rows:
        of(row.consensus.case.study)["adjudications"].append(row)
    for row in set_aside:
        of(row.consensus.charter.study)["set_aside"].append(row.code)
    return list(groups.values())


def open_adjudications(request: SignedInRequest) -> Any:
    return Adjudication.objects.open_to(request.user).select_related("consensus__case__study")


class AdjudicationsView(APIView):
    @extend_schema(responses=out.AdjudicationQueue(many=True), operation_id="adjudications")
    def get(self, request: SignedInRequest) -> Response:
        queue = open_adjudications(request).annotate(
            n_disputes=Count("disputes"), n_decided=Count("disputes", filter=~Q(disputes__choice=""))
        )
        for position, row in enumerate(queue, start=1):
            row.position = position
        set_aside = Adjudication.objects.set_aside(request.user).select_related("consensus__charter__study")
        return Response(out.AdjudicationQueue(by_study(queue, set_aside), many=True).data)


def find_adjudication(request: SignedInRequest, code: str) -> Adjudication:
    return get_object_or_404(open_adjudications(request), code=code)


def shown(found: Adjudication, request: SignedInRequest) -> Response:
    return Response(out.AdjudicationOutput(found, context={"request": request}).data)


class AdjudicationView(APIView):
    @extend_schema(responses=out.AdjudicationOutput, operation_id="adjudication")
    def get(self, request: SignedInRequest, code: str) -> Response:
        return shown(find_adjudication(request, code), request)


class AdjudicationImagesView(APIView):
    @extend_schema(responses=ImagesOutput, operation_id="adjudication_images")
    def get(self, request: SignedInRequest, code: str) -> Response:
        found = find_adjudication(request, code)
        return Response(frames.describe(found.consensus.its_case, f"/api/adjudications/{code}/images"))


class AdjudicationPixelsView(APIView):
    @extend_schema(
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, operation_id="adjudication_pixels"
    )
    def get(self, request: SignedInRequest, code: str, number: int) -> Any:
        found = find_adjudication(request, code)
        return packed_response(found.consensus.its_case, number)


class DisputeView(APIView):
    @extend_schema(request=out.DecisionInput, responses=out.DisputeOutput, operation_id="decide")
    def put(self, request: SignedInRequest, code: str, item: str) -> Response:
        decision = parse(out.DecisionInput, request)
        found = find_adjudication(request, code)
        dispute = adjudication.decide(found, item=item, **decision, actor=request.user, now=timezone.now())
        return Response(out.DisputeOutput(dispute).data)


class SignAdjudicationView(APIView):
    @extend_schema(request=SignatureInput, responses=out.AdjudicationOutput, operation_id="sign_adjudication")
    def post(self, request: SignedInRequest, code: str) -> Response:
        signature = parse(SignatureInput, request)
        found = find_adjudication(request, code)
        signed = adjudication.sign(found, **signature, actor=request.user, now=timezone.now())
        return shown(signed, request)
