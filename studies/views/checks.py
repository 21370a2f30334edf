"""The doors of quality control: the sheet of a case and the verdict on it, queries to the centre, facts."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest, parse
from studies import baseline, checks, queries
from studies.models import Query
from studies.permissions import CHECK, SEE_FACTS, find_study, roles_with
from studies.serializers import checks as out
from studies.views.cases import find_case


def find_query(request: SignedInRequest, code: str) -> Query:
    return get_object_or_404(Query.objects.visible_to(request.user, roles=roles_with(CHECK)), code=code)


class CheckView(APIView):
    @extend_schema(responses=out.SheetOutput, operation_id="case_check")
    def get(self, request: SignedInRequest, code: str) -> Response:
        return Response(out.SheetOutput(find_case(request, code)).data)

    @extend_schema(request=out.CheckInput, responses=out.SheetOutput, operation_id="check_case")
    def post(self, request: SignedInRequest, code: str) -> Response:
        case = find_case(request, code, act=CHECK)
        checks.decide(case, **parse(out.CheckInput, request), actor=request.user)
        return Response(out.SheetOutput(find_case(request, code)).data)


class QueriesView(APIView):
    @extend_schema(request=out.QuestionInput, responses={201: out.QueryOutput}, operation_id="ask_centre")
    def post(self, request: SignedInRequest, code: str) -> Response:
        case = find_case(request, code, act=CHECK)
        query = queries.ask(case, **parse(out.QuestionInput, request), actor=request.user)
        return Response(out.QueryOutput(query).data, status=201)


class QueryView(APIView):
    @extend_schema(request=out.AnswerInput, responses=out.QueryOutput, operation_id="answer_query")
    def patch(self, request: SignedInRequest, code: str) -> Response:
        query = find_query(request, code)
        query = queries.answer(query, **parse(out.AnswerInput, request), actor=request.user, now=timezone.now())
        return Response(out.QueryOutput(query).data)


class CloseQueryView(APIView):
    @extend_schema(request=None, responses=out.QueryOutput, operation_id="close_query")
    def post(self, request: SignedInRequest, code: str) -> Response:
        query = queries.close(find_query(request, code), actor=request.user, now=timezone.now())
        return Response(out.QueryOutput(query).data)


class FactsView(APIView):
    @extend_schema(responses=out.CaseFactsOutput(many=True), operation_id="facts")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_FACTS)
        return Response(out.CaseFactsOutput(baseline.facts(study), many=True).data)
