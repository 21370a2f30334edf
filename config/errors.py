"""Exceptions become one JSON shape here, and nowhere else: {"error": {"code", "message", ...}}."""

import logging
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, TooManyFilesSent, ValidationError
from django.db import IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response

from readers.errors import (
    Conflict,
    Gone,
    NoRoom,
    NotAcceptable,
    PasswordChangeRequired,
    Refusal,
    TooLarge,
    TooMany,
    WrongEncoding,
)
from studies.locks import LOCKED, is_of_a_lock

log = logging.getLogger(__name__)
NOT_FOUND = "There is nothing here that you can open."


def answer(problem: Exception, context: dict[str, Any]) -> Response | None:
    """The response to an exception raised in a view; None lets Django answer its own 500."""
    match problem:
        case Refusal():
            return shape(status_of(problem), problem.code, problem.sentence, **problem.extras)
        case Http404() | exceptions.NotFound():
            return shape(status.HTTP_404_NOT_FOUND, "not_found", NOT_FOUND)
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return shape(status.HTTP_403_FORBIDDEN, "not_signed_in", "Please sign in.")
        case exceptions.ValidationError():
            return invalid(problem.detail)
        case ValidationError():
            return invalid(getattr(problem, "message_dict", {NON_FIELD_ERRORS: problem.messages}))
        case exceptions.PermissionDenied() if str(problem.detail).startswith("CSRF Failed"):
            return shape(status.HTTP_403_FORBIDDEN, "csrf", "The page is out of date. Reload it and try again.")
        case PermissionDenied():
            return shape(status.HTTP_403_FORBIDDEN, "not_allowed", "Your role does not allow this.")
        case exceptions.APIException():
            return shape(problem.status_code, str(problem.default_code), str(problem.detail))
        case TooManyFilesSent():
            return shape(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, "too_many_files", "Send fewer files in one request.")
        case IntegrityError() if is_of_a_lock(problem):
            return shape(status.HTTP_409_CONFLICT, "locked", LOCKED)
        case OperationalError():
            log.error("database unavailable: %s", type(problem).__name__)
            return shape(
                status.HTTP_503_SERVICE_UNAVAILABLE, "unavailable", "The database is not answering. Try again."
            )
    return None


def status_of(problem: Refusal) -> int:
    match problem:
        case Conflict():
            return status.HTTP_409_CONFLICT
        case Gone():
            return status.HTTP_404_NOT_FOUND
        case TooMany():
            return status.HTTP_429_TOO_MANY_REQUESTS
        case TooLarge():
            return status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
        case NotAcceptable():
            return status.HTTP_406_NOT_ACCEPTABLE
        case WrongEncoding():
            return status.HTTP_415_UNSUPPORTED_MEDIA_TYPE
        case NoRoom():
            return status.HTTP_507_INSUFFICIENT_STORAGE
        case PasswordChangeRequired():
            return status.HTTP_403_FORBIDDEN
    return status.HTTP_400_BAD_REQUEST


def invalid(detail: Any) -> Response:
    """A refused form: the first sentence as the message, every sentence by field."""
    fields = detail if isinstance(detail, dict) else {NON_FIELD_ERRORS: detail}
    sentences = {name: [str(text) for text in flatten(texts)] for name, texts in fields.items()}
    message = next((texts[0] for texts in sentences.values() if texts), "Please check what you entered.")
    return shape(status.HTTP_400_BAD_REQUEST, "invalid", message, fields=sentences)


def flatten(texts: Any) -> list[Any]:
    if isinstance(texts, dict):
        return [leaf for branch in texts.values() for leaf in flatten(branch)]
    if isinstance(texts, list | tuple):
        return [leaf for branch in texts for leaf in flatten(branch)]
    return [texts]


def shape(status_code: int, code: str, message: str, **extras: Any) -> Response:
    return Response({"error": {"code": code, "message": message, **extras}}, status=status_code)
