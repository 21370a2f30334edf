"""The doors of a reader, and of nobody else."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.serializers import SignatureInput
from readers.views import SignedInRequest, parse
from scoring import serializers as out
from scoring import submission
from scoring.models import Reading
from studies import frames
from studies.frames import ImagesOutput, packed_response


class WorklistView(APIView):
    @extend_schema(responses=out.WorklistOutput(many=True), operation_id="worklist")
    def get(self, request: SignedInRequest) -> Response:
        readings = Reading.objects.own(request.user).select_related("case__study")
        return Response(out.WorklistOutput(by_study(readings, "readings"), many=True).data)


def by_study(rows: Iterable[Any], name: str) -> list[dict[str, Any]]:
    """Rows under the study they belong to, in the order they come."""
    groups: dict[int, dict[str, Any]] = {}
    for row in rows:
        study = row.case.study if isinstance(row, Reading) else row.consensus.case.study
        groups.setdefault(study.pk, {"study": study, name: []})[name].append(row)
    return list(groups.values())


def find_reading(request: SignedInRequest, code: str) -> Reading:
    own = Reading.objects.own(request.user).select_related("case__study", "charter__instrument", "signature")
    return get_object_or_404(own, code=code)


class ReadingView(APIView):
    @extend_schema(responses=out.ReadingOutput, operation_id="reading")
    def get(self, request: SignedInRequest, code: str) -> Response:
        reading = find_reading(request, code)
        return Response(out.ReadingOutput(reading).data)


class ReadingImagesView(APIView):
    @extend_schema(responses=ImagesOutput, operation_id="reading_images")
    def get(self, request: SignedInRequest, code: str) -> Response:
        reading = find_reading(request, code)
        return Response(frames.describe(reading.case, f"/api/readings/{code}/images"))


class ReadingPixelsView(APIView):
    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, operation_id="reading_pixels")
    def get(self, request: SignedInRequest, code: str, number: int) -> Any:
        reading = find_reading(request, code)
        return packed_response(reading.case, number)


class ScoreView(APIView):
    @extend_schema(request=out.ScoreInput, responses=out.ScoreOutput, operation_id="save_score")
    def put(self, request: SignedInRequest, code: str, item: str) -> Response:
        answer = parse(out.ScoreInput, request)
        reading = find_reading(request, code)
        score = submission.save(reading, item=item, **answer, actor=request.user, now=timezone.now())
        return Response(out.ScoreOutput(score).data)


class SignReadingView(APIView):
    @extend_schema(request=SignatureInput, responses=out.ReadingOutput, operation_id="sign_reading")
    def post(self, request: SignedInRequest, code: str) -> Response:
        signature = parse(SignatureInput, request)
        reading = find_reading(request, code)
        reading = submission.sign(reading, **signature, actor=request.user, now=timezone.now())
        return Response(out.ReadingOutput(reading).data)
