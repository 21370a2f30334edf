"""What goes in and out at the doors of this room. Every output lists its fields: nothing leaves by default."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from readers.serializers import SignatureOutput
from scoring import adjudication as decisions
from scoring import catalogue, submission
from scoring.models import Adjudication, Charter, Choice, Dispute, Export, Instrument, Reading, Score, WhyChosen
from studies.models import CaseState, Study


class GradeOutput(serializers.Serializer):
    value = serializers.IntegerField()
    label = serializers.CharField()


class CodedReason(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()


class ItemOutput(serializers.Serializer):
    code = serializers.CharField()
    site = serializers.CharField()
    label = serializers.CharField()
    kind = serializers.ChoiceField(["grade", "flag"])


class RegionOutput(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    scored = serializers.BooleanField()
    guidance = serializers.CharField()
    max = serializers.IntegerField(allow_null=True)
    grades = GradeOutput(many=True)
    items = ItemOutput(many=True)


class FormOutput(serializers.Serializer):
    """An instrument as a reading form needs it (catalogue.describe)."""

    reference = serializers.CharField()
    key = serializers.CharField()
    version = serializers.CharField()
    title = serializers.CharField()
    status = serializers.CharField()
    citations = serializers.ListField(child=serializers.CharField())
    reference_marrow = serializers.CharField()
    not_assessable_reasons = CodedReason(many=True)
    max_total = serializers.IntegerField()
    max_not_assessable_sites = serializers.IntegerField()
    regions = RegionOutput(many=True)


class InstrumentOutput(serializers.ModelSerializer[Instrument]):
    n_sites = serializers.SerializerMethodField()
    max_total = serializers.SerializerMethodField()

    class Meta:
        model = Instrument
        fields = ["reference", "key", "version", "title", "status", "n_sites", "max_total"]
        read_only_fields = ["reference"]

    def get_n_sites(self, instrument: Instrument) -> int:
        return instrument.items.filter(kind="grade").count()

    def get_max_total(self, instrument: Instrument) -> int:
        return int(instrument.definition["derived"]["total"]["range"][1])


class InstrumentName(serializers.ModelSerializer[Instrument]):
    reference = serializers.CharField()

    class Meta:
        model = Instrument
        fields = ["reference", "title", "version", "status"]


class StudyInput(serializers.Serializer):
    title = serializers.CharField(max_length=200)
    instrument = serializers.CharField(max_length=90)
    keeps_originals = serializers.BooleanField(default=False)


class StudyName(serializers.ModelSerializer[Study]):
    """What every member of a study may know of it."""

    class Meta:
        model = Study
        fields = ["code", "title", "is_synthetic"]


class StudyRow(StudyName):
    role = serializers.CharField()

    class Meta(StudyName.Meta):
        fields = [*StudyName.Meta.fields, "role"]


class StudyOutput(StudyRow):
    instrument = serializers.SerializerMethodField()
    charter_version = serializers.SerializerMethodField()

    class Meta(StudyRow.Meta):
        fields = [*StudyRow.Meta.fields, "instrument", "charter_version"]

    def charter(self, study: Study) -> Charter:
        return study.charters.select_related("instrument").latest("version")

    @extend_schema_field(InstrumentName)
    def get_instrument(self, study: Study) -> dict[str, Any]:
        return dict(InstrumentName(self.charter(study).instrument).data)

    def get_charter_version(self, study: Study) -> int:
        return self.charter(study).version


class ReaderOutput(serializers.Serializer):
    username = serializers.CharField()
    full_name = serializers.CharField()
    held = serializers.IntegerField()


class AllocationRun(serializers.Serializer):
    code = serializers.CharField()
    made_at = serializers.DateTimeField()
    made_by = serializers.CharField(source="made_by.full_name")
    seed = serializers.CharField()
    algorithm = serializers.CharField()
    n_cases = serializers.IntegerField()
    n_readings = serializers.IntegerField()
    plan_sha256 = serializers.CharField()


class AllocationOutput(serializers.Serializer):
    ready_cases = serializers.IntegerField()
    cases_to_check = serializers.IntegerField()
    readers = ReaderOutput(many=True)
    runs = AllocationRun(many=True)
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
    state = serializers.ChoiceField(["assigned", "started", "signed"])


class CaseSteps(serializers.Serializer):
    code = serializers.CharField()
    subject = serializers.CharField()
    images = serializers.ChoiceField(CaseState.choices)
    readings = ReadingStep(many=True)
    adjudication = serializers.ChoiceField(["none", "waiting", "started", "signed"])
    consensus = serializers.ChoiceField(["none", "open", "settled"])


class ProgressOutput(serializers.Serializer):
    """Completion, never a value."""

    cards = CardsOutput()
    cases = CaseSteps(many=True)


class ReadingRow(serializers.ModelSerializer[Reading]):
    """A line of a reader's own worklist."""

    class Meta:
        model = Reading
        fields = ["code", "position", "state"]


