"""The page of the audit trail: who may open it, what it shows before the charter discloses anything, and what after."""

import pytest
from django.db import connection
from django.utils import timezone

from readers import anchors, verifying
from readers.models import AuditEvent
from scoring import locking, reopening, standing
from studies import covariates, uploads
from studies.models import Membership, Role, Subject
from tests import scene
from tests.cast import client_of
from tests.readers.test_chain import now_linked


@pytest.fixture
def read(study, people):
    """A case read by both, disputed and decided by Clara, so that everything has been signed once."""
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 2}, ben={"VB_C4": 1})
    scene.decide_all(case.consensus.adjudication, people)
    now_linked()
    return study


def trail(who, study, **asked):
    now_linked()
    answer = client_of(who).client.get(f"/api/studies/{study.code}/audit", asked)
    return answer.json() if answer.status_code == 200 else answer


def shown_signatures(who, study, **asked):
    return [event["signature"] for event in trail(who, study, action="reading.signed", **asked)["events"]]


def lock(study, people):
    locking.lock(study, reason="Done.", actor=people.dora, now=timezone.now())
    now_linked()


@pytest.mark.parametrize(("name", "status"), [
    ("ana", 404), ("clara", 404), ("dora", 404), ("eve", 404), ("sam", 200), ("ada", 200),
])  # fmt: skip
@pytest.mark.parametrize("part", ["audit", "audit/print", "signatures"])
def test_it_is_for_who_reviews(read, people, name, status, part):
    assert client_of(getattr(people, name)).get(f"/api/studies/{read.code}/{part}").status_code == status


def test_a_monitor_reviews_it(read, people):
    Membership.objects.create(study=read, user=people.eve, role=Role.MONITOR)
    assert trail(people.eve, read)["count"] > 0


def test_before_disclosure_it_says_who_did_what_and_when_and_no_value(read, people):
    found = trail(people.sam, read, action="score.saved", person="ana")
    assert found["withheld"]
    for event in found["events"]:
        assert (event["person"], event["role"], event["action"]) == ("Ana Almeida", "reader", "score.saved")
        assert (event["is_withheld"], event["changes"], event["reason"]) == (True, [], "")


def test_what_is_not_shown_cannot_be_looked_for_either(read, people):
    """A search in withheld reasons would tell them letter by letter."""
    assert AuditEvent.objects.filter(action="dispute.decided", reason="extent").exists()
    assert trail(people.sam, read, text="extent")["count"] == 0
    lock(read, people)
    assert trail(people.sam, read, text="extent")["count"] == 1


def test_once_disclosed_it_shows_before_and_after(read, people):
    lock(read, people)
    found = trail(people.sam, read, action="dispute.decided")
    assert found["withheld"] is None
    [event] = found["events"]
    assert {"name": "choice", "before": "", "after": "left"} in event["changes"]
    assert event["reason"] == "extent"


def test_what_tells_nothing_of_a_reading_is_shown_from_the_first_day(read, people):
    [event] = trail(people.sam, read, action="cases.allotted")["events"]
    assert not event["is_withheld"]
    assert {"name": "readings", "before": "", "after": "2"} in event["changes"]


def test_a_hospital_is_shown_to_who_may_know_it(read, people):
    uploads.begin(read, subject="", centre="St Elsewhere", actor=people.dora)
    Membership.objects.create(study=read, user=people.eve, role=Role.MONITOR)
    [event] = trail(people.eve, read, action="upload.begun")["events"]
    assert event["is_withheld"]
    [event] = trail(people.sam, read, action="upload.begun")["events"]
    assert "St Elsewhere" in str(event["changes"])


def test_what_is_known_of_participants_is_not_for_a_monitor(read, people):
    [name] = Subject.objects.filter(study=read).values_list("pseudonym", flat=True)
    covariates.enter(read, table=f"participant,Neck pain\n{name},7", actor=people.dora)
    Membership.objects.create(study=read, user=people.eve, role=Role.MONITOR)
    for action in ("covariates.entered", "case.assembled"):
        for event in trail(people.eve, read, action=action)["events"]:
            assert (event["is_withheld"], event["changes"]) == (True, [])
    [event] = trail(people.sam, read, action="covariates.entered")["events"]
    assert "7" in str(event["changes"])


def test_it_is_filtered_by_object_person_and_day(read, people):
    every = trail(people.sam, read)["count"]
    assert 0 < trail(people.sam, read, object="adjudication")["count"] < every
    reading = AuditEvent.objects.filter(action="reading.signed").first().object_key
    assert {event["object_key"] for event in trail(people.sam, read, object=reading)["events"]} == {reading}
    assert {event["person"] for event in trail(people.sam, read, person="dens")["events"]} == {"Dens"}
    today = f"{timezone.now():%Y-%m-%d}"
    assert trail(people.sam, read, since=today, until=today)["count"] == every
    assert trail(people.sam, read, until="2020-01-01")["count"] == 0


