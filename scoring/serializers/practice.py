"""Practice: how far a reader has come, the reference beside a first answer, and the references themselves."""

from rest_framework import serializers


class PracticeStanding(serializers.Serializer):
    """A reader's own standing on the practice set of a study."""

    study = serializers.CharField(source="study.code")
    n_cases = serializers.IntegerField()
    cases_needed = serializers.IntegerField()
    kappa = serializers.FloatField(allow_null=True)
    target = serializers.FloatField()
    n_equal = serializers.IntegerField()
    n_items = serializers.IntegerField()
    is_open = serializers.BooleanField()
    is_qualified = serializers.BooleanField()


class FeedbackOutput(serializers.Serializer):
    """The reference of an item that has been answered, beside the first answer: the one that counts."""

    item = serializers.CharField()
    grade = serializers.IntegerField(allow_null=True)
    not_assessable = serializers.CharField()
    first_grade = serializers.IntegerField(allow_null=True)
    is_equal = serializers.BooleanField()


class ReferencesInput(serializers.Serializer):
    """A table with the columns case, item and grade; a word instead of a number is a reason why there is none."""

    csv = serializers.CharField(max_length=1_000_000)


class ReferencesOutput(serializers.Serializer):
    n_cases = serializers.IntegerField()
    n_ready = serializers.IntegerField()
    cases = serializers.ListField(child=serializers.CharField())
