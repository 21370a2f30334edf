"""A compared reading is opened again where the charter allows it: its consensus is superseded, and nothing is lost."""

import csv
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from readers.errors import Conflict, Gone, Refusal
from readers.models import AuditEvent, Signature
from scoring import adjudication, blinding, consensus, disclosure, export, locking, reliability, reopening, superseding
from scoring.models import (
    Adjudication,
    Consensus,
    Dispute,
    FinalScore,
    Reading,
    Repeat,
    Score,
    SelfCheck,
    SignedVersion,
)
from tests import cast, scene
from tests.cast import client_of

NOTE = "Ana counted from C3; found by the site's own check."


@pytest.fixture
def study(people):
    return cast.open_study(people, reopens_compared=True)


@pytest.fixture
def case(study, people):
    return scene.allot(study, people)[0]


@pytest.fixture
def settled(case, people):
    """Compared, adjudicated by Clara, settled."""
    scene.read(case, people, ana={"VB_C4": 2})
    scene.decide_all(Adjudication.objects.get(), people)
    return case


def open_again(case, people, *, reader=None, note=NOTE):
    """The reader asks, Dora grants."""
    reader = reader or people.ana
    reading = scene.reading_of(case, reader)
    asked = reopening.ask(reading, reason="A slip.", actor=reader, now=timezone.now())
    return reopening.decide(asked, grant=True, note=note, actor=people.dora, now=timezone.now())


def read_anew(case, people, **grades):
    scene.sign(scene.fill(scene.reading_of(case, people.ana), **grades))
    return consensus.compare(case, now=timezone.now())


def everything_below(found):
    return {
        model: list(rows.order_by("pk").values())
        for model, rows in (
            (FinalScore, FinalScore.objects.filter(consensus=found)),
            (Adjudication, Adjudication.objects.filter(consensus=found)),
            (Dispute, Dispute.objects.filter(adjudication__consensus=found)),
        )
    }


def test_the_consensus_leaves_its_case_and_all_below_it_stays(settled, people):
    found = settled.consensus
    before = everything_below(found)
    granted = open_again(settled, people)
    found.refresh_from_db()
    assert (found.case, found.former_case, found.superseded_by, found.state) == (None, settled, granted, "settled")
    assert everything_below(found) == before
    assert Adjudication.objects.get().signature is not None
    assert SignedVersion.objects.count() == 1
    assert scene.reading_of(settled, people.ana).state == "started"


def test_signed_again_the_case_is_compared_anew_and_decided_anew(settled, people):
    open_again(settled, people)
    assert consensus.compare(settled, now=timezone.now()) is None
    again = read_anew(settled, people, VB_C5=1)
    assert (again.case, again.state, Consensus.objects.count()) == (settled, "open", 2)
    assert [one.item.code for one in again.adjudication.disputes.all()] == ["VB_C5"]
    scene.decide_all(again.adjudication, people)
    assert FinalScore.objects.filter(consensus__case=settled, method="adjudicated").count() == 1
    assert Signature.objects.count() == 5


def test_it_is_a_deviation_on_record_with_what_it_took_away(settled, people):
    granted = open_again(settled, people)
    event = AuditEvent.objects.get(action="consensus.superseded")
    assert (event.object_key, event.actor, event.reason) == (settled.code, people.dora, NOTE)
    when = Consensus.objects.get().superseded_at.isoformat()
    assert event.after == {"reopening": granted.code, "version": 1, "deviation": True, "superseded_at": when}
    assert event.before == {"state": "settled", "methods": {"agreed": 24, "adjudicated": 1}}
    assert AuditEvent.objects.get(action="reading.reopened").after["superseded_consensus"] is True


def test_it_takes_a_word_why(settled, people):
    with pytest.raises(Refusal, match="Say why"):
        open_again(settled, people, note=" ")
    assert Consensus.objects.get().case == settled


def test_an_amendment_may_allow_it_and_without_one_it_stays_refused(people):
    study = cast.open_study(people)
    [case] = scene.allot(study, people)
    scene.read(case, people)
    with pytest.raises(Conflict, match="by the charter"):
        open_again(case, people)
    asked = scene.reading_of(case, people.ana).reopenings.get()
    cast.amend(study, people, reopens_compared=True)
    reopening.decide(asked, grant=True, note=NOTE, actor=people.dora, now=timezone.now())
    assert not Consensus.objects.filter(case=case).exists()


