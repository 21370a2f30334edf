"""Cases, the checks a person makes of them, and what is asked of the centre that sent them."""

from django.db import models
from django.db.models import Q

from readers.models import User
from studies.models.gate import Code, Gated
from studies.models.images import Exam
from studies.models.study import Study


class CaseState(models.TextChoices):
    INCOMPLETE = "incomplete"
    TO_CHECK = "to_check"
    READY = "ready"
    REFUSED = "refused"
    ALLOTTED = "allotted"


class Case(models.Model):
    """The unit of reading: one exam, shown together.

        INCOMPLETE --(a sagittal STIR and a sagittal T1 are there)--> TO_CHECK --(a person accepts)--> READY
        READY --(allotted)--> ALLOTTED            TO_CHECK, INCOMPLETE --(a person refuses)--> REFUSED

    Whatever changes the images or their roles takes READY and REFUSED back to TO_CHECK or INCOMPLETE: what a person
    checked is what readers get. ALLOTTED is final.
    """

    code = Code()
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="cases")
    exam = models.OneToOneField(Exam, on_delete=models.PROTECT, related_name="case")
    state = models.CharField(max_length=12, choices=CaseState.choices, default=CaseState.INCOMPLETE)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_known")]

    def __str__(self) -> str:
        return self.code


class OfCase(Gated):
    study_path = "case__study"


class Decision(models.TextChoices):
    ACCEPTED = "accepted"
    REFUSED = "refused"


class QualityCheck(models.Model):
    """What a person saw on the contact sheet of a case, and decided. Never changed: a later look is a new row.

    findings  what the machine had to say of the case when the person looked (quality.py), as it was shown
    answers   the person's answers to its questions, by the question's name
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checks")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reason = models.CharField(max_length=500, blank=True)
    findings = models.JSONField()
    answers = models.JSONField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(auto_now_add=True)

    objects = OfCase.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="decision_known"),
            models.CheckConstraint(
                condition=~Q(decision=Decision.REFUSED) | ~Q(reason=""), name="a_refusal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.decision}"


class QueryState(models.TextChoices):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Query(models.Model):
    """A question to the centre about a case. While one is not closed, the case cannot be accepted.

    OPEN --(the coordinator writes down what the centre said)--> ANSWERED --(settled)--> CLOSED
    OPEN --(withdrawn)--> CLOSED
    """

    code = Code()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="queries")
    state = models.CharField(max_length=10, choices=QueryState.choices, default=QueryState.OPEN)
    question = models.CharField(max_length=500)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = OfCase.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "queries"
        constraints = [models.CheckConstraint(condition=Q(state__in=QueryState.values), name="query_state_known")]

    def __str__(self) -> str:
        return self.code
