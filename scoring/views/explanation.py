"""The doors to where a number of an export comes from: for who may export, once agreement is disclosed."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest
from scoring import explaining
from scoring import serializers as out
from studies.permissions import EXPORT, find_study


class ExplainableCasesView(APIView):
    @extend_schema(parameters=[out.SearchInput], responses=out.ExplainableCases, operation_id="explainable_cases")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=EXPORT)
        asked = out.SearchInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(out.ExplainableCases(explaining.cases(study, **asked.validated_data)).data)


class ExplainedCaseView(APIView):
    @extend_schema(responses=out.CaseTableOutput, operation_id="explained_case")
    def get(self, request: SignedInRequest, code: str, case: str) -> Response:
        study = find_study(request.user, code, act=EXPORT)
        return Response(out.CaseTableOutput(explaining.table(study, case)).data)


class HistoryView(APIView):
    """Of an item, a sum, a subtotal, something present, a fact, or of a column of a file by its name."""

    @extend_schema(parameters=[out.OfReadingInput], responses=out.HistoryOutput, operation_id="explain")
    def get(self, request: SignedInRequest, code: str, case: str, what: str) -> Response:
        study = find_study(request.user, code, act=EXPORT)
        asked = out.OfReadingInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(out.HistoryOutput(explaining.history(study, case, what, **asked.validated_data)).data)
