"""`manage.py receive_dicom`: takes what scanners send by C-STORE, until it is told to stop."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from readers.errors import Conflict
from studies.models import Study
from studies.receiver import TITLE, Receiver


class Command(BaseCommand):
    help = "Receives MR images by C-STORE on DENS_CSTORE_PORT from the AE titles of DENS_CSTORE_AE."

    def handle(self, *_: Any, **__: Any) -> None:
        if not settings.CSTORE_PORT or not settings.CSTORE_AE:
            raise CommandError("Set DENS_CSTORE_PORT and DENS_CSTORE_AE first: docs/receiver.md.")
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        receiver = opened()
        names = ", ".join(sorted(settings.CSTORE_AE))
        self.stdout.write(f"{TITLE} listens on port {settings.CSTORE_PORT} to {names}.")
        stopped.wait()
        receiver.stop()


def opened() -> Receiver:
    try:
        receiver = Receiver(settings.CSTORE_AE)
        receiver.start(("0.0.0.0", settings.CSTORE_PORT))
    except Study.DoesNotExist:
        raise CommandError("DENS_CSTORE_AE names a study that is not there.") from None
    except Conflict as locked:
        raise CommandError(f"DENS_CSTORE_AE: {locked.sentence}") from None
    except OSError as problem:
        raise CommandError(f"Port {settings.CSTORE_PORT} cannot be used: {problem.strerror}.") from None
    return receiver
