"""Who may see a row: every list begins with who is asking."""

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models

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
    memberships = apps.get_model("studies", "Membership").objects
    roles = list(roles)
    if user.is_staff and ADMINISTRATOR in roles:
        blinded = memberships.filter(user=user, role__in=BLINDED)
        return apps.get_model("studies", "Study").objects.exclude(pk__in=blinded.values("study")).values("pk")
    return memberships.filter(user=user, role__in=roles, ended_at=None).values("study")
