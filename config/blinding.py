"""Readers' doors: whatever is asked for there is asked as the database role that sees a reader's own rows only."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from readers.models import User
from scoring import blinding

READERS_DOORS = "/api/readings"


class ReadersRole:
    """The innermost middleware: signing in, sessions and headers are the application's own business."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(READERS_DOORS) or not isinstance(request.user, User):
            return self.get_response(request)
        with blinding.as_reader(request.user):  # looked up by now: the role cannot look everybody up
            return self.get_response(request)
