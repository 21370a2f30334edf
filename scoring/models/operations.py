"""What a browser sends: operations, one a change, and the desk that may send them."""

from django.db import models
from django.db.models import Q

from scoring.models.instruments import Item
from scoring.models.readings import Reading


class Desk(models.Model):
    """Where a reading is being worked on: one page in one browser. It keeps the reading by asking again and again.

    A desk that falls silent loses the reading at `until`; another one may take it over before, and says so.
    """

    reading = models.OneToOneField(Reading, on_delete=models.CASCADE, related_name="desk")
    key = models.UUIDField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"desk {self.key} of {self.reading}"


class OperationKind(models.TextChoices):
    ANSWER = "answer"
    COMMENT = "comment"
    PIN = "pin"


class Outcome(models.TextChoices):
    """APPLIED, or SUPERSEDED: something else had been said in the meantime, which the reader then decides about."""

    APPLIED = "applied"
    SUPERSEDED = "superseded"


class Operation(models.Model):
    """One change as a browser made it, known by the key it was given there; the same key is never applied twice.

    `after` is the operation on the same thing (answer or comment of an item, one pin) that was the last one for who
    made this one: a chain without a clock. `made_at` is the browser's clock: told, never trusted.
    """

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="operations")
    key = models.UUIDField()
    kind = models.CharField(max_length=8, choices=OperationKind.choices)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    pin = models.UUIDField(null=True)
    value = models.JSONField()
    after = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    desk = models.UUIDField()
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["reading", "item", "kind"], name="operations_of_a_thing")]
        constraints = [
            models.UniqueConstraint(fields=["reading", "key"], name="an_operation_comes_once"),
            models.CheckConstraint(condition=Q(kind__in=OperationKind.values), name="operation_kind_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="operation_outcome_known"),
            models.CheckConstraint(
                condition=Q(kind="pin", pin__isnull=False) | (~Q(kind="pin") & Q(pin=None)), name="a_pin_has_a_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.item}: {self.outcome}"


class Pin(models.Model):
    """Evidence: a place in the images for what an item was given, and how one looked at it. Taken out, never deleted.

    point   patient LPS, mm
    view    centre (patient LPS, mm), mm per pixel, and the window as the pane had them
    """

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="pins")
    key = models.UUIDField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    series = models.PositiveSmallIntegerField()
    slice = models.PositiveSmallIntegerField()
    point = models.JSONField()
    view = models.JSONField()
    is_removed = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["item__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["reading", "key"], name="one_pin_per_key")]

    def __str__(self) -> str:
        return f"pin of {self.item}"
