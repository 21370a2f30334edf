"""Practice before the study: the reference after the first answer, the charter's target, and no live case before."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from readers.errors import Conflict, Refusal
from readers.models import AuditEvent
from scoring import charter, consensus, practice, references
from scoring.models import Consensus, Qualification, Reading, Reference
from studies.models import Membership, Study
from tests import cast, scene
from tests.cast import INSTRUMENT, client_of

DESK = str(uuid4())
KNOWN = {"VB_C4": 2, "VB_C5": 1, "FJ_C4C5": 3, "SP_C6": 1}  # the reference; every other item is 0


@pytest.fixture
def practice_set(people):
    """Two practice cases of Dora's, with references."""
    made = charter.found_study(title="Practice", instrument=INSTRUMENT, actor=people.dora, is_practice=True)
    for name in ("P-01", "P-02"):
        scene.make_case(made, name)
    references.enter(made, table=table(made, "P-01", "P-02"), actor=people.dora)
    return made


@pytest.fixture
def gated(study, people, practice_set):
    """The study with two allotted cases, whose charter asks for both practice cases and a kappa of 0.6."""
    cast.amend(study, people, practice_set=practice_set.code, practice_cases=2, practice_kappa=0.6)
    scene.allot(study, people, cases=2)
    return study


def table(practice_set, *names, **known):
    items = charter.in_force(practice_set).instrument.items.all()
    lines = [f"{name},{item.code},{(KNOWN | known).get(item.code, 0)}" for name in names for item in items]
    return "\n".join(["case,item,grade", *lines])


def worklist(person):
    return {group["study"]["title"]: group for group in client_of(person).get("/api/readings").json()}


def practise(person, study, **grades):
    """A round of practice: every case is read with the same grades, and signed."""
    for reading in practice.begin(study, actor=person):
        scene.sign(scene.fill(Reading.objects.get(pk=reading.pk), **grades))


def says(reading, item, grade, *, after=None):
    """What the reader's page sends when they grade a site, and what it is answered."""
    value = {"grade": grade, "not_assessable": ""}
    change = {"key": str(uuid4()), "kind": "answer", "item": item, "pin": None, "value": value, "after": after}
    sent = {"desk": DESK, "operations": [{**change, "made_at": "2026-11-23T14:03:22Z"}]}
    answer = client_of(reading.reader).post(f"/api/readings/{reading.code}/operations", sent)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_before_practice_a_reader_gets_no_live_case_from_the_api_either(gated, people):
    live = Reading.objects.filter(reader=people.ana, case__study=gated).first()
    ana = client_of(people.ana)
    assert worklist(people.ana)[gated.title]["readings"] == []
    for door in ("", "/images", "/images/1", "/review"):
        assert ana.get(f"/api/readings/{live.code}{door}").status_code == 404


def test_a_reader_begins_a_round_of_all_practice_cases(gated, people, practice_set):
    begun = client_of(people.ana).post(f"/api/practice/{gated.code}").json()
    assert (begun["n_cases"], begun["cases_needed"], begun["is_open"]) == (0, 2, True)
    assert len(worklist(people.ana)[practice_set.title]["readings"]) == 2
    again = client_of(people.ana).post(f"/api/practice/{gated.code}")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "practice_open")


def test_the_reference_is_shown_for_what_has_been_answered_and_for_nothing_else(gated, people):
    [first, _] = practice.begin(gated, actor=people.ana)
    ana, path = client_of(people.ana), f"/api/readings/{first.code}"
    assert ana.get(path).json()["feedback"] == []
    says(first, "VB_C4", 1)
    [shown] = ana.get(path).json()["feedback"]
    assert shown == {"item": "VB_C4", "grade": 2, "not_assessable": "", "first_grade": 1, "is_equal": False}


def test_the_first_answer_counts_whatever_is_said_after_the_reference_was_seen(gated, people):
    [first, _] = practice.begin(gated, actor=people.ana)
    key = says(first, "VB_C4", 1)["outcomes"][0]["key"]
    says(first, "VB_C4", 2, after=key)
    [shown] = practice.feedback(first)
    assert (shown["first_grade"], shown["is_equal"]) == (1, False)


def test_the_feedback_comes_with_the_answer_to_the_change(gated, people):
    [first, _] = practice.begin(gated, actor=people.ana)
    assert says(first, "VB_C5", 1)["feedback"] == [
        {"item": "VB_C5", "grade": 1, "not_assessable": "", "first_grade": 1, "is_equal": True}
    ]


