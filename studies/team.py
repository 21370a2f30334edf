"""A study's team: who is added, in which role, and who may no longer read."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from readers import audit
from readers.codes import new_password
from readers.errors import Conflict, Refusal
from readers.models import User
from studies.locks import refuse_if_locked
from studies.models import BLINDED, Membership, Role, Study


@dataclass(frozen=True)
class Added:
    """A new membership, and the password to hand over if an account was made for it: it is shown once, kept nowhere."""

    membership: Membership
    temporary_password: str | None


@transaction.atomic
def add(study: Study, *, username: str, full_name: str, role: str, actor: User) -> Added:
    """Give a person a role. An unknown user name becomes an account whose password must be changed at first sign-in."""
    study = Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    refuse_if_too_late(study, role)
    user = User.objects.filter(username=username.strip().lower()).first()
    password = None
    if user is None:
        password = new_password()
        user = User.objects.create_user(username, password=password, full_name=full_name, must_change_password=True)
        audit.record("account.made", user, actor=actor, study=study, after={"username": user.username})
    refuse_unfit(study, user, role)
    return Added(join(study, user, role=role, actor=actor), password)


def join(study: Study, user: User, *, role: str, actor: User) -> Membership:
    """A membership, and the event of it: the order in which people join gives them their names in exports."""
    membership = Membership.objects.create(study=study, user=user, role=role)
    after = {"username": user.username, "role": str(role)}
    audit.record("member.added", membership, actor=actor, study=study, after=after)
    return membership


def refuse_if_too_late(study: Study, role: str) -> None:
    """Into a locked study those still come who look after its result, and nobody who would read."""
    if study.locked_at and role in BLINDED:
        raise Conflict("locked", f"This study is locked: nobody can join it as {role} any more.")


def refuse_unfit(study: Study, user: User, role: str) -> None:
    """Blinding begins here: nobody is, or was, on both sides of it in one study."""
    if Membership.objects.filter(study=study, user=user, ended_at=None).exists():
        raise Conflict("already_member", f"{user.full_name} has a role in this study. End it first to change it.")
    if role in BLINDED and user.is_staff:
        raise Refusal("administrator", "An administrator sees every reading and cannot read. Use another account.")
    past = set(Membership.objects.filter(study=study, user=user).values_list("role", flat=True))
    if role in BLINDED and past - {role}:
        raise Refusal("not_blind", f"{user.full_name} has had another role in this study and cannot be a {role}.")
    if role not in BLINDED and past & set(BLINDED):
        raise Refusal("was_blind", f"{user.full_name} has read in this study and cannot see the readings of others.")


@transaction.atomic
def change(
    membership: Membership, *, email: str, share: int | None, centre: str, is_away: bool, actor: User
) -> Membership:
    """What the allotment must know of a reader: their share of the cases, their own hospital, whether they are there.

    centre   a centre of the study by its name; "" for none of them
    """
    study = Study.objects.select_for_update(no_key=True).get(pk=membership.study_id)
    before = told_of(membership)
    if membership.role != Role.READER and (share is not None or centre or is_away):
        raise Refusal("not_a_reader", "Only a reader has a share of the cases, or a hospital of their own.")
    found = study.centres.filter(name=centre).first()
    if (membership.share, membership.centre, membership.is_away) != (share, found, is_away):
        refuse_if_locked(study)
    if centre and found is None:
        raise Refusal("no_such_centre", f"There is no centre {centre} in this study.")
    membership.share, membership.centre, membership.is_away = share, found, is_away
    membership.save()
    membership.user.email = email
    membership.user.save(update_fields=["email"])
    after = told_of(membership)
    audit.record("member.changed", membership, actor=actor, study=study, before=before, after=after)
    return membership


def told_of(membership: Membership) -> dict[str, object]:
    """A reader's settings as the audit trail has them."""
    centre = membership.centre.name if membership.centre else ""
    return {"share": membership.share, "centre": centre, "is_away": membership.is_away, "email": membership.user.email}


@transaction.atomic
def end(membership: Membership, *, actor: User) -> None:
    """End a membership from the next request on. The last coordinator stays."""
    study = Study.objects.select_for_update(no_key=True).get(pk=membership.study_id)
    coordinators = study.memberships.filter(role=Role.COORDINATOR, ended_at=None).exclude(pk=membership.pk)
    if membership.role == Role.COORDINATOR and not coordinators.exists():
        raise Conflict("last_coordinator", "A study keeps at least one coordinator. Add another one first.")
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    before = {"username": membership.user.username, "role": membership.role}
    audit.record("member.ended", membership, actor=actor, study=study, before=before)


def members(study: Study) -> QuerySet[Membership]:
    """Who has a role in the study today."""
    return study.memberships.filter(ended_at=None).select_related("user", "centre")
