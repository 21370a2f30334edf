"""A study's charter: what a coordinator drafts, what is in force, and what it was before."""

from enum import StrEnum
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from scoring import charter
from scoring.models import Charter
from scoring.rules import Design, Disclosure, Presence, Resolution, Rules, Stratum
from scoring.serializers.instruments import InstrumentName
from studies.models import Study

LONGEST = 32_767


def choices_of(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kind]


RESOLUTIONS = choices_of(Resolution)


class RulesField(serializers.Serializer):
    """The rules as they come and go; what each means stands in scoring/rules.py, and on the page."""

    design = serializers.ChoiceField(choices_of(Design))
    pool_size = serializers.IntegerField(min_value=0, max_value=LONGEST)
    subject_gap = serializers.IntegerField(min_value=0, max_value=LONGEST)
    repeat_percent = serializers.IntegerField(min_value=0, max_value=100)
    repeat_min_days = serializers.IntegerField(min_value=0, max_value=LONGEST)
    repeat_min_cases = serializers.IntegerField(min_value=0, max_value=LONGEST)
    strata = serializers.ListField(child=serializers.ChoiceField(choices_of(Stratum)))
    bars_own_centre = serializers.BooleanField()
    requires_pins = serializers.BooleanField()
    trigger_item_difference = serializers.IntegerField(min_value=0, max_value=LONGEST, allow_null=True)
    trigger_presence = serializers.ListField(child=serializers.ChoiceField(choices_of(Presence)))
    trigger_total = serializers.IntegerField(min_value=0, max_value=LONGEST, allow_null=True)
    trigger_not_assessable = serializers.BooleanField()
    trigger_flags = serializers.BooleanField()
    resolution = serializers.ChoiceField(RESOLUTIONS)
    may_give_other = serializers.BooleanField()
    sham_percent = serializers.IntegerField(min_value=0, max_value=100)
    self_check = serializers.BooleanField()
    reopens_compared = serializers.BooleanField()
    disclosure = serializers.ChoiceField(choices_of(Disclosure))
    practice_set = serializers.CharField(max_length=20, allow_blank=True)
    practice_cases = serializers.IntegerField(min_value=0, max_value=LONGEST)
    practice_kappa = serializers.FloatField(min_value=0, max_value=1)

    def to_internal_value(self, data: Any) -> Rules:
        return Rules.from_json(super().to_internal_value(data))


class CharterInput(serializers.Serializer):
    instrument = serializers.CharField(max_length=90)
    rules = RulesField()
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class CharterVersion(serializers.ModelSerializer[Charter]):
    """One version: a draft while `frozen_at` is empty."""

    instrument = serializers.SerializerMethodField()
    rules = serializers.SerializerMethodField()
    frozen_by = serializers.CharField(source="frozen_by.full_name", default=None, allow_null=True)

    class Meta:
        model = Charter
        fields = ["version", "instrument", "rules", "reason", "sha256", "frozen_at", "frozen_by"]

    @extend_schema_field(InstrumentName)
    def get_instrument(self, found: Charter) -> dict[str, Any]:
        return dict(InstrumentName(found.instrument).data)

    @extend_schema_field(RulesField)
    def get_rules(self, found: Charter) -> dict[str, Any]:
        return found.terms.to_json()


class PracticeSet(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    n_cases = serializers.IntegerField()


class CharterOutput(serializers.Serializer):
    """versions: those in force and before, the newest first; problems: why the draft cannot come into force."""

    versions = serializers.SerializerMethodField()
    draft = serializers.SerializerMethodField()
    problems = serializers.SerializerMethodField()
    seed_sha256 = serializers.SerializerMethodField()
    practice_sets = serializers.SerializerMethodField()

    @extend_schema_field(CharterVersion(many=True))
    def get_versions(self, study: Study) -> Any:
        return CharterVersion(charter.frozen(study).reverse(), many=True).data

    @extend_schema_field(CharterVersion(allow_null=True))
    def get_draft(self, study: Study) -> Any:
        draft = charter.draft_of(study)
        return CharterVersion(draft).data if draft else None

    def get_problems(self, study: Study) -> list[str]:
        draft = charter.draft_of(study)
        return charter.problems_of(draft) if draft else []

    def get_seed_sha256(self, study: Study) -> str | None:
        sealed = getattr(study, "sealed_seed", None)
        return sealed.sha256 if sealed else None

    @extend_schema_field(PracticeSet(many=True))
    def get_practice_sets(self, study: Study) -> Any:
        return charter.practice_sets(charter.newest(study).instrument)
