"""A study's rules of reading, and the allotment under them."""

from typing import Any

from django.db import models
from django.db.models import Q

from readers.models import User
from scoring.models.instruments import Instrument
from scoring.rules import Rules
from studies.models import Code, Gated, Study


class Charter(models.Model):
    """A study's rules of reading in one version.

        DRAFT --(opening the study, or an amendment with its reason)--> FROZEN, and the database locks it

    The newest frozen one is in force: new readings are made under it, older ones keep theirs. One draft at a time.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="charters")
    version = models.PositiveSmallIntegerField(default=1)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    rules = models.JSONField(default=dict)
    reason = models.TextField(blank=True)  # of an amendment
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of its content (charter.content), once it is frozen
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField(null=True)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["study", "version"], name="one_charter_per_version"),
            models.UniqueConstraint(fields=["study"], condition=Q(frozen_at=None), name="one_draft_at_a_time"),
            models.CheckConstraint(
                condition=Q(frozen_at=None, frozen_by=None, sha256="")
                | (Q(frozen_at__isnull=False, frozen_by__isnull=False) & ~Q(sha256="")),
                name="frozen_means_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"charter {self.version} of {self.study}"

    @property
    def terms(self) -> Rules:
        """The rules, typed."""
        return Rules.from_json(self.rules)


class SealedSeed(models.Model):
    """The one seed of a study's allotments: drawn when the study is opened, shown to nobody until it is locked.

    Its hash is published at once, so that nobody could have chosen another one later.
    """

    study = models.OneToOneField(Study, on_delete=models.PROTECT, related_name="sealed_seed")
    seed = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    drawn_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"sealed seed {self.sha256}"


class Allocation(models.Model):
    """One run of the allotment: the inputs of the plan, what came out, and its hash.

    The same inputs and seed give the same plan (plan/), so anybody can check a run once the seed is unsealed.
    """

    code = Code()
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="allocations")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+")
    run = models.PositiveIntegerField()
    seed_sha256 = models.CharField(max_length=64)
    inputs = models.JSONField()
    rows = models.JSONField()
    plan_sha256 = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=20)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["study", "run"], name="runs_are_counted")]

    def __str__(self) -> str:
        return f"allocation {self.code}"

    @property
    def n_cases(self) -> int:
        return len(self.inputs["cases"])

    @property
    def n_readings(self) -> int:
        return len(self.rows)

    def manifest(self, *, seed: str | None) -> dict[str, Any]:
        """What an inspector needs to rebuild this run; without the seed, for as long as it is sealed."""
        return {
            "format": "dens-allocation-1",
            "algorithm": self.algorithm,
            "study": self.study.code,
            "run": self.run,
            "charter_version": self.charter.version,
            "charter_sha256": self.charter.sha256,
            "seed_sha256": self.seed_sha256,
            "seed": seed,
            "inputs": self.inputs,
            "plan": self.rows,
            "plan_sha256": self.plan_sha256,
        }
