"""Whatever anybody tries, in any order: no illegal state, one audit event a change, nothing changed by what is refused.

Everybody knocks at every door with whatever code there is, as a machine with random dice would (hypothesis). After each
knock the database is asked, as it would be at a commit, and the invariants of readings, cases, adjudications, locks and
unlockings are counted.
"""

from collections import Counter
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from readers.models import AuditEvent, User
from readers.signatures import content_sha256
from scoring import (
    adjudication,
    chronicle,
    consensus,
    gathering,
    replay,
    second_answers,
    second_looks,
    submission,
)
from scoring.dossier import line_of
from scoring.models import (
    Adjudication,
    Consensus,
    Dispute,
    FinalScore,
    Operation,
    Reading,
    Reopening,
    SignedVersion,
    Unlocking,
)
from scoring.rules import Resolution
from studies import team
from studies.models import Case, Role, Study
from tests import cast, scene
from tests.cast import PASSWORD, client_of

MADE_AT = "2026-11-23T14:03:22.123Z"
NAMES = ("ana", "ben", "clara", "judy", "dora", "eve", "sam", "ada")
PEOPLE = st.sampled_from(NAMES)
READERS, DECIDERS = st.sampled_from(("ana", "ben")), st.sampled_from(("dora", "ada", "ana", "ben"))
WHICH = st.integers(0, 7)
GRADES = st.sampled_from((0, 1, 2, 3, None))
ITEMS = st.sampled_from(("VB_C4", "VB_C5", "SP_C2", "DG_C5C6"))
# What changes without being an act of anybody: a page that is open, a session, the record itself.
UNTOLD = {"scoring_desk", "scoring_sitting", "django_session", "readers_auditevent", "readers_auditlink"}
TOLD_BY = {  # how often each state has been entered is how often it was told
    "reading.signed": lambda: signatures_of_readings(),
    "consensus.superseded": lambda: Consensus.objects.filter(case=None).count(),
    "adjudication.signed": lambda: Adjudication.objects.filter(state="signed").count(),
    "case.compared": lambda: Consensus.objects.count(),
    "reading.reopened": lambda: Reopening.objects.filter(state="granted").count(),
    "reading.reopening_declined": lambda: Reopening.objects.filter(state="declined").count(),
}
MUST_HAPPEN = {"reading.signed", "case.compared", "adjudication.signed", "case.settled"}
FEW = settings(
    max_examples=3, stateful_step_count=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def signatures_of_readings() -> int:
    return Reading.objects.filter(state="signed").count() + SignedVersion.objects.count()


def tables() -> dict[str, str]:
    """A fingerprint of every table."""
    names = connection.introspection.table_names()
    parts = [
        f"SELECT '{name}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t"
        for name in names
        if name.startswith(("scoring", "studies", "readers"))
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


class AnyOrder(RuleBasedStateMachine):
    """Two cases allotted to Ana and Ben, and everybody at every door."""

    people: cast.People
    study: Study
    mode: Resolution
    reached: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.world = ExitStack()
        self.world.enter_context(transaction.atomic())
        self.desks = {name: str(uuid4()) for name in NAMES}
        self.browsers = {name: client_of(User.objects.get(username=name)) for name in NAMES}
        self.before, self.n_events = tables(), AuditEvent.objects.count()
        self.started_with = Counter(AuditEvent.objects.values_list("action", flat=True))

    def teardown(self) -> None:
        self.reached.update(set(AuditEvent.objects.values_list("action", flat=True)))
        transaction.set_rollback(True)
        self.world.close()

    def one_of(self, rows: Any, which: int) -> str:
        codes = list(rows.order_by("pk").values_list("code", flat=True))
        return codes[which % len(codes)] if codes else "no-such-code"

    def knock(self, name: str, method: str, path: str, body: Any) -> Any:
        response = getattr(self.browsers[name], method)(path, *([] if body is None else [body]))
        assert response.status_code < 500, (path, response.content)
        return response

    def send(self, name: str, code: str, answers: dict[str, int | None]) -> None:
        operations = [
            {
                "key": str(uuid4()), "kind": "answer", "item": item, "pin": None, "after": last_of(code, item),
                "value": {"grade": grade, "not_assessable": "artefact" if grade is None else ""}, "made_at": MADE_AT,
            }
            for item, grade in answers.items()
        ]  # fmt: skip
        desk = {"desk": self.desks[name], "operations": operations}
        self.knock(name, "put", f"/api/readings/{code}/desk", {"desk": self.desks[name], "take_over": True})
        self.knock(name, "post", f"/api/readings/{code}/operations", desk)

    @rule(name=PEOPLE, which=WHICH, item=ITEMS, grade=GRADES)
    def answers_an_item(self, name: str, which: int, item: str, grade: int | None) -> None:
        self.send(name, self.one_of(Reading.objects, which), {item: grade})

    @rule(which=WHICH, item=ITEMS, grade=GRADES)
    def fills_and_signs(self, which: int, item: str, grade: int | None) -> None:
        reading = Reading.objects.get(code=self.one_of(Reading.objects, which))
        answers: dict[str, int | None] = {one.code: 0 for one in reading.items()}
        self.send(reading.reader.username, reading.code, answers | ({item: grade} if item in answers else {}))
        self.signs(reading.reader.username, which)

    @rule(item=ITEMS, grade=GRADES)
    def everybody_finishes_reading(self, item: str, grade: int | None) -> None:
        """Ana sees nothing, Ben one thing; and the workers do what waits."""
        for which, reading in enumerate(Reading.objects.order_by("pk")):
            if reading.state != "signed":
                self.fills_and_signs(which, item, grade if reading.reader == self.people.ben else 0)
        for which in range(2):
            self.the_worker_compares(which)
        self.the_workers_see_to_second_looks()

    @rule()
    def the_workers_see_to_second_looks(self) -> None:
        for run in second_looks.due():
            second_looks.hand_out(run, now=timezone.now())
        for case in second_answers.waiting():
            second_answers.evaluate(case, now=timezone.now())

    @rule(choice=st.sampled_from(("left", "right")), grade=GRADES)
    def clara_settles_what_waits(self, choice: str, grade: int | None) -> None:
        for which in range(Adjudication.objects.count()):
            self.answers_first("clara", which, grade)
            self.decides_disputes("clara", which, choice)
            self.picks_a_reading("clara", which, choice)
            self.signs_an_adjudication("clara", which)

    @rule(name=st.sampled_from(("clara", "judy", "ben")), which=WHICH, grade=GRADES)
    def answers_first(self, name: str, which: int, grade: int | None) -> None:
        code = self.one_of(Adjudication.objects, which)
        answer = {"grade": grade, "not_assessable": "artefact" if grade is None else ""}
        for item in Dispute.objects.filter(adjudication__code=code).values_list("item__code", flat=True):
            self.knock(name, "put", f"/api/adjudications/{code}/disputes/{item}/own", answer)

    @rule(name=st.sampled_from(("clara", "judy", "dora")), which=WHICH, choice=st.sampled_from(("left", "right")))
    def picks_a_reading(self, name: str, which: int, choice: str) -> None:
        code = self.one_of(Adjudication.objects, which)
        body = {"choice": choice, "reason": "extent", "comment": ""}
        self.knock(name, "put", f"/api/adjudications/{code}/pick", body)

    @rule(name=READERS, which=WHICH)
    def signs(self, name: str, which: int) -> None:
        code = self.one_of(Reading.objects, which)
        shown = self.knock(name, "get", f"/api/readings/{code}/review", None)
        sha256 = shown.json().get("content_sha256", "0" * 64)
        body = {"password": PASSWORD, "meaning": submission.MEANING, "content_sha256": sha256}
        self.knock(name, "post", f"/api/readings/{code}/sign", body)

    @rule(which=WHICH)
    def the_worker_compares(self, which: int) -> None:
        case = Case.objects.order_by("pk")[which % 2]
        consensus.compare(case, now=timezone.now())

    @rule(name=READERS, which=WHICH)
    def asks_for_a_reading_back(self, name: str, which: int) -> None:
        code = self.one_of(Reading.objects, which)
        self.knock(name, "post", f"/api/readings/{code}/reopen", {"reason": "A level was miscounted."})

    @rule(name=DECIDERS, which=WHICH, grant=st.booleans())
    def decides_a_reopening(self, name: str, which: int, grant: bool) -> None:
        code = self.one_of(Reopening.objects, which)
        self.knock(name, "post", f"/api/reopenings/{code}/decide", {"grant": grant, "note": "By phone."})

    @rule(which=WHICH)
    def a_reading_is_opened_again(self, which: int) -> None:
        reading = Reading.objects.get(code=self.one_of(Reading.objects, which))
        self.asks_for_a_reading_back(reading.reader.username, which)
        self.decides_a_reopening("dora", Reopening.objects.count() - 1, grant=True)

    @rule(name=st.sampled_from(("clara", "dora", "ana")), which=WHICH, choice=st.sampled_from(("left", "right")))
    def decides_disputes(self, name: str, which: int, choice: str) -> None:
        code = self.one_of(Adjudication.objects, which)
        for item in Dispute.objects.filter(adjudication__code=code).values_list("item__code", flat=True):
            decision = {"choice": choice, "reason": "extent", "comment": ""}
            self.knock(name, "put", f"/api/adjudications/{code}/disputes/{item}", decision)

    @rule(name=st.sampled_from(("clara", "clara", "dora", "ben")), which=WHICH)
    def signs_an_adjudication(self, name: str, which: int) -> None:
        code = self.one_of(Adjudication.objects, which)
        body = {"password": PASSWORD, "meaning": adjudication.MEANINGS[self.mode]}
        if self.mode is Resolution.JOINT:
            body |= {"second_username": "judy", "second_password": PASSWORD}
        self.knock(name, "post", f"/api/adjudications/{code}/sign", body)

    @rule(name=st.sampled_from(("dora", "ada", "ana", "clara")))
    def locks_the_study(self, name: str) -> None:
        self.knock(name, "post", f"/api/studies/{self.study.code}/lock", {"reason": "All is read."})

    @rule(name=st.sampled_from(("dora", "ada", "sam", "ben")))
    def asks_to_unlock(self, name: str) -> None:
        self.knock(name, "post", f"/api/studies/{self.study.code}/unlockings", {"reason": "A typing error."})

    @rule(name=st.sampled_from(("dora", "ada", "sam", "clara")), which=WHICH, grant=st.booleans())
    def decides_an_unlocking(self, name: str, which: int, grant: bool) -> None:
        code = self.one_of(Unlocking.objects, which)
        self.knock(name, "post", f"/api/unlockings/{code}/decide", {"grant": grant, "note": "Agreed by phone."})

    @invariant()
    def it_holds(self) -> None:
        self.the_database_agrees()
        if self.has_changed():  # what held before still does where nothing has
            for promise in PROMISES:
                promise(self)

    def the_database_agrees(self) -> None:
        """What it checks at a commit, it checks now."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def has_changed(self) -> bool:
        """Every change is told, and nothing else."""
        after, n_events = tables(), AuditEvent.objects.count()
        changed = {name for name in after if after[name] != self.before.get(name)}
        told = bool(changed - UNTOLD)
        assert told == (n_events > self.n_events), (changed, n_events - self.n_events)
        self.before, self.n_events = after, n_events
        return told

    def every_state_was_entered_as_often_as_it_was_told(self) -> None:
        told = Counter(AuditEvent.objects.values_list("action", flat=True))
        told.subtract(self.started_with)
        assert {action: count() for action, count in TOLD_BY.items()} == {action: told[action] for action in TOLD_BY}

    def what_is_signed_is_what_is_there(self) -> None:
        for reading in Reading.objects.filter(state="signed").select_related("signature", "charter__instrument"):
            assert reading.signature is not None
            assert content_sha256(submission.content(reading)) == reading.signature.content_sha256
            assert not submission.missing_items(reading)

    def a_settled_case_has_one_value_an_item(self) -> None:
        for one in Consensus.objects.filter(case__isnull=False):
            n_items, n_final = one.charter.instrument.items.count(), FinalScore.objects.filter(consensus=one).count()
            assert n_final == n_items if one.state == "settled" else n_final < n_items
            assert all(reading.state == "signed" for reading in one.its_case.readings.that_count())

    def no_reader_of_a_case_decides_it(self) -> None:
        for one in Adjudication.objects.exclude(adjudicator=None):
            people = [one.adjudicator, one.second]
            assert not one.consensus.its_case.readings.filter(reader__in=[it for it in people if it]).exists()

    def a_locked_study_was_unlocked_by_two(self) -> None:
        for one in Unlocking.objects.filter(state="granted"):
            assert one.asked_by != one.decided_by

    def the_log_alone_gives_the_same_export(self) -> None:
        state = replay.replayed(chronicle.events(self.study.code))
        assert [line_of(one) for one in replay.cases(state)] == [line_of(one) for one in gathering.cases(self.study)]


def last_of(code: str, item: str) -> Any:
    """The operation a page that is up to date would name."""
    found = Operation.objects.filter(reading__code=code, item__code=item, kind="answer", outcome="applied").last()
    return str(found.key) if found else None


PROMISES = [
    AnyOrder.every_state_was_entered_as_often_as_it_was_told,
    AnyOrder.what_is_signed_is_what_is_there,
    AnyOrder.a_settled_case_has_one_value_an_item,
    AnyOrder.no_reader_of_a_case_decides_it,
    AnyOrder.a_locked_study_was_unlocked_by_two,
    AnyOrder.the_log_alone_gives_the_same_export,
]


@pytest.fixture
def world(people):
    """A machine for a study with these rules, in which Judy may adjudicate as well."""

    def make(mode: Resolution, **rules: Any) -> type[AnyOrder]:
        study = cast.open_study(people, resolution=mode, reopens_compared=True, **rules)
        judy = User.objects.create_user("judy", password=PASSWORD, full_name="Judy Jansen")
        team.join(study, judy, role=Role.ADJUDICATOR, actor=people.dora)
        scene.allot(study, people, cases=2)
        return type("World", (AnyOrder,), {"people": people, "study": study, "reached": Counter(), "mode": mode})

    return make


@pytest.mark.parametrize("mode", list(Resolution))
def test_no_order_of_acts_by_anybody_breaks_it(world, mode):
    machine = world(mode)
    run_state_machine_as_test(machine, settings=FEW)
    assert not MUST_HAPPEN - set(machine.reached), machine.reached


def test_nor_where_readers_are_asked_again(world):
    machine = world(Resolution.PICK_ITEM, self_check=True)
    run_state_machine_as_test(machine, settings=FEW)
    assert not {"second_looks.handed_out", "case.looked_at_again"} - set(machine.reached), machine.reached
