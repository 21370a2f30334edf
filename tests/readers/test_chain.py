"""Every event becomes a link of one chain at the commit of its transaction, without a gap and without a deadlock."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from readers import audit, canonical, chain
from readers.models import AuditEvent, AuditLink
from readers.signatures import Intent, write
from scoring.accounts import KEPT
from studies.models import Study
from tests import cast

committed = pytest.mark.django_db(transaction=True)


def now_linked():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def in_threads(*acts):
    """Each act in a thread, with a connection of its own. Raises what any of them raised."""

    def alone(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(timeout=60) for done in [pool.submit(alone, act) for act in acts]]


def test_a_link_is_the_hash_of_the_event_its_number_and_the_hash_before(people):
    audit.record("first", people.ana, actor=people.ana, before={"b": 1.0, "a": None}, after=["é"], reason="because")
    audit.record("second", people.ana, actor=None)
    now_linked()
    first, second = AuditLink.objects.all()
    assert (first.seq, first.prev, second.seq, second.prev) == (1, "", 2, first.hash)
    for link in (first, second):
        assert link.hash == chain.hash_of(link.seq, link.event, link.prev)
    assert first.event.canonical == '{"after":["é"],"before":{"a":null,"b":1}}'


def test_where_one_field_ends_and_the_next_begins_makes_a_difference():
    assert chain.sha256_of(["ab", "c"]) != chain.sha256_of(["a", "bc"])
    assert chain.sha256_of([None]) != chain.sha256_of([""])


def test_the_clock_is_the_databases_whatever_the_application_says(people):
    told = audit.record("tested", people.ana, actor=None)
    made = AuditEvent.objects.create(action="early", object_type="user", object_key="1", at="1999-12-31T00:00:00Z",
                                     canonical=canonical.text({"before": None, "after": None}))  # fmt: skip
    assert AuditEvent.objects.get(pk=made.pk).at >= told.at


def test_an_event_that_is_rolled_back_leaves_no_gap(people):
    @transaction.atomic
    def failing():
        audit.record("never", people.ana, actor=None)
        now_linked()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    audit.record("tested", people.ana, actor=None)
    now_linked()
    assert list(AuditLink.objects.values_list("seq", "event__action")) == [(1, "tested")]


@committed
def test_many_at_once_make_one_chain_without_a_gap(people):
    start = Barrier(8)

    def several():
        start.wait()
        for place in range(15):
            with transaction.atomic():
                audit.record("tested", people.ana, actor=people.ana, after=place)
                audit.record("tested too", people.ben, actor=people.ben, after=place)

    in_threads(*[several] * 8)
    links = list(AuditLink.objects.select_related("event"))
    assert [link.seq for link in links] == list(range(1, 241))
    assert [link.prev for link in links] == ["", *(link.hash for link in links[:-1])]
    assert {link.hash == chain.hash_of(link.seq, link.event, link.prev) for link in links} == {True}


@committed
def test_two_that_lock_rows_of_each_other_do_not_deadlock(people):
    """Each records, locks a row of its own, and at the commit needs that of the other, in the order of the chain."""
    studies = [cast.open_study(people, title=title) for title in ("one", "other")]
    begun, locked = Barrier(2), Barrier(2)

    def crossing(mine, theirs):
        def act():
            with transaction.atomic():
                audit.record("tested", people.ana, actor=people.ana)
                begun.wait(timeout=20)
                Study.objects.select_for_update(no_key=True).get(pk=mine.pk)
                locked.wait(timeout=20)
                theirs.memberships.create(user=people.eve, role="reader")  # needs the other's row at the commit
                audit.record("tested", people.ben, actor=people.ben)

        return act

    in_threads(crossing(*studies), crossing(*reversed(studies)))
    assert AuditLink.objects.filter(event__action="tested").count() == 4


def test_nobody_locks_a_row_against_being_referred_to():
    """`select_for_update()` alone would: at a commit, foreign keys are checked after the chain is locked.

    But for locking a study, which waits for every row that refers to it: those ask for the study when they are written.
    """
    from tests.test_house import ROOT

    rooms = (path for room in ("scoring", "studies", "readers") for path in (ROOT / room).rglob("*.py"))
    found = [path.name for path in rooms if re.search(r"select_for_update\((?!no_key=True)", path.read_text())]
    assert found == ["locking.py"]


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete(people, study, table, statement):
    now_linked()
    column = "seq" if table == "readers_auditlink" else "id"
    if table == "readers_signature":
        write(Intent(signer=people.ana, meaning="a test", at=timezone.now()), "content")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table).replace("id", column))


def test_every_trigger_of_the_trail_is_there_and_on(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            " AND tgrelid::regclass::text = ANY(%s)",
            [list(KEPT)],
        )
        found = set(cursor.fetchall())
    assert found >= {(table, name) for table in KEPT for name in ("never_changed", "never_emptied")}
    assert found >= {("readers_auditevent", "linked"), ("readers_auditevent", "stamped")}


def test_the_end_and_the_events_of_a_study_are_told_in_order(people, study):
    other = cast.open_study(people, title="Another")
    audit.record("tested", study, actor=None, study=study)
    now_linked()
    told = list(chain.events(study.code))
    assert told[-1].action == "tested"
    assert {event.study_code for event in told} == {study.code}
    assert [event.link.seq for event in told] == sorted(event.link.seq for event in told)
    assert chain.head(study.code) == chain.Head(told[-1].link.seq, told[-1].link.hash, len(told))
    assert chain.head().count == AuditEvent.objects.count() > len(told)
    assert [event.action for event in chain.events(study.code).filter(link__seq__gt=told[-2].link.seq)] == ["tested"]
    assert chain.head(other.code).seq < chain.head().seq
