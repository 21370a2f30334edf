"""Studies and their teams; subjects, exams, series and instances; cases; uploads and their verdicts."""

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from readers.codes import LENGTH, new_code
from readers.models import User

M = TypeVar("M", bound=models.Model)


class Code(models.CharField):
    """A random public id: unique, unguessable, and without any order."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LENGTH, "unique": True, "default": new_code, "editable": False, **options})


class Role(models.TextChoices):
    """What a person is in one study. Administrators are staff accounts and hold no membership."""

    COORDINATOR = "coordinator"
    READER = "reader"
    ADJUDICATOR = "adjudicator"
    STATISTICIAN = "statistician"
    MONITOR = "monitor"


ADMINISTRATOR = "administrator"
BLINDED = (Role.READER, Role.ADJUDICATOR)


class Gated(models.QuerySet[M]):
    """A query set that begins with who is asking. `study_path` leads from the row to the key of its study."""

    study_path = "study"

    def visible_to(self, user: User, *, roles: Iterable[str]) -> Self:
        """The rows of those studies in which `user` holds one of `roles` today."""
        return self.filter(**{f"{self.study_path}__in": studies_open_to(user, roles=roles)})


def studies_open_to(user: User, *, roles: Iterable[str]) -> models.QuerySet[Any, Any]:
    """Keys of the studies in which `user` may act in one of `roles`.

    Staff are administrators of every study but those in which they are, or were, blinded.
    """
    roles = list(roles)
    if user.is_staff and ADMINISTRATOR in roles:
        blinded = Membership.objects.filter(user=user, role__in=BLINDED)
        return Study.objects.exclude(pk__in=blinded.values("study")).values("pk")
    return Membership.objects.filter(user=user, role__in=roles, ended_at=None).values("study")


class StudySet(Gated["Study"]):
    study_path = "pk"


class Study(models.Model):
    """A research study with its imaging charter. Never a DICOM study."""

    code = Code()
    title = models.CharField(max_length=200)
    is_synthetic = models.BooleanField(default=False)  # every screen says so
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    objects = StudySet.as_manager()

    class Meta:
        verbose_name_plural = "studies"
        ordering = ["title", "code"]

    def __str__(self) -> str:
        return self.title


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


class Subject(models.Model):
    """A participant, known only by a pseudonym. `key` is keyed from what the scanner called them, so exams meet."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="subjects")
    key = models.CharField(max_length=64)
    pseudonym = models.CharField(max_length=40)

    objects = Gated.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "key"], name="one_subject_per_key"),
            models.UniqueConstraint(fields=["study", "pseudonym"], name="one_subject_per_pseudonym"),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class Exam(models.Model):
    """One imaging session: one DICOM study, under a keyed UID."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="exams")
    uid = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"exam of {self.subject}"


class Plane(models.TextChoices):
    SAGITTAL = "sagittal"
    AXIAL = "axial"
    CORONAL = "coronal"
    OBLIQUE = "oblique"


class SeriesRole(models.TextChoices):
    STIR = "STIR"
    T1 = "T1"
    T2 = "T2"
    OTHER = "OTHER"


class RoleSource(models.TextChoices):
    PHYSICS = "physics"
    COORDINATOR = "coordinator"


class Series(models.Model):
    """A DICOM series: its role, its geometry, and the few MR parameters Dens keeps.

    row_direction     unit vector along increasing column index, patient LPS
    column_direction  unit vector along increasing row index, patient LPS
    frame             keyed frame-of-reference UID; series that share it share a coordinate system
    window_low/high   1st and 99.5th percentile of the central third of the slices, in stored values
    """

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="series")
    uid = models.CharField(max_length=64, unique=True)
    number = models.PositiveSmallIntegerField()  # within its exam, in order of arrival; says nothing about the scan
    role = models.CharField(max_length=8, choices=SeriesRole.choices)
    role_source = models.CharField(max_length=12, choices=RoleSource.choices, default=RoleSource.PHYSICS)
    plane = models.CharField(max_length=10, choices=Plane.choices)
    frame = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    columns = models.PositiveIntegerField()
    is_signed = models.BooleanField(default=False)
    row_spacing_mm = models.FloatField()
    column_spacing_mm = models.FloatField()
    row_direction = models.JSONField()
    column_direction = models.JSONField()
    parameters = models.JSONField(default=dict)
    window_low = models.FloatField(default=0)
    window_high = models.FloatField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["exam", "number"], name="one_series_per_number")]

    def __str__(self) -> str:
        return f"{self.role} {self.plane}"


class Instance(models.Model):
    """One slice: where it lies, and the hash under which storage.py keeps its plane.

    position       centre of the first pixel, mm, patient LPS
    row_direction  as in Series, but of this slice: axial slices of one series may each follow a disc of their own
    distance_mm    centre of the slice along the normal of its series: what slices are ordered by, never their number
    pixels_sha256  of the decoded pixels, so that the same UID with other pixels is noticed
    plane_sha256   of the packed plane (planes.py): its name in the store
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="instances")
    uid = models.CharField(max_length=64, unique=True)
    position = models.JSONField()
    row_direction = models.JSONField()
    column_direction = models.JSONField()
    distance_mm = models.FloatField()
    pixels_sha256 = models.CharField(max_length=64)
    plane_sha256 = models.CharField(max_length=64)
    plane_bytes = models.PositiveIntegerField()

    class Meta:
        ordering = ["distance_mm"]

    def __str__(self) -> str:
        return f"slice at {self.distance_mm:.1f} mm"


