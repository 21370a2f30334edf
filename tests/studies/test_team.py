"""A study's team: nobody stands on both sides of the blinding."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent, User
from studies import team
from studies.models import Centre, Membership, Role
from tests.cast import client_of


def add(study, people, username, role, full_name="Somebody"):
    return team.add(study, username=username, full_name=full_name, role=role, actor=people.dora)


def test_an_unknown_name_becomes_an_account_with_a_password_shown_once(study, people):
    added = add(study, people, "cem", Role.READER, full_name="Cem Kaya")
    cem = User.objects.get(username="cem")
    assert cem.check_password(added.temporary_password)
    assert cem.must_change_password


def test_a_known_person_gets_a_role_and_no_new_password(study, people):
    assert add(study, people, "eve", Role.READER).temporary_password is None
    assert people.eve.memberships.get().role == Role.READER


def test_the_database_refuses_reader_and_coordinator_in_one(study, people):
    with pytest.raises(IntegrityError, match="both sides of blinding"), transaction.atomic():
        Membership.objects.create(study=study, user=people.ana, role=Role.COORDINATOR)
    with pytest.raises(IntegrityError, match="one_role_at_a_time"), transaction.atomic():
        Membership.objects.create(study=study, user=people.sam, role=Role.MONITOR)


@pytest.mark.parametrize(("had", "wanted"), [
    ("ana", Role.COORDINATOR), ("ana", Role.ADJUDICATOR), ("clara", Role.READER), ("sam", Role.READER),
])  # fmt: skip
def test_the_database_remembers_on_which_side_somebody_was(study, people, had, wanted):
    """Whatever the application does: a role that ended years ago counts, and no row of it can be turned or removed."""
    held = Membership.objects.get(study=study, user=getattr(people, had))
    held.ended_at = timezone.now()
    held.save()
    for act in (
        lambda: Membership.objects.create(study=study, user=held.user, role=wanted),
        lambda: Membership.objects.filter(pk=held.pk).update(role=wanted),
        lambda: Membership.objects.filter(pk=held.pk)._raw_delete("default"),
    ):
        with (
            pytest.raises(IntegrityError, match=r"both sides of blinding|never changes"),
            transaction.atomic(),
        ):
            act()


def test_who_coordinated_may_export_and_who_read_may_read_again(study, people):
    for name, role in (("dora", Role.STATISTICIAN), ("ana", Role.READER)):
        held = Membership.objects.filter(study=study, user=getattr(people, name))
        held.update(ended_at=timezone.now())
        Membership.objects.create(study=study, user=getattr(people, name), role=role)


def test_a_second_role_is_refused_in_words(study, people):
    with pytest.raises(Conflict, match="has a role in this study"):
        add(study, people, "ana", Role.COORDINATOR)


def test_an_administrator_cannot_read(study, people):
    with pytest.raises(Refusal, match="cannot read"):
        add(study, people, "ada", Role.READER)


def test_who_has_seen_readings_cannot_become_a_reader(study, people):
    team.end(Membership.objects.get(user=people.sam), actor=people.dora)
    with pytest.raises(Refusal, match="cannot be a reader"):
        add(study, people, "sam", Role.READER)


def test_who_has_read_cannot_become_a_coordinator(study, people):
    team.end(Membership.objects.get(user=people.ana), actor=people.dora)
    with pytest.raises(Refusal, match="has read in this study"):
        add(study, people, "ana", Role.COORDINATOR)


def test_the_last_coordinator_stays(study, people):
    with pytest.raises(Conflict, match="at least one coordinator"):
        team.end(Membership.objects.get(user=people.dora), actor=people.dora)


def test_only_who_manages_the_team_sees_and_changes_it(study, people):
    path = f"/api/studies/{study.code}/members"
    assert client_of(people.dora).get(path).status_code == 200
    for person in (people.ana, people.clara, people.sam, people.eve):
        assert client_of(person).get(path).status_code == 404
        assert client_of(person).delete(f"{path}/ben").status_code == 404


def test_a_role_nobody_knows_is_refused_in_words(study, people):
    body = {"username": "cem", "full_name": "Cem Kaya", "role": "owner"}
    answer = client_of(people.dora).post(f"/api/studies/{study.code}/members", body)
    assert answer.status_code == 400
    assert "owner" in answer.json()["error"]["message"]


def settings_of(**changes):
    return {"email": "ana@example.org", "share": 60, "centre": "Berlin", "is_away": False} | changes


def test_the_coordinator_says_what_the_allotment_must_know_of_a_reader(study, people):
    Centre.objects.create(study=study, name="Berlin")
    path = f"/api/studies/{study.code}/members/ana"
    changed = client_of(people.dora).put(path, settings_of()).json()
    assert {name: changed[name] for name in settings_of()} == settings_of()
    event = AuditEvent.objects.get(action="member.changed")
    assert (event.before["share"], event.after["share"]) == (None, 60)
    assert client_of(people.ana).put(path, settings_of()).status_code == 404


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("ana", {"centre": "Rome"}, "no centre Rome"),
        ("ana", {"share": 0}, "greater than or equal to 1"),
        ("sam", {"centre": ""}, "Only a reader has a share"),
    ],
)
def test_what_makes_no_sense_of_a_member_is_refused(study, people, name, changes, sentence):
    answer = client_of(people.dora).put(f"/api/studies/{study.code}/members/{name}", settings_of(**changes))
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]["message"]
