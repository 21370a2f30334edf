"""The first accounts of an installation are made at a shell."""

import pytest
from django.core.management import CommandError, call_command

from readers.models import AuditEvent, User


def test_an_administrator_is_made_with_a_password_to_be_changed(db, capsys):
    call_command("make_account", "ada", "Ada Adler", administrator=True)
    printed = capsys.readouterr().out
    ada = User.objects.get(username="ada")
    assert ada.is_staff
    assert ada.must_change_password
    assert ada.check_password(printed.split()[1])
    assert AuditEvent.objects.filter(action="account.made").exists()


@pytest.mark.parametrize("username", ["Ada Adler", "ada!", ""])
def test_a_name_that_cannot_be_one_is_refused_in_words(db, username):
    with pytest.raises(CommandError, match=r"lower-case|blank"):
        call_command("make_account", username, "Ada Adler")


def test_a_name_is_given_once(people):
    with pytest.raises(CommandError, match="already exists"):
        call_command("make_account", "ana", "Another Ana")
