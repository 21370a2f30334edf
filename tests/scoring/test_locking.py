"""A locked study: nothing is written any more, and the seed of its allotments is there to be checked."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from scoring import (
    allocation,
    charter,
    export,
    locking,
    problems,
    references,
    reliability,
    reminders,
    reopening,
    unblinding,
)
from scoring.models import Adjudication, Qualification, Reading, Reminder, Repeat, SelfCheck, Sham, Slip
from studies import covariates, machines, queries, team, uploads
from studies.locks import LOCKED
from studies.models import Centre, ExamFacts, MachineAccount, Membership, Study, Upload, UploadedFile
from tests import cast, scene
from tests.cast import client_of
from tests.threads import in_thread, wait_until_somebody_waits_for_me

NOW = timezone.now()
DESK = "00000000-0000-4000-8000-000000000000"


def lock(study, people, reason="All is read."):
    return locking.lock(study, reason=reason, actor=people.dora, now=timezone.now())


@pytest.fixture
def locked(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 2})
    scene.decide_all(Adjudication.objects.get(), people)
    return lock(study, people)


# --- every table ---


def leads_to_a_study(model, seen=()):
    """Whether a row of this table belongs to a study: directly, over others, or by the study's code."""
    fields, seen = model._meta.concrete_fields, (*seen, model)
    links = {field.related_model for field in fields if field.is_relation} - set(seen)
    names_it = Study in links or any(field.name == "study_code" for field in fields)
    return names_it or any(leads_to_a_study(link, seen) for link in links)


def tables_of_a_study():
    return {model._meta.db_table for model in apps.get_models() if leads_to_a_study(model)}


def tables_with(trigger):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = %s", [trigger]
        )
        return {row[0] for row in cursor.fetchall()}


def test_every_table_that_belongs_to_a_study_is_refused_or_said_to_be_written_still(db):
    """A new table goes into the triggers of a migration (0010 shows how), or with a reason into STILL_WRITTEN."""
    tables, refused = tables_of_a_study(), tables_with("a_locked_study")
    assert refused == {"studies_study", *tables} - set(locking.STILL_WRITTEN)
    assert set(locking.STILL_WRITTEN) < tables
    assert all(locking.STILL_WRITTEN.values())
    assert tables_with("a_locked_study_is_not_emptied") == refused


@pytest.fixture
def full(people, settings):
    """A locked study with a row in every table that a study can have a row in."""
    settings.EMAIL_HOST = "mail.example.org"
    people.ana.email = "ana@example.org"
    people.ana.save()
    study = cast.open_study(people)
    one, other = scene.allot(study, people, cases=2)
    scene.read(one, people, ana={"VB_C4": 2})
    scene.read(other, people)
    found = scene.decide_all(Adjudication.objects.get(), people)
    reading = scene.reading_of(other, people.ana)
    say_everything(study, reading, people)
    add_what_hides(found, one, other, people)
    cast.amend(study, people, requires_pins=True)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is left to be checked at a commit
    return lock(study, people)


def say_everything(study, reading, people):
    """What readers and coordinators add to a study beside scores."""
    report = {"key": DESK, "kind": "quality", "series": 1, "slice": 1, "text": ""}
    problems.report(reading, **report, actor=people.ana, now=NOW)
    reading.sittings.create(desk=DESK, begun_at=NOW, updated_at=NOW)
    asked = reopening.ask(reading, reason="A slip.", actor=people.ana, now=NOW)
    reopening.decide(asked, grant=False, note="", actor=people.dora, now=NOW)
    reminders.ask(study, username="ana", actor=people.dora, now=NOW)
    covariates.enter(study, table="participant,CRP\nS-01,4.5", actor=people.dora)
    machines.make(study, name="PACS", may_store=True, may_fetch=True, actor=people.dora)
    centre = Centre.objects.create(study=study, name="North")
    ExamFacts.objects.create(exam=reading.case.exam, centre=centre)
    upload = uploads.begin(study, subject="", actor=people.dora)
    UploadedFile.objects.create(upload=upload, number=1)
    uploads.discard(upload, actor=people.dora)
    held = scene.make_unchecked(study, "held")
    query = queries.ask(held, question="Whose neck is it?", actor=people.dora)
    queries.close(query, actor=people.dora, now=NOW)


