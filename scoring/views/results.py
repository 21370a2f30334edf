"""The doors of agreement and exports."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest
from scoring import export, reporting, superseding
from scoring import serializers as out
from scoring.models import Export
from studies.models import Case
from studies.permissions import EXPORT, SEE_AGREEMENT, WATCH, find_study, roles_with


class AgreementView(APIView):
    @extend_schema(responses=out.AgreementOutput, operation_id="agreement")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_AGREEMENT)
        return Response(out.AgreementOutput(reporting.agreement(study)).data)


class BehindView(APIView):
    """The readings behind a number: of an item, a region's subtotal, a sum, or something present."""

    @extend_schema(responses=out.BehindOutput, operation_id="readings_behind")
    def get(self, request: SignedInRequest, code: str, what: str) -> Response:
        study = find_study(request.user, code, act=SEE_AGREEMENT)
        return Response(out.BehindOutput(reporting.behind(study, what)).data)


class AgreementFileView(APIView):
    """The report to take along: its tables as CSV, or all of it as a page that prints."""

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR}, operation_id="agreement_file")
    def get(self, request: SignedInRequest, code: str, name: str) -> HttpResponse:
        study = find_study(request.user, code, act=SEE_AGREEMENT)
        file = reporting.file(study, name)
        return HttpResponse(file.content, content_type=file.content_type)


class ConsensusHistoryView(APIView):
    """The versions of a case's consensus: more than one where a compared reading was opened again."""

    @extend_schema(responses=out.ConsensusVersion(many=True), operation_id="consensus_history")
    def get(self, request: SignedInRequest, code: str) -> Response:
        case = get_object_or_404(Case.objects.visible_to(request.user, roles=roles_with(WATCH)), code=code)
        return Response(out.ConsensusVersion(superseding.history(case), many=True).data)


class ExportsView(APIView):
    @extend_schema(responses=out.ExportOutput(many=True), operation_id="exports")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=EXPORT)
        return Response(out.ExportOutput(study.exports.all(), many=True).data)

    @extend_schema(request=None, responses=out.ExportOutput, operation_id="request_export")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=EXPORT)
        requested = export.ask(study, actor=request.user)
        return Response(out.ExportOutput(requested).data, status=201)


class ExportFileView(APIView):
    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY}, operation_id="export_file")
    def get(self, request: SignedInRequest, code: str) -> FileResponse:
        visible = Export.objects.visible_to(request.user, roles=roles_with(EXPORT))
        found = get_object_or_404(visible, code=code, state="ready")
        path = export.hand_out(found, actor=request.user)
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"dens-{found.code}.zip")
