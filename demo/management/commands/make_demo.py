"""Make the demo study, or find it made, and say who can sign in."""

from typing import Any

from django.core.management.base import BaseCommand

from demo import people, practice, study


class Command(BaseCommand):
    help = "Make the demo study with its six synthetic cases, a practice set, and the people. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        made = study.make()
        practice.make()
        self.stdout.write(f"{made.title}. {people.how_to_sign_in('one of these')}")
        for line in people.accounts():
            self.stdout.write(f"  {line}")
