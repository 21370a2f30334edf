"""How a reading was done, what was wrong with its images, and how a signed one is opened again."""

from django.db import models
from django.db.models import F, Q

from readers.models import Signature, User
from scoring.models.readings import Reading
from studies.models import Code, Gated, Study


class Sitting(models.Model):
    """One desk's time with a reading, as the browser counted it; every message holds the whole count so far.

    active_ms   the time somebody was at work; pauses are taken out
    slices      series number -> ms each slice was on screen, in spatial order
    windows     how long each window was used: series, low, high, ms
    device      browser, screen, and which path drew: what the reader's machine says of itself
    """

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="sittings")
    desk = models.UUIDField()
    begun_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    active_ms = models.PositiveIntegerField(default=0)
    slices = models.JSONField(default=dict)
    windows = models.JSONField(default=list)
    device = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reading", "desk"], name="one_sitting_per_desk")]

    def __str__(self) -> str:
        return f"sitting of {self.reading}"


class ProblemKind(models.TextChoices):
    NOT_EVALUABLE = "not_evaluable", "The case is not evaluable"
    QUALITY = "quality", "Artefact or poor image quality"
    COVERAGE = "coverage", "A part of the neck or a series is missing"
    WRONG_SERIES = "wrong_series", "A series is not what its label says"
    IDENTITY = "identity", "Something tells who the patient is"
    OTHER = "other", "Something else"


class ProblemState(models.TextChoices):
    OPEN = "open"
    CLOSED = "closed"


class ProblemSet(Gated["Problem"]):
    study_path = "reading__case__study"


class Problem(models.Model):
    """What a reader reports about the images. OPEN --(the coordinator has seen to it)--> CLOSED"""

    code = Code()
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="problems")
    key = models.UUIDField()  # of the report as the browser sent it: the same one comes in once
    kind = models.CharField(max_length=16, choices=ProblemKind.choices)
    series = models.PositiveSmallIntegerField(null=True)
    slice = models.PositiveSmallIntegerField(null=True)
    text = models.CharField(max_length=500, blank=True)
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ProblemState.choices, default=ProblemState.OPEN)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)

    objects = ProblemSet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "key"], name="a_problem_is_reported_once"),
            models.CheckConstraint(condition=Q(kind__in=ProblemKind.values), name="problem_kind_known"),
            models.CheckConstraint(
                condition=Q(state="open", closed_by=None) | Q(state="closed", closed_by__isnull=False),
                name="closed_means_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.reading}"


class ReopeningState(models.TextChoices):
    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"


class ReopeningSet(Gated["Reopening"]):
    study_path = "reading__case__study"


class Reopening(models.Model):
    """A reader asks to change a signed reading. ASKED --(by who does not read the case)--> GRANTED | DECLINED

    Once the two readings were compared it is granted only where the charter lets it be (`reopens_compared`), and then
    supersedes their consensus. The reader is told the decision, never why.
    """

    code = Code()
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="reopenings")
    reason = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReopeningState.choices, default=ReopeningState.ASKED)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)

    objects = ReopeningSet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reading"], condition=Q(state="asked"), name="one_reopening_at_a_time"),
            models.CheckConstraint(condition=Q(state__in=ReopeningState.values), name="reopening_state_known"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by=None) | (~Q(state="asked") & Q(decided_by__isnull=False)),
                name="decided_means_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"reopening of {self.reading}: {self.state}"


class UnlockingState(models.TextChoices):
    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"


class Unlocking(models.Model):
    """A locked study is to be opened again. ASKED --(by a second person)--> GRANTED | DECLINED

    Granted, the lock is taken off in the same transaction: the database has neither without the other.

    locked_at   which lock it is about
    """

    code = Code()
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="unlockings")
    locked_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=UnlockingState.choices, default=UnlockingState.ASKED)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["study"], condition=Q(state="asked"), name="one_unlocking_at_a_time"),
            models.CheckConstraint(condition=Q(state__in=UnlockingState.values), name="unlocking_state_known"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by=None) | (~Q(state="asked") & Q(decided_by__isnull=False)),
                name="an_unlocking_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | ~Q(decided_by=F("asked_by")), name="unlocking_needs_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"unlocking of {self.study}: {self.state}"


class SignedVersion(models.Model):
    """What was signed before a reading was opened again: the content as its signature has it, for good."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="version")
    reopening = models.OneToOneField(Reopening, on_delete=models.PROTECT, related_name="version")
    superseded_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["reading", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.reading}"
