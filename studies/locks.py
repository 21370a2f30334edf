"""Whether a study may still be written: said to people before the database has to refuse."""

from django.db import IntegrityError

from readers.errors import Conflict
from studies.models import Study

LOCKED = "This study is locked: nothing of it can be changed."
SAID_BY_THE_DATABASE = "This study is locked"  # by its triggers, scoring/migrations/0011


def refuse_if_locked(study: Study) -> None:
    if study.locked_at:
        raise Conflict("locked", LOCKED)


def is_of_a_lock(problem: IntegrityError) -> bool:
    """Whether it is the lock of a study that the database refused a write for."""
    return str(problem).startswith(SAID_BY_THE_DATABASE)
