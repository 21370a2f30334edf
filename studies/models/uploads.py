"""Uploads and the verdict on each of their files."""

from django.db import models
from django.db.models import Q

from readers.models import User
from studies.models.cases import Case
from studies.models.gate import Code, Gated
from studies.models.study import Centre, MachineAccount, Study


class UploadState(models.TextChoices):
    RECEIVING = "receiving"
    RECEIVED = "received"
    IMPORTING = "importing"
    IMPORTED = "imported"
    PARTLY = "partly"
    REJECTED = "rejected"


class Upload(models.Model):
    """What a coordinator dropped on the page, or a machine sent.

        RECEIVING --(finish)--> RECEIVED --(a worker claims it)--> IMPORTING --> IMPORTED | PARTLY | REJECTED

    IMPORTING carries a lease: when it runs out, the worker is dead and the next one goes on where it stopped.
    """

    code = Code()
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="uploads")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    machine = models.ForeignKey(MachineAccount, on_delete=models.PROTECT, null=True, related_name="+")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, related_name="+")
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
    """One file of an upload, or one entry of a zip in it, and its verdict. Its name is not kept: it may be PHI.

    n_bytes      how much of it has been received
    sha256       of the received bytes while the upload waits, so that a broken transfer can go on; blank afterwards
    is_complete  whether all of it has been received
    content_key  keyed from the bytes: the same file again is known without opening it
    """

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveIntegerField()  # as the browser counted
    entry = models.PositiveIntegerField(null=True)  # n-th file inside a zip
    n_bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    is_complete = models.BooleanField(default=True)
    content_key = models.CharField(max_length=64, blank=True, db_index=True)
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
