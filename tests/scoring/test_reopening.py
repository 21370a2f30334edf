"""A signed reading is opened again: asked with a reason, decided by somebody else, and what was signed stays."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent, Signature
from readers.signatures import content_sha256
from scoring import consensus, reopening, submission
from scoring.models import Consensus, Reading, ReadingState, Reopening, ReopeningState, SignedVersion
from tests import cast, scene
from tests.cast import client_of
from tests.threads import in_thread, wait_until_somebody_waits_for_me

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
REASON = "C5 and C6 are swapped."


@pytest.fixture
def case(study, people):
    return scene.allot(study, people)[0]


@pytest.fixture
def signed(case, people):
    """Ana has signed; Ben has not."""
    return scene.sign(scene.fill(scene.reading_of(case, people.ana), VB_C4=2))


def ask(reading, reason=REASON):
    return reopening.ask(reading, reason=reason, actor=reading.reader, now=NOW)


def decide(asked, actor, *, grant=True, note="As agreed by phone."):
    return reopening.decide(asked, grant=grant, note=note, actor=actor, now=NOW)


def test_a_reader_asks_with_a_reason(signed, people):
    asked = ask(signed, reason=f"  {REASON} ")
    assert (asked.reading, asked.reason, asked.asked_at, asked.state) == (signed, REASON, NOW, ReopeningState.ASKED)
    event = AuditEvent.objects.get(action="reading.reopening_asked")
    assert (event.object_key, event.actor, event.reason) == (signed.code, people.ana, REASON)


def test_only_a_signed_reading_needs_it(case, people):
    with pytest.raises(Conflict, match="Change it as it is"):
        ask(scene.fill(scene.reading_of(case, people.ana)))


def test_one_request_waits_at_a_time(signed):
    ask(signed)
    with pytest.raises(Conflict, match="asked for this already"):
        ask(signed)
    assert Reopening.objects.count() == 1


def test_a_reason_is_a_few_words(signed):
    with pytest.raises(Refusal, match="few words"):
        ask(signed, reason=" \n ")


def test_a_granted_reading_is_open_and_keeps_its_grades(signed, people):
    granted = decide(ask(signed), people.dora)
    signed.refresh_from_db()
    assert (signed.state, signed.signature) == (ReadingState.STARTED, None)
    assert signed.scores.get(item__code="VB_C4").grade == 2
    assert (granted.state, granted.decided_by, granted.decided_at) == (ReopeningState.GRANTED, people.dora, NOW)


def test_what_was_signed_is_kept_with_its_signature(signed, people):
    content, signature = submission.content(signed), signed.signature
    decide(ask(signed), people.dora)
    version = SignedVersion.objects.get()
    assert (version.number, version.content, version.signature) == (1, content, signature)
    assert content_sha256(version.content) == version.signature.content_sha256


def test_opening_is_recorded_with_the_version_it_left(signed, people):
    asked = ask(signed)
    decide(asked, people.dora)
    event = AuditEvent.objects.get(action="reading.reopened")
    assert (event.object_key, event.actor, event.reason) == (signed.code, people.dora, "As agreed by phone.")
    version = SignedVersion.objects.get()
    assert event.after == {
        "reopening": asked.code, "version": 1, "content_sha256": Signature.objects.get().content_sha256,
        "content": version.content, "superseded_at": NOW.isoformat(),
    }  # fmt: skip


def test_a_declined_reading_stays_signed_and_may_be_asked_for_again(signed, people):
    decide(ask(signed), people.dora, grant=False)
    signed.refresh_from_db()
    assert signed.state == ReadingState.SIGNED
    assert AuditEvent.objects.filter(action="reading.reopening_declined").count() == 1
    assert ask(signed).state == ReopeningState.ASKED


def test_a_request_is_decided_once(signed, people):
    asked = ask(signed)
    decide(asked, people.dora, grant=False)
    with pytest.raises(Conflict, match="decided already"):
        decide(asked, people.ada)
    assert SignedVersion.objects.count() == 0


def test_who_reads_the_case_does_not_decide(signed, people):
    asked = ask(signed)
    for reader in (people.ana, people.ben):
        with pytest.raises(Refusal, match="Who reads a case"):
            decide(asked, reader)
    assert Reopening.objects.get().state == ReopeningState.ASKED


def test_once_compared_it_can_only_be_declined(case, people):
    scene.read(case, people)
    asked = ask(scene.reading_of(case, people.ana))
    with pytest.raises(Conflict) as refusal:
        decide(asked, people.dora)
    assert refusal.value.code == "compared"
    assert Reopening.objects.get().state == ReopeningState.ASKED
    assert decide(asked, people.dora, grant=False).state == ReopeningState.DECLINED


def test_a_reading_that_is_not_what_was_signed_is_left_alone(signed, people, monkeypatch):
    asked = ask(signed)
    monkeypatch.setattr(submission, "content", lambda reading: {"reading": reading.code, "scores": []})
    with pytest.raises(Conflict, match="tell your administrator"):
        decide(asked, people.dora)
    assert Reading.objects.get(pk=signed.pk).state == ReadingState.SIGNED


def test_signed_again_it_is_another_signature_and_the_first_version_stays(signed, people):
    first = submission.content(signed)
    decide(ask(signed), people.dora)
    again = scene.sign(scene.fill(Reading.objects.get(pk=signed.pk), VB_C4=3))
    assert again.signature.content_sha256 == content_sha256(submission.content(again)) != content_sha256(first)
    decide(ask(again), people.ada)
    kept = {version.number: version.content for version in SignedVersion.objects.all()}
    assert kept == {1: first, 2: submission.content(again)}
    assert Signature.objects.count() == 2


def test_a_case_with_a_reopened_reading_waits_until_it_is_signed_again(signed, case, people):
    decide(ask(signed), people.dora)
    scene.sign(scene.fill(scene.reading_of(case, people.ben), VB_C4=3))
    assert consensus.compare(case, now=NOW) is None
    scene.sign(scene.fill(Reading.objects.get(pk=signed.pk), VB_C4=3))
    assert consensus.compare(case, now=NOW).state == "settled"


@pytest.mark.parametrize(
    "tampering", ["UPDATE scoring_signedversion SET content = '{}'", "DELETE FROM scoring_signedversion"]
)
def test_the_database_itself_keeps_a_version_as_it_is(signed, people, tampering):
    decide(ask(signed), people.dora)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(tampering)
    assert content_sha256(SignedVersion.objects.get().content) == Signature.objects.get().content_sha256


def test_the_database_itself_opens_no_compared_reading(case, people):
    scene.read(case, people)
    reading = scene.reading_of(case, people.ana)
    reopening.keep(reading, ask(reading), now=NOW)
    with pytest.raises(IntegrityError, match="signed and locked"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE scoring_reading SET state = 'started', signature_id = NULL")


@pytest.mark.parametrize(("decisions", "told"), [([], "asked"), ([False], "declined"), ([True], "none")])
def test_the_reader_is_told_the_decision(signed, people, decisions, told):
    assert reopening.state_of(signed) == "none"
    asked = ask(signed)
    for grant in decisions:
        decide(asked, people.dora, grant=grant)
    assert reopening.state_of(signed) == told


def test_the_answer_is_the_same_whatever_the_other_reader_has_done(study, people):
    """Ben has not begun the first case, has signed the second, and the third is compared already."""
    cases = scene.allot(study, people, cases=3)
    for case in cases:
        scene.sign(scene.fill(scene.reading_of(case, people.ana)))
    for case in cases[1:]:
        scene.sign(scene.fill(scene.reading_of(case, people.ben), VB_C4=3))
    consensus.compare(cases[2], now=NOW)
    ana, told = client_of(people.ana), []
    for case in cases:
        code = scene.reading_of(case, people.ana).code
        answer = ana.post(f"/api/readings/{code}/reopen", {"reason": REASON})
        told.append((answer.status_code, set(answer.json()), answer.json()["state"]))
    assert told == [told[0]] * 3
    assert told[0][0] == 200
    assert {reopening.state_of(scene.reading_of(case, people.ana)) for case in cases} == {"asked"}


def test_the_coordinator_sees_who_asks_and_why_and_decides(signed, case, people, study):
    ask(signed)
    dora = client_of(people.dora)
    [request] = dora.get(f"/api/studies/{study.code}/requests").json()["reopenings"]
    assert (request["case"], request["reader"], request["reason"]) == (case.code, "Ana Almeida", REASON)
    assert (request["state"], request["why_not"], request["decided_by"]) == ("asked", None, None)
    answer = dora.post(f"/api/reopenings/{request['code']}/decide", {"grant": True, "note": "Fine."})
    assert (answer.status_code, answer.json()["state"], answer.json()["decided_by"]) == (200, "granted", "Dora Duarte")


def test_the_coordinator_is_told_that_a_compared_one_cannot_be_granted(case, people, study):
    scene.read(case, people)
    asked = ask(scene.reading_of(case, people.ana))
    dora = client_of(people.dora)
    [request] = dora.get(f"/api/studies/{study.code}/requests").json()["reopenings"]
    assert "by the charter" in request["why_not"]
    answer = dora.post(f"/api/reopenings/{asked.code}/decide", {"grant": True})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "compared")


def test_what_waits_longest_stands_first(study, people):
    cases = scene.allot(study, people, cases=3)
    first, second, third = (ask(scene.sign(scene.fill(scene.reading_of(case, people.ana)))) for case in cases)
    decide(first, people.dora)
    assert reopening.queue(study) == [second, third, first]


def test_nobody_but_coordinator_and_administrator_decides(signed, people, study):
    asked = ask(signed)
    for person in (people.ana, people.ben, people.clara, people.sam, people.eve):
        browser = client_of(person)
        assert browser.post(f"/api/reopenings/{asked.code}/decide", {"grant": True}).status_code == 404
        assert browser.get(f"/api/studies/{study.code}/requests").status_code == 404
    assert Reopening.objects.get().state == ReopeningState.ASKED


def test_nobody_asks_for_the_reading_of_another(signed, people):
    for person in (people.ben, people.dora, people.ada):
        answer = client_of(person).post(f"/api/readings/{signed.code}/reopen", {"reason": REASON})
        assert answer.status_code == 404
    assert not Reopening.objects.exists()


# --- comparing and granting meet ---


def both_signed():
    """Ana and Ben have signed, and nobody has compared yet."""
    people = cast.invite()
    [case] = scene.allot(cast.open_study(people), people)
    for reader in (people.ana, people.ben):
        scene.sign(scene.fill(scene.reading_of(case, reader)))
    return case, people, scene.reading_of(case, people.ana)


@pytest.mark.parametrize("grant", [True, False])
def test_what_its_reader_calls_wrong_is_not_compared_before_it_is_decided(db, grant):
    """Ben signs after Ana has asked: her wrong grade must not reach Clara while Dora is at lunch."""
    case, people, anas = both_signed()
    asked = ask(anas)
    assert consensus.compare(case, now=timezone.now()) is None
    assert not consensus.waiting().exists()
    decide(asked, people.dora, grant=grant)
    assert list(consensus.waiting()) == ([] if grant else [case])
    assert (consensus.compare(case, now=timezone.now()) is None) == grant


def test_the_worker_is_woken_when_a_request_is_decided(db, django_capture_on_commit_callbacks, monkeypatch):
    case, people, anas = both_signed()
    asked, woken = ask(anas), []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, args: woken.append((name, *args)))
    with django_capture_on_commit_callbacks(execute=True):
        decide(asked, people.dora, grant=False)
    assert ("scoring.tasks.compare", case.pk) in woken


@pytest.mark.django_db(transaction=True)
def test_granting_waits_for_a_comparison_that_has_begun_and_is_then_refused():
    case, people, anas = both_signed()
    with transaction.atomic():
        consensus.compare(case, now=timezone.now())
        thread, raised = in_thread(lambda: decide(ask(anas), people.dora))
        wait_until_somebody_waits_for_me()
    thread.join()
    assert [failure.code for failure in raised] == ["compared"]
    assert case.readings.filter(state=ReadingState.SIGNED).count() == 2


@pytest.mark.django_db(transaction=True)
def test_comparing_waits_for_a_grant_that_has_begun_and_then_finds_one_reading():
    case, people, anas = both_signed()
    asked = ask(anas)
    with transaction.atomic():
        decide(asked, people.dora)
        thread, raised = in_thread(lambda: consensus.compare(case, now=timezone.now()))
        wait_until_somebody_waits_for_me()
    thread.join()
    assert not raised
    assert not Consensus.objects.exists()
    assert case.readings.filter(state=ReadingState.SIGNED).count() == 1
