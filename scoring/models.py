"""Instruments and charters; readings and scores; consensus and adjudication; reports and exports."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from readers.models import Signature, User
from studies.models import Case, Code, Gated, Role, Study


class Instrument(models.Model):
    """A scoring system in one published version. The database refuses every change: a correction is a new version."""

    key = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=20)
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["key", "version"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="one_instrument_per_version")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"{self.key}@{self.version}"


class ItemKind(models.TextChoices):
    GRADE = "grade"
    FLAG = "flag"


class Item(models.Model):
    """One question at one site: BME at vertebral body C4. Frozen with its instrument."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    region = models.CharField(max_length=10)
    site = models.CharField(max_length=20)
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=ItemKind.choices)
    n_grades = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "code"], name="one_item_per_code"),
            models.UniqueConstraint(fields=["instrument", "position"], name="one_item_per_position"),
        ]

    def __str__(self) -> str:
        return self.label


class Charter(models.Model):
    """A study's rules of reading in one version.

    So far every charter says the same: two readers, every difference is a dispute, disputes are decided item by item.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="charters")
    version = models.PositiveSmallIntegerField(default=1)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["study", "version"], name="one_charter_per_version"),
        ]

    def __str__(self) -> str:
        return f"charter {self.version} of {self.study}"


class Allocation(models.Model):
    """One run of the allotment: its seed, the inputs of the plan, and the hash of what came out.

    The same inputs and seed give the same plan (plan.py), so anybody can check a run afterwards.
    """

    code = Code()
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="allocations")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+")
    seed = models.CharField(max_length=64)
    inputs = models.JSONField()
    plan_sha256 = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=20)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"allocation {self.code}"

    @property
    def n_cases(self) -> int:
        return len(self.inputs["cases"])

    @property
    def n_readings(self) -> int:
        return self.readings.count()


class ReadingState(models.TextChoices):
    ASSIGNED = "assigned"
    STARTED = "started"
    SIGNED = "signed"


class ReadingSet(Gated["Reading"]):
    study_path = "case__study"

    def own(self, user: User) -> Self:
        """The readings of `user`, while they read in the study: nothing of anybody else's."""
        return self.visible_to(user, roles=[Role.READER]).filter(reader=user)


class Reading(models.Model):
    """One reader's independent look at one case; one row, one life.

        ASSIGNED --(first grade)--> STARTED --(signed)--> SIGNED, and the database locks its scores

    The code belongs to the reading, not to the case: two readers of one case hold two unrelated codes.
    """

    code = Code()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="readings")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+")
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="readings")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ReadingState.choices, default=ReadingState.ASSIGNED)
    started_at = models.DateTimeField(null=True)
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, null=True, related_name="reading")

    objects = ReadingSet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "reader"], name="a_reader_reads_a_case_once"),
            models.CheckConstraint(condition=Q(state__in=ReadingState.values), name="reading_state_known"),
            models.CheckConstraint(
                condition=Q(state="signed", signature__isnull=False) | (~Q(state="signed") & Q(signature=None)),
                name="signed_means_a_signature",
            ),
        ]

    def __str__(self) -> str:
        return self.code


def one_answer_at_most() -> Q:
    """A grade, or a reason why there is none, or neither (blank): never both."""
    return Q(grade=None) | Q(not_assessable="")


class Score(models.Model):
    """What a reading says to one item. Blank, 0 and not assessable are three different things."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="scores")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True)
    not_assessable = models.CharField(max_length=20, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["item__position"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "item"], name="one_score_per_item"),
            models.CheckConstraint(condition=one_answer_at_most(), name="score_has_one_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.not_assessable or self.grade}"


class ConsensusState(models.TextChoices):
    OPEN = "open"
    SETTLED = "settled"


class ConsensusSet(Gated["Consensus"]):
    study_path = "case__study"


class Consensus(models.Model):
    """What counts for a case. OPEN while disputes wait for the adjudicator, then SETTLED."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="consensus")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ConsensusState.choices)
    compared_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = ConsensusSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ConsensusState.values), name="consensus_state_known")
        ]

    def __str__(self) -> str:
        return f"consensus of {self.case}"


class Method(models.TextChoices):
    """How a final score came about. A "consensus read" of readers sitting together is not among them."""

    AGREED = "agreed"
    ADJUDICATED = "adjudicated"


