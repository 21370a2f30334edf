"""What every test may ask for. PostgreSQL and a Redis-protocol broker are always real."""

import gc

import pytest

# Of the processes that test side by side, one has Chromium and what takes it long; only the longest story goes to the
# others, which would be ready sooner.
IN_CHROMIUM, LONGEST = ("tests/browser/", "tests/chaos/"), "tests/browser/test_story.py"


@pytest.hookimpl(optionalhook=True)  # without xdist there is one process
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadScopeScheduling

    class FileByFile(LoadScopeScheduling):
        """Each process takes the next file, so that what a file makes once is made once."""

        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            return "Chromium" if file.startswith(IN_CHROMIUM) and file != LONGEST else file

    return FileByFile(config, log)


def pytest_collection_finish():
    """What is there by now stays to the end. Looking through it for rubbish took a twentieth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_make_parametrize_id(val, argname):
    """Bytes name no test: a zip holds the time it was made, and all processes must know a test by the same name."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    """Each test has an image store, a quarantine and exports of its own."""
    settings.DENS_DATA = tmp_path / "data"
    settings.FILE_UPLOAD_TEMP_DIR = settings.DENS_DATA / "quarantine"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(parents=True)
    return settings.DENS_DATA


@pytest.fixture(scope="session", autouse=True)
def _emptying_is_for_tests_only():
    """Between tests that commit, Django truncates every table. Ours refuse that; only here, their owner may."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    as_written = DatabaseOperations.execute_sql_flush

    def emptied(self, statements):
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT event_object_table FROM information_schema.triggers"
                " UNION SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
                " WHERE NOT tgisinternal"
            )
            guarded = [row[0] for row in cursor.fetchall()]
        off = [f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in guarded]
        on = [f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in guarded]
        as_written(self, [*off, *statements, *on])

    DatabaseOperations.execute_sql_flush = emptied
    yield
    DatabaseOperations.execute_sql_flush = as_written


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker, tmp_path_factory):
    """What a file makes once for all its tests is made after this, and taken back at the end."""
    from django.db import transaction
    from django.test import override_settings

    with (
        django_db_blocker.unblock(),
        override_settings(DENS_DATA=tmp_path_factory.mktemp("once")),
        transaction.atomic(),
    ):
        yield
        transaction.set_rollback(True)


@pytest.fixture
def people(db):
    from tests import cast

    return cast.invite()


@pytest.fixture
def study(people):
    from tests import cast

    return cast.open_study(people)
