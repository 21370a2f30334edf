"""Mail to readers: one constant text, at one hour of the day, for what waits in their own list. It tells no more."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet

from readers import audit
from readers.errors import Conflict, Refusal
from readers.models import User
from scoring import worklist
from scoring.models import ReadingState, Reminder
from studies.locks import refuse_if_locked
from studies.models import Role, Study

SUBJECT = "Dens"
TEXT = """Readings are waiting for you in Dens.

{address}

This message is always the same. It is sent at the same hour, and it says nothing about any reading.
"""


@transaction.atomic
def ask(study: Study, *, username: str, actor: User, now: datetime) -> Reminder:
    """Ask that a reader be reminded at the next mail hour. Whether something waits for them then decides."""
    refuse_if_locked(study)
    if not settings.EMAIL_HOST:
        raise Conflict("no_mail", "This server sends no mail. Tell the reader yourself, or set DENS_SMTP_URL.")
    found = study.memberships.filter(user__username=username, role=Role.READER, ended_at=None).first()
    if found is None:
        raise Refusal("no_such_reader", "There is no such reader in this study.")
    if not found.user.email:
        raise Refusal("no_address", f"Dens has no mail address of {found.user.full_name}. Add it under People.")
    known = found.reminders.filter(sent_at=None).first()
    if known:
        return known
    asked = Reminder.objects.create(membership=found, asked_by=actor, asked_at=now)
    audit.record("reminder.asked", asked, actor=actor, study=study, after={"reader": username})
    return asked


def send_all(*, now: datetime) -> int:
    """Send what was asked for, one mail a person however many studies ask. Returns how many mails were sent."""
    people = User.objects.filter(memberships__in=waiting().values("membership")).distinct()
    return sum(send_to(person, now=now) for person in people)


def waiting() -> QuerySet[Reminder]:
    """What was asked for and not seen to yet. In a locked study nobody has anything left to read."""
    return Reminder.objects.filter(sent_at=None, membership__study__locked_at=None)


@transaction.atomic
def send_to(person: User, *, now: datetime) -> bool:
    """Close a person's reminders, and send the mail if something waits in their own list."""
    asked = waiting().select_for_update(no_key=True, skip_locked=True, of=["self"]).filter(membership__user=person)
    if not asked:
        return False
    waits = person.is_active and worklist.open_to(person, now=now).exclude(state=ReadingState.SIGNED).exists()
    if waits and person.email:
        text = TEXT.format(address=settings.PUBLIC_ADDRESS)
        EmailMessage(SUBJECT, text, to=[person.email]).send()
    for one in asked:
        one.sent_at = now
        one.save(update_fields=["sent_at"])
    return waits
