"""The doors of the audit trail: for who reviews it, never for who reads, adjudicates or runs the study."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest, parse
from scoring import serializers as out
from scoring import trail, trailprint
from scoring.trail import Filter
from studies.models import Study
from studies.permissions import SEE_AUDIT, SEE_FACTS, find_study, roles_with


class AuditView(APIView):
    @extend_schema(parameters=[out.TrailInput], responses=out.TrailOutput, operation_id="audit_trail")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_AUDIT)
        asked, before = filter_of(request)
        found = trail.page(study, asked, before=before, may_see_facts=sees_facts(request, study))
        return Response(out.TrailOutput(found).data)


class PrintedAuditView(APIView):
    """The trail as a page that prints, with what it was filtered by."""

    @extend_schema(
        parameters=[out.TrailInput],
        responses={(200, "text/html"): OpenApiTypes.STR},
        operation_id="printed_audit_trail",
    )
    def get(self, request: SignedInRequest, code: str) -> HttpResponse:
        study = find_study(request.user, code, act=SEE_AUDIT)
        asked, _ = filter_of(request)
        sees = sees_facts(request, study)
        return HttpResponse(trailprint.page(study, asked, may_see_facts=sees, actor=request.user, now=timezone.now()))


class AuditReviewsView(APIView):
    @extend_schema(request=out.ReviewInput, responses={204: None}, operation_id="review_audit_trail")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_AUDIT)
        trail.review(study, **parse(out.ReviewInput, request), actor=request.user)
        return Response(status=204)


class SignaturesView(APIView):
    @extend_schema(responses=out.SignedOutput(many=True), operation_id="signatures")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_AUDIT)
        return Response(out.SignedOutput(trail.signatures(study), many=True).data)


def filter_of(request: SignedInRequest) -> tuple[Filter, int | None]:
    asked = out.TrailInput(data=request.query_params)
    asked.is_valid(raise_exception=True)
    told = dict(asked.validated_data)
    before = told.pop("before", None)
    return Filter(**told), before


def sees_facts(request: SignedInRequest, study: Study) -> bool:
    return Study.objects.visible_to(request.user, roles=roles_with(SEE_FACTS)).filter(pk=study.pk).exists()
