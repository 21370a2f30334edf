"""What readers report of the images: it arrives once, the coordinator sees to it, and no reader hears more of it."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from scoring import problems
from scoring.models import Problem, ProblemState
from tests import scene
from tests.cast import client_of

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def reading(study, people):
    [case] = scene.allot(study, people)
    return scene.reading_of(case, people.ana)


def report(reading, kind="quality", *, key=None, series=None, slice=None, text="Ghosting over C5."):
    return problems.report(
        reading, key=key or uuid4(), kind=kind, series=series, slice=slice, text=text, actor=reading.reader, now=NOW
    )


def close(problem, actor, note="Asked the centre."):
    return problems.close(problem, note=note, actor=actor, now=NOW)


def test_a_problem_is_reported_with_its_place(reading, people):
    problem = report(reading, series=1, slice=2, text=" Ghosting over C5. ")
    assert (problem.reading, problem.series, problem.slice, problem.text) == (reading, 1, 2, "Ghosting over C5.")
    assert (problem.state, problem.reported_at) == (ProblemState.OPEN, NOW)
    event = AuditEvent.objects.get(action="problem.reported")
    assert (event.object_key, event.actor) == (problem.code, people.ana)
    assert event.after == {
        "reading": reading.code, "kind": "quality", "series": 1, "slice": 2, "text": "Ghosting over C5.",
        "reported_at": NOW.isoformat(),
    }  # fmt: skip


def test_what_may_say_who_the_patient_is_stays_out_of_the_audit_trail(reading):
    report(reading, "identity", text="A name is burnt in: M. Muster.")
    assert AuditEvent.objects.get(action="problem.reported").after["text"] == ""


def test_the_same_report_twice_is_one(reading):
    key = uuid4()
    assert report(reading, key=key) == report(reading, key=key, text="Sent again.")
    assert Problem.objects.get().text == "Ghosting over C5."
    assert AuditEvent.objects.filter(action="problem.reported").count() == 1


def test_two_readers_may_happen_to_use_one_key(reading, people):
    key, bens = uuid4(), scene.reading_of(reading.case, people.ben)
    assert report(reading, key=key) != report(bens, key=key)


def test_a_report_needs_no_words_but_for_something_else(reading):
    assert report(reading, "not_evaluable", text="").text == ""
    with pytest.raises(Refusal, match="few words"):
        report(reading, "other", text="  ")


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"series": 3}, "no_such_series"),
        ({"series": 0}, "no_such_series"),
        ({"slice": 1}, "no_such_series"),
        ({"series": 1, "slice": 3}, "no_such_slice"),
        ({"series": 1, "slice": -1}, "no_such_slice"),
    ],
)
def test_a_place_is_one_that_is_shown(reading, place, code):
    with pytest.raises(Refusal) as refusal:
        report(reading, **place)
    assert refusal.value.code == code
    assert not Problem.objects.exists()


def test_a_reading_can_report_only_so_much(reading, monkeypatch):
    monkeypatch.setattr(problems, "MOST_REPORTS", 2)
    report(reading)
    report(reading)
    with pytest.raises(Refusal, match="2 problems are reported"):
        report(reading)


def test_a_signed_reading_may_still_report(reading):
    assert report(scene.sign(scene.fill(reading)), "identity").state == ProblemState.OPEN


def test_the_coordinator_closes_it_with_a_note(reading, people):
    closed = close(report(reading), people.dora)
    assert (closed.state, closed.note, closed.closed_by, closed.closed_at) == (
        ProblemState.CLOSED, "Asked the centre.", people.dora, NOW,
    )  # fmt: skip
    event = AuditEvent.objects.get(action="problem.closed")
    assert (event.object_key, event.actor, event.reason) == (closed.code, people.dora, "Asked the centre.")


def test_a_closed_problem_stays_as_it_is(reading, people):
    problem = report(reading)
    close(problem, people.dora)
    with pytest.raises(Conflict, match="closed already"):
        close(problem, people.ada, note="No.")
    assert Problem.objects.get().note == "Asked the centre."


def test_what_tells_of_a_patient_stands_first_and_what_is_closed_last(reading, study, people):
    closed = close(report(reading, "identity"), people.dora)
    older, identity, newer = report(reading), report(reading, "identity"), report(reading, "coverage")
    assert problems.queue(study) == [identity, newer, older, closed]


def test_a_reader_reports_and_finds_own_reports_without_their_state(reading, people):
    door, body = f"/api/readings/{reading.code}/problems", {"key": str(uuid4()), "kind": "coverage", "series": 2}
    first, again = client_of(people.ana).post(door, body), client_of(people.ana).post(door, body)
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert set(first.json()) == {"kind", "series", "slice", "text", "reported_at"}
    assert [problem.kind for problem in problems.own(reading)] == ["coverage"]


def test_a_report_under_the_reading_of_another_finds_nothing(reading, people):
    for person in (people.ben, people.clara, people.dora, people.ada, people.eve):
        answer = client_of(person).post(
            f"/api/readings/{reading.code}/problems", {"key": str(uuid4()), "kind": "other"}
        )
        assert answer.status_code == 404
    assert not Problem.objects.exists()


def test_the_coordinator_reads_who_reported_what_and_where(reading, study, people):
    problem = report(reading, series=1, slice=0)
    dora = client_of(people.dora)
    [told] = dora.get(f"/api/studies/{study.code}/requests").json()["problems"]
    assert (told["case"], told["reader"], told["kind_label"]) == (
        reading.case.code, "Ana Almeida", "Artefact or poor image quality",
    )  # fmt: skip
    assert (told["series_label"], told["slice"], told["text"]) == ("STIR sagittal", 0, "Ghosting over C5.")
    answer = dora.post(f"/api/problems/{problem.code}/close", {"note": "Seen."})
    assert (answer.status_code, answer.json()["state"], answer.json()["closed_by"]) == (200, "closed", "Dora Duarte")


def test_nobody_but_coordinator_and_administrator_closes_it(reading, people):
    problem = report(reading)
    for person in (people.ana, people.ben, people.clara, people.sam, people.eve):
        assert client_of(person).post(f"/api/problems/{problem.code}/close", {"note": "x"}).status_code == 404
    assert client_of(people.ada).post(f"/api/problems/{problem.code}/close", {"note": ""}).status_code == 200
