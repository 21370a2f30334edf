"""Where a number of an export comes from (scoring/explanation/shown.py and case.py say what each part means)."""

from rest_framework import serializers

from scoring.standing import STANDINGS


class SearchInput(serializers.Serializer):
    """Codes or a part of a name, as pasted from a file; and which page of the cases that fit."""

    search = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    page = serializers.IntegerField(min_value=1, required=False, default=1)


class OfReadingInput(serializers.Serializer):
    """Of which reading, instead of what counts."""

    reading = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


class MethodCount(serializers.Serializer):
    method = serializers.CharField()
    n = serializers.IntegerField()


class ExplainableCase(serializers.Serializer):
    code = serializers.CharField()
    subject = serializers.CharField(allow_blank=True)
    state = serializers.CharField(allow_blank=True)
    n_signed = serializers.IntegerField()
    methods = MethodCount(many=True)


class ExplainableCases(serializers.Serializer):
    """`withheld`: why nothing is explained yet; null when it is. `what`, `reading`: the value the search names."""

    withheld = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    cases = ExplainableCase(many=True)
    what = serializers.CharField(allow_blank=True)
    reading = serializers.CharField(allow_blank=True)


class LookOutput(serializers.Serializer):
    code = serializers.CharField()
    reader = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.CharField()
    counts = serializers.BooleanField()


class LineOutput(serializers.Serializer):
    what = serializers.CharField()
    label = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField(allow_blank=True))
    value = serializers.CharField(allow_blank=True)
    method = serializers.CharField(allow_blank=True)
    method_in_words = serializers.CharField(allow_blank=True)
    is_disputed = serializers.BooleanField()


class RegionLines(serializers.Serializer):
    label = serializers.CharField()
    lines = LineOutput(many=True)


class CaseTableOutput(serializers.Serializer):
    code = serializers.CharField()
    subject = serializers.CharField(allow_blank=True)
    state = serializers.CharField(allow_blank=True)
    looks = LookOutput(many=True)
    regions = RegionLines(many=True)
    sums = LineOutput(many=True)


class StepOutput(serializers.Serializer):
    sentence = serializers.CharField()
    who = serializers.CharField()
    at = serializers.CharField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    seq = serializers.IntegerField(allow_null=True)
    hash = serializers.CharField(allow_blank=True)


class GivenSignature(serializers.Serializer):
    name = serializers.CharField()
    meaning = serializers.CharField()
    signed_at = serializers.CharField()
    content_sha256 = serializers.CharField()
    standing = serializers.ChoiceField(STANDINGS)
    version = serializers.IntegerField()


class ShownPin(serializers.Serializer):
    series = serializers.CharField(allow_blank=True)
    slice = serializers.IntegerField()
    x_mm = serializers.FloatField()
    y_mm = serializers.FloatField()
    z_mm = serializers.FloatField()


class UsedWindow(serializers.Serializer):
    low = serializers.FloatField()
    high = serializers.FloatField()
    ms = serializers.IntegerField()


class ViewedSeries(serializers.Serializer):
    number = serializers.IntegerField()
    label = serializers.CharField()
    ms = serializers.ListField(child=serializers.IntegerField())
    windows = UsedWindow(many=True)
    n_never = serializers.IntegerField()


class ViewsOutput(serializers.Serializer):
    active_ms = serializers.IntegerField()
    n_sittings = serializers.IntegerField()
    devices = serializers.ListField(child=serializers.CharField())
    series = ViewedSeries(many=True)


class EarlierValue(serializers.Serializer):
    number = serializers.IntegerField()
    value = serializers.CharField(allow_blank=True)
    method = serializers.CharField(allow_blank=True)
    superseded_at = serializers.CharField()


class ReadingHistory(serializers.Serializer):
    code = serializers.CharField()
    reader = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.CharField()
    counts = serializers.BooleanField()
    charter_version = serializers.IntegerField()
    original = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    comment = serializers.CharField(allow_blank=True)
    steps = StepOutput(many=True)
    signatures = GivenSignature(many=True)
    earlier = EarlierValue(many=True)
    pins = ShownPin(many=True)
    views = ViewsOutput(allow_null=True)


class SideOutput(serializers.Serializer):
    place = serializers.ChoiceField(["left", "right"])
    reading = serializers.CharField()
    reader = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    is_taken = serializers.BooleanField()


class DecisionHistory(serializers.Serializer):
    code = serializers.CharField()
    who = serializers.CharField(allow_blank=True)
    mode = serializers.CharField()
    state = serializers.CharField()
    counts = serializers.BooleanField()
    superseded_at = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField()
    own = serializers.CharField(allow_blank=True)
    sides = SideOutput(many=True)
    steps = StepOutput(many=True)
    signatures = GivenSignature(many=True)


class PartOutput(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    is_added = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True)


class RuleOutput(serializers.Serializer):
    charter_version = serializers.IntegerField()
    charter_sha256 = serializers.CharField()
    frozen_at = serializers.CharField()
    instrument = serializers.CharField()
    instrument_title = serializers.CharField()
    instrument_sha256 = serializers.CharField()


class HistoryOutput(serializers.Serializer):
    what = serializers.CharField()
    reading = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(["item", "sum", "presence", "reading", "fact"])
    label = serializers.CharField()
    column = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    meaning = serializers.CharField(allow_blank=True)
    method = serializers.CharField(allow_blank=True)
    counting = serializers.ListField(child=serializers.CharField())
    rule = RuleOutput(allow_null=True)
    steps = StepOutput(many=True)
    parts = PartOutput(many=True)
    decisions = DecisionHistory(many=True)
    readings = ReadingHistory(many=True)
    earlier = EarlierValue(many=True)
