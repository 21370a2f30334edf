"""The database role of readers' requests: their own rows, nothing that unblinds, and no request without it."""

import psycopg2
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from scoring import blinding, worklist
from scoring.models import Consensus, Operation, Reading, Score
from studies.models import Case, Series
from tests import scene
from tests.cast import client_of


@pytest.fixture
def both(study, people):
    """A case read by both, and one that only Ben has begun."""
    read, begun = scene.allot(study, people, cases=2)
    scene.read(read, people, ana={"VB_C4": 2}, ben={"VB_C4": 1})
    scene.fill(scene.reading_of(begun, people.ben))
    return study


def tables():
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


@pytest.fixture(scope="module")
def as_the_role(django_db_setup, django_db_blocker):
    """A connection of its own that begins as the role, as no request of Dens does."""
    database = settings.DATABASES["default"]
    options = f"-c role={blinding.ROLE}"
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
    account = {"user": database["USER"], "password": database["PASSWORD"], "host": database["HOST"]}
    connected = psycopg2.connect(
        dbname=name, port=database["PORT"] or None, options=options, **{k: v or None for k, v in account.items()}
    )
    connected.autocommit = True
    yield connected.cursor()
    connected.close()


@pytest.mark.parametrize("table", blinding.UNBLINDING)
def test_whoever_connects_as_the_role_is_refused_what_would_unblind(as_the_role, db, table):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="permission denied for schema unblinding"):
        as_the_role.execute(f"SELECT * FROM unblinding.{table}")


def test_what_nobody_granted_is_refused_too(as_the_role, db):
    open_to_it = {*blinding.RIGHTS, *blinding.UNBLINDING}
    for table in set(tables()) - open_to_it:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            as_the_role.execute(f"SELECT * FROM public.{table}")


def test_without_a_name_the_role_sees_no_row_of_anybody(as_the_role, both):
    for table, (_, rows) in blinding.RIGHTS.items():
        if rows is not None:
            as_the_role.execute(f"SELECT count(*) FROM public.{table}")
            assert as_the_role.fetchone() == (0,), table


def test_a_reader_sees_own_rows_whatever_is_asked(both, people):
    with blinding.as_reader(people.ana):
        assert {reading.reader_id for reading in Reading.objects.all()} == {people.ana.pk}
        assert {score.reading.reader_id for score in Score.objects.select_related("reading")} == {people.ana.pk}
        assert Case.objects.count() == 2
    with blinding.as_reader(people.eve):
        for model in (Reading, Score, Case, Series, Operation):
            assert not model.objects.exists()


def test_a_reader_changes_own_rows_only(both, people):
    bens = scene.fill(Reading.objects.get(reader=people.ben, state="started"))
    with blinding.as_reader(people.ana):
        assert Score.objects.filter(reading=bens.pk).update(grade=3) == 0
        assert Reading.objects.filter(pk=bens.pk).update(position=99) == 0
    assert set(bens.scores.values_list("grade", flat=True)) == {0}


def test_nothing_is_written_in_the_name_of_another_reading(both, people):
    bens = Reading.objects.get(reader=people.ben, state="started")
    item = bens.scores.first().item
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with blinding.as_reader(people.ana), refused, transaction.atomic():
        Score.objects.create(reading=bens, item=item, grade=3, saved_at=bens.started_at)


def test_the_result_and_the_other_sides_tables_are_refused(both, people):
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with blinding.as_reader(people.ana), refused, transaction.atomic():
        Consensus.objects.exists()


def test_a_readers_request_runs_under_the_role(both, people, monkeypatch):
    """A view that would look at a forbidden table fails, instead of telling."""

    @transaction.atomic
    def telling(*_, **__):
        return list(Consensus.objects.values("state"))

    monkeypatch.setattr(worklist, "of", telling)
    answer = client_of(people.ana).get("/api/readings")
    assert answer.status_code == 500
    assert "open" not in answer.content.decode()


def test_after_the_request_the_connection_is_the_applications_again(both, people):
    client_of(people.ana).get("/api/readings")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user, current_setting('dens.reader')")
        assert cursor.fetchone() == (True, "")


def test_also_after_a_request_that_failed(both, people):
    assert client_of(people.ana).get("/api/readings/NOTHERE").status_code == 404
    assert Consensus.objects.count() == 1


def test_who_is_not_signed_in_and_who_reads_nothing_never_gets_the_role(both, people):
    assert client_of(None).get("/api/readings").status_code == 403
    assert client_of(people.dora).get("/api/readings").json() == []


def test_putting_it_in_place_again_changes_nothing(db):
    with connection.cursor() as cursor:
        cursor.execute(blinding.script())
    blinding.put_in_place()
    assert set(blinding.UNBLINDING) <= set(tables())
