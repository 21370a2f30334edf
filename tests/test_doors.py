"""No door without an owner: resolver and API description hold nothing that tests/doors.py does not declare."""

import re

import pytest
import yaml
from django.core.management import call_command

from config.blinding import ROLE_AT
from scoring.blinding import ADJUDICATOR, READER, RIGHTS, UNBLINDING
from tests.cast import client_of
from tests.doors import DOORS, For, doors_for, every_door

FRONT_END = {"^(?:api|assets|dicomweb)(?:/.*)?$", "^.*$"}  # "there is no such door", and the pages


def test_every_door_of_the_resolver_is_declared():
    undeclared = [door for door in every_door() if door not in DOORS and door not in FRONT_END]
    machines = [door for door in undeclared if door.startswith("dicomweb/")]
    assert undeclared == machines, "declare whom a new door is for, in tests/doors.py"
    assert len(machines) == 20, "declare a new DICOMweb door: who is blinded must find nothing there (test_blinding.py)"


def test_what_is_declared_is_there():
    assert not set(DOORS) - set(every_door())


def test_every_operation_of_the_api_is_declared(tmp_path):
    call_command("spectacular", file=str(tmp_path / "openapi.yaml"))
    described = yaml.safe_load((tmp_path / "openapi.yaml").read_text())["paths"]
    doors = {re.sub(r"{(\w+)}", r"<\1>", path).removeprefix("/") for path in described}
    assert not {door for door in doors if not door.startswith("dicomweb/")} - set(DOORS)


@pytest.mark.parametrize(("audience", "role"), [(For.READERS, READER), (For.ADJUDICATORS, ADJUDICATOR)])
def test_every_door_of_a_blinded_person_is_answered_as_their_role(audience, role):
    for door in doors_for(audience):
        assert {had for begins, had in ROLE_AT.items() if f"/{door}".startswith(begins)} == {role}, door


@pytest.mark.parametrize("door", [door for door, whom in DOORS.items() if whom in (For.TEAM, For.ADJUDICATORS)])
def test_a_reader_finds_nothing_at_the_doors_of_others(study, people, door):
    path = "/" + re.sub(r"<\w+>", study.code, door).replace(f"images/{study.code}", "images/1")
    path = re.sub(rf"(files|series|charter)/{study.code}$", r"\1/1", path)
    answer = client_of(people.ana).get(path)
    assert answer.status_code in (404, 405) or answer.json() == []


def test_every_table_is_x_or_closed(db):
    for tables in RIGHTS.values():
        assert not set(tables) & set(UNBLINDING)