class FinalScore(models.Model):
    """One item of a consensus, with how it came about."""

    consensus = models.ForeignKey(Consensus, on_delete=models.PROTECT, related_name="final_scores")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True)
    not_assessable = models.CharField(max_length=60, blank=True)  # both reasons where two readers gave different ones
    method = models.CharField(max_length=12, choices=Method.choices)

    class Meta:
        ordering = ["item__position"]
        constraints = [
            models.UniqueConstraint(fields=["consensus", "item"], name="one_final_score_per_item"),
            models.CheckConstraint(condition=one_answer_at_most(), name="final_score_has_one_answer"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.not_assessable or self.grade} ({self.method})"


class AdjudicationState(models.TextChoices):
    WAITING = "waiting"
    STARTED = "started"
    SIGNED = "signed"


class AdjudicationSet(Gated["Adjudication"]):
    study_path = "consensus__case__study"

    def open_to(self, user: User) -> Self:
        """Adjudications `user` may decide: unclaimed or their own, and never of a case they read."""
        mine = self.visible_to(user, roles=[Role.ADJUDICATOR]).filter(Q(adjudicator=None) | Q(adjudicator=user))
        return mine.exclude(consensus__case__readings__reader=user)


class Adjudication(models.Model):
    """The third person's decision where two readings differ.

    WAITING --(first decision: that person has it)--> STARTED --(signed)--> SIGNED, and the case is settled
    """

    code = Code()
    consensus = models.OneToOneField(Consensus, on_delete=models.PROTECT, related_name="adjudication")
    adjudicator = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="adjudications")
    state = models.CharField(max_length=10, choices=AdjudicationState.choices, default=AdjudicationState.WAITING)
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, null=True, related_name="adjudication")

    objects = AdjudicationSet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AdjudicationState.values), name="adjudication_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", adjudicator=None) | (~Q(state="waiting") & Q(adjudicator__isnull=False)),
                name="started_means_an_adjudicator",
            ),
            models.CheckConstraint(
                condition=Q(state="signed", signature__isnull=False) | (~Q(state="signed") & Q(signature=None)),
                name="settled_means_a_signature",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Choice(models.TextChoices):
    LEFT = "left"
    RIGHT = "right"
    OTHER = "other"


class WhyChosen(models.TextChoices):
    LEVEL = "level", "Level counted differently"
    ARTEFACT = "artefact", "Artefact"
    NORMAL_VARIANT = "normal_variant", "Normal variant"
    EXTENT = "extent", "Extent of the signal"
    OTHER = "other", "Other"


class Dispute(models.Model):
    """One item on which two readings differ, and the decision. Which reading stands left is drawn, and never shown."""

    adjudication = models.ForeignKey(Adjudication, on_delete=models.PROTECT, related_name="disputes")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    left = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=6, choices=Choice.choices, blank=True)
    grade = models.PositiveSmallIntegerField(null=True)
    not_assessable = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=20, choices=WhyChosen.choices, blank=True)
    comment = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["item__position"]
        constraints = [
            models.UniqueConstraint(fields=["adjudication", "item"], name="one_dispute_per_item"),
            models.CheckConstraint(condition=~Q(left=F("right")), name="two_sides"),
            models.CheckConstraint(condition=one_answer_at_most(), name="decision_has_one_answer"),
            models.CheckConstraint(
                condition=Q(choice="", decided_at=None) | (~Q(choice="") & ~Q(reason="") & Q(decided_at__isnull=False)),
                name="a_decision_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} of {self.adjudication}"


class ReliabilityReport(models.Model):
    """Agreement of a study as it was computed once, from signed readings only. The newest one is shown."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="reliability_reports")
    computed_at = models.DateTimeField()
    input_sha256 = models.CharField(max_length=64)
    n_cases = models.PositiveIntegerField()
    content = models.JSONField()

    objects = Gated.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["study", "input_sha256"], name="one_report_per_input")]

    def __str__(self) -> str:
        return f"agreement of {self.study} at {self.computed_at:%Y-%m-%d %H:%M}"


class ExportState(models.TextChoices):
    QUEUED = "queued"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"


class Export(models.Model):
    """The consensus of a study as a zip. QUEUED --(a worker claims it)--> BUILDING --> READY | FAILED.

    BUILDING carries a lease, like an upload. The same data give the same bytes.
    """

    code = Code()
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="exports")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.QUEUED)
    lease_until = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_known")]

    def __str__(self) -> str:
        return self.code