def test_a_live_reading_has_no_feedback(study, people):
    [case] = scene.allot(study, people)
    code = scene.reading_of(case, people.ana).code
    assert client_of(people.ana).get(f"/api/readings/{code}").json()["feedback"] is None


def test_who_reaches_the_target_is_let_in(gated, people):
    practise(people.ana, gated, **KNOWN)
    assert len(worklist(people.ana)[gated.title]["readings"]) == 2
    reached = Qualification.objects.get()
    assert (reached.reader, reached.n_cases, reached.kappa, reached.target) == (people.ana, 2, 1.0, 0.6)
    assert AuditEvent.objects.filter(action="reader.qualified").count() == 1
    assert worklist(people.ben)[gated.title]["readings"] == []


def test_who_does_not_reach_it_practises_again(gated, people):
    practise(people.ana, gated, VB_C7=3)
    standing = worklist(people.ana)[gated.title]["practice"]
    assert (standing["is_qualified"], standing["is_open"], standing["n_cases"]) == (False, False, 2)
    assert standing["kappa"] < 0.6
    assert (standing["n_equal"], standing["n_items"]) == (40, 50)
    practise(people.ana, gated, **KNOWN)
    assert worklist(people.ana)[gated.title]["practice"]["is_qualified"] is True


def test_practice_is_compared_with_the_reference_and_never_with_another_reader(gated, people, practice_set):
    for person in (people.ana, people.ben):
        practise(person, gated, **KNOWN)
    for case in practice_set.cases.all():
        assert consensus.compare(case, now=timezone.now()) is None
    assert not consensus.waiting().filter(study=practice_set).exists()
    assert not Consensus.objects.exists()


def test_who_has_looked_after_the_practice_set_cannot_practise_on_it(gated, people, practice_set):
    Membership.objects.filter(study=practice_set, user=people.dora).update(ended_at=timezone.now())
    with pytest.raises(Conflict, match="know its references"):
        practice.begin(gated, actor=people.dora)


def test_a_charter_with_too_few_practice_cases_is_refused(study, people, practice_set):
    with pytest.raises(Refusal, match="2 cases with references, and the charter counts 3"):
        cast.amend(study, people, practice_set=practice_set.code, practice_cases=3)


def test_there_is_no_practice_in_a_study_that_asks_for_none(study, people):
    assert client_of(people.ana).get(f"/api/practice/{study.code}").status_code == 404
    assert client_of(people.ana).post(f"/api/practice/{study.code}").status_code == 409


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("item,grade\nVB_C4,1", "no column case"),
        ("case,item,grade\nP-09,VB_C4,1", "Line 2: there is no case P-09"),
        ("case,item,grade\nP-01,VB_X,1", "Line 2: there is no item VB_X"),
        ("case,item,grade\nP-01,VB_C4,7", "Line 2:"),
        ("case,item,grade\nP-01,VB_C4,", "Line 2: there is no grade"),
        ("case,item,grade\nP-01,VB_C4,1\nP-01,VB_C4,1", "Line 3: VB_C4 of this case is there twice"),
        ("case,item,grade\nP-01,VB_C4,1", "24 are missing"),
        ("case,item,grade\n", "no line"),
    ],
)
def test_a_table_of_references_that_is_wrong_is_refused_with_its_line(people, practice_set, lines, sentence):
    answer = client_of(people.dora).put(f"/api/studies/{practice_set.code}/references", {"csv": lines})
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]["message"]
    assert Reference.objects.count() == 50


def test_references_stay_once_somebody_has_practised_on_them(gated, people, practice_set):
    practice.begin(gated, actor=people.ana)
    with pytest.raises(Conflict, match="has been practised on"):
        references.enter(practice_set, table=table(practice_set, "P-01", VB_C4=0), actor=people.dora)


def test_a_study_has_no_references(study, people):
    with pytest.raises(Refusal, match="belong to a practice set"):
        references.enter(study, table="case,item,grade\n", actor=people.dora)


def test_practice_goes_on_when_a_study_it_was_for_is_locked(gated, people):
    Study.objects.filter(pk=gated.pk).update(locked_at=timezone.now(), locked_by=people.dora)
    practise(people.ana, gated, **KNOWN)
    assert Reading.objects.filter(reader=people.ana, state="signed", case__study__is_practice=True).count() == 2
    assert not Qualification.objects.exists()


def test_a_qualification_is_never_changed(gated, people):
    practise(people.ana, gated, **KNOWN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Qualification.objects.update(kappa=0.99)