def test_nothing_is_opened_while_the_study_is_locked(settled, study, people):
    locking.lock(study, reason="All is read.", actor=people.dora, now=timezone.now())
    with pytest.raises(Conflict, match="locked"):
        open_again(settled, people)


def test_a_case_whose_readers_were_asked_again_stays(settled, people):
    original = scene.reading_of(settled, people.ben)
    asked = Reading.objects.create(case=settled, reader=people.ben, charter=original.charter, position=9)
    SelfCheck.objects.create(reading=asked, original=original)
    with pytest.raises(Conflict, match="asked again"):
        open_again(settled, people)


def test_a_hidden_repeat_of_a_compared_case_stays_and_so_does_its_consensus(settled, people):
    original = scene.reading_of(settled, people.ana)
    repeat = Reading.objects.create(case=settled, reader=people.ana, charter=original.charter, position=9)
    Repeat.objects.create(reading=repeat, original=original)
    scene.sign(scene.fill(repeat))
    asked = reopening.ask(repeat, reason="A slip.", actor=people.ana, now=timezone.now())
    assert not reopening.supersedes(asked)
    with pytest.raises(Conflict, match="hidden repeat"):
        reopening.decide(asked, grant=True, note=NOTE, actor=people.dora, now=timezone.now())


# --- the adjudicator ---


def test_an_adjudication_that_is_not_signed_leaves_the_queue(case, people):
    scene.read(case, people, ana={"VB_C4": 2})
    code = Adjudication.objects.get().code
    clara = client_of(people.clara)
    decision = {"choice": "left", "reason": "extent", "comment": "", "grade": None, "not_assessable": ""}
    assert clara.put(f"/api/adjudications/{code}/disputes/VB_C4", decision).status_code == 200
    open_again(case, people)
    assert clara.get("/api/adjudications").json() == []
    assert clara.get(f"/api/adjudications/{code}").status_code == 404
    assert clara.put(f"/api/adjudications/{code}/disputes/VB_C4", decision).status_code == 404


def test_a_decision_of_the_same_moment_finds_nothing(case, people):
    """Clara's request found her adjudication while it was still hers."""
    scene.read(case, people, ana={"VB_C4": 2})
    found = Adjudication.objects.get()
    open_again(case, people)
    answer = {"choice": "left", "grade": None, "not_assessable": "", "reason": "extent", "comment": ""}
    with pytest.raises(Gone, match="read again"):
        adjudication.decide(found, item="VB_C4", **answer, actor=people.clara, now=timezone.now())


def test_who_decided_is_told_that_it_no_longer_counts_and_nothing_more(settled, people, study):
    code = Adjudication.objects.get().code
    open_again(settled, people)
    [group] = client_of(people.clara).get("/api/adjudications").json()
    assert group == {
        "study": {"code": study.code, "title": study.title, "is_synthetic": False, "is_practice": False},
        "adjudications": [],
        "set_aside": [code],
    }
    assert client_of(people.clara).get(f"/api/adjudications/{code}").status_code == 404


# --- the coordinator ---


def test_the_request_says_that_a_consensus_goes_with_it(settled, people, study):
    reading = scene.reading_of(settled, people.ana)
    reopening.ask(reading, reason="A slip.", actor=people.ana, now=timezone.now())
    dora = client_of(people.dora)
    [request] = dora.get(f"/api/studies/{study.code}/requests").json()["reopenings"]
    assert (request["why_not"], request["supersedes"]) == (None, True)
    path = f"/api/reopenings/{request['code']}/decide"
    assert dora.post(path, {"grant": True}).json()["error"]["code"] == "no_note"
    assert dora.post(path, {"grant": True, "note": NOTE}).json()["supersedes"] is True


def test_the_matrix_says_when_a_consensus_was_superseded(settled, people, study):
    open_again(settled, people)
    dora = client_of(people.dora)
    [row] = dora.get(f"/api/studies/{study.code}/progress").json()["cases"]
    assert (row["consensus"], row["adjudication"], row["superseded"]["n"]) == ("none", "none", 1)
    read_anew(settled, people)
    [row] = dora.get(f"/api/studies/{study.code}/progress").json()["cases"]
    assert (row["consensus"], row["superseded"]["n"]) == ("settled", 1)


