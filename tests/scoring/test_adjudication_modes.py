"""How disputes are settled: each mode of the charter as a story by the doors, and what each of them refuses."""

import pytest
from django.db import IntegrityError, transaction

from readers.models import AuditEvent, Signature, User
from scoring import adjudication
from scoring.models import Adjudication, Choice, ConsensusState, Dispute, FinalScore, Method
from scoring.rules import Resolution
from studies.models import Membership, Role
from tests import scene
from tests.cast import PASSWORD, amend, client_of

ANA, BEN = {"VB_C4": 2, "SP_C7": 1, "DG_C2C3": 1}, {"VB_C4": 1, "SP_C7": "artefact"}
REASON = {"reason": "extent", "comment": ""}


@pytest.fixture
def dispute(study, people):
    """A case on which Ana and Ben differ, to be settled in a mode."""

    def opened(mode, *, ana=ANA, ben=BEN, **rules):
        amend(study, people, resolution=Resolution(mode), subject_gap=4, **rules)
        [case] = scene.allot(study, people)
        scene.read(case, people, ana=ana, ben=ben)
        return Adjudication.objects.get()

    return opened


@pytest.fixture
def judy(study):
    """A second adjudicator."""
    judge = User.objects.create_user("judy", password=PASSWORD, full_name="Judy Jansen")
    Membership.objects.create(study=study, user=judge, role=Role.ADJUDICATOR)
    return judge


def door(found, *parts):
    return "/".join([f"/api/adjudications/{found.code}", *parts])


def open_page(found, person):
    return client_of(person).get(door(found)).json()


def shown(found, person):
    return {one["item"]: one for one in open_page(found, person)["disputes"]}


def put(found, person, *parts, **body):
    return client_of(person).put(door(found, *parts), body)


def decide(found, person, item, choice, **value):
    return put(found, person, "disputes", item, choice=choice, **value, **REASON)


def answer(found, person, item, **value):
    return put(found, person, "disputes", item, "own", **value)


def sign(found, person, **second):
    meaning = open_page(found, person)["meaning"]
    return client_of(person).post(door(found, "sign"), {"password": PASSWORD, "meaning": meaning, **second})


def refusal(response):
    return response.status_code, response.json()["error"]["code"]


def final(item):
    found = FinalScore.objects.get(item__code=item)
    return found.grade, found.not_assessable, found.method


def side_of(item, reader):
    row = Dispute.objects.get(item__code=item)
    return "left" if row.left.reader_id == reader.pk else "right"


class TestPickPerItem:
    def test_what_was_taken_is_known_with_whose_it_was(self, dispute, people):
        found = dispute("pick_item")
        decide(found, people.clara, "VB_C4", side_of("VB_C4", people.ben))
        decide(found, people.clara, "SP_C7", "other", grade=3)
        decide(found, people.clara, "DG_C2C3", side_of("DG_C2C3", people.ana))
        assert sign(found, people.clara).status_code == 200
        assert [final(item)[0] for item in ("VB_C4", "SP_C7", "DG_C2C3")] == [1, 3, 1]
        decided = FinalScore.objects.filter(method="adjudicated")
        picked = {one.item.code: one.picked and one.picked.reader for one in decided}
        assert picked == {"VB_C4": people.ben, "SP_C7": None, "DG_C2C3": people.ana}

    def test_a_grade_that_a_side_gave_is_that_side(self, dispute, people):
        found = dispute("pick_item", may_give_other=False)
        decided = decide(found, people.clara, "VB_C4", "other", grade=1).json()
        assert decided["decision"]["choice"] == side_of("VB_C4", people.ben)

    def test_a_grade_of_neither_is_refused_where_the_charter_has_none(self, dispute, people):
        found = dispute("pick_item", may_give_other=False)
        refused = decide(found, people.clara, "VB_C4", "other", grade=3)
        assert refusal(refused) == (400, "given_by_nobody")
        assert refused.json()["error"]["message"].startswith("Neither reader gave this answer.")

    def test_no_own_answer_is_asked_for(self, dispute, people):
        found = dispute("pick_item")
        assert refusal(answer(found, people.clara, "VB_C4", grade=1)) == (400, "no_own_answer")
        assert refusal(decide(found, people.clara, "VB_C4", "own")) == (400, "no_own_answer")


