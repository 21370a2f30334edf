"""The people of the demo. Their password is this installation's own: nobody else's demo has it."""

import hashlib
import hmac

from django.conf import settings
from django.core.management.base import CommandError

from readers.codes import ALPHABET
from readers.models import User
from studies.models import Role

PEOPLE = {
    "dora": ("Dora Duarte", Role.COORDINATOR),
    "ana": ("Ana Almeida", Role.READER),
    "ben": ("Ben Berger", Role.READER),
    "clara": ("Clara Conti", Role.ADJUDICATOR),
    "sam": ("Sam Sato", Role.STATISTICIAN),
    "ada": ("Ada Adler", None),
}
DOES = {
    Role.COORDINATOR: "imports, assigns, watches",
    Role.READER: "reads",
    Role.ADJUDICATOR: "adjudicates",
    Role.STATISTICIAN: "exports",
    None: "administers",
}


def password() -> str:
    """Always the same here, so that it can be printed at every start and is stored nowhere."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"demo password", hashlib.sha256)
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:16]).lower()
    return "-".join(letters[place : place + 4] for place in range(0, 16, 4))


def invite() -> dict[str, User]:
    """Everybody has an account."""
    return {name: person(name, full_name, role) for name, (full_name, role) in PEOPLE.items()}


def person(name: str, full_name: str, role: Role | None) -> User:
    if known := User.objects.filter(username=name).first():
        require_ours(known)
        return known
    return User.objects.create_user(
        name,
        password=password(),
        full_name=full_name,
        is_staff=role is None,
        can_open_studies=role == Role.COORDINATOR,
    )


def require_ours(known: User) -> None:
    """The demo signs as its people, so their password must be the one it knows."""
    if not known.check_password(password()):
        raise CommandError(
            f"The database has an account “{known.username}” with another password than this demo's: another"
            " installation filled it, or the password was changed. Nothing was made. Give the demo a database of its"
            " own: set DATABASE_URL to an empty one, or unset it."
        )


def how_to_sign_in(names: str) -> str:
    if User.objects.get(username="dora").check_password(password()):
        return f"Sign in as {names}, password {password()}"
    return f"Sign in as {names}, with the password of the installation that filled this database"


def accounts() -> list[str]:
    """A line a person: what they are called and what they do."""
    return [f"{name:<6} {full_name:<13} {DOES[role]}" for name, (full_name, role) in PEOPLE.items()]
