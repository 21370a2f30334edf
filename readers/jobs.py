"""Waking a worker. The row is the message: a job that is never woken is found by the next sweep."""

from celery import current_app
from django.db import transaction


def wake(task: str, key: int) -> None:
    """After the commit, ask a worker to run `task` (its full name) on the row `key`.

    A broker that does not answer must not undo a signature: the failure is logged and the sweep finds the row.
    """

    def send() -> None:  # a function, not a partial: Django names it when it logs a failure
        current_app.send_task(task, [key])

    transaction.on_commit(send, robust=True)