def add_what_hides(found, one, other, people):
    """Rows of which no process of today's is needed: as they would be, whatever they say."""
    item = found.disputes.first().item
    first = scene.reading_of(one, people.ana)
    copy = {"reader": people.ana, "charter": first.charter, "position": 90}
    second = scene.reading_of(other, people.ana)
    with transaction.atomic():
        again, asked = (Reading.objects.create(case=case, **copy) for case in (one, other))
        Repeat.objects.create(reading=again, original=first)
        SelfCheck.objects.create(reading=asked, original=second)
        for reading in (again, asked):
            reading.state = "withdrawn"
            reading.save()
    reading = scene.reading_of(one, people.ben)
    reading.versions.create(
        number=1, content={}, signature=reading.signature, superseded_at=NOW,
        reopening=reading.reopenings.create(reason="A slip.", asked_at=NOW),
    )  # fmt: skip
    reading.reopenings.update(state="declined", decided_by=people.dora, decided_at=NOW)
    told = {"key": DESK, "kind": "comment", "item": item, "value": {}, "outcome": "applied", "desk": DESK}
    first.operations.create(**told, made_at=NOW, received_at=NOW)
    type(first).desk.related.related_model.objects.create(reading=first, key=DESK, until=NOW)
    place = {"series": 1, "slice": 0, "point": [0, 0, 0], "view": {}, "saved_at": NOW}
    again.pins.create(key=DESK, item=item, **place)
    one.references.create(item=item, grade=1)
    Slip.objects.create(consensus=found.consensus, finding={}, found_at=NOW)
    Sham.objects.create(adjudication=found, drawn_at=NOW)
    reached = {"practice_set": "", "n_cases": 1, "kappa": 1, "target": 1, "reached_at": NOW}
    Qualification.objects.create(study=one.study, reader=people.ana, charter=first.charter, **reached)


def refused(statement):
    with pytest.raises(IntegrityError, match="This study is locked"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_database_refuses_to_change_delete_copy_or_empty_any_table(full):
    for table in sorted(tables_with("a_locked_study")):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0], f"there is no row in {table} to try it with"
        refused(f"TRUNCATE {table} CASCADE")
        refused(f"DELETE FROM {table}")
        if table in ("studies_membership", "studies_machineaccount"):
            continue  # changed in part: below
        refused(f"UPDATE {table} SET id = id")
        if table != "studies_study":
            refused(f"INSERT INTO {table} SELECT * FROM {table}")


def test_nothing_is_moved_into_a_locked_study_or_out_of_it(locked, people):
    other = scene.make_unchecked(cast.open_study(people, title="Another"), "S-99")
    refused(f"UPDATE studies_case SET study_id = {other.study_id} WHERE study_id = {locked.pk}")
    refused(f"UPDATE studies_case SET study_id = {locked.pk} WHERE study_id = {other.study_id}")


def test_what_is_computed_and_what_is_on_record_is_still_written(locked, people):
    told = {"who": "Ana", "what": "It", "why": "So", "impact": "None", "is_planned": False}
    unblinding.record(locked, **told, happened_on=NOW.date(), actor=people.dora, now=timezone.now())
    assert reliability.compute(locked, now=timezone.now()).n_cases == 1
    asked = export.ask(locked, actor=people.sam)
    export.build(asked, now=timezone.now())
    asked.refresh_from_db()
    assert asked.state == "ready"
    assert AuditEvent.objects.filter(action="unblinding.recorded", study_code=locked.code).exists()


# --- people and machines ---


def test_people_leave_a_locked_study_and_those_join_who_look_after_its_result(locked, people):
    team.end(locked.memberships.get(user=people.ana), actor=people.dora)
    assert not locked.memberships.filter(user=people.ana, ended_at=None).exists()
    team.add(locked, username="eve", full_name="", role="statistician", actor=people.dora)
    with pytest.raises(Conflict, match="nobody can join it as reader"):
        team.add(locked, username="fay", full_name="Fay", role="reader", actor=people.dora)
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        Membership.objects.create(study=locked, user=people.ada, role="adjudicator")
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        locked.memberships.filter(user=people.ana).update(ended_at=None)


def test_a_mail_address_changes_after_the_lock_and_a_share_does_not(locked, people):
    ben = locked.memberships.get(user=people.ben)
    kept = {"centre": "", "is_away": False, "actor": people.dora}
    team.change(ben, email="ben@example.org", share=None, **kept)
    with pytest.raises(Conflict, match="locked"):
        team.change(ben, email="ben@example.org", share=30, **kept)
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        locked.memberships.filter(user=people.ben).update(share=30)


def test_a_machine_ends_after_the_lock_and_none_is_made(study, people):
    made = machines.make(study, name="PACS", may_store=True, may_fetch=True, actor=people.dora)
    lock(study, people)
    study.refresh_from_db()
    assert machines.of_token(made.token, now=timezone.now()).last_used_at is None
    machines.end(made.machine, actor=people.dora)
    with pytest.raises(Conflict, match="locked"):
        machines.make(study, name="Another", may_store=True, may_fetch=True, actor=people.dora)
    for change in ({"ended_at": None}, {"may_store": False}):
        with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
            MachineAccount.objects.filter(pk=made.machine.pk).update(**change)