class TestPickReading:
    RULES = {"trigger_item_difference": 2, "trigger_not_assessable": False, "trigger_flags": False}

    def test_the_picked_reading_is_taken_in_all_that_differs(self, dispute, people):
        """Also where the difference alone would have been averaged, or left open."""
        found = dispute("pick_reading", ana={**ANA, "VB_C4": 3, "VB_C5": 1}, **self.RULES)
        assert set(shown(found, people.clara)) == {"VB_C4", "VB_C5", "SP_C7", "DG_C2C3"}
        assert FinalScore.objects.filter(item__code="VB_C5").count() == 0
        bens = side_of("VB_C4", people.ben)
        assert put(found, people.clara, "pick", choice=bens, **REASON).status_code == 200
        assert sign(found, people.clara).status_code == 200
        counted = [final(item)[:2] for item in ("VB_C4", "VB_C5", "SP_C7", "DG_C2C3")]
        assert counted == [(1, ""), (0, ""), (None, "artefact"), (0, "")]
        assert {one.picked.reader for one in FinalScore.objects.filter(method="adjudicated")} == {people.ben}

    def test_a_reading_stands_on_one_side_throughout(self, dispute):
        dispute("pick_reading")
        assert Dispute.objects.values("left").distinct().count() == 1

    def test_the_other_one_may_be_picked_until_it_is_signed(self, dispute, people):
        found = dispute("pick_reading")
        for choice in ("left", "right"):
            page = put(found, people.clara, "pick", choice=choice, **REASON).json()
            assert {one["decision"]["choice"] for one in page["disputes"]} == {choice}

    def test_no_item_is_decided_by_itself(self, dispute, people):
        found = dispute("pick_reading")
        assert refusal(decide(found, people.clara, "VB_C4", "left")) == (400, "not_item_by_item")
        assert refusal(sign(found, people.clara)) == (400, "incomplete")

    def test_elsewhere_nothing_is_picked_as_a_whole(self, dispute, people):
        found = dispute("pick_item")
        assert refusal(put(found, people.clara, "pick", choice="left", **REASON)) == (400, "not_as_a_whole")

    def test_where_nothing_is_disputed_the_rest_is_averaged_as_ever(self, study, people):
        amend(study, people, resolution=Resolution.PICK_READING, **self.RULES)
        [case] = scene.allot(study, people)
        scene.read(case, people, ana={"VB_C4": 1})
        assert final("VB_C4") == (0.5, "", Method.AVERAGED)


class TestOwnAnswerFirst:
    def test_both_readings_are_shown_once_the_own_answer_is_given(self, dispute, people):
        found = dispute("own_first")
        before = shown(found, people.clara)
        assert {(one["left"], one["right"], one["is_revealed"]) for one in before.values()} == {(None, None, False)}
        told = answer(found, people.clara, "VB_C4", grade=3).json()
        assert told["own_answer"] == {"grade": 3, "not_assessable": ""}
        assert {told["left"]["grade"], told["right"]["grade"]} == {1, 2}
        assert shown(found, people.clara)["SP_C7"]["left"] is None

    def test_it_is_decided_among_left_right_own_and_other(self, dispute, people):
        found = dispute("own_first")
        for item in ("VB_C4", "SP_C7", "DG_C2C3"):
            answer(found, people.clara, item, grade=0)
        decide(found, people.clara, "VB_C4", "own")
        decide(found, people.clara, "SP_C7", "other", grade=3)
        decide(found, people.clara, "DG_C2C3", side_of("DG_C2C3", people.ana))
        assert sign(found, people.clara).status_code == 200
        counted = [final(item) for item in ("VB_C4", "SP_C7", "DG_C2C3")]
        assert counted == [(grade, "", "adjudicated") for grade in (0, 3, 1)]
        assert FinalScore.objects.get(item__code="VB_C4").picked is None

    def test_nothing_is_decided_before_the_own_answer(self, dispute, people):
        found = dispute("own_first")
        assert refusal(decide(found, people.clara, "VB_C4", "left")) == (400, "own_first")
        found.refresh_from_db()
        assert found.state == "waiting"

    def test_the_own_answer_stays(self, dispute, people):
        found = dispute("own_first")
        answer(found, people.clara, "VB_C4", grade=3)
        assert refusal(answer(found, people.clara, "VB_C4", grade=1)) == (409, "revealed")
        with pytest.raises(IntegrityError, match="never changed once"), transaction.atomic():
            Dispute.objects.filter(item__code="VB_C4").update(own_grade=1)

    def test_nobody_shows_the_readings_before_it(self, dispute):
        dispute("own_first")
        with pytest.raises(IntegrityError, match="after an own answer, or never"), transaction.atomic():
            Dispute.objects.update(is_revealed=True)

    def test_an_answer_must_be_one(self, dispute, people):
        found = dispute("own_first")
        assert refusal(answer(found, people.clara, "VB_C4")) == (400, "no_answer")
        assert answer(found, people.clara, "VB_C4", grade=9).status_code == 400

    def test_the_own_answer_is_always_there_to_be_taken(self, dispute, people):
        found = dispute("own_first", may_give_other=False)
        answer(found, people.clara, "VB_C4", grade=3)
        assert decide(found, people.clara, "VB_C4", "own").status_code == 200
        assert refusal(decide(found, people.clara, "VB_C4", "other", grade=0)) == (400, "given_by_nobody")


