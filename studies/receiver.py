"""What scanners send by C-STORE (PS3.4 annex B): a process of its own, which puts what comes into the quarantine.

One association is one upload. It begins with its first image and is finished when the association ends, however that
happens: what was answered with success is imported. Nothing that comes is decoded here.

A scanner is known by its AE title only, which anybody can claim: the port belongs into the network of the scanners.
"""

import hashlib
import logging
import secrets
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pynetdicom
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, close_old_connections, connection, connections, transaction
from django.utils import timezone
from pynetdicom import evt
from pynetdicom.association import Association
from pynetdicom.events import Event
from pynetdicom.sop_class import EnhancedMRImageStorage, MRImageStorage, Verification  # type: ignore[attr-defined]

from readers import audit
from readers.errors import Refusal
from studies import lines, uploads
from studies.locks import refuse_if_locked
from studies.models import MachineAccount, Study, Upload, UploadState
from studies.syntaxes import ACCEPTED, EXPLICIT

log = logging.getLogger(__name__)

TITLE = "DENS"
MOST_ASSOCIATIONS = 5
SYNTAXES = [EXPLICIT, *(syntax for syntax in ACCEPTED if syntax != EXPLICIT)]  # the most wanted first
SUCCESS, NOT_AUTHORISED, OUT_OF_RESOURCES, MISMATCH, FAILED = 0x0000, 0x0124, 0xA700, 0xA900, 0x0110  # PS3.7 annex C


@transaction.atomic
def enlist(study: Study, title: str) -> MachineAccount:
    """The machine account of a scanner, made when it is first needed. Its token is told to nobody.

    The team can end it; then the scanner is refused, whatever the settings say.
    """
    name = f"{title} (C-STORE)"
    found = MachineAccount.objects.filter(study=study, name=name).first()
    if found is None:
        refuse_if_locked(study)
        token_sha256 = hashlib.sha256(secrets.token_bytes(32)).hexdigest()
        found = MachineAccount.objects.create(
            study=study, name=name, may_store=True, token_sha256=token_sha256, made_by=study.opened_by
        )
        audit.record("machine.made", found, actor=None, study=study, after={"name": name, "may_store": True})
    return found


def finish_leftovers(machine: MachineAccount) -> None:
    """Finish what a receiver that was killed had begun: its senders were told that their images are here."""
    for upload in Upload.objects.filter(machine=machine, state=UploadState.RECEIVING).select_related("study"):
        finish(upload, machine)


def finish(upload: Upload, machine: MachineAccount) -> None:
    try:
        if upload.files.exists():
            uploads.write_off(upload)
            uploads.finish(upload, actor=machine.made_by)
        else:
            uploads.discard(upload, actor=machine.made_by)
    except Refusal as refusal:  # given up, finished by another, or damaged by a power cut: its state says which
        log.error("upload %s of a scanner could not be finished: %s", upload.code, refusal.code)


