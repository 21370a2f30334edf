"""What counts for a case in the end, and the decisions where two readings differ."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from readers.models import Signature, User
from scoring.models.charters import Charter
from scoring.models.conduct import Reopening
from scoring.models.instruments import Item
from scoring.models.readings import Reading, one_answer_at_most
from scoring.rules import Resolution
from studies.models import Case, Code, Gated, Role
from studies.models.gate import studies_open_to


class ConsensusState(models.TextChoices):
    CHECKING = "checking"
    OPEN = "open"
    SETTLED = "settled"


class ConsensusSet(Gated["Consensus"]):
    study_path = "case__study"


class Consensus(models.Model):
    """What counts for a case.

        compared --> CHECKING --(both readers have looked again)--> OPEN --(adjudicated)--> SETTLED
        compared --(no self-check in the charter)-----------------> OPEN
        compared --(nothing disputed)-----------------------------------------------------> SETTLED
        any of these --(a reading is opened again)--> superseded, for good, and the case is compared anew

    A superseded one has left its case: `case` is empty and `former_case` says which it was. So every list of today's
    consensus is without it, and nothing is deleted.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, related_name="consensus")
    former_case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="former_consensus")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ConsensusState.choices)
    compared_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(Reopening, on_delete=models.PROTECT, null=True, related_name="superseded")

    objects = ConsensusSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ConsensusState.values), name="consensus_state_known"),
            models.CheckConstraint(
                condition=Q(case__isnull=False, former_case=None, superseded_at=None, superseded_by=None)
                | Q(case=None, former_case__isnull=False, superseded_at__isnull=False, superseded_by__isnull=False),
                name="superseded_means_it_left_its_case",
            ),
        ]

    def __str__(self) -> str:
        return f"consensus of {self.its_case}"

    @property
    def its_case(self) -> Case:
        """The case it is, or was, the consensus of."""
        case = self.case or self.former_case
        assert case is not None, "the database knows no consensus without a case"
        return case


class Method(models.TextChoices):
    """How a final score came about. A "consensus read" of readers sitting together is not among them."""

    AGREED = "agreed"
    AVERAGED = "averaged"
    SELF_CHECKED = "self_checked"
    ADJUDICATED = "adjudicated"
    MEDIAN = "median"
    CLOSEST = "closest_two"
    JOINT = "joint"
    SINGLE = "single"
    UNRESOLVED = "unresolved"


