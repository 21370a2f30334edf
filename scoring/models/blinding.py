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
