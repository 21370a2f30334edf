"""The doors of how a reading was done: a reader's own reports and wishes, and the coordinator who sees to them."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest, parse
from scoring import problems, reopening, sittings
from scoring import serializers as out
from scoring.models import Problem, Reopening
from scoring.views.readings import find_reading
from studies.permissions import REOPEN, SEE_TO_PROBLEMS, find_study, roles_with


class ReopenView(APIView):
    @extend_schema(request=out.ReasonInput, responses=out.ReadingOutput, operation_id="ask_reopening")
    def post(self, request: SignedInRequest, code: str) -> Response:
        reading = find_reading(request, code)
        reopening.ask(reading, **parse(out.ReasonInput, request), actor=request.user, now=timezone.now())
        return Response(out.ReadingOutput(reading).data)


class ProblemsView(APIView):
    @extend_schema(request=out.ProblemInput, responses={201: out.OwnProblem}, operation_id="report_problem")
    def post(self, request: SignedInRequest, code: str) -> Response:
        reading = find_reading(request, code)
        told = parse(out.ProblemInput, request)
        problem = problems.report(reading, **told, actor=request.user, now=timezone.now())
        return Response(out.OwnProblem(problem).data, status=201)


class SittingView(APIView):
    @extend_schema(request=out.SittingInput, responses={204: None}, operation_id="record_sitting")
    def put(self, request: SignedInRequest, code: str) -> Response:
        reading = find_reading(request, code)
        sittings.record(reading, **parse(out.SittingInput, request), now=timezone.now())
        return Response(status=204)


class RequestsView(APIView):
    @extend_schema(responses=out.RequestsOutput, operation_id="requests")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_TO_PROBLEMS)
        return Response(out.RequestsOutput(study).data)


class CloseProblemView(APIView):
    @extend_schema(request=out.NoteInput, responses=out.ProblemOutput, operation_id="close_problem")
    def post(self, request: SignedInRequest, code: str) -> Response:
        visible = Problem.objects.visible_to(request.user, roles=roles_with(SEE_TO_PROBLEMS))
        found = get_object_or_404(visible, code=code)
        closed = problems.close(found, **parse(out.NoteInput, request), actor=request.user, now=timezone.now())
        return Response(out.ProblemOutput(closed).data)


class DecideReopeningView(APIView):
    @extend_schema(request=out.ReopeningDecision, responses=out.ReopeningOutput, operation_id="decide_reopening")
    def post(self, request: SignedInRequest, code: str) -> Response:
        visible = Reopening.objects.visible_to(request.user, roles=roles_with(REOPEN))
        found = get_object_or_404(visible, code=code)
        decision = parse(out.ReopeningDecision, request)
        decided = reopening.decide(found, **decision, actor=request.user, now=timezone.now())
        return Response(out.ReopeningOutput(decided).data)