def test_the_history_tells_when_why_and_how_and_never_a_value(settled, people):
    open_again(settled, people)
    read_anew(settled, people)
    path = f"/api/cases/{settled.code}/consensus"
    first, second = client_of(people.dora).get(path).json()
    assert (first["number"], first["why"], first["superseded_by"]) == (1, NOTE, "Dora Duarte")
    assert first["methods"] == [{"method": "adjudicated", "n": 1}, {"method": "agreed", "n": 24}]
    assert (second["number"], second["superseded_at"], second["why"]) == (2, None, "")
    assert second["methods"] == [{"method": "agreed", "n": 25}]
    for person in (people.ana, people.clara, people.eve):
        assert client_of(person).get(path).status_code == 404


# --- what was made of it ---


def test_an_export_made_before_is_marked_and_one_made_after_is_not(settled, people, study):
    export.build(export.ask(study, actor=people.sam), now=timezone.now())
    open_again(settled, people)
    read_anew(settled, people)
    export.build(export.ask(study, actor=people.sam), now=timezone.now())
    after, before = client_of(people.sam).get(f"/api/studies/{study.code}/exports").json()
    assert (before["n_superseded"], after["n_superseded"]) == (1, 0)


def test_the_export_holds_what_counts_now_and_says_how_many_do_not(settled, people, study, tmp_path):
    open_again(settled, people)
    read_anew(settled, people, VB_C6=0)
    export.write_out(study, tmp_path / "out")
    rows = list(csv.DictReader((tmp_path / "out" / "consensus.csv").open(encoding="utf-8-sig")))
    assert [(row["value"], row["method"]) for row in rows if row["item"] == "VB_C4"] == [("0", "agreed")]
    counts = json.loads((tmp_path / "out" / "manifest.json").read_text())["counts"]
    assert (counts["cases_settled"], counts["consensus_superseded"]) == (1, 1)


def test_agreement_is_withheld_again_then_computed_anew(settled, people, study):
    reliability.compute(study, now=timezone.now())
    assert not reliability.outdated().exists()
    open_again(settled, people)
    assert list(reliability.outdated()) == [study]
    assert "every reading is signed" in disclosure.withheld(study)
    assert reliability.compute(study, now=timezone.now()).n_cases == 0
    assert not reliability.outdated().exists()
    read_anew(settled, people)
    assert reliability.compute(study, now=timezone.now()).n_cases == 1


# --- what the database holds by itself ---


def refused(match, statement):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_consensus_leaves_its_case_by_a_granted_request_only(settled, people):
    asked = reopening.ask(scene.reading_of(settled, people.ana), reason="A slip.", actor=people.ana, now=timezone.now())
    leave = "UPDATE scoring_consensus SET case_id = NULL, former_case_id = case_id, superseded_at = now()"
    refused("leaves its case only when", f"{leave}, superseded_by_id = {asked.pk}")
    refused("leaves its case only when", "UPDATE scoring_consensus SET case_id = NULL")


def test_a_request_is_no_version_and_a_version_no_grant(settled, people):
    """A signed reading opens only with all three: the grant, the kept version, and no consensus on it."""
    reading = scene.reading_of(settled, people.ana)
    asked = reopening.ask(reading, reason="A slip.", actor=people.ana, now=timezone.now())
    start = f"UPDATE scoring_reading SET state = 'started', signature_id = NULL WHERE id = {reading.pk}"
    refused("signed and locked", start)
    reopening.keep(reading, asked, now=timezone.now())
    refused("signed and locked", start)
    asked.state, asked.decided_by, asked.decided_at = "granted", people.dora, timezone.now()
    asked.save()
    refused("signed and locked", start)
    superseding.supersede(settled, asked, actor=people.dora, now=timezone.now())
    connection.cursor().execute(start)


def test_a_request_is_asked_first_and_decided_once(settled, people):
    asked = reopening.ask(scene.reading_of(settled, people.ana), reason="A slip.", actor=people.ana, now=timezone.now())
    refused("decided once", "UPDATE scoring_reopening SET reason = 'Another.'")
    refused("decided once", "DELETE FROM scoring_reopening")
    reopening.decide(asked, grant=False, note="", actor=people.dora, now=timezone.now())
    refused("decided once", "UPDATE scoring_reopening SET state = 'granted'")


def test_the_adjudicators_role_sees_nothing_of_what_was_superseded(settled, people):
    with blinding.acting_as(blinding.ADJUDICATOR, people.clara):
        assert Score.objects.count() == 2
    open_again(settled, people)
    with blinding.acting_as(blinding.ADJUDICATOR, people.clara):
        assert Score.objects.count() == 0