@dataclass
class Call:
    """One association with a scanner: an upload once the first image has come."""

    machine: MachineAccount
    association: Association
    upload: Upload | None = None
    n_files: int = 0

    def begin(self) -> None:
        """Take images from now on, and wait beside the association for its end.

        Called, as `store` is, in the association's own thread. Its connection to the database serves every image and
        is closed by the thread that waits: nobody else notices the end.
        """
        self.link = connections[DEFAULT_DB_ALIAS]
        self.link.inc_thread_sharing()
        self.association.bind(evt.EVT_C_STORE, self.store)
        MachineAccount.objects.filter(pk=self.machine.pk).update(last_used_at=timezone.now())
        self.waiting = threading.Thread(target=self.wait, name=f"end of {self.association.name}")
        self.waiting.start()

    def store(self, event: Event) -> int:
        """Put one image into the quarantine and give the status of the answer."""
        if event.request.AffectedSOPClassUID != event.context.abstract_syntax:
            return MISMATCH
        close_old_connections()
        try:
            return self.receive(event)
        except Refusal as refusal:  # too large, no room, the day is full
            log.warning("an image of %s was not taken: %s", self.machine, refusal.code)
            return OUT_OF_RESOURCES
        except (DatabaseError, OSError) as problem:
            log.error("an image of %s was not taken: %s", self.machine, type(problem).__name__)
            return FAILED

    def receive(self, event: Event) -> int:
        self.machine.refresh_from_db()
        if self.machine.ended_at is not None:
            return NOT_AUTHORISED
        if self.upload is None:
            actor = self.machine.made_by
            self.upload = uploads.begin(self.machine.study, subject="", actor=actor, machine=self.machine)
        uploads.receive(self.upload, {self.n_files: event.dataset_path})
        self.n_files += 1
        return SUCCESS

    def wait(self) -> None:
        self.association.join()
        self.link.close()
        lines.clean(self.association)
        try:
            if self.upload is not None:
                finish(self.upload, self.machine)
                log.info("%s sent %d images: upload %s", self.machine, self.n_files, self.upload.code)
        finally:
            connection.close()


class Door(pynetdicom.AE):
    """Takes MR images from the titles it is given and refuses everybody else before a word is said."""

    def __init__(self, machines: Mapping[str, MachineAccount]) -> None:
        super().__init__(ae_title=TITLE)
        self.machines = machines
        self.require_called_aet = True
        self.maximum_associations, self.maximum_pdu_size = MOST_ASSOCIATIONS, lines.PDU_BYTES
        self.add_supported_context(Verification)
        for kind in (MRImageStorage, EnhancedMRImageStorage):
            self.add_supported_context(kind, SYNTAXES)

    @property  # type: ignore[misc]  # there it is a list that somebody sets
    def require_calling_aet(self) -> list[str]:
        """The titles that may call now. Never empty, which would mean everybody."""
        try:
            keys = [machine.pk for machine in self.machines.values()]
            ended = set(MachineAccount.objects.filter(pk__in=keys).exclude(ended_at=None).values_list("pk", flat=True))
            return [title for title, machine in self.machines.items() if machine.pk not in ended] or ["\0"]
        finally:
            connection.close()  # a title that is refused leaves none behind


class Receiver:
    """The door, opened. `calls` are the associations of now."""

    def __init__(self, callers: Mapping[str, str]) -> None:
        """Raises  Study.DoesNotExist if a title sends into a study that is not there; Conflict into a locked one."""
        pynetdicom._config.STORE_RECV_CHUNKED_DATASET = True  # to the disk as it comes, never whole in memory
        pynetdicom._config.LOG_HANDLER_LEVEL = "none"
        pynetdicom._config.LOG_REQUEST_IDENTIFIERS = False
        machines = {title: enlist(Study.objects.get(code=code), title) for title, code in callers.items()}
        for machine in machines.values():
            finish_leftovers(machine)
        self.door, self.calls, self.lock = Door(machines), list[Call](), threading.Lock()

    def start(self, address: tuple[str, int]) -> None:
        tempfile.tempdir = str(settings.FILE_UPLOAD_TEMP_DIR)  # where pynetdicom writes: on the disk of the quarantine
        handlers: list[Any] = [(evt.EVT_CONN_OPEN, self.guard), (evt.EVT_ESTABLISHED, self.answer)]
        self.door.start_server(address, block=False, evt_handlers=handlers)

    def stop(self) -> None:
        """Break off what is going on, and finish its uploads."""
        self.door.shutdown()
        for call in self.calls:
            call.waiting.join()

    def guard(self, event: Event) -> None:
        lines.guard(event.assoc, settings.LIMITS)

    def answer(self, event: Event) -> None:
        call = Call(self.door.machines[event.assoc.requestor.ae_title], event.assoc)
        call.begin()
        with self.lock:
            self.calls = [one for one in (*self.calls, call) if one.waiting.is_alive()]
