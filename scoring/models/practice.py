"""Practice before the study: cases whose right answers are known, and who has shown to read like them."""

from django.db import models
from django.db.models import Q

from readers.models import User
from scoring.models.charters import Charter
from scoring.models.instruments import Item
from scoring.models.readings import one_answer_at_most
from studies.models import Case, Gated, Study


class Reference(models.Model):
    """The right answer to one item of a practice case. A reader's request sees it once they have answered."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="references")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True)
    not_assessable = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["item__position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "item"], name="one_reference_per_item"),
            models.CheckConstraint(condition=one_answer_at_most(), name="reference_has_one_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.not_assessable or self.grade}"


class Qualification(models.Model):
    """A reader reached what the charter asks for on its practice set. Never changed: a later one is a new row."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="qualifications")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="qualifications")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+")
    practice_set = models.CharField(max_length=20)
    n_cases = models.PositiveSmallIntegerField()
    kappa = models.FloatField()
    target = models.FloatField()
    reached_at = models.DateTimeField()

    objects = Gated.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(kappa__gte=models.F("target")), name="a_target_is_reached")]

    def __str__(self) -> str:
        return f"{self.reader} qualified for {self.study}"
