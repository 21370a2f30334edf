"""A reading that nobody has begun can be given to somebody else; what has been begun cannot."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from scoring import consensus, reassignment
from scoring.models import Reading
from studies.models import Centre, ExamFacts, Membership, Role
from tests import cast, scene
from tests.cast import client_of


@pytest.fixture
def carl(study):
    person = cast.User.objects.create_user("carl", password=cast.PASSWORD, full_name="Carl Costa")
    Membership.objects.create(study=study, user=person, role=Role.READER)
    return person


@pytest.fixture
def case(study, people):
    [case] = scene.allot(study, people)
    return case


def give(study, case, people, *, to="carl", reader="ana", reason="Ana is ill."):
    return reassignment.reassign(
        study, case=case.code, reader=reader, to=to, reason=reason, actor=people.dora, now=timezone.now()
    )


def test_it_goes_to_the_other_reader_under_a_new_code(study, case, people, carl):
    before = scene.reading_of(case, people.ana)
    given = give(study, case, people)
    assert given.code != before.code
    assert client_of(people.ana).get("/api/readings").json() == []
    assert client_of(people.ana).get(f"/api/readings/{before.code}").status_code == 404
    [group] = client_of(carl).get("/api/readings").json()
    assert [row["code"] for row in group["readings"]] == [given.code]


def test_the_new_pair_is_compared(study, case, people, carl):
    give(study, case, people)
    for reader in (carl, people.ben):
        scene.sign(scene.fill(scene.reading_of(case, reader)))
    found = consensus.compare(case, now=timezone.now())
    assert found.state == "settled"


def test_it_is_recorded_with_its_reason(study, case, people, carl):
    give(study, case, people)
    event = AuditEvent.objects.get(action="reading.reassigned")
    assert (event.before["reader"], event.after["reader"], event.reason) == ("ana", "carl", "Ana is ill.")


def test_what_has_been_begun_stays(study, case, people, carl):
    scene.fill(scene.reading_of(case, people.ana))
    with pytest.raises(Conflict, match="has been begun"):
        give(study, case, people)


def test_nobody_reads_a_case_for_both_sides(study, case, people, carl):
    with pytest.raises(Conflict, match="reads this case already"):
        give(study, case, people, to="ben")


def test_it_does_not_come_back_to_who_it_was_taken_from(study, case, people, carl):
    give(study, case, people)
    with pytest.raises(Conflict, match="was taken from Ana"):
        give(study, case, people, reader="carl", to="ana")


def test_nobody_is_given_a_case_of_their_own_hospital(study, case, people, carl):
    berlin = Centre.objects.create(study=study, name="Berlin")
    ExamFacts.objects.create(exam=case.exam, centre=berlin)
    Membership.objects.filter(user=carl).update(centre=berlin)
    with pytest.raises(Refusal, match="works where this case comes from"):
        give(study, case, people)


def test_who_is_away_is_given_nothing(study, case, people, carl):
    Membership.objects.filter(user=carl).update(is_away=True)
    with pytest.raises(Refusal, match="not away"):
        give(study, case, people)


def test_a_reason_is_needed(study, case, people, carl):
    with pytest.raises(Refusal, match="few words"):
        give(study, case, people, reason="  ")


def test_the_database_withdraws_nothing_that_was_begun(study, case, people):
    reading = scene.fill(scene.reading_of(case, people.ana))
    with pytest.raises(IntegrityError, match="nobody has begun"), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(state="withdrawn")


def test_the_coordinator_does_it_by_case_and_names(study, case, people, carl):
    body = {"case": case.code, "reader": "ana", "to": "carl", "reason": "Ana is ill."}
    path = f"/api/studies/{study.code}/reassign"
    assert client_of(people.ana).post(path, body).status_code == 404
    assert client_of(people.dora).post(path, body).status_code == 204
    row = client_of(people.dora).get(f"/api/studies/{study.code}/progress").json()["cases"][0]
    assert [step["username"] for step in row["readings"]] == ["ben", "carl"]