@pytest.mark.parametrize(("mode", "grade", "method"), [
    ("median", 1, Method.MEDIAN),
    ("closest_two", 0.5, Method.CLOSEST),
])  # fmt: skip
class TestOfThree:
    def settle(self, found, people, **grades):
        for item in ("VB_C4", "SP_C7", "DG_C2C3"):
            assert answer(found, people.clara, item, grade=grades.get(item, 0)).status_code == 200
        return sign(found, people.clara)

    def test_the_own_answer_is_one_of_three(self, dispute, people, mode, grade, method):
        found = dispute(mode, ana={**ANA, "VB_C4": 3})
        assert self.settle(found, people, VB_C4=0, DG_C2C3=1, SP_C7=2).status_code == 200
        assert final("VB_C4") == (grade, "", method)
        assert final("SP_C7") == (1.5, "", method)
        assert final("DG_C2C3") == (1, "", method)

    def test_the_readings_are_never_shown(self, dispute, people, mode, grade, method):
        found = dispute(mode)
        self.settle(found, people)
        for one in shown(found, people.clara).values():
            assert (one["left"], one["right"], one["left_pins"], one["right_pins"]) == (None, None, [], [])
        with pytest.raises(IntegrityError, match="signed and locked"), transaction.atomic():
            Dispute.objects.update(is_revealed=True)

    def test_an_answer_may_be_changed_until_it_is_signed(self, dispute, people, mode, grade, method):
        found = dispute(mode)
        for value in (0, 3):
            assert answer(found, people.clara, "VB_C4", grade=value).json()["own_answer"]["grade"] == value
        self.settle(found, people)
        assert refusal(answer(found, people.clara, "VB_C4", grade=1)) == (409, "signed")

    def test_there_is_nothing_to_choose_from(self, dispute, people, mode, grade, method):
        found = dispute(mode)
        assert refusal(decide(found, people.clara, "VB_C4", "left")) == (400, "not_item_by_item")
        assert refusal(sign(found, people.clara)) == (400, "incomplete")


