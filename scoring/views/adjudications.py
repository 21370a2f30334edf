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

from readers.errors import Gone
from readers.views import SignedInRequest, parse
from scoring import adjudication
from scoring import serializers as out
from scoring.models import Adjudication
from scoring.rules import NEVER_SHOWN
from studies import frames
from studies.frames import ImagesOutput, packed_response
from studies.models import Study

DECIDED = ~Q(disputes__choice="") | Q(mode__in=NEVER_SHOWN, disputes__own_at__isnull=False)


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
    return Adjudication.objects.open_to(request.user).with_case()


class AdjudicationsView(APIView):
    @extend_schema(responses=out.AdjudicationQueue(many=True), operation_id="adjudications")
    def get(self, request: SignedInRequest) -> Response:
        queue = open_adjudications(request).annotate(
            n_disputes=Count("disputes"), n_decided=Count("disputes", filter=DECIDED)
        )
        for position, row in enumerate(queue, start=1):
            row.position = position
        set_aside = Adjudication.objects.set_aside(request.user)
        return Response(out.AdjudicationQueue(by_study(queue, set_aside), many=True).data)


def find_adjudication(request: SignedInRequest, code: str) -> Adjudication:
    """Theirs, or nobody's yet. Who had begun one that is read again is told that; anybody else finds nothing."""
    found = open_adjudications(request).filter(code=code).first()
    if found is None:
        get_object_or_404(Adjudication, code=code, adjudicator=request.user, consensus__case=None)
        raise Gone("read_again", adjudication.READ_AGAIN)
    return found


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


class OwnAnswerView(APIView):
    @extend_schema(request=out.OwnAnswerInput, responses=out.DisputeOutput, operation_id="answer_first")
    def put(self, request: SignedInRequest, code: str, item: str) -> Response:
        answer = parse(out.OwnAnswerInput, request)
        found = find_adjudication(request, code)
        dispute = adjudication.answer_first(found, item=item, **answer, actor=request.user, now=timezone.now())
        return Response(out.DisputeOutput(dispute).data)


class PickView(APIView):
    @extend_schema(request=out.PickInput, responses=out.AdjudicationOutput, operation_id="pick_reading")
    def put(self, request: SignedInRequest, code: str) -> Response:
        decision = parse(out.PickInput, request)
        found = find_adjudication(request, code)
        picked = adjudication.pick(found, **decision, actor=request.user, now=timezone.now())
        return shown(picked, request)


class SignAdjudicationView(APIView):
    @extend_schema(
        request=out.SignAdjudicationInput, responses=out.AdjudicationOutput, operation_id="sign_adjudication"
    )
    def post(self, request: SignedInRequest, code: str) -> Response:
        signature = parse(out.SignAdjudicationInput, request)
        found = find_adjudication(request, code)
        signed = adjudication.sign(found, **signature, actor=request.user, now=timezone.now())
        return shown(signed, request)
