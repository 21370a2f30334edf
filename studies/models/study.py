"""A study, its centres, its team, and the machines that may speak for it."""

from django.db import models
from django.db.models import Q

from readers.models import User
from studies.models.gate import Code, Gated, Role


class StudySet(Gated["Study"]):
    study_path = "pk"


class Study(models.Model):
    """A research study with its imaging charter. Never a DICOM study.

        open --(locked, when all is read and decided)--> locked --(asked by one, granted by another: Unlocking)--> open

    keeps_originals  originals are sealed (originals.py) instead of destroyed once their upload is imported
    is_practice      its cases are for practice: they have reference scores, and nothing of it is ever study data
    locked_at        from when on nothing of it can be written (the database refuses), until two people unlock it
    """

    code = Code()
    title = models.CharField(max_length=200)
    is_synthetic = models.BooleanField(default=False)  # every screen says so
    keeps_originals = models.BooleanField(default=False)
    is_practice = models.BooleanField(default=False)
    locked_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
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

    centre   of a reader: the hospital they work at, whose cases the charter may keep from them
    share    of a reader: percent of all cases they read; None for an equal part of what the others leave
    is_away  of a reader: for now, no new case comes to them
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, related_name="+")
    share = models.PositiveSmallIntegerField(null=True)
    is_away = models.BooleanField(default=False)
    began_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["role", "user__full_name"]
        constraints = [
            models.UniqueConstraint(fields=["study", "user"], condition=Q(ended_at=None), name="one_role_at_a_time"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(condition=Q(share=None) | Q(share__range=(1, 100)), name="a_share_is_a_percentage"),
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
