"""That it is really them: signing in, signing out, the password asked again, the password changed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest

from readers import audit
from readers.errors import Refusal, TooMany
from readers.models import AuditEvent, User

REFUSED = "password.refused"


def sign_in(request: HttpRequest, *, username: str, password: str, now: datetime) -> User:
    """Open a session. The refusal is the same for a wrong name and a wrong password."""
    known = User.objects.filter(username=username.strip().lower()).first()
    if known:
        refuse_too_many(known, now=now)
    user = authenticate(request, username=username.strip().lower(), password=password)
    if not isinstance(user, User):
        if known:
            audit.record(REFUSED, known, actor=None)
        raise Refusal("sign_in_refused", "The name or the password is not right.")
    login(request, user)
    audit.record("session.opened", user, actor=user)
    return user


def sign_out(request: HttpRequest) -> None:
    if isinstance(request.user, User):
        audit.record("session.closed", request.user, actor=request.user)
    logout(request)


def confirm_password(user: User, password: str, *, now: datetime) -> None:
    """Raise unless `password` is the user's own: asked again before each signature.

    Call it outside a transaction, or the record of the refusal would be rolled back with it.
    """
    refuse_too_many(user, now=now)
    if not user.check_password(password):
        audit.record(REFUSED, user, actor=user)
        raise Refusal("password_refused", "That is not your password. Nothing was changed.")


def refuse_too_many(user: User, *, now: datetime) -> None:
    """Slow guessing down per account, without ever locking it for good."""
    since = now - timedelta(seconds=settings.SIGN_IN_REFUSALS_SECONDS)
    refusals = AuditEvent.objects.filter(
        action=REFUSED, object_type="user", object_key=str(user.pk), at__gte=since
    ).count()
    if refusals >= settings.SIGN_IN_REFUSALS_ALLOWED:
        raise TooMany("too_many_attempts", "Too many wrong passwords. Wait ten minutes, then try again.")


def change_password(request: HttpRequest, *, old: str, new: str, now: datetime) -> None:
    user = request.user
    assert isinstance(user, User)
    confirm_password(user, old, now=now)
    if new == old:
        raise Refusal("same_password", "Choose a password that you have not used here.")
    validate_password(new, user)
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    update_session_auth_hash(request, user)
    audit.record("password.changed", user, actor=user)