class FinalScore(models.Model):
    """One item of a consensus, with how it came about.

    picked   the reading whose answer was taken, where one was
    """

    consensus = models.ForeignKey(Consensus, on_delete=models.PROTECT, related_name="final_scores")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    grade = models.FloatField(null=True)  # halves, where two readings are averaged
    not_assessable = models.CharField(max_length=60, blank=True)  # both reasons where two readers gave different ones
    method = models.CharField(max_length=12, choices=Method.choices)
    picked = models.ForeignKey(Reading, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["item__position"]
        constraints = [
            models.UniqueConstraint(fields=["consensus", "item"], name="one_final_score_per_item"),
            models.CheckConstraint(condition=one_answer_at_most(), name="final_score_has_one_answer"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.not_assessable or self.value} ({self.method})"

    @property
    def value(self) -> float | None:
        """The grade as it is written down: whole where it is whole."""
        return int(self.grade) if self.grade is not None and self.grade.is_integer() else self.grade


class AdjudicationState(models.TextChoices):
    WAITING = "waiting"
    STARTED = "started"
    SIGNED = "signed"


WHAT_IT_CAME_TO = ("state", "compared_at", "settled_at", "former_case", "superseded_at", "superseded_by")


class AdjudicationSet(Gated["Adjudication"]):
    study_path = "consensus__case__study"

    def that_count(self) -> Self:
        """Without agreed cases that were mixed in. Not for an adjudicator's request."""
        return self.filter(sham=None)

    def with_case(self) -> Self:
        """Each with its case and charter, and without what its consensus came to: a sham's is settled already."""
        related = self.select_related("consensus__case__study", "consensus__charter__instrument")
        return related.defer(*(f"consensus__{name}" for name in WHAT_IT_CAME_TO))

    def open_to(self, user: User) -> Self:
        """Adjudications `user` may decide: theirs, or nobody's yet, and never of a case they read."""
        mine = self.visible_to(user, roles=[Role.ADJUDICATOR]).filter(Q(adjudicator=None) | Q(adjudicator=user))
        return mine.exclude(consensus__case__readings__reader=user)

    def set_aside(self, user: User) -> Self:
        """What `user` has signed and no longer counts, for a reading of the case was opened again."""
        studies = studies_open_to(user, roles=[Role.ADJUDICATOR])
        signed = self.filter(Q(adjudicator=user) | Q(second=user), state=AdjudicationState.SIGNED)
        left_its_case = signed.filter(consensus__case=None, consensus__charter__study__in=studies)
        related = left_its_case.select_related("consensus__charter__study")
        return related.defer(*(f"consensus__{name}" for name in WHAT_IT_CAME_TO))


class Adjudication(models.Model):
    """The third person's decision where two readings differ.

    WAITING --(first decision: that person has it)--> STARTED --(signed)--> SIGNED, and the case is settled

    adjudicator       who was drawn for it, or who has begun it; nobody while none of the team may decide it
    mode              how it is decided, by the charter: a Resolution (rules.py), as it was when it was opened
    second, second_signature   in a joint read, the other one of the two who decide together
    """

    code = Code()
    consensus = models.OneToOneField(Consensus, on_delete=models.PROTECT, related_name="adjudication")
    adjudicator = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="adjudications")
    mode = models.CharField(max_length=16, default="pick_item")
    state = models.CharField(max_length=10, choices=AdjudicationState.choices, default=AdjudicationState.WAITING)
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, null=True, related_name="adjudication")
    second = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    second_signature = models.OneToOneField(
        Signature, on_delete=models.PROTECT, null=True, related_name="joint_adjudication"
    )

    objects = AdjudicationSet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AdjudicationState.values), name="adjudication_state_known"),
            models.CheckConstraint(condition=Q(mode__in=list(map(str, Resolution))), name="adjudication_mode_known"),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(adjudicator__isnull=False), name="started_means_an_adjudicator"
            ),
            models.CheckConstraint(
                condition=Q(state="signed", signature__isnull=False) | (~Q(state="signed") & Q(signature=None)),
                name="settled_means_a_signature",
            ),
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=F("adjudicator")), name="a_joint_read_has_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(mode="joint", state="signed")
                | Q(second__isnull=False, second_signature__isnull=False),
                name="a_joint_read_is_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Choice(models.TextChoices):
    LEFT = "left"
    RIGHT = "right"
    OWN = "own"
    OTHER = "other"


class WhyChosen(models.TextChoices):
    LEVEL = "level", "Level counted differently"
    ARTEFACT = "artefact", "Artefact"
    NORMAL_VARIANT = "normal_variant", "Normal variant"
    EXTENT = "extent", "Extent of the signal"
    OTHER = "other", "Other"


class Dispute(models.Model):
    """One item on which two readings differ, and the decision. Which reading stands left is drawn, and never shown.

    own_...       the adjudicator's own answer, given before anything was revealed; never changed afterwards
    is_revealed   whether the adjudicator may see the two answers; the database asks it too (blinding.py)
    """

    adjudication = models.ForeignKey(Adjudication, on_delete=models.PROTECT, related_name="disputes")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    left = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="+")
    own_grade = models.PositiveSmallIntegerField(null=True)
    own_not_assessable = models.CharField(max_length=20, blank=True)
    own_at = models.DateTimeField(null=True)
    is_revealed = models.BooleanField(default=True)
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
                condition=Q(own_grade=None, own_not_assessable="", own_at=None)
                | (Q(own_at__isnull=False, own_grade__isnull=False, own_not_assessable=""))
                | (Q(own_at__isnull=False, own_grade=None) & ~Q(own_not_assessable="")),
                name="an_own_answer_is_one_answer",
            ),
            models.CheckConstraint(
                condition=Q(choice="", decided_at=None) | (~Q(choice="") & ~Q(reason="") & Q(decided_at__isnull=False)),
                name="a_decision_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} of {self.adjudication}"

    @property
    def adjudicated_grade(self) -> int | None:
        """What the adjudicator says: the decision, or the own answer where the readings are never shown."""
        return self.grade if self.choice else self.own_grade
