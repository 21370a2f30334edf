"""Make an account from the shell: the first administrator of a new installation, or a coordinator."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from readers import audit
from readers.codes import new_password
from readers.models import User


class Command(BaseCommand):
    help = "Make an account and print its temporary password, which must be changed at the first sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("full_name")
        parser.add_argument("--administrator", action="store_true", help="sees and exports every study, reads none")
        parser.add_argument("--coordinator", action="store_true", help="may open studies")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        password = new_password()
        try:
            user = User.objects.create_user(
                options["username"],
                password=password,
                full_name=options["full_name"],
                is_staff=options["administrator"],
                can_open_studies=options["coordinator"],
                must_change_password=True,
            )
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        rights = {"administrator": user.is_staff, "may_open_studies": user.can_open_studies}
        audit.record("account.made", user, actor=None, after={"username": user.username, **rights})
        self.stdout.write(f"{user.username}: {password}  (to be changed at the first sign-in)")
