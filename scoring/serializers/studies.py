"""Opening a study, allotting its cases, watching it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from scoring import charter, progress
from scoring.models import Charter
from scoring.serializers.instruments import InstrumentName
from studies.models import CaseState, Study


class StudyInput(serializers.Serializer):
    title = serializers.CharField(max_length=200)
    instrument = serializers.CharField(max_length=90)
    keeps_originals = serializers.BooleanField(default=False)
    is_practice = serializers.BooleanField(default=False)


class StudyName(serializers.ModelSerializer[Study]):
    """What every member of a study may know of it."""

    class Meta:
        model = Study
        fields = ["code", "title", "is_synthetic", "is_practice"]


class StudyRow(StudyName):
    role = serializers.CharField()

    class Meta(StudyName.Meta):
        fields = [*StudyName.Meta.fields, "role"]


class StudyOutput(StudyRow):
    instrument = serializers.SerializerMethodField()
    charter_version = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()

    class Meta(StudyRow.Meta):
        fields = [*StudyRow.Meta.fields, "instrument", "charter_version", "state", "locked_at"]

    def rules(self, study: Study) -> Charter:
        return charter.frozen(study).last() or charter.newest(study)

    @extend_schema_field(InstrumentName)
    def get_instrument(self, study: Study) -> dict[str, Any]:
        return dict(InstrumentName(self.rules(study).instrument).data)

    def get_charter_version(self, study: Study) -> int:
        return self.rules(study).version

    @extend_schema_field(serializers.ChoiceField(progress.STATES))
    def get_state(self, study: Study) -> str:
        return progress.state_of(study)


class ReaderOutput(serializers.Serializer):
    username = serializers.CharField()
    full_name = serializers.CharField()
    held = serializers.IntegerField()
    share = serializers.IntegerField(allow_null=True)
    centre = serializers.CharField(allow_null=True)
    is_away = serializers.BooleanField()


class AllocationRun(serializers.Serializer):
    code = serializers.CharField()
    made_at = serializers.DateTimeField()
    made_by = serializers.CharField(source="made_by.full_name")
    run = serializers.IntegerField()
    algorithm = serializers.CharField()
    n_cases = serializers.IntegerField()
    n_readings = serializers.IntegerField()
    plan_sha256 = serializers.CharField()


class AllocationOutput(serializers.Serializer):
    ready_cases = serializers.IntegerField()
    cases_to_check = serializers.IntegerField()
    readers = ReaderOutput(many=True)
    runs = AllocationRun(many=True)
    seed_sha256 = serializers.CharField(allow_null=True)
    seed = serializers.CharField(allow_null=True)
    problem = serializers.CharField(allow_null=True)


class CardsOutput(serializers.Serializer):
    cases_to_check = serializers.IntegerField()
    cases_ready = serializers.IntegerField()
    readings_required = serializers.IntegerField()
    readings_signed = serializers.IntegerField()
    adjudications_open = serializers.IntegerField()
    cases_settled = serializers.IntegerField()


class ReadingStep(serializers.Serializer):
    reader = serializers.CharField()
    username = serializers.CharField()
    state = serializers.ChoiceField(["assigned", "started", "signed"])


class SupersededOutput(serializers.Serializer):
    """How many consensus of a case were superseded by a reading opened again, and when the last one was."""

    n = serializers.IntegerField()
    at = serializers.DateTimeField()


class CaseSteps(serializers.Serializer):
    code = serializers.CharField()
    subject = serializers.CharField()
    images = serializers.ChoiceField(CaseState.choices)
    readings = ReadingStep(many=True)
    adjudication = serializers.ChoiceField(["none", "waiting", "started", "signed"])
    superseded = SupersededOutput(allow_null=True)
    consensus = serializers.ChoiceField(["none", "checking", "open", "settled"])
    self_check = serializers.ChoiceField(["none", "not_started", "in_progress", "done"])


class ReaderLoad(serializers.Serializer):
    """What a reader has done and has before them. No pace, no date, where too little is signed to tell."""

    username = serializers.CharField()
    full_name = serializers.CharField()
    is_away = serializers.BooleanField()
    assigned = serializers.IntegerField()
    started = serializers.IntegerField()
    signed = serializers.IntegerField()
    per_week = serializers.FloatField(allow_null=True)
    finishes_on = serializers.DateField(allow_null=True)


class ProgressOutput(serializers.Serializer):
    """Completion, never a value. `lacking`: what adjudications wait for, where it is for people, in sentences."""

    cards = CardsOutput()
    lacking = serializers.ListField(child=serializers.CharField())
    cases = CaseSteps(many=True)
    readers = ReaderLoad(many=True)
    finishes_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(progress.STATES)


class SlipOutput(serializers.Serializer):
    """A case whose readings would agree if one were counted a level higher or lower, or two regions exchanged."""

    case = serializers.CharField()
    sentence = serializers.CharField()
