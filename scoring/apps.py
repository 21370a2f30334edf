from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class ScoringConfig(AppConfig):
    name = "scoring"

    def ready(self) -> None:
        from scoring import accounts, blinding

        post_migrate.connect(load_instruments, sender=self)
        post_migrate.connect(blinding.put_in_place, sender=self)
        post_migrate.connect(accounts.put_in_place, sender=self)
        register(accounts.check, Tags.security, deploy=True)
        connection_created.connect(blinding.take_place_again)


def load_instruments(**_: object) -> None:
    """The instruments that ship with this version are there as soon as the tables are."""
    from scoring import catalogue

    catalogue.load_all()