class TestJoint:
    def settled_by(self, found, people, **second):
        for item in ("VB_C4", "SP_C7", "DG_C2C3"):
            decide(found, self.first(found), item, "left")
        return sign(found, self.first(found), **second)

    def first(self, found):
        found.refresh_from_db()
        return found.adjudicator

    def other(self, found, people, judy):
        return judy if self.first(found) == people.clara else people.clara

    def test_both_sign_and_both_names_are_kept(self, dispute, judy, people):
        found = dispute("joint")
        second = self.other(found, people, judy)
        signed = self.settled_by(found, people, second_username=second.username, second_password=PASSWORD)
        assert signed.status_code == 200
        names = {signed.json()[name]["printed_name"] for name in ("signature", "second_signature")}
        assert names == {people.clara.full_name, judy.full_name}
        found.refresh_from_db()
        assert found.second == second
        assert found.signature.content_sha256 == found.second_signature.content_sha256
        assert {one.method for one in FinalScore.objects.filter(item__code="VB_C4")} == {Method.JOINT}

    @pytest.mark.parametrize(("name", "word", "code"), [
        ("", "", "second_refused"),
        ("nobody", PASSWORD, "second_refused"),
        ("judy", "something else", "second_refused"),
        ("first", PASSWORD, "same_person"),
        ("ben", PASSWORD, "second_unfit"),
        ("sam", PASSWORD, "second_unfit"),
        ("eve", PASSWORD, "second_unfit"),
    ])  # fmt: skip
    def test_the_second_is_another_one_who_may_decide(self, dispute, judy, people, name, word, code):
        found = dispute("joint")
        known = {"judy": self.other(found, people, judy).username, "first": self.first(found).username}
        refused = self.settled_by(found, people, second_username=known.get(name, name), second_password=word)
        assert refusal(refused) == (400, code)
        found.refresh_from_db()
        assert (found.state, Signature.objects.filter(meaning__startswith="We have").count()) == ("started", 0)

    def test_with_one_adjudicator_the_coordinator_is_told(self, dispute, people, study):
        dispute("joint")
        told = client_of(people.dora).get(f"/api/studies/{study.code}/progress").json()["lacking"]
        assert told == [
            "Two adjudicators decide together, and the team has one: disputes cannot be settled. Add people under "
            "People."
        ]


class TestEveryMode:
    @pytest.mark.parametrize("mode", list(Resolution))
    def test_the_mode_stays_as_it_was_opened(self, dispute, study, people, mode):
        found = dispute(mode)
        amend(study, people, resolution=Resolution.MEDIAN if mode != "median" else Resolution.PICK_ITEM)
        assert open_page(found, people.clara)["mode"] == mode
        with pytest.raises(IntegrityError, match="stays as it was opened"), transaction.atomic():
            Adjudication.objects.update(mode="another")

    def test_one_there_is_not_is_refused_by_the_database(self, study, people):
        [case] = scene.allot(study, people)
        scene.read(case, people)
        with pytest.raises(IntegrityError, match="adjudication_mode_known"), transaction.atomic():
            Adjudication.objects.create(consensus=case.consensus, mode="another")

    @pytest.mark.parametrize("mode", list(Resolution))
    def test_it_says_what_the_signature_means(self, dispute, people, mode):
        found = dispute(mode)
        assert open_page(found, people.clara)["meaning"] == adjudication.MEANINGS[mode]
        body = {"password": PASSWORD, "meaning": "Something else."}
        refused = client_of(people.clara).post(door(found, "sign"), body)
        assert refusal(refused) == (400, "meaning_refused")

    def test_what_is_signed_has_mode_own_answers_and_names(self, dispute, people):
        found = dispute("own_first")
        answer(found, people.clara, "VB_C4", grade=3)
        decide(found, people.clara, "VB_C4", "own")
        signed = adjudication.content(found, list(found.disputes.all()), [people.clara.full_name])
        assert (signed["mode"], signed["decided_by"]) == ("own_first", ["Clara Conti"])
        own = {one["item"]: (one["own_answer"], one.get("choice")) for one in signed["decisions"]}
        assert own["VB_C4"] == ({"grade": 3, "not_assessable": ""}, Choice.OWN)
        assert own["SP_C7"] == (None, None)

    def test_the_queue_counts_what_is_decided(self, dispute, people):
        found = dispute("median")
        answer(found, people.clara, "VB_C4", grade=3)
        [queue] = client_of(people.clara).get("/api/adjudications").json()
        assert [(one["n_decided"], one["n_disputes"]) for one in queue["adjudications"]] == [(1, 3)]

    def test_the_case_is_settled_with_the_signature(self, dispute, people):
        """By Dens: who signs does not find in their own trail whether it counted."""
        found = dispute("pick_item")
        scene.decide_all(found, people)
        found.consensus.refresh_from_db()
        assert found.consensus.state == ConsensusState.SETTLED
        assert AuditEvent.objects.get(action="case.settled").actor is None