def test_a_day_that_is_none_is_refused_by_name(read, people):
    answer = trail(people.sam, read, since="yesterday")
    assert answer.status_code == 400
    assert "since" in answer.json()["error"]["fields"]


def test_it_goes_back_page_by_page_without_a_gap(read, people):
    seen, before = [], {}
    while True:
        found = trail(people.sam, read, **before)
        seen += [event["seq"] for event in found["events"]]
        if found["next"] is None:
            break
        before = {"before": found["next"]}
    assert len(seen) == found["count"] > 50
    assert seen == sorted(seen, reverse=True)


def test_it_says_how_far_it_is_verified(read, people):
    assert not trail(people.sam, read)["events"][0]["is_verified"]
    standing.verify_and_keep()
    found = trail(people.sam, read)
    assert found["verified"] == found["head"]["seq"]
    assert found["events"][0]["is_verified"]


def test_another_study_s_events_are_not_in_it(read, people):
    from tests import cast

    other = cast.open_study(people, title="Another")
    theirs, ours = (trail(people.sam, one)["events"] for one in (other, read))
    assert {event["seq"] for event in theirs}.isdisjoint(event["seq"] for event in ours)
    assert [event["object_key"] for event in theirs if event["object_type"] == "study"] == [other.code] * 3


def test_a_signature_is_shown_as_superseded_where_the_reading_was_signed_again(study, people):
    [case] = scene.allot(study, people)
    reading, now = scene.sign(scene.fill(scene.reading_of(case, people.ana), VB_C4=2)), timezone.now()
    asked = reopening.ask(reading, reason="Swapped.", actor=people.ana, now=now)
    reopening.decide(asked, grant=True, note="", actor=people.dora, now=now)
    assert shown_signatures(people.sam, study) == ["superseded"]
    scene.sign(scene.fill(scene.reading_of(case, people.ana), VB_C4=3))
    assert shown_signatures(people.sam, study) == ["stands", "superseded"]
    listed = client_of(people.sam).get(f"/api/studies/{study.code}/signatures").json()
    assert [(one["printed_name"], one["standing"]) for one in listed] == [
        ("Ana Almeida", "superseded"), ("Ana Almeida", "stands"),
    ]  # fmt: skip


def test_a_signature_under_something_else_is_shown_as_altered(read, people):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE scoring_score SET grade = 3 WHERE grade = 2")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert shown_signatures(people.sam, read, person="ana") == ["altered"]


def test_the_printed_page_says_what_it_is_of(read, people):
    anchors.write(now=timezone.now())
    path = f"/api/studies/{read.code}/audit/print?person=ana&action=score.saved"
    said = client_of(people.sam).get(path).content.decode()
    head = AuditEvent.objects.latest("link__seq").link
    for told in ("printed by Sam Sato", "Person: ana", "Action: score.saved", head.hash, "withheld", read.title):
        assert told in said
    assert "reading.signed" not in said


def test_a_review_is_an_event_itself_with_what_was_reviewed(read, people):
    seq = trail(people.sam, read)["events"][0]["seq"]
    path = f"/api/studies/{read.code}/audit/reviews"
    assert client_of(people.sam).post(path, {"seq": seq, "note": " All well. "}).status_code == 204
    event = AuditEvent.objects.get(action="audit.reviewed")
    assert (event.actor, event.reason, event.after["up_to"]) == (people.sam, "All well.", seq)
    assert event.after["hash"] == AuditEvent.objects.get(link__seq=seq).link.hash
    refused = client_of(people.sam).post(path, {"seq": seq + 1000})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "no_such_event")


def test_every_action_that_is_open_is_one_that_is_recorded():
    """A name that is recorded nowhere would be a hole for the next who takes it."""
    from scoring.trail import FACTS, OPEN
    from tests.test_house import ROOT

    source = "".join(path.read_text() for room in ("studies", "scoring") for path in (ROOT / room).glob("*.py")
                     if path.name != "trail.py")  # fmt: skip
    made = {"case.accepted", "case.refused", "audit.reviewed"}  # put together where they are recorded
    assert not [action for action in (*OPEN, *FACTS) if action not in made and f'"{action}"' not in source]


def test_verification_reaches_nothing_before_it_has_run(db):
    assert verifying.verified_up_to() == 0
