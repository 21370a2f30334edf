"""The cast: Ana and Ben read, Clara adjudicates, Dora coordinates, Eve is outside. Sam exports, Ada administers.

people.dora, study     the people, and a study of theirs with its charter
client_of(people.ana)  Ana at her browser: `.get(path)`, `.post(path, body)`, `.put(path, body)` in JSON
"""

from dataclasses import dataclass, fields, replace
from typing import Any

from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from readers.models import User
from scoring import charter
from scoring.models import Charter
from studies import team
from studies.models import Role, Study

PASSWORD = "the dens turns in the atlas"
INSTRUMENT = "cspine-bme-baraliakos@1.0.0"
ROLES = {
    "ana": Role.READER,
    "ben": Role.READER,
    "clara": Role.ADJUDICATOR,
    "sam": Role.STATISTICIAN,
}
SURNAMES = {
    "ana": "Almeida", "ben": "Berger", "clara": "Conti", "dora": "Duarte", "eve": "Evans", "sam": "Sato",
    "ada": "Adler",
}  # fmt: skip


@dataclass(frozen=True)
class People:
    ana: User
    ben: User
    clara: User
    dora: User
    eve: User
    sam: User
    ada: User

    def __iter__(self) -> Any:
        return (getattr(self, field.name) for field in fields(self))


def person(name: str, **options: Any) -> User:
    full_name = f"{name.capitalize()} {SURNAMES[name]}"
    return User.objects.create_user(name, password=PASSWORD, full_name=full_name, **options)


def invite() -> People:
    """Everybody has an account; nobody has a role in any study yet."""
    special = {"dora": {"can_open_studies": True}, "ada": {"is_staff": True}}
    return People(**{name: person(name, **special.get(name, {})) for name in SURNAMES})


def open_study(people: People, *, title: str = "Neck pain and marrow", **rules: Any) -> Study:
    """Dora's study, with Ana and Ben reading, Clara adjudicating and Sam exporting. Eve has no part in it."""
    study = charter.open_study(title=title, instrument=INSTRUMENT, actor=people.dora, **rules)
    for name, role in ROLES.items():
        team.join(study, getattr(people, name), role=role, actor=people.dora)
    return study


def amend(study: Study, people: People, **rules: Any) -> Charter:
    """Dora amends the charter: from now on these rules are in force."""
    before = charter.in_force(study)
    changed = replace(before.terms, **rules)
    charter.write_draft(
        study, instrument=before.instrument.reference, rules=changed, reason="The team asked for it.", actor=people.dora
    )
    return charter.freeze(study, actor=people.dora, now=timezone.now())


SERVER = ClientHandler(enforce_csrf_checks=False)  # one for all: to start it takes longer than most answers


class Browser:
    """A person at their browser, signed in."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=False, headers={"accept": "*/*"})
        self.client.handler = SERVER
        if user is not None:
            self.client.force_login(user)

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def delete(self, path: str) -> Any:
        return self.client.delete(path)

    def post(self, path: str, body: Any = None) -> Any:
        return self.client.post(path, body if body is not None else {}, content_type="application/json")

    def put(self, path: str, body: Any) -> Any:
        return self.client.put(path, body, content_type="application/json")

    def patch(self, path: str, body: Any) -> Any:
        return self.client.patch(path, body, content_type="application/json")


def client_of(user: User | None) -> Browser:
    return Browser(user)