class CaseState(models.TextChoices):
    INCOMPLETE = "incomplete"
    READY = "ready"
    ALLOTTED = "allotted"


class Case(models.Model):
    """The unit of reading: one exam, shown together.

        INCOMPLETE --(a sagittal STIR and a sagittal T1 are there)--> READY --(allotted)--> ALLOTTED

    READY falls back to INCOMPLETE when a role is corrected. ALLOTTED is final: what readers were given stays as it is.
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


class UploadState(models.TextChoices):
    RECEIVING = "receiving"
    RECEIVED = "received"
    IMPORTING = "importing"
    IMPORTED = "imported"
    PARTLY = "partly"
    REJECTED = "rejected"


class Upload(models.Model):
    """What a coordinator dropped on the page.

        RECEIVING --(finish)--> RECEIVED --(a worker claims it)--> IMPORTING --> IMPORTED | PARTLY | REJECTED

    IMPORTING carries a lease: when it runs out, the worker is dead and the next one goes on where it stopped.
    """

    code = Code()
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="uploads")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=40, blank=True)  # the study's own pseudonym, if the coordinator gave one
    subject_key = models.CharField(max_length=64, blank=True)  # whom that pseudonym means
    state = models.CharField(max_length=12, choices=UploadState.choices, default=UploadState.RECEIVING)
    received_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempt = models.PositiveIntegerField(default=0)

    objects = Gated.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [models.CheckConstraint(condition=Q(state__in=UploadState.values), name="upload_state_known")]

    def __str__(self) -> str:
        return self.code


class Verdict(models.TextChoices):
    PENDING = "pending"
    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


class UploadedFile(models.Model):
    """One file of an upload, or one entry of a zip in it, and its verdict. Its name is not kept: it may be PHI."""

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveIntegerField()  # as the browser counted
    entry = models.PositiveIntegerField(null=True)  # n-th file inside a zip
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.PENDING)
    reason = models.CharField(max_length=40, blank=True)
    message = models.CharField(max_length=300, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)  # a file that killed its workers is not tried for ever

    class Meta:
        ordering = ["number", "entry"]
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "number", "entry"], nulls_distinct=False, name="one_verdict_per_file"
            ),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="verdict_known"),
        ]

    def __str__(self) -> str:
        return f"file {self.number} of {self.upload}"
