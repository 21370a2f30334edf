"""How a machine says who it is: `Authorization: Bearer <token>`. Only the doors under /dicomweb/ listen to it."""

from dataclasses import dataclass

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from studies import machines
from studies.models import MachineAccount


@dataclass(frozen=True)
class Machine:
    """Stands where a person would: signed in, with nothing to change."""

    account: MachineAccount
    is_authenticated: bool = True
    must_change_password: bool = False


class MachineToken(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Machine, MachineAccount] | None:
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        account = machines.of_token(token.strip(), now=timezone.now())
        if account is None:
            raise AuthenticationFailed
        return Machine(account), account
