"""What is computed from readings: agreement, and the export."""

from django.db import models
from django.db.models import Q

from readers.models import User
from studies.models import Code, Gated, Study


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

    n_done   of n_cases, while it is being built
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
    n_done = models.PositiveIntegerField(default=0)
    n_cases = models.PositiveIntegerField(default=0)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_known")]

    def __str__(self) -> str:
        return self.code
