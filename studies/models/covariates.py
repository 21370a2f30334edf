"""What is known of a study's participants beside their images: the clinical covariates, as they were entered."""

from django.db import models
from django.db.models import Q

from readers.models import User
from studies.columns import LARGEST, LONGEST_CATEGORY, LONGEST_LABEL, LONGEST_NAME, LONGEST_UNIT
from studies.models.gate import Gated
from studies.models.images import Subject
from studies.models.study import Study


class CovariateTable(models.Model):
    """One table of covariates, as a coordinator entered it.

    The newest version counts, and it alone: a participant who is not in it has no covariates. Earlier ones are kept,
    and the database refuses to change any.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="covariate_tables")
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)  # of what the table says, in canonical JSON
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["study", "version"], name="one_covariate_table_per_version")]

    def __str__(self) -> str:
        return f"covariates {self.version} of {self.study}"


class CovariateKind(models.TextChoices):
    NUMBER = "number"
    CATEGORY = "category"


class Covariate(models.Model):
    """A column of the table: what is known, under the name that exports give it."""

    table = models.ForeignKey(CovariateTable, on_delete=models.PROTECT, related_name="covariates")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)
    label = models.CharField(max_length=LONGEST_LABEL)
    unit = models.CharField(max_length=LONGEST_UNIT, blank=True)
    kind = models.CharField(max_length=10, choices=CovariateKind.choices)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["table", "name"], name="one_covariate_per_name"),
            models.UniqueConstraint(fields=["table", "position"], name="one_covariate_per_position"),
            models.CheckConstraint(condition=Q(kind__in=CovariateKind.values), name="covariate_kind_known"),
        ]

    def __str__(self) -> str:
        return self.label


class CovariateValue(models.Model):
    """What a covariate is in one participant: a number or a category. Where it is missing there is no row."""

    covariate = models.ForeignKey(Covariate, on_delete=models.PROTECT, related_name="values")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="covariates")
    number = models.FloatField(null=True)
    category = models.CharField(max_length=LONGEST_CATEGORY, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["covariate", "subject"], name="one_value_per_participant"),
            models.CheckConstraint(
                condition=Q(number__isnull=False, category="") | (Q(number=None) & ~Q(category="")),
                name="a_number_or_a_category",
            ),
            # PostgreSQL takes NaN for greater than any number: neither it nor infinity gets in
            models.CheckConstraint(
                condition=Q(number=None) | Q(number__range=(-LARGEST, LARGEST)), name="a_covariate_is_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.covariate} of {self.subject}"

    @property
    def value(self) -> float | str:
        return self.category if self.number is None else self.number
