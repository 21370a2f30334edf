"""The doors of this room. Each reads the input, finds the object through its gate, calls one function, and answers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.serializers import SignatureInput
from readers.views import SignedInRequest, parse
from scoring import adjudication, allocation, charter, export, progress, reliability, submission
from scoring import serializers as out
from scoring.models import Adjudication, Export, Instrument, Reading
from studies import frames
from studies.frames import ImagesOutput, packed_response
from studies.models import ADMINISTRATOR, Role, Study
from studies.permissions import ALLOT, EXPORT, SEE_AGREEMENT, SEE_CASES, WATCH, find_study, roles_with


class StudiesView(APIView):
    @extend_schema(responses=out.StudyRow(many=True), operation_id="studies")
    def get(self, request: SignedInRequest) -> Response:
        studies = Study.objects.visible_to(request.user, roles=[*Role.values, ADMINISTRATOR])
        return Response(out.StudyRow([with_role(study, request) for study in studies], many=True).data)

    @extend_schema(request=out.StudyInput, responses=out.StudyOutput, operation_id="open_study")
    def post(self, request: SignedInRequest) -> Response:
        study = charter.open_study(**parse(out.StudyInput, request), actor=request.user)
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
        return Response(out.ProgressOutput(progress.matrix(study)).data)


class WorklistView(APIView):
    @extend_schema(responses=out.WorklistOutput(many=True), operation_id="worklist")
    def get(self, request: SignedInRequest) -> Response:
        readings = Reading.objects.own(request.user).select_related("case__study")
        return Response(out.WorklistOutput(by_study(readings, "readings"), many=True).data)


def by_study(rows: Iterable[Any], name: str) -> list[dict[str, Any]]:
    """Rows under the study they belong to, in the order they come."""
    groups: dict[int, dict[str, Any]] = {}
    for row in rows:
        study = row.case.study if isinstance(row, Reading) else row.consensus.case.study
        groups.setdefault(study.pk, {"study": study, name: []})[name].append(row)
    return list(groups.values())


def find_reading(request: SignedInRequest, code: str) -> Reading:
    own = Reading.objects.own(request.user).select_related("case__study", "charter__instrument", "signature")
    return get_object_or_404(own, code=code)


class ReadingView(APIView):
    @extend_schema(responses=out.ReadingOutput, operation_id="reading")
    def get(self, request: SignedInRequest, code: str) -> Response:
        reading = find_reading(request, code)
        return Response(out.ReadingOutput(reading).data)


class ReadingImagesView(APIView):
    @extend_schema(responses=ImagesOutput, operation_id="reading_images")
    def get(self, request: SignedInRequest, code: str) -> Response:
        reading = find_reading(request, code)
        return Response(frames.describe(reading.case, f"/api/readings/{code}/images"))


class ReadingPixelsView(APIView):
    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, operation_id="reading_pixels")
    def get(self, request: SignedInRequest, code: str, number: int) -> Any:
        reading = find_reading(request, code)
        return packed_response(reading.case, number)


class ScoreView(APIView):
    @extend_schema(request=out.ScoreInput, responses=out.ScoreOutput, operation_id="save_score")
    def put(self, request: SignedInRequest, code: str, item: str) -> Response:
        answer = parse(out.ScoreInput, request)
        reading = find_reading(request, code)
        score = submission.save(reading, item=item, **answer, actor=request.user, now=timezone.now())
        return Response(out.ScoreOutput(score).data)


class SignReadingView(APIView):
    @extend_schema(request=SignatureInput, responses=out.ReadingOutput, operation_id="sign_reading")
    def post(self, request: SignedInRequest, code: str) -> Response:
        signature = parse(SignatureInput, request)
        reading = find_reading(request, code)
        reading = submission.sign(reading, **signature, actor=request.user, now=timezone.now())
        return Response(out.ReadingOutput(reading).data)


def open_adjudications(request: SignedInRequest) -> Any:
    return Adjudication.objects.open_to(request.user).select_related("consensus__case__study")


class AdjudicationsView(APIView):
    @extend_schema(responses=out.AdjudicationQueue(many=True), operation_id="adjudications")
    def get(self, request: SignedInRequest) -> Response:
        queue = open_adjudications(request).annotate(
            n_disputes=Count("disputes"), n_decided=Count("disputes", filter=~Q(disputes__choice=""))
        )
        for position, row in enumerate(queue, start=1):
            row.position = position
        return Response(out.AdjudicationQueue(by_study(queue, "adjudications"), many=True).data)


def find_adjudication(request: SignedInRequest, code: str) -> Adjudication:
    return get_object_or_404(open_adjudications(request), code=code)


def shown(found: Adjudication, request: SignedInRequest) -> Response:
    return Response(out.AdjudicationOutput(found, context={"request": request}).data)


class AdjudicationView(APIView):
    @extend_schema(responses=out.AdjudicationOutput, operation_id="adjudication")
    def get(self, request: SignedInRequest, code: str) -> Response:
        return shown(find_adjudication(request, code), request)


class AdjudicationImagesView(APIView):
    @extend_schema(responses=ImagesOutput, operation_id="adjudication_images")
    def get(self, request: SignedInRequest, code: str) -> Response:
        found = find_adjudication(request, code)
        return Response(frames.describe(found.consensus.case, f"/api/adjudications/{code}/images"))


class AdjudicationPixelsView(APIView):
    @extend_schema(
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, operation_id="adjudication_pixels"
    )
    def get(self, request: SignedInRequest, code: str, number: int) -> Any:
        found = find_adjudication(request, code)
        return packed_response(found.consensus.case, number)


class DisputeView(APIView):
    @extend_schema(request=out.DecisionInput, responses=out.DisputeOutput, operation_id="decide")
    def put(self, request: SignedInRequest, code: str, item: str) -> Response:
        decision = parse(out.DecisionInput, request)
        found = find_adjudication(request, code)
        dispute = adjudication.decide(found, item=item, **decision, actor=request.user, now=timezone.now())
        return Response(out.DisputeOutput(dispute).data)


class SignAdjudicationView(APIView):
    @extend_schema(request=SignatureInput, responses=out.AdjudicationOutput, operation_id="sign_adjudication")
    def post(self, request: SignedInRequest, code: str) -> Response:
        signature = parse(SignatureInput, request)
        found = find_adjudication(request, code)
        signed = adjudication.sign(found, **signature, actor=request.user, now=timezone.now())
        return shown(signed, request)


class AgreementView(APIView):
    @extend_schema(responses=out.AgreementOutput, operation_id="agreement")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_AGREEMENT)
        return Response(out.AgreementOutput(reliability.newest(study)).data)


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
