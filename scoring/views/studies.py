"""The doors of a study: opening, allotting, watching."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest, parse
from scoring import allocation, charter, progress
from scoring import serializers as out
from scoring.models import Instrument
from studies.models import ADMINISTRATOR, Role, Study
from studies.permissions import ALLOT, SEE_CASES, SEE_TO_PROBLEMS, WATCH, find_study


class StudiesView(APIView):
    @extend_schema(responses=out.StudyRow(many=True), operation_id="studies")
    def get(self, request: SignedInRequest) -> Response:
        studies = Study.objects.visible_to(request.user, roles=[*Role.values, ADMINISTRATOR])
        return Response(out.StudyRow([with_role(study, request) for study in studies], many=True).data)

    @extend_schema(request=out.StudyInput, responses=out.StudyOutput, operation_id="open_study")
    def post(self, request: SignedInRequest) -> Response:
        study = charter.found_study(**parse(out.StudyInput, request), actor=request.user)
        return Response(out.StudyOutput(with_role(study, request)).data, status=201)


def with_role(study: Study, request: SignedInRequest) -> Study:
    """The study, with what the person asking is in it."""
    membership = study.memberships.filter(user=request.user, ended_at=None).first()
    study.role = membership.role if membership else ADMINISTRATOR  # type: ignore[attr-defined]
    return study


class StudyView(APIView):
    @extend_schema(responses=out.StudyOutput, operation_id="study")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_CASES)
        return Response(out.StudyOutput(with_role(study, request)).data)


class InstrumentsView(APIView):
    @extend_schema(responses=out.InstrumentOutput(many=True), operation_id="instruments")
    def get(self, request: SignedInRequest) -> Response:
        return Response(out.InstrumentOutput(Instrument.objects.all(), many=True).data)


class AllocationView(APIView):
    @extend_schema(responses=out.AllocationOutput, operation_id="allocation")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=ALLOT)
        return Response(out.AllocationOutput(allocation.outlook(study)).data)

    @extend_schema(request=None, responses=out.AllocationRun, operation_id="allot")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=ALLOT)
        run = allocation.allot(study, actor=request.user)
        return Response(out.AllocationRun(run).data, status=201)


class ProgressView(APIView):
    @extend_schema(responses=out.ProgressOutput, operation_id="progress")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=WATCH)
        return Response(out.ProgressOutput(progress.matrix(study, now=timezone.now())).data)


class SlipsView(APIView):
    """Probable slips of labelling: the coordinator's alone, apart from progress, which never tells a value."""

    @extend_schema(responses=out.SlipOutput(many=True), operation_id="slips")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_TO_PROBLEMS)
        return Response(out.SlipOutput(progress.slips_of(study), many=True).data)
