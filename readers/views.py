"""The session's door."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from readers import sessions
from readers.models import User
from readers.permissions import IsSignedInAtAll
from readers.serializers import PasswordInput, SessionOutput, SignInInput


class SignedInRequest(Request):
    """A request that has passed the outermost gate (readers/permissions.py): the user is one of ours."""

    user: User  # type: ignore[assignment]


def parse(serializer_class: Any, request: Request) -> dict[str, Any]:
    """The validated input of a request, or a ValidationError that names the fields."""
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def session(request: Request) -> Response:
    user = request.user if request.user.is_authenticated else None
    return Response(SessionOutput({"user": user, "version": settings.VERSION}).data)


@method_decorator(ensure_csrf_cookie, name="dispatch")
@method_decorator(csrf_protect, name="dispatch")
class SessionView(APIView):
    """Who is signed in; signing in; signing out."""

    permission_classes = [AllowAny]

    @extend_schema(responses=SessionOutput, operation_id="session")
    def get(self, request: Request) -> Response:
        return session(request)

    @extend_schema(request=SignInInput, responses=SessionOutput, operation_id="sign_in")
    def post(self, request: Request) -> Response:
        credentials = parse(SignInInput, request)
        request.user = sessions.sign_in(request._request, **credentials, now=timezone.now())
        return session(request)

    @extend_schema(request=None, responses={204: None}, operation_id="sign_out")
    def delete(self, request: Request) -> Response:
        sessions.sign_out(request._request)
        return Response(status=204, headers={"Clear-Site-Data": '"cache", "storage"'})


class PasswordView(APIView):
    permission_classes = [IsSignedInAtAll]

    @extend_schema(request=PasswordInput, responses={204: None}, operation_id="change_password")
    def put(self, request: Request) -> Response:
        passwords = parse(PasswordInput, request)
        sessions.change_password(
            request._request, old=passwords["old_password"], new=passwords["new_password"], now=timezone.now()
        )
        return Response(status=204)
