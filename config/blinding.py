"""Blinded people's doors: what is asked for there is asked as a database role that cannot see what unblinds."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from readers.models import User
from scoring import blinding

ROLE_AT = {
    "/api/readings": blinding.READER,
    "/api/practice": blinding.READER,
    "/api/adjudications": blinding.ADJUDICATOR,
}


class BlindedRole:
    """The innermost middleware: signing in, sessions and headers are the application's own business."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        role = next((role for door, role in ROLE_AT.items() if request.path.startswith(door)), None)
        if role is None or not isinstance(request.user, User):
            return self.get_response(request)
        with blinding.acting_as(role, request.user):  # looked up by now: the role cannot look everybody up
            return self.get_response(request)
