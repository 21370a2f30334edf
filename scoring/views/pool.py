"""The doors of a coordinator who sees to the readers, and of the study's end."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from readers.views import SignedInRequest, parse
from scoring import allocation, locking, reassignment, references, reminders, unblinding, unlocking
from scoring import serializers as out
from scoring.models import Unlocking
from studies.permissions import ALLOT, LOCK, SEE_CASES, SEE_TO_PROBLEMS, SET_RULES, find_study, roles_with


class ReassignView(APIView):
    @extend_schema(request=out.ReassignInput, responses={204: None}, operation_id="reassign")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=ALLOT)
        reassignment.reassign(study, **parse(out.ReassignInput, request), actor=request.user, now=timezone.now())
        return Response(status=204)


class ManifestsView(APIView):
    @extend_schema(responses={(200, "application/json"): dict}, operation_id="manifests")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_CASES)
        return Response(allocation.manifests(study))


class RemindersView(APIView):
    @extend_schema(request=out.ReminderInput, responses={201: out.ReminderOutput}, operation_id="remind")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=ALLOT)
        asked = reminders.ask(study, **parse(out.ReminderInput, request), actor=request.user, now=timezone.now())
        return Response(out.ReminderOutput(asked).data, status=201)


class UnblindingsView(APIView):
    @extend_schema(responses=out.UnblindingOutput(many=True), operation_id="unblindings")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_TO_PROBLEMS)
        return Response(out.UnblindingOutput(study.unblindings.select_related("recorded_by"), many=True).data)

    @extend_schema(request=out.UnblindingInput, responses={201: out.UnblindingOutput}, operation_id="record_unblinding")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SEE_TO_PROBLEMS)
        told = parse(out.UnblindingInput, request)
        made = unblinding.record(study, **told, actor=request.user, now=timezone.now())
        return Response(out.UnblindingOutput(made).data, status=201)


class LockView(APIView):
    @extend_schema(request=out.LockInput, responses={204: None}, operation_id="lock_study")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=LOCK)
        locking.lock(study, **parse(out.LockInput, request), actor=request.user, now=timezone.now())
        return Response(status=204)


class UnlockingsView(APIView):
    @extend_schema(responses=out.UnlockingOutput(many=True), operation_id="unlockings")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=LOCK)
        asked = unlocking.history(study)
        return Response(out.UnlockingOutput(asked, many=True, context={"request": request}).data)

    @extend_schema(request=out.LockInput, responses={201: out.UnlockingOutput}, operation_id="ask_unlocking")
    def post(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=LOCK)
        asked = unlocking.ask(study, **parse(out.LockInput, request), actor=request.user, now=timezone.now())
        return Response(out.UnlockingOutput(asked, context={"request": request}).data, status=201)


class DecideUnlockingView(APIView):
    @extend_schema(request=out.UnlockingDecision, responses=out.UnlockingOutput, operation_id="decide_unlocking")
    def post(self, request: SignedInRequest, code: str) -> Response:
        found = get_object_or_404(Unlocking.objects.visible_to(request.user, roles=roles_with(LOCK)), code=code)
        decision = parse(out.UnlockingDecision, request)
        decided = unlocking.decide(found, **decision, actor=request.user, now=timezone.now())
        return Response(out.UnlockingOutput(decided, context={"request": request}).data)


class ReferencesView(APIView):
    @extend_schema(responses=out.ReferencesOutput, operation_id="references")
    def get(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SET_RULES)
        return Response(out.ReferencesOutput(references.summary(study)).data)

    @extend_schema(request=out.ReferencesInput, responses=out.ReferencesOutput, operation_id="enter_references")
    def put(self, request: SignedInRequest, code: str) -> Response:
        study = find_study(request.user, code, act=SET_RULES)
        references.enter(study, table=parse(out.ReferencesInput, request)["csv"], actor=request.user)
        return Response(out.ReferencesOutput(references.summary(study)).data)
