"""The account of the programs: all of Dens works with it, and it cannot change the audit trail or become its owner."""

import os
from contextlib import contextmanager

import psycopg2
import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from readers import audit
from scoring import accounts, blinding, export, reliability
from scoring.accounts import KEEPER, KEPT, PROGRAMS
from studies.models import Subject
from tests import scene
from tests.cast import client_of
from tests.readers.test_chain import now_linked

LOGIN = f"dens_programs_{os.getpid()}"
PASSWORD = "only-for-this-test"


@pytest.fixture(scope="module")
def account(django_db_setup, django_db_blocker):
    """A login role of its own, as a deployment has one; a connection of it, and how to connect."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        place = connection.get_connection_params()
        cursor.execute(f"CREATE ROLE {LOGIN} LOGIN PASSWORD '{PASSWORD}' IN ROLE {PROGRAMS}")
    named = {name: place[name] for name in ("dbname", "host", "port") if place.get(name)}
    opened = psycopg2.connect(**named, user=LOGIN, password=PASSWORD)
    opened.autocommit = True
    yield opened
    opened.close()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE {LOGIN}")


@contextmanager
def signed_in():
    """Everything inside is asked of the database as the programs ask it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET SESSION AUTHORIZATION {LOGIN}")
        try:
            yield
        finally:
            cursor.execute("RESET SESSION AUTHORIZATION")


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE", "DROP TABLE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL", "ALTER TABLE {} DISABLE TRIGGER never_changed",
        "DROP TRIGGER never_changed ON {}", "ALTER TABLE {} OWNER TO CURRENT_USER",
        "CREATE TRIGGER mine BEFORE INSERT ON {} EXECUTE FUNCTION dens_refuse_change()",
        "ALTER TABLE {} DISABLE ROW LEVEL SECURITY", "GRANT UPDATE ON {} TO CURRENT_USER",
    ],
)  # fmt: skip
def test_whoever_has_the_account_of_the_programs_cannot_change_the_trail(account, table, statement):
    key = "seq" if table == "readers_auditlink" else "id"
    cursor = account.cursor()
    if statement.startswith("GRANT"):  # PostgreSQL only warns that nothing was granted
        cursor.execute(statement.format(table))
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [table])
        assert cursor.fetchone() == (False,)
        return
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(statement.format(table, key, key))


@pytest.mark.parametrize(
    "statement",
    [
        f"SET ROLE {KEEPER}", f"GRANT {KEEPER} TO CURRENT_USER", "SET session_replication_role = replica",
        "INSERT INTO readers_auditlink (seq, event_id, prev, hash) VALUES (0, 0, '', '')",
        "SELECT dens_audit_link(ROW(1, now(), '', '', '', '', NULL, NULL, '', NULL, '')::readers_auditevent)",
        "DROP FUNCTION dens_link_event() CASCADE", "CREATE TABLE mine (id int)",
        "CREATE OR REPLACE FUNCTION dens_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    ],
)  # fmt: skip
def test_and_cannot_become_its_owner_or_get_round_it(account, statement):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        account.cursor().execute(statement)


def test_the_trail_belongs_to_a_role_that_nobody_signs_in_as(account):
    cursor = account.cursor()
    cursor.execute("SELECT relname, pg_get_userbyid(relowner) FROM pg_class WHERE relname = ANY(%s)", [list(KEPT)])
    assert dict(cursor.fetchall()) == dict.fromkeys(KEPT, KEEPER)
    cursor.execute("SELECT rolcanlogin, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = %s", [KEEPER])
    assert cursor.fetchone() == (False, False, False)


def test_dens_works_with_the_account_of_the_programs(account, study, people):
    """Readers, adjudicator, agreement, export and the chain, without one right more."""
    with signed_in():
        [case] = scene.allot(study, people)
        scene.read(case, people, ana={"VB_C4": 2}, ben={"VB_C4": 1})
        scene.decide_all(case.consensus.adjudication, people)
        assert client_of(people.ana).get("/api/readings").json()[0]["readings"]
        assert client_of(people.dora).get(f"/api/studies/{study.code}/progress").status_code == 200
        reliability.compute(study, now=timezone.now())
        export.build(export.ask(study, actor=people.sam), now=timezone.now())
        audit.record("tested", people.ana, actor=people.ana)
        now_linked()
        assert accounts.weakness() == ""


def test_readers_requests_see_no_more_for_it(account, study, people):
    [case] = scene.allot(study, people)
    with signed_in(), blinding.acting_as(blinding.READER, people.ana):
        assert case.readings.get().reader == people.ana
        with pytest.raises(ProgrammingError), transaction.atomic():
            Subject.objects.exists()


def test_an_account_that_could_change_the_trail_is_named_in_a_sentence(account, study):
    assert "superuser" in accounts.weakness()
    assert [warning.id for warning in accounts.check()] == ["dens.W001"]
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT {KEEPER} TO {LOGIN}")
    with signed_in():
        assert "become the owner" in accounts.weakness()


def test_an_owner_without_the_right_to_make_roles_runs_with_one_account(account, study, caplog):
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON FUNCTION dens_link_event() IS 'of another version'")
    with signed_in():
        accounts.put_in_place()
    assert "may not make the roles" in caplog.text


def test_what_migrates_makes_the_account_of_the_programs(settings, db):
    settings.APPLICATION_ACCOUNT = {"USER": f"{LOGIN}_welcome", "PASSWORD": "it's one"}
    accounts.put_in_place()
    accounts.put_in_place()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcanlogin, rolsuper, pg_has_role(rolname, %s, 'MEMBER') FROM pg_roles"
                       " WHERE rolname = %s", [PROGRAMS, f"{LOGIN}_welcome"])  # fmt: skip
        assert cursor.fetchone() == (True, False, True)
