"""Signing in, signing out, choosing a password."""

import pytest
from django.test import Client

from readers.models import AuditEvent
from tests.cast import PASSWORD, client_of

NEW = "the atlas carries the skull"


@pytest.fixture
def door():
    return client_of(None)


def sign_in(door, username="ana", password=PASSWORD):
    return door.post("/api/session", {"username": username, "password": password})


def test_nobody_is_signed_in_at_first(db, door):
    assert door.get("/api/session").json()["user"] is None


def test_the_right_password_opens_a_session(people, door):
    assert sign_in(door).json()["user"]["full_name"] == "Ana Almeida"
    assert door.get("/api/session").json()["user"]["username"] == "ana"
    assert AuditEvent.objects.filter(action="session.opened", actor=people.ana).exists()


def test_a_wrong_name_and_a_wrong_password_are_refused_alike(people, door):
    wrong_password = sign_in(door, password="nonsense")
    wrong_name = sign_in(door, username="nobody")
    assert (wrong_password.status_code, wrong_password.content) == (wrong_name.status_code, wrong_name.content)
    assert wrong_password.json()["error"]["code"] == "sign_in_refused"


def test_guessing_is_slowed_down(people, door):
    for _ in range(10):
        sign_in(door, password="nonsense")
    refused = sign_in(door)
    assert refused.status_code == 429
    assert "Wait" in refused.json()["error"]["message"]


def test_signing_out_ends_the_session_and_clears_the_browser(people, door):
    sign_in(door)
    answer = door.delete("/api/session")
    assert answer.status_code == 204
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert door.get("/api/readings").json()["error"]["code"] == "not_signed_in"


def test_a_password_given_by_somebody_else_must_be_changed_first(people, door):
    people.ana.must_change_password = True
    people.ana.save()
    sign_in(door)
    assert door.get("/api/readings").json()["error"]["code"] == "password_change_required"
    changed = door.put("/api/session/password", {"old_password": PASSWORD, "new_password": NEW})
    assert changed.status_code == 204
    assert door.get("/api/readings").status_code == 200


@pytest.mark.parametrize("new", ["short", "password12345", "ana almeida ana", PASSWORD])
def test_a_weak_or_old_password_is_refused_in_words(people, door, new):
    sign_in(door)
    answer = door.put("/api/session/password", {"old_password": PASSWORD, "new_password": new})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_a_request_without_the_csrf_token_is_refused(people):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/api/session", {"username": "ana", "password": PASSWORD}, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "csrf"


def test_a_request_from_before_signing_in_again_says_that_the_page_is_old(people):
    """The token changes with the session: what was on its way with the old one can be sent again."""
    ana = Client(enforce_csrf_checks=True)
    ana.force_login(people.ana)
    answer = ana.put("/api/readings/ZZZZZZZZZZZZ/desk", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf")
