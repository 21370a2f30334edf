"""The door of clinical covariates: for coordinators, who enter them, and statisticians."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest, parse
from studies import covariates
from studies.permissions import ENTER_FACTS, SEE_FACTS, find_study
from studies.serializers import covariates as out


class CovariatesView(APIView):
    @extend_schema(responses=out.CovariatesOutput, operation_id="covariates")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_FACTS)
        return Response(out.CovariatesOutput(covariates.summary(study)).data)

    @extend_schema(request=out.CovariatesInput, responses=out.CovariatesOutput, operation_id="enter_covariates")
    def put(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=ENTER_FACTS)
        covariates.enter(study, table=parse(out.CovariatesInput, request)["csv"], actor=request.user)
        return Response(out.CovariatesOutput(covariates.summary(study)).data)
