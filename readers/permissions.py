"""The outermost gate: somebody is signed in, with a password of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

from readers.errors import PasswordChangeRequired

if TYPE_CHECKING:  # the settings import this module while rest_framework is still being imported
    from rest_framework.request import Request
    from rest_framework.views import APIView


class IsSignedIn(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        if request.user.is_authenticated and request.user.must_change_password:
            raise PasswordChangeRequired
        return bool(request.user.is_authenticated)


class IsSignedInAtAll(BasePermission):
    """Also somebody whose password must be changed first: the way to change it."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user.is_authenticated)