class WorklistOutput(serializers.Serializer):
    study = StudyName()
    readings = ReadingRow(many=True)


class ScoreInput(serializers.Serializer):
    grade = serializers.IntegerField(allow_null=True, min_value=0, max_value=100)
    not_assessable = serializers.CharField(allow_blank=True, max_length=20)


class ScoreOutput(serializers.ModelSerializer[Score]):
    item = serializers.CharField(source="item.code")

    class Meta:
        model = Score
        fields = ["item", "grade", "not_assessable", "saved_at"]


class ReadingOutput(serializers.ModelSerializer[Reading]):
    n_readings = serializers.SerializerMethodField()
    next = serializers.SerializerMethodField()
    is_synthetic = serializers.BooleanField(source="case.study.is_synthetic")
    instrument = serializers.SerializerMethodField()
    scores = ScoreOutput(many=True)
    signature = SignatureOutput(allow_null=True)
    meaning = serializers.SerializerMethodField()

    class Meta:
        model = Reading
        fields = [
            "code", "position", "n_readings", "state", "is_synthetic", "next", "instrument", "scores", "signature",
            "meaning",
        ]  # fmt: skip

    def own(self, reading: Reading) -> Any:
        return Reading.objects.filter(reader=reading.reader_id, case__study=reading.case.study_id)

    def get_n_readings(self, reading: Reading) -> int:
        return self.own(reading).count()

    def get_next(self, reading: Reading) -> str | None:
        """The own next reading that is not signed: after this one, or from the start."""
        todo = self.own(reading).exclude(state="signed").exclude(pk=reading.pk)
        later = todo.filter(position__gt=reading.position).first() or todo.first()
        return later.code if later else None

    @extend_schema_field(FormOutput)
    def get_instrument(self, reading: Reading) -> dict[str, Any]:
        return catalogue.describe(reading.charter.instrument)

    def get_meaning(self, reading: Reading) -> str:
        return submission.MEANING


class AnswerOutput(serializers.Serializer):
    grade = serializers.IntegerField(allow_null=True)
    not_assessable = serializers.CharField()


class DecisionInput(serializers.Serializer):
    choice = serializers.ChoiceField(Choice.choices)
    grade = serializers.IntegerField(allow_null=True, min_value=0, max_value=100, default=None)
    not_assessable = serializers.CharField(allow_blank=True, max_length=20, default="")
    reason = serializers.ChoiceField(WhyChosen.choices)
    comment = serializers.CharField(allow_blank=True, max_length=2000, default="")


class DecisionOutput(serializers.Serializer):
    choice = serializers.ChoiceField(Choice.choices)
    grade = serializers.IntegerField(allow_null=True)
    not_assessable = serializers.CharField()
    reason = serializers.ChoiceField(WhyChosen.choices)
    comment = serializers.CharField()


