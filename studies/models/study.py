"""A study, its centres, its team, and the machines that may speak for it."""

from django.db import models
from django.db.models import Q

from readers.models import User
from studies.models.gate import Code, Gated, Role


class StudySet(Gated["Study"]):
    study_path = "pk"


class Study(models.Model):
    """A research study with its imaging charter. Never a DICOM study.

    keeps_originals  originals are sealed (originals.py) instead of destroyed once their upload is imported
    """

    code = Code()
    title = models.CharField(max_length=200)
    is_synthetic = models.BooleanField(default=False)  # every screen says so
    keeps_originals = models.BooleanField(default=False)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    objects = StudySet.as_manager()

    class Meta:
        verbose_name_plural = "studies"
        ordering = ["title", "code"]

    def __str__(self) -> str:
        return self.title


class Centre(models.Model):
    """The hospital that acquired images, under the name the study gives it. Hidden from readers."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="centres")
    name = models.CharField(max_length=40)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["study", "name"], name="one_centre_per_name")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's role in one study.

    One person holds one role at a time, so nobody can be reader and coordinator of a study: the database says so.
    A membership ends, it is not deleted: who once saw both readings stays barred from reading (studies/team.py).
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    began_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["role", "user__full_name"]
        constraints = [
            models.UniqueConstraint(fields=["study", "user"], condition=Q(ended_at=None), name="one_role_at_a_time"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role}"


class MachineAccount(models.Model):
    """A machine that speaks DICOMweb for one study, known by a token of which only the SHA-256 is kept.

    may_store  it may send images (STOW-RS)
    may_fetch  it may list and fetch reading copies (QIDO-RS, WADO-RS)
    """

    code = Code()
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="machines")
    name = models.CharField(max_length=60)
    may_store = models.BooleanField(default=False)
    may_fetch = models.BooleanField(default=False)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