# --- what a person is told ---


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/studies/{study}/uploads", {}),
        ("/api/studies/{study}/machines", {"name": "PACS", "may_store": True, "may_fetch": False}),
        ("/api/studies/{study}/members", {"username": "fay", "full_name": "Fay", "role": "reader"}),
        ("/api/studies/{study}/reassign", {"case": "x", "reader": "ana", "to": "ben", "reason": "Ill."}),
        ("/api/studies/{study}/reminders", {"username": "ana"}),
        ("/api/studies/{study}/charter/freeze", {}),
        ("/api/cases/{case}/queries", {"question": "Whose?"}),
        ("/api/cases/{case}/check", {"decision": "refused", "reason": "Dark.", "answers": {}, "seen": "x"}),
    ],
)
def test_a_coordinator_is_told_that_the_study_is_locked(locked, people, path, body):
    case = locked.cases.get()
    answer = client_of(people.dora).post(path.format(study=locked.code, case=case.code), body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "locked")
    assert answer.json()["error"]["message"].startswith("This study is locked")


def test_where_only_the_database_refuses_it_is_told_in_the_same_words(locked, people):
    """The way a report about the images takes has no word of the lock; the database has."""
    code = scene.reading_of(locked.cases.get(), people.ana).code
    report = {"key": DESK, "kind": "quality", "series": 1, "slice": 1, "text": ""}
    answer = client_of(people.ana).post(f"/api/readings/{code}/problems", report)
    assert answer.status_code == 409
    assert answer.json()["error"] == {"code": "locked", "message": LOCKED}


def test_covariates_and_references_belong_before_the_lock(locked, people):
    with pytest.raises(Conflict, match="locked"):
        covariates.enter(locked, table="participant,CRP\nS-01,4.5", actor=people.dora)
    practice_set = cast.open_study(people, title="Practice")
    Study.objects.filter(pk=practice_set.pk).update(is_practice=True, locked_at=NOW)
    with pytest.raises(Conflict, match="locked"):
        references.enter(Study.objects.get(pk=practice_set.pk), table="", actor=people.dora)


def test_nobody_is_reminded_of_a_locked_study_and_the_mail_hour_goes_on(full, people):
    assert Reminder.objects.filter(sent_at=None).count() == 1
    assert reminders.send_all(now=timezone.now()) == 0
    assert Reminder.objects.filter(sent_at=None).count() == 1


# --- locking itself ---


def test_it_is_recorded_with_its_reason(locked):
    event = AuditEvent.objects.get(action="study.locked")
    assert (event.reason, event.after["seed_sha256"]) == ("All is read.", charter.seed_of(locked).sha256)


def test_nothing_more_is_allotted_or_amended(locked, people):
    with pytest.raises(Conflict, match="locked"):
        allocation.allot(locked, actor=people.dora)
    with pytest.raises(Conflict, match="locked"):
        cast.amend(locked, people, requires_pins=True)


def test_a_study_with_unsigned_readings_is_not_locked(study, people):
    scene.allot(study, people, cases=2)
    with pytest.raises(Conflict, match="4 readings are not signed"):
        lock(study, people)


def test_a_study_with_open_adjudications_is_not_locked(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 2})
    with pytest.raises(Conflict, match="1 adjudication is not signed"):
        lock(study, people)


def test_a_study_with_a_wish_that_waits_is_not_locked(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people)
    reopening.ask(scene.reading_of(case, people.ana), reason="A slip.", actor=people.ana, now=NOW)
    with pytest.raises(Conflict, match="1 request is not decided"):
        lock(study, people)


def test_a_study_with_an_upload_under_way_is_not_locked(study, people):
    Upload.objects.create(study=study, uploaded_by=people.dora, state="importing")
    with pytest.raises(Conflict, match="1 upload is not finished"):
        lock(study, people)


def test_it_is_locked_once_and_for_a_reason(study, people):
    with pytest.raises(Refusal, match="Say why"):
        lock(study, people, reason=" ")
    lock(study, people)
    with pytest.raises(Conflict, match="locked"):
        lock(study, people)


@pytest.mark.django_db(transaction=True)
def test_locking_waits_for_what_is_being_written_and_then_counts_it():
    people = cast.invite()
    study = cast.open_study(people)
    [case] = scene.allot(study, people)
    scene.read(case, people)
    with transaction.atomic():
        reopening.ask(scene.reading_of(case, people.ana), reason="A slip.", actor=people.ana, now=NOW)
        thread, raised = in_thread(lambda: lock(study, people))
        wait_until_somebody_waits_for_me()
    thread.join()
    [refusal] = raised
    assert refusal.sentence.startswith("1 request is not decided yet")
    study.refresh_from_db()
    assert study.locked_at is None


def test_another_study_goes_on(locked, people):
    other = cast.open_study(people, title="Another")
    case = scene.make_case(other, "S-99")
    allocation.allot(other, actor=people.dora)
    assert scene.fill(scene.reading_of(case, people.ana)).scores.count() == 25


def test_the_coordinator_locks_and_no_reader_does(study, people):
    path = f"/api/studies/{study.code}/lock"
    assert client_of(people.ana).post(path, {"reason": "Enough."}).status_code == 404
    assert client_of(people.dora).post(path, {"reason": "All is read."}).status_code == 204
    assert client_of(people.dora).get(f"/api/studies/{study.code}").json()["state"] == "locked"