class DisputeOutput(serializers.ModelSerializer[Dispute]):
    """One disputed item: two values without names, and the decision."""

    item = serializers.CharField(source="item.code")
    label = serializers.CharField(source="item.label")
    left = serializers.SerializerMethodField()
    right = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()

    class Meta:
        model = Dispute
        fields = ["item", "label", "left", "right", "decision", "decided_at"]

    @extend_schema_field(AnswerOutput)
    def get_left(self, dispute: Dispute) -> dict[str, Any]:
        return dict(AnswerOutput(decisions.sides(dispute)[0]).data)

    @extend_schema_field(AnswerOutput)
    def get_right(self, dispute: Dispute) -> dict[str, Any]:
        return dict(AnswerOutput(decisions.sides(dispute)[1]).data)

    @extend_schema_field(DecisionOutput(allow_null=True))
    def get_decision(self, dispute: Dispute) -> dict[str, Any] | None:
        return decisions.decision_of(dispute)


class AdjudicationRow(serializers.ModelSerializer[Adjudication]):
    position = serializers.IntegerField()
    n_disputes = serializers.IntegerField()
    n_decided = serializers.IntegerField()

    class Meta:
        model = Adjudication
        fields = ["code", "position", "state", "n_disputes", "n_decided"]


class AdjudicationQueue(serializers.Serializer):
    study = StudyName()
    adjudications = AdjudicationRow(many=True)


class AdjudicationOutput(serializers.ModelSerializer[Adjudication]):
    is_synthetic = serializers.BooleanField(source="consensus.case.study.is_synthetic")
    instrument = serializers.SerializerMethodField()
    disputes = DisputeOutput(many=True)
    next = serializers.SerializerMethodField()
    signature = SignatureOutput(allow_null=True)
    meaning = serializers.SerializerMethodField()

    class Meta:
        model = Adjudication
        fields = ["code", "state", "is_synthetic", "next", "instrument", "disputes", "signature", "meaning"]

    @extend_schema_field(FormOutput)
    def get_instrument(self, adjudication: Adjudication) -> dict[str, Any]:
        return catalogue.describe(adjudication.consensus.charter.instrument)

    def get_next(self, adjudication: Adjudication) -> str | None:
        user = self.context["request"].user
        todo = Adjudication.objects.open_to(user).exclude(state="signed").exclude(pk=adjudication.pk)
        following = todo.filter(consensus__case__study=adjudication.consensus.case.study_id).first()
        return following.code if following else None

    def get_meaning(self, adjudication: Adjudication) -> str:
        return decisions.MEANING


class StatisticOutput(serializers.Serializer):
    """A statistic is one object: estimate, interval, method, n, and a status with a sentence instead of NaN."""

    name = serializers.CharField()
    estimate = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    method = serializers.CharField()
    n = serializers.IntegerField()
    n_excluded = serializers.IntegerField()
    status = serializers.CharField()
    sentence = serializers.CharField()


class ItemAgreement(serializers.Serializer):
    item = serializers.CharField()
    label = serializers.CharField()
    region = serializers.CharField()
    n_pairs = serializers.IntegerField()
    n_excluded = serializers.IntegerField()
    table = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    percent = StatisticOutput()
    kappa = StatisticOutput()


class TotalAgreement(serializers.Serializer):
    n_pairs = serializers.IntegerField()
    n_excluded = serializers.IntegerField()
    icc = StatisticOutput()


class AgreementOutput(serializers.Serializer):
    state = serializers.ChoiceField(["none", "ready"])
    computed_at = serializers.DateTimeField(allow_null=True)
    n_cases = serializers.IntegerField()
    items = ItemAgreement(many=True)
    total = TotalAgreement(allow_null=True)


class ExportOutput(serializers.ModelSerializer[Export]):
    class Meta:
        model = Export
        fields = ["code", "state", "requested_at", "ready_at", "sha256", "bytes", "message"]
