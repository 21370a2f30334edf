"""Machine accounts: a token shown once, rights of one study, an end."""

from datetime import timedelta

from django.utils import timezone

from readers.models import AuditEvent
from studies import machines
from studies.models import MachineAccount
from tests.cast import client_of


def test_the_token_is_told_once_and_only_its_digest_is_kept(study, people):
    dora = client_of(people.dora)
    made = dora.post(f"/api/studies/{study.code}/machines", {"name": "PACS", "may_store": True})
    assert made.status_code == 201
    token = made.json()["token"]
    assert len(token) >= 43
    listed = dora.get(f"/api/studies/{study.code}/machines")
    assert [machine["name"] for machine in listed.json()] == ["PACS"]
    assert token not in listed.content.decode()
    assert token not in str(MachineAccount.objects.values())
    assert token not in str(AuditEvent.objects.values())


def test_making_and_ending_are_recorded(study, people):
    made = machines.make(study, name="PACS", may_store=True, may_fetch=False, actor=people.dora)
    machines.end(made.machine, actor=people.dora)
    actions = AuditEvent.objects.filter(object_key=made.machine.code).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["machine.made", "machine.ended"]


def test_a_token_leads_to_its_machine_until_it_is_ended(study, people):
    made = machines.make(study, name="PACS", may_store=True, may_fetch=False, actor=people.dora)
    now = timezone.now()
    assert machines.of_token(made.token, now=now) == made.machine
    assert machines.of_token("another", now=now) is None
    assert client_of(people.dora).delete(f"/api/studies/{study.code}/machines/{made.machine.code}").status_code == 204
    assert machines.of_token(made.token, now=now) is None


def test_its_last_use_is_noted_by_the_minute(study, people):
    made = machines.make(study, name="PACS", may_store=True, may_fetch=False, actor=people.dora)
    first = timezone.now()
    for now in (first, first + timedelta(seconds=30)):
        machines.of_token(made.token, now=now)
    made.machine.refresh_from_db()
    assert made.machine.last_used_at == first


def test_a_machine_that_may_do_nothing_is_not_made(study, people):
    refused = client_of(people.dora).post(f"/api/studies/{study.code}/machines", {"name": "PACS"})
    assert refused.status_code == 400
    assert "what the machine may do" in refused.json()["error"]["message"]


def test_only_who_manages_the_team_finds_them(study, people):
    for person in (people.ana, people.clara, people.sam, people.eve):
        browser = client_of(person)
        assert browser.get(f"/api/studies/{study.code}/machines").status_code == 404
        assert browser.post(f"/api/studies/{study.code}/machines", {"name": "x", "may_store": True}).status_code == 404
