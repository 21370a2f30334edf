"""One reader's look at one case, and what it says."""

from typing import Self

from django.db import models
from django.db.models import Q

from readers.models import Signature, User
from scoring.models.charters import Allocation, Charter
from scoring.models.instruments import Item
from studies.models import Case, Code, Gated, Role


class ReadingState(models.TextChoices):
    ASSIGNED = "assigned"
    STARTED = "started"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class ReadingSet(Gated["Reading"]):
    study_path = "case__study"

    def own(self, user: User) -> Self:
        """The readings of `user`, while they read in the study: nothing of anybody else's."""
        mine = self.visible_to(user, roles=[Role.READER]).filter(reader=user)
        return mine.exclude(state=ReadingState.WITHDRAWN)

    def that_count(self) -> Self:
        """First readings that stand: no repeats, no second looks, none given to somebody else.

        Not for a reader's request.
        """
        return self.filter(repeat=None, self_check=None).exclude(state=ReadingState.WITHDRAWN)


class Reading(models.Model):
    """One reader's independent look at one case; one row, one life.

        ASSIGNED --(first change)--> STARTED --(signed)--> SIGNED, and the database locks its scores
                                        ^                    |
                                        +---- (reopened) ----+   the signed version is kept (Reopening)
        ASSIGNED --(given to somebody else)--> WITHDRAWN, and the other one has a row of their own

    The code belongs to the reading, not to the case: two readers of one case hold two unrelated codes.
    A reader reads a case once, but for hidden repeats (Repeat), self-checks (SelfCheck) and practice: the database
    counts at each commit.

    part    of the run's order: part 2 opens once part 1 is signed and the charter's days have passed (worklist.py)
    asked   codes of the items that are asked; empty for all of the instrument
    """

    code = Code()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="readings")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+")
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, null=True, related_name="readings")
    position = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(default=1)
    asked = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ReadingState.choices, default=ReadingState.ASSIGNED)
    started_at = models.DateTimeField(null=True)
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, null=True, related_name="reading")

    objects = ReadingSet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReadingState.values), name="reading_state_known"),
            models.CheckConstraint(
                condition=Q(state="signed", signature__isnull=False) | (~Q(state="signed") & Q(signature=None)),
                name="signed_means_a_signature",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def items(self) -> models.QuerySet[Item]:
        """The items that are asked, in the order of the instrument."""
        every = self.charter.instrument.items.all()
        return every.filter(code__in=self.asked) if self.asked else every


def one_answer_at_most() -> Q:
    """A grade, or a reason why there is none, or neither (blank): never both."""
    return Q(grade=None) | Q(not_assessable="")


class Score(models.Model):
    """What a reading says to one item. Blank, 0 and not assessable are three different things."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="scores")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True)
    not_assessable = models.CharField(max_length=20, blank=True)
    comment = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["item__position"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "item"], name="one_score_per_item"),
            models.CheckConstraint(condition=one_answer_at_most(), name="score_has_one_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.not_assessable or self.grade}"
