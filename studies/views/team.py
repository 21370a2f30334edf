"""The doors of a study's team."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest, parse
from studies import team
from studies.permissions import MANAGE_TEAM, find_study
from studies.serializers import team as out


class MembersView(APIView):
    @extend_schema(responses=out.MemberOutput(many=True), operation_id="members")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=MANAGE_TEAM)
        return Response(out.MemberOutput(team.members(study), many=True).data)

    @extend_schema(request=out.MemberInput, responses={201: out.AddedOutput}, operation_id="add_member")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=MANAGE_TEAM)
        added = team.add(study, **parse(out.MemberInput, request), actor=request.user)
        return Response(out.AddedOutput(added).data, status=201)


class MemberView(APIView):
    @extend_schema(request=out.ReaderSettings, responses=out.MemberOutput, operation_id="change_member")
    def put(self, request: SignedInRequest, code: str, username: str) -> Response:
        study = find_study(request.user, code, act=MANAGE_TEAM)
        found = get_object_or_404(team.members(study), user__username=username)
        changed = team.change(found, **parse(out.ReaderSettings, request), actor=request.user)
        return Response(out.MemberOutput(changed).data)

    @extend_schema(responses={204: None}, operation_id="end_membership")
    def delete(self, request: SignedInRequest, code: str, username: str) -> Response:
        study = find_study(request.user, code, act=MANAGE_TEAM)
        team.end(get_object_or_404(team.members(study), user__username=username), actor=request.user)
        return Response(status=204)
