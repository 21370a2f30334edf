"""An instrument as a reading form needs it."""

from rest_framework import serializers

from scoring.models import Instrument


class GradeOutput(serializers.Serializer):
    value = serializers.IntegerField()
    label = serializers.CharField()
    definition = serializers.CharField()


class CodedReason(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()


class ItemOutput(serializers.Serializer):
    code = serializers.CharField()
    site = serializers.CharField()
    label = serializers.CharField()
    kind = serializers.ChoiceField(["grade", "flag"])
    place = serializers.CharField()


class RegionOutput(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    scored = serializers.BooleanField()
    guidance = serializers.CharField()
    reference = serializers.CharField()
    max = serializers.IntegerField(allow_null=True)
    grades = GradeOutput(many=True)
    items = ItemOutput(many=True)


class SumOutput(serializers.Serializer):
    """A sum of regions, by their codes."""

    name = serializers.CharField()
    label = serializers.CharField()
    of = serializers.ListField(child=serializers.CharField())
    max = serializers.IntegerField()


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
    sums = SumOutput(many=True)
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
