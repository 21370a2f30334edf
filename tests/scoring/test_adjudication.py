"""Clara decides what Ana and Ben differ on, without knowing whose value is whose."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from readers.errors import Conflict, Refusal
from scoring import adjudication
from scoring.models import Adjudication, AdjudicationState, ConsensusState, Dispute, FinalScore, Method
from studies.models import Membership, Role
from tests import scene
from tests.cast import PASSWORD, client_of


@pytest.fixture
def disputed(study, people):
    """A case on which Ana and Ben differ at two sites."""
    [case] = scene.allot(study, people)
    scene.read(case, people, ana={"VB_C4": 2, "SP_C7": 1}, ben={"VB_C4": 1, "SP_C7": "artefact"})
    return Adjudication.objects.get()


def decide(found, actor, *, item="VB_C4", choice="left", grade=None, not_assessable="", reason="extent"):
    return adjudication.decide(
        found,
        item=item,
        choice=choice,
        grade=grade,
        not_assessable=not_assessable,
        reason=reason,
        comment="",
        actor=actor,
        now=timezone.now(),
    )


def test_left_and_right_stand_for_the_values_of_their_sides(disputed, people):
    dispute = Dispute.objects.get(item__code="VB_C4")
    left, right = (score.grade for score in adjudication.sides(dispute))
    assert decide(disputed, people.clara, choice="left").grade == left
    assert decide(disputed, people.clara, choice="right").grade == right
    assert {left, right} == {1, 2}


def test_another_grade_may_be_given(disputed, people):
    assert decide(disputed, people.clara, choice="other", grade=3).grade == 3


def test_another_value_must_be_one(disputed, people):
    with pytest.raises(Refusal) as refusal:
        decide(disputed, people.clara, choice="other")
    assert refusal.value.code == "no_answer"


def test_the_first_decision_claims_the_case(disputed, people):
    decide(disputed, people.clara)
    disputed.refresh_from_db()
    assert (disputed.adjudicator, disputed.state) == (people.clara, AdjudicationState.STARTED)


def test_a_second_adjudicator_finds_nothing_there(disputed, study, people):
    decide(disputed, people.clara)
    Membership.objects.create(study=study, user=people.eve, role=Role.ADJUDICATOR)
    assert client_of(people.eve).get(f"/api/adjudications/{disputed.code}").status_code == 404
    with pytest.raises(Http404):
        decide(disputed, people.eve)


def test_it_is_refused_while_items_are_undecided(disputed, people):
    decide(disputed, people.clara)
    with pytest.raises(Refusal) as refusal:
        adjudication.sign(
            disputed, password=PASSWORD, meaning=adjudication.MEANING, actor=people.clara, now=timezone.now()
        )
    assert [row["item"] for row in refusal.value.extras["missing"]] == ["SP_C7"]


def test_signing_settles_the_case(disputed, people):
    scene.decide_all(disputed, people)
    disputed.refresh_from_db()
    assert disputed.consensus.state == ConsensusState.SETTLED
    assert FinalScore.objects.filter(consensus=disputed.consensus).count() == 25
    assert FinalScore.objects.filter(method=Method.ADJUDICATED).count() == 2


def test_a_signed_decision_is_locked(disputed, people):
    signed = scene.decide_all(disputed, people)
    with pytest.raises(Conflict, match="signed and locked"):
        decide(signed, people.clara, choice="right")
    with pytest.raises(IntegrityError, match="signed and locked"), transaction.atomic():
        Dispute.objects.filter(adjudication=signed).update(grade=3)


def test_who_read_the_case_cannot_adjudicate_it(disputed, study, people):
    """The database refuses the role; and were there one, Ben's reading bars him."""
    Membership.objects.filter(study=study, user=people.ben).update(ended_at=timezone.now())
    with pytest.raises(IntegrityError, match="both sides of blinding"), transaction.atomic():
        Membership.objects.create(study=study, user=people.ben, role=Role.ADJUDICATOR)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger fires
        Membership.objects.create(study=study, user=people.ben, role=Role.ADJUDICATOR)
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert not Adjudication.objects.open_to(people.ben).exists()
    assert client_of(people.ben).get(f"/api/adjudications/{disputed.code}").status_code == 404


def test_the_page_shows_two_values_and_no_name(disputed, people):
    body = client_of(people.clara).get(f"/api/adjudications/{disputed.code}")
    shown = {row["item"]: {row["left"]["grade"], row["right"]["grade"]} for row in body.json()["disputes"]}
    assert shown == {"VB_C4": {1, 2}, "SP_C7": {1, None}}
    for name in ("Ana ", "Ben ", "Almeida", "Berger", "reader"):
        assert name not in body.content.decode()
