"""What a reader must not know, and what happened when somebody came to know it."""

from django.db import models

from readers.models import User
from scoring.models.readings import Reading
from studies.models import Code, Gated, Membership, Study


class Repeat(models.Model):
    """That a reading is the same reader's second look at a case. It lies where no reader's request can read it."""

    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, related_name="repeat")
    original = models.OneToOneField(Reading, on_delete=models.PROTECT, related_name="repeated_as")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reading=models.F("original")), name="a_repeat_is_another_reading"
            ),
        ]

    def __str__(self) -> str:
        return f"repeat {self.reading}"


class SelfCheck(models.Model):
    """That a reading asks a reader again for some items of a case, and why each: disputed, or mixed in among them.

    disputed   codes of the items on which the two first readings differ; empty for a decoy, whose case has none
    It lies where no reader's request can read it: a reader is asked again in every case, and cannot tell them apart.
    """

    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, related_name="self_check")
    original = models.OneToOneField(Reading, on_delete=models.PROTECT, related_name="self_checked_as")
    disputed = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reading=models.F("original")), name="a_self_check_is_another_reading"
            ),
        ]

    def __str__(self) -> str:
        return f"self-check {self.reading}"


class Slip(models.Model):
    """That two readings would agree if one were counted a level off, or two regions were swapped: for the coordinator.

    finding   what would have to be moved (slips.py), without any grade and without whose reading it is
    """

    consensus = models.OneToOneField("scoring.Consensus", on_delete=models.PROTECT, related_name="slip")
    finding = models.JSONField()
    found_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"probable slip in {self.consensus}"


class Sham(models.Model):
    """That an adjudication asks about a case on which both readings agree. Its decisions never count."""

    adjudication = models.OneToOneField("scoring.Adjudication", on_delete=models.PROTECT, related_name="sham")
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sham {self.adjudication}"


class Unblinding(models.Model):
    """Somebody came to know what they must not, planned or by accident: who, what, when, why, and what follows.

    ICH E6(R3) 4.1 asks for it. Never changed: what is learned later is a further record.
    """

    code = Code()
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="unblindings")
    who = models.CharField(max_length=200)
    what = models.CharField(max_length=1000)
    why = models.CharField(max_length=1000)
    impact = models.CharField(max_length=1000)
    is_planned = models.BooleanField()
    happened_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.code


class Reminder(models.Model):
    """A coordinator asks that a reader be reminded; the mail goes out at the fixed hour, and its text never varies."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reminders")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=models.Q(sent_at=None), name="one_reminder_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"reminder of {self.membership}"
