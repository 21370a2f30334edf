"""No door without an owner: resolver and API description hold nothing that tests/doors.py does not declare."""

import re

import pytest
import yaml
from django.core.management import call_command

from scoring.blinding import RIGHTS, UNBLINDING
from tests.cast import client_of
from tests.doors import DOORS, For, every_door

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


def test_readers_have_a_namespace_of_their_own():
    """What is answered as the readers' role, and practice, which touches no study material."""
    readers = {door for door, whom in DOORS.items() if whom == For.READERS}
    assert {door.split("/")[1] for door in readers} == {"readings", "practice"}


@pytest.mark.parametrize("door", [door for door, whom in DOORS.items() if whom in (For.TEAM, For.ADJUDICATORS)])
def test_a_reader_finds_nothing_at_the_doors_of_others(study, people, door):
    path = "/" + re.sub(r"<\w+>", study.code, door).replace(f"images/{study.code}", "images/1")
    path = re.sub(rf"(files|series|charter)/{study.code}$", r"\1/1", path)
    answer = client_of(people.ana).get(path)
    assert answer.status_code in (404, 405) or answer.json() == []


def test_every_table_is_open_to_readers_by_name_or_closed(db):
    assert not set(RIGHTS) & set(UNBLINDING)
