"""The door of a reader who practises before a study."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest
from scoring import practice
from scoring import serializers as out
from studies.permissions import READ, find_study


class PracticeView(APIView):
    @extend_schema(responses=out.PracticeStanding, operation_id="practice")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=READ)
        return Response(out.PracticeStanding(standing(request, study.pk)).data)

    @extend_schema(request=None, responses=out.PracticeStanding, operation_id="begin_practice")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=READ)
        practice.begin(study, actor=request.user)
        return Response(out.PracticeStanding(standing(request, study.pk)).data, status=201)


def standing(request: SignedInRequest, study: int) -> practice.Standing:
    """The reader's own standing in a study that asks for practice."""
    found = next((one for one in practice.standings(request.user) if one.study.pk == study), None)
    if found is None:
        raise Http404
    return found
