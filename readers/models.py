"""Users, the signatures they give, and the record of what they did."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Now


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, *, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user


class User(AbstractBaseUser):
    """One account, one person. What somebody may do in a study is said by a Membership, not here.

    `is_staff` marks administrators; `can_open_studies` lets a coordinator found one.
    """

    username = models.CharField(
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", "Use lower-case letters, digits, dots, dashes.")],
    )
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    can_open_studies = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    objects = UserManager()

    def __str__(self) -> str:
        return self.username


class AuditEvent(models.Model):
    """Who did what to what, when, from which value to which, and why. Append-only: the database refuses the rest.

    `study_code` is text, for a study is not known in this room. `actor` is empty where Dens itself acted. `canonical`
    is before and after once more, as the bytes that the chain is made of (readers/canonical.py). The clock is that of
    the database, which sets `at` whatever it is given.
    """

    at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="acts")
    action = models.CharField(max_length=60)
    study_code = models.CharField(max_length=20, blank=True, db_index=True)
    object_type = models.CharField(max_length=40)
    object_key = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    canonical = models.TextField()
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_key"])]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_key}"


class AuditLink(models.Model):
    """The place of an event in the chain: a hash over the event, its number and the hash before it.

    The database makes it when a transaction commits (readers/migrations/0003_chained_audit.py), for everybody one
    after the other and without a gap; nothing else may. readers/chain.py says what is hashed.
    """

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="link")
    prev = models.CharField(max_length=64, blank=True)  # empty at the first
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"


class AuditCheck(models.Model):
    """One verification of the trail: how far it reached, and what it found (readers/verifying.py)."""

    at = models.DateTimeField(auto_now_add=True)
    seq = models.BigIntegerField()  # of the last event seen, 0 for none
    hash = models.CharField(max_length=64, blank=True)
    code = models.PositiveSmallIntegerField()  # 0: intact
    sentence = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.sentence


class Signature(models.Model):
    """A person's name under one exact content, with its meaning. Never changed; a correction is a new one."""

    signer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="signatures")
    printed_name = models.CharField(max_length=120)
    meaning = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.printed_name}, {self.signed_at:%Y-%m-%d %H:%M} UTC"
