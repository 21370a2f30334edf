"""Play the synthetic cohort through Dens, or find it played, and print what came out."""

from typing import Any

from django.core.management.base import BaseCommand

from demo import people
from demo.cohort import playing, telling


class Command(BaseCommand):
    help = "Load the synthetic cohort of 40 patients (Baraliakos 2016) and print its tables. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        study = playing.make()
        for line in telling.lines(study):
            self.stdout.write(line)
        self.stdout.write("\n" + people.how_to_sign_in("dora, sam, r1, r2 or clara"))
