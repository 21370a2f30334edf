"""A study's rules of reading, and the allotment under them."""

from django.db import models

from readers.models import User
from scoring.models.instruments import Instrument
from studies.models import Code, Gated, Study


class Charter(models.Model):
    """A study's rules of reading in one version.

    So far nearly every charter says the same: two readers, every difference is a dispute, disputes are decided item
    by item. `requires_pins`: a grade above 0 needs a pin, a place in the images, before the reading can be signed.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="charters")
    version = models.PositiveSmallIntegerField(default=1)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    requires_pins = models.BooleanField(default=False)
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
