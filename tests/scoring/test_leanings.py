"""Decisions as the report asks for them: who decided, between whom, and what was one decision."""

from dataclasses import replace

from scoring.dossier import AdjudicationRecord
from scoring.leanings import name_of
from scoring.partiality import Decision, whole
from scoring.pseudonyms import adjudicator_names
from studies.models import Membership, Role


def decided(grades, *, choice="left", readers=("R1", "R2"), is_agreed=False):
    return Decision("ADJ1", choice, readers, grades, grades[0 if choice == "left" else 1], is_agreed)


def test_a_reading_taken_whole_is_one_decision_between_sums():
    one = whole([decided((2, 1)), decided((0, 3)), decided((1, None))])
    assert (one.grades, one.grade, one.choice, one.readers) == ((2, 4), 2, "left", ("R1", "R2"))
    assert one.is_between_two


def test_sums_are_of_readings_on_whichever_side_their_items_stand():
    one = whole([decided((2, 1)), decided((3, 0), choice="right", readers=("R2", "R1"))])
    assert (one.readers, one.grades, one.taken) == (("R1", "R2"), (2, 4), "R1")


def test_readings_of_equal_sums_that_differ_still_tell_of_a_side():
    one = whole([decided((2, 1), choice="right"), decided((1, 2), choice="right")])
    assert one.is_between_two
    assert not one.is_graded


def test_an_agreed_case_shown_whole_stays_an_agreed_one():
    assert whole([decided((1, 1), is_agreed=True)]).is_agreed


def test_adjudicators_have_a_name_by_when_they_joined(study, people):
    Membership.objects.create(study=study, user=people.eve, role=Role.ADJUDICATOR)
    assert adjudicator_names(study) == {people.clara.pk: "ADJ1", people.eve.pk: "ADJ2"}


def test_two_who_decide_together_are_a_name_of_their_own():
    alone = AdjudicationRecord("code", "ADJ2", "signed", "joint")
    assert name_of(alone) == "ADJ2"
    assert name_of(replace(alone, second="ADJ1")) == "ADJ1 and ADJ2"
