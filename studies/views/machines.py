"""The doors of machine accounts."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest, parse
from studies import machines
from studies.permissions import MANAGE_TEAM, find_study
from studies.serializers import machines as out


class MachinesView(APIView):
    @extend_schema(responses=out.MachineOutput(many=True), operation_id="machines")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=MANAGE_TEAM)
        return Response(out.MachineOutput(machines.machines(study), many=True).data)

    @extend_schema(request=out.MachineInput, responses={201: out.MadeOutput}, operation_id="make_machine")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=MANAGE_TEAM)
        made = machines.make(study, **parse(out.MachineInput, request), actor=request.user)
        return Response(out.MadeOutput(made).data, status=201)


class MachineView(APIView):
    @extend_schema(responses={204: None}, operation_id="end_machine")
    def delete(self, request: SignedInRequest, code: str, machine: str) -> Response:
        study = find_study(request.user, code, act=MANAGE_TEAM)
        machines.end(get_object_or_404(machines.machines(study), code=machine), actor=request.user)
        return Response(status=204)
