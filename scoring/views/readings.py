"""The doors of a reader, and of nobody else."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest, parse
from scoring import desks, operations, practice, review, submission, worklist
from scoring import serializers as out
from scoring.models import Reading
from studies import frames
from studies.frames import ImagesOutput, packed_response


class WorklistView(APIView):
    @extend_schema(responses=out.WorklistOutput(many=True), operation_id="worklist")
    def get(self, request: SignedInRequest) -> Response:
        return Response(out.WorklistOutput(worklist.of(request.user, now=timezone.now()), many=True).data)


def find_reading(request: SignedInRequest, code: str) -> Reading:
    reading = worklist.open_one(request.user, code, now=timezone.now())
    if reading is None:
        raise Http404
    return reading


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


class DeskView(APIView):
    @extend_schema(request=out.DeskInput, responses=out.DeskOutput, operation_id="hold_reading")
    def put(self, request: SignedInRequest, code: str) -> Response:
        reading = find_reading(request, code)
        desk = desks.hold(reading, **parse(out.DeskInput, request), now=timezone.now())
        return Response(out.DeskOutput(desk).data)


class OperationsView(APIView):
    @extend_schema(request=out.OperationsInput, responses=out.OperationsOutput, operation_id="merge_operations")
    def post(self, request: SignedInRequest, code: str) -> Response:
        reading, now = find_reading(request, code), timezone.now()
        outcomes = operations.merge(reading, **parse(out.OperationsInput, request), actor=request.user, now=now)
        answer = {"saved_at": now, "outcomes": outcomes, "feedback": practice.feedback(reading)}
        return Response(out.OperationsOutput(answer).data)


class ReviewView(APIView):
    @extend_schema(responses=out.ReviewOutput, operation_id="review_reading")
    def get(self, request: SignedInRequest, code: str) -> Response:
        reading = find_reading(request, code)
        return Response(review.of(reading))


class SignReadingView(APIView):
    @extend_schema(request=out.SignReadingInput, responses=out.ReadingOutput, operation_id="sign_reading")
    def post(self, request: SignedInRequest, code: str) -> Response:
        signature = parse(out.SignReadingInput, request)
        reading = find_reading(request, code)
        reading = submission.sign(reading, **signature, actor=request.user, now=timezone.now())
        return Response(out.ReadingOutput(reading).data)
