"""Whose images they are and what they show: subjects, exams with their facts, series, instances."""

from django.db import models
from django.db.models import Q

from studies.models.gate import Gated
from studies.models.study import Centre, Study


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
    patient_key = models.CharField(max_length=64, blank=True)  # of whom its images are, whoever it was joined to since

    def __str__(self) -> str:
        return f"exam of {self.subject}"


class Sex(models.TextChoices):
    """PatientSex (0010,0040)."""

    FEMALE = "F"
    MALE = "M"
    OTHER = "O"


class Vendor(models.TextChoices):
    """Of whom a scanner is: the name the coordinator knows, whatever the header made of it."""

    CANON = "Canon"
    ESAOTE = "Esaote"
    FUJIFILM = "Fujifilm"
    GE = "GE"
    HITACHI = "Hitachi"
    HYPERFINE = "Hyperfine"
    PHILIPS = "Philips"
    SIEMENS = "Siemens"
    UNITED_IMAGING = "United Imaging"
    OTHER = "other"


class ExamFacts(models.Model):
    """What coordinators and statisticians may know of an exam, and nobody who reads it.

    age_years    at the exam; 90 stands for 90 and more, since rare ages name people
    shifted_day  the day of the exam, counted from a start that only the study's key knows: two of one study can be
                 subtracted, none can be turned into a date
    """

    exam = models.OneToOneField(Exam, on_delete=models.PROTECT, related_name="facts")
    age_years = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    shifted_day = models.IntegerField(null=True)
    vendor = models.CharField(max_length=20, choices=Vendor.choices, blank=True)
    field_strength_t = models.FloatField(null=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "exam facts"
        constraints = [
            models.CheckConstraint(condition=Q(age_years=None) | Q(age_years__lte=90), name="age_capped_at_90"),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex.values]), name="sex_known"),
            models.CheckConstraint(condition=Q(vendor__in=["", *Vendor.values]), name="vendor_known"),
        ]

    def __str__(self) -> str:
        return f"facts of {self.exam}"


class Plane(models.TextChoices):
    SAGITTAL = "sagittal"
    AXIAL = "axial"
    CORONAL = "coronal"
    OBLIQUE = "oblique"


class SeriesRole(models.TextChoices):
    """T1C is T1 after contrast medium."""

    STIR = "STIR"
    T1 = "T1"
    T1C = "T1C"
    T2 = "T2"
    OTHER = "OTHER"


class RoleSource(models.TextChoices):
    PHYSICS = "physics"
    COORDINATOR = "coordinator"


class Series(models.Model):
    """A DICOM series: its role, its geometry, and the few MR parameters Dens keeps.

    role_doubt        why physics is not sure of the role (physics.DOUBTS), blank if it is
    row_direction     unit vector along increasing column index, patient LPS
    column_direction  unit vector along increasing row index, patient LPS
    frame             keyed frame-of-reference UID; series that share it share a coordinate system
    window_low/high   where its grey window opens, in rescaled values (slope and intercept applied)
    packed_sha256     the one stored file with all its planes in transfer order (frames.middle_first); blank before
    """

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="series")
    uid = models.CharField(max_length=64, unique=True)
    number = models.PositiveSmallIntegerField()  # within its exam, in order of arrival; says nothing about the scan
    role = models.CharField(max_length=8, choices=SeriesRole.choices)
    role_source = models.CharField(max_length=12, choices=RoleSource.choices, default=RoleSource.PHYSICS)
    role_doubt = models.CharField(max_length=40, blank=True)
    plane = models.CharField(max_length=10, choices=Plane.choices)
    is_3d = models.BooleanField(default=False)  # acquired as one volume: thin slices, from which a face can be made
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
    packed_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["exam", "number"], name="one_series_per_number")]

    def __str__(self) -> str:
        return f"{self.role} {self.plane}"


class Instance(models.Model):
    """One slice: where it lies, and where storage.py keeps its plane.

    position       centre of the first pixel, mm, patient LPS
    row_direction  as in Series, but of this slice: axial slices of one series may each follow a disc of their own
    distance_mm    centre of the slice along the normal of its series: what slices are ordered by, never their number
    slope          rescaled value = slope * stored value + intercept; 1 and 0 on most scanners
    low, high      1st and 99.5th percentile of the slice, in rescaled values
    pixels_sha256  of the decoded pixels, so that the same UID with other pixels is noticed
    object_sha256  the stored file that holds the packed plane (planes.py), `offset` bytes from its beginning
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="instances")
    uid = models.CharField(max_length=64, unique=True)
    position = models.JSONField()
    row_direction = models.JSONField()
    column_direction = models.JSONField()
    distance_mm = models.FloatField()
    slope = models.FloatField(default=1)
    intercept = models.FloatField(default=0)
    low = models.FloatField()
    high = models.FloatField()
    pixels_sha256 = models.CharField(max_length=64)
    object_sha256 = models.CharField(max_length=64)
    offset = models.BigIntegerField()
    plane_bytes = models.PositiveIntegerField()

    class Meta:
        ordering = ["distance_mm"]

    def __str__(self) -> str:
        return f"slice at {self.distance_mm:.1f} mm"
