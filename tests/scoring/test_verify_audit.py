"""Tamper trials: somebody with all rights over the database changes the audit trail, and verification says where."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from readers import anchors, audit, verifying
from readers.models import AuditCheck, AuditEvent
from readers.verifying import Outcome
from scoring import reopening, standing, tasks
from scoring.models import Score
from tests import scene
from tests.cast import client_of
from tests.readers.test_chain import now_linked


@pytest.fixture
def trail(study, people):
    """Twenty events of one study after whatever founding it took, all in the chain and none anchored."""
    for place in range(20):
        audit.record("tested", study, actor=people.dora, study=study, after={"place": place}, reason="a test")
    now_linked()
    return study


def anchor():
    anchors.write(now=timezone.now())


def as_superuser(*statements):
    """What the owner of the server can do: no trigger fires, no foreign key is checked."""
    now_linked()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


def verify(*options):
    """The exit code, and what was said."""
    said = StringIO()
    try:
        call_command("verify_audit", *options, stdout=said)
    except SystemExit as left:
        return left.code, said.getvalue()
    return 0, said.getvalue()


CUT = (
    "DELETE FROM readers_auditlink WHERE seq > (SELECT max(seq) - 3 FROM readers_auditlink)",
    "DELETE FROM readers_auditevent WHERE id NOT IN (SELECT event_id FROM readers_auditlink)",
)
RECOMPUTE = """
DELETE FROM readers_auditlink;
SELECT dens_audit_link(e) FROM (SELECT e FROM readers_auditevent AS e ORDER BY id) AS ordered(e);
"""


def test_an_untouched_trail_is_intact(trail):
    anchor()
    code, said = verify()
    assert code == 0
    head = AuditEvent.objects.latest("link__seq").link
    assert f"Head: {head.seq} {head.hash}" in said
    assert f"Anchored up to event {head.seq} of {head.seq}" in said


def test_without_anchors_it_says_what_could_not_be_seen(trail):
    code, said = verify()
    assert (code, "Nothing is anchored" in said) == (0, True)


@pytest.mark.parametrize(
    "change",
    [
        "reason = 'another'", "actor_id = NULL", "at = at + interval '1 microsecond'", "action = 'tesled'",
        "object_key = 'another'", "study_code = ''", "canonical = replace(canonical, '7', '8')",
        """after = '{"place": 8}'""",
    ],
)  # fmt: skip
def test_the_first_altered_event_is_named(trail, change):
    seventh, eighth = AuditEvent.objects.filter(action="tested").order_by("pk")[7:9]
    as_superuser(f"UPDATE readers_auditevent SET {change} WHERE id = {seventh.pk}",
                 f"UPDATE readers_auditevent SET reason = 'also' WHERE id = {eighth.pk}")  # fmt: skip
    code, said = verify()
    assert code == Outcome.ALTERED
    assert f"Event {seventh.link.seq} (" in said
    assert "expected" in said


def test_a_link_that_was_altered_is_named(trail):
    as_superuser("UPDATE readers_auditlink SET hash = repeat('0', 64) WHERE seq = 5")
    code, said = verify()
    assert (code, "Event 5 (" in said) == (Outcome.ALTERED, True)


@pytest.mark.parametrize(
    "deleted",
    [
        ["DELETE FROM readers_auditlink WHERE seq = 9"],
        ["DELETE FROM readers_auditevent WHERE id = (SELECT event_id FROM readers_auditlink WHERE seq = 9)"],
        ["DELETE FROM readers_auditevent WHERE id = (SELECT event_id FROM readers_auditlink WHERE seq = 9)",
         "DELETE FROM readers_auditlink WHERE seq = 9"],
    ],
)  # fmt: skip
def test_a_deleted_event_leaves_a_gap(trail, deleted):
    as_superuser(*deleted)
    code, said = verify()
    assert (code, "Event 9 is missing" in said) == (Outcome.GAP, True)


def test_an_event_that_was_slipped_in_has_no_place_in_the_chain(trail):
    as_superuser(
        "INSERT INTO readers_auditevent (at, action, study_code, object_type, object_key, canonical, reason)"
        " VALUES (now(), 'slipped in', '', 'user', '1', '{\"after\":null,\"before\":null}', '')"
    )
    code, said = verify()
    assert (code, "slipped in" in said) == (Outcome.GAP, True)


def test_a_trail_that_was_cut_short_is_found_by_its_anchor(trail):
    anchor()
    as_superuser(*CUT)
    code, said = verify()
    assert (code, "cut short" in said) == (Outcome.TRUNCATED, True)


def test_a_chain_that_was_computed_anew_is_found_by_its_anchor(trail):
    anchor()
    as_superuser("UPDATE readers_auditevent SET reason = 'another' WHERE id ="
                 " (SELECT event_id FROM readers_auditlink WHERE seq = 9)", RECOMPUTE)  # fmt: skip
    code, said = verify()
    assert (code, "computed anew" in said) == (Outcome.RECOMPUTED, True)


def test_and_that_is_what_anchors_are_for(trail):
    """Without one, a chain that somebody with all rights computed anew is consistent: docs/audit.md says so."""
    as_superuser("UPDATE readers_auditevent SET reason = 'another' WHERE action = 'tested'", RECOMPUTE)
    assert verify()[0] == 0


def test_a_forged_anchor_is_named_by_its_line(trail):
    anchor()
    anchors.place().write_text(anchors.place().read_text().replace('"count"', '"Count"'))
    code, said = verify()
    assert (code, "Line 1 of the anchors" in said) == (Outcome.FORGED_ANCHOR, True)


def test_a_copy_of_the_anchors_is_used_where_one_is_named(trail, tmp_path):
    anchor()
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(anchors.place().read_bytes())
    anchors.place().unlink()
    as_superuser(*CUT)
    assert verify()[0] == 0
    assert verify("--anchors", str(copy))[0] == Outcome.TRUNCATED
    with pytest.raises(CommandError, match="There is no file"):
        verify("--anchors", str(tmp_path / "none"))


def test_a_grade_changed_behind_a_signature_is_found(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 2}, ben={"VB_C4": 1})
    scene.decide_all(case.consensus.adjudication, people)
    now_linked()
    assert verify()[0] == 0
    score = Score.objects.get(reading__reader=people.ana, item__code="VB_C4")
    as_superuser(f"UPDATE scoring_score SET grade = 3 WHERE id = {score.pk}")
    code, said = verify()
    assert code == Outcome.UNSIGNED
    assert f"The reading {score.reading.code} is not what Ana Almeida signed" in said


def test_it_says_where_the_account_could_change_the_trail_itself(trail):
    assert "Mind: Dens signs in to the database as a superuser" in verify()[1]


def test_the_nightly_verification_is_kept_and_shown_at_the_health_check(trail, caplog):
    tasks.verify_audit()
    assert client_of(None).get("/healthz").json() == {"status": "ok"}
    assert verifying.verified_up_to() == AuditEvent.objects.count()
    as_superuser("UPDATE readers_auditevent SET reason = 'another' WHERE action = 'tested'")
    tasks.verify_audit()
    assert client_of(None).get("/healthz").json() == {"status": "degraded"}
    assert AuditCheck.objects.last().code == Outcome.ALTERED
    assert "does not verify" in caplog.text
    assert verifying.verified_up_to() == 0


def test_a_later_change_shows_the_signature_as_superseded(study, people):
    [case] = scene.allot(study, people)
    reading = scene.sign(scene.fill(scene.reading_of(case, people.ana), VB_C4=2))
    now = timezone.now()
    asked = reopening.ask(reading, reason="Swapped.", actor=people.ana, now=now)
    reopening.decide(asked, grant=True, note="", actor=people.dora, now=now)
    scene.sign(scene.fill(scene.reading_of(case, people.ana), VB_C4=3))
    now_linked()
    assert sorted(str(one.standing) for one in standing.signatures(study)) == ["stands", "superseded"]
    assert verify()[0] == 0
