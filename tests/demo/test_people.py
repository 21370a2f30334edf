"""The people of the demo, in a database that may have known them before."""

import pytest
from django.core.management import CommandError, call_command

from demo import people
from readers.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("command", ["make_demo", "load_cohort"])
def test_an_account_with_another_password_is_named_and_nothing_is_made(command):
    User.objects.create_user("ben", full_name="Ben", password="chosen by somebody else")
    with pytest.raises(CommandError, match=r"“ben” with another password.*DATABASE_URL"):
        call_command(command)
    assert User.objects.count() == 1


def test_the_password_is_printed_where_it_is_theirs(settings):
    people.invite()
    assert people.how_to_sign_in("ana").endswith(people.password())
    settings.SECRET_KEY = "of another installation"
    assert people.password() not in people.how_to_sign_in("ana")


def test_everybody_is_invited_once():
    assert people.invite() == people.invite()
    assert User.objects.count() == len(people.PEOPLE)
