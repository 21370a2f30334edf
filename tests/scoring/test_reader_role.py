"""The database roles of blinded people's requests: their own rows, nothing that unblinds, and no request without."""

import re
from pathlib import Path

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError, connection, transaction

from scoring import blinding, worklist
from scoring.blinding import ADJUDICATOR, READER, RIGHTS, UNBLINDING
from scoring.models import Adjudication, Consensus, Operation, Reading, Repeat, Score
from studies.models import Case, Series, Subject
from tests import scene
from tests.cast import client_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def both(study, people):
    """A case read by both and disputed, and one that only Ben has begun."""
    read, begun = scene.allot(study, people, cases=2)
    scene.read(read, people, ana={"VB_C4": 2}, ben={"VB_C4": 1})
    scene.fill(scene.reading_of(begun, people.ben))
    return study


@pytest.fixture(scope="module")
def tables(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


@pytest.fixture(scope="module", params=RIGHTS)
def connected(request, django_db_setup, django_db_blocker):
    """A connection of its own that begins as a role, as no request of Dens does: the role, and a cursor."""
    with django_db_blocker.unblock():
        account = connection.get_connection_params()
    names = {name: account[name] for name in ("dbname", "user", "password", "host", "port") if account.get(name)}
    opened = psycopg2.connect(**names, options=f"-c role={request.param}")
    opened.autocommit = True
    yield request.param, opened.cursor()
    opened.close()


@pytest.mark.parametrize("table", UNBLINDING)
def test_whoever_connects_as_a_role_is_refused_what_would_unblind(connected, table):
    _, cursor = connected
    for table_name in (table, f"unblinding.{table}", f"public.{table}"):
        with pytest.raises(psycopg2.Error, match=r"permission denied for schema|does not exist"):
            cursor.execute(f"SELECT * FROM {table_name}")


def test_what_nobody_granted_is_refused_too(connected, tables):
    role, cursor = connected
    refused = set(tables) - {*RIGHTS[role], *UNBLINDING}
    assert {"scoring_export", "scoring_reliabilityreport", "django_session"} <= refused
    for table in refused:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(f"SELECT * FROM public.{table}")


def test_the_result_is_refused_to_readers():
    assert not {table for table in RIGHTS[READER] if re.search("consensus|dispute|adjudication|final|report", table)}


def test_a_table_made_tomorrow_is_closed_until_somebody_opens_it(both, people):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.scoring_of_tomorrow (id int)")
        with blinding.acting_as(READER, people.ana), pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("SELECT * FROM scoring_of_tomorrow")


def test_without_a_name_a_reader_sees_no_row_of_anybody(both, people):
    with blinding.acting_as(READER):
        for model in (Reading, Score, Case, Series, Operation):
            assert not model.objects.exists()


def test_a_reader_sees_own_rows_whatever_is_asked(both, people):
    with blinding.acting_as(READER, people.ana):
        assert {reading.reader_id for reading in Reading.objects.all()} == {people.ana.pk}
        assert {score.reading.reader_id for score in Score.objects.select_related("reading")} == {people.ana.pk}
        assert Case.objects.count() == 2
    with blinding.acting_as(READER, people.eve):
        for model in (Reading, Score, Case, Series, Operation):
            assert not model.objects.exists()


def test_a_reader_changes_own_rows_only(both, people):
    bens = Reading.objects.get(reader=people.ben, state="started")
    with blinding.acting_as(READER, people.ana):
        assert Score.objects.filter(reading=bens.pk).update(grade=3) == 0
        assert Reading.objects.filter(pk=bens.pk).update(state="signed") == 0
    assert set(bens.scores.values_list("grade", flat=True)) == {0}


def test_nobody_hands_a_reading_to_somebody_else_at_a_readers_door(both, people):
    with blinding.acting_as(READER, people.ana), pytest.raises(ProgrammingError), transaction.atomic():
        Reading.objects.filter(reader=people.ana).update(reader=people.ben)


def test_nothing_is_written_in_the_name_of_another_reading(both, people):
    bens = Reading.objects.get(reader=people.ben, state="started")
    item = bens.scores.first().item
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with blinding.acting_as(READER, people.ana), refused, transaction.atomic():
        Score.objects.create(reading=bens, item=item, grade=3, saved_at=bens.started_at)


@pytest.mark.parametrize("model", [Consensus, Adjudication, Repeat, Subject])
def test_result_repeats_and_participants_are_refused_to_a_reader(both, people, model):
    refused = pytest.raises(ProgrammingError, match=r"permission denied|does not exist")
    with blinding.acting_as(READER, people.ana), refused, transaction.atomic():
        model.objects.exists()


def test_an_adjudicator_sees_two_values_and_never_whose(both, people):
    with blinding.acting_as(ADJUDICATOR, people.clara):
        assert sorted(Score.objects.values_list("item__code", "grade")) == [("VB_C4", 1), ("VB_C4", 2)]
        assert not Reading.objects.exists()
        assert list(type(people.clara).objects.all()) == [people.clara]


@pytest.mark.parametrize(("name", "door", "model"), [
    ("ana", "/api/readings", Consensus),
    ("clara", "/api/adjudications", Subject),
])  # fmt: skip
def test_a_view_that_looks_where_it_must_not_fails_instead_of_telling(both, people, monkeypatch, name, door, model):
    @transaction.atomic
    def telling(*_, **__):
        return list(model.objects.values())

    monkeypatch.setattr(worklist, "of", telling)
    monkeypatch.setattr("scoring.views.adjudications.by_study", telling)
    answer = client_of(getattr(people, name)).get(door)
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "broken"


def test_few_acts_step_out_of_the_role():
    """Dealing practice cases, counting what was signed, asking who signs as the second of two.

    Whoever adds another must show why nobody learns from it, and name it here.
    """
    rooms = (path for room in ("config", "scoring", "studies", "readers") for path in (ROOT / room).rglob("*.py"))
    taken = {path.name for path in rooms if re.search(r"\bITSELF\b", path.read_text())}
    assert taken == {"blinding.py", "practice.py", "outcomes.py", "joint.py"}


def who_is_there():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user, current_setting('dens.reader', true)")
        is_itself, me = cursor.fetchone()
        return is_itself, me or ""


@pytest.mark.parametrize("path", ["/api/readings", "/api/readings/NOTHERE", "/api/adjudications", "/api/practice/NONE"])
def test_after_the_request_the_connection_is_the_applications_again(both, people, path):
    client_of(people.ana).get(path)
    assert who_is_there() == (True, "")


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_in_a_request_comes_back_with_the_same_rights(people, monkeypatch):
    """And one that is lost for good is nobody's afterwards."""
    seen = []

    def losing_it(*_, **__):
        connection.close()
        seen.append(who_is_there())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [killed] = cursor.fetchone()
        with pytest.raises(OperationalError), connection.cursor() as cursor:
            cursor.execute("RESET ROLE; SELECT pg_terminate_backend(%s)", [killed])
        return []

    monkeypatch.setattr(worklist, "of", losing_it)
    assert client_of(people.ana).get("/api/readings").json() == []
    assert seen == [(False, str(people.ana.pk))]
    assert who_is_there() == (True, "")


def test_who_is_not_signed_in_and_who_reads_nothing_is_told_nothing(both, people):
    assert client_of(None).get("/api/readings").status_code == 403
    assert client_of(people.dora).get("/api/readings").json() == []


def test_putting_it_in_place_again_changes_nothing(db, tables):
    policies = "SELECT tablename, roles, qual, with_check, cmd FROM pg_policies ORDER BY 1, 2"
    with connection.cursor() as cursor:
        cursor.execute(policies)
        before = cursor.fetchall()
        cursor.execute(blinding.script())
        cursor.execute(policies)
        assert cursor.fetchall() == before
    assert set(UNBLINDING) <= set(tables)


def test_an_account_that_may_not_make_roles_is_told_what_an_administrator_must_run(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE dens_of_little_power; SET LOCAL SESSION AUTHORIZATION dens_of_little_power")
        with pytest.raises(ImproperlyConfigured, match="CREATE ROLE dens_reader NOLOGIN"), transaction.atomic():
            blinding.make_roles(cursor)
