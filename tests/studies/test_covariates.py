"""Clinical covariates: entered as a whole table or not at all, kept when replaced, and nothing for who is blinded."""

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, transaction

from readers.errors import Refusal
from readers.models import AuditEvent
from scoring import blinding, charter
from scoring.blinding import ADJUDICATOR, READER
from studies import covariates
from studies.columns import CATEGORY, NUMBER, Unreadable, read
from studies.models import Covariate, CovariateTable, CovariateValue, Subject
from tests import scene
from tests.cast import INSTRUMENT, client_of

PEOPLE = ("S-01", "S-02", "S-03")
TABLE = "participant,diagnosis,CRP [mg/dl],Neck pain\nS-01,RA,0.4,5\nS-02,AS,,6\nS-03,RA,1.15,\n"


def columns_of(table):
    return {one.name: one for one in read(table, participants=PEOPLE)}


def refusal_of(table):
    with pytest.raises(Unreadable) as refused:
        read(table, participants=PEOPLE)
    return refused.value.sentence


def test_a_column_of_numbers_is_a_number_and_one_of_words_a_category():
    columns = columns_of(TABLE)
    assert [one.kind for one in columns.values()] == [CATEGORY, NUMBER, NUMBER]
    assert columns["diagnosis"].values == {"S-01": "RA", "S-02": "AS", "S-03": "RA"}


def test_an_empty_cell_is_missing_and_never_zero():
    assert columns_of(TABLE)["crp"].values == {"S-01": 0.4, "S-03": 1.15}
    assert columns_of("participant,n\nS-01,0\nS-02,")["n"].values == {"S-01": 0.0}


def test_a_heading_says_the_unit_and_whether_numbers_are_codes():
    crp, stage = read("participant,CRP [mg/dl],Stage [category]\nS-01,1,2", participants=PEOPLE)
    assert (crp.label, crp.unit, crp.kind) == ("CRP", "mg/dl", NUMBER)
    assert (stage.label, stage.unit, stage.kind, stage.values) == ("Stage", "", CATEGORY, {"S-01": "2"})


@pytest.mark.parametrize("table", [
    "participant;diagnosis;crp\nS-01;RA;0.4",
    "participant\tdiagnosis\tcrp\r\nS-01\tRA\t0.4\r\n",
    '\ufeff"participant","diagnosis","crp"\n\n"S-01","RA","0.4"\n,,\n',
])  # fmt: skip
def test_it_reads_what_spreadsheets_write(table):
    assert {name: one.values for name, one in columns_of(table).items()} == {
        "diagnosis": {"S-01": "RA"},
        "crp": {"S-01": 0.4},
    }


def test_the_last_cell_after_a_tab_may_be_empty():
    assert columns_of("participant\tdiagnosis\tcrp\nS-01\tRA\t0.4\nS-02\tAS\t")["crp"].values == {"S-01": 0.4}


@pytest.mark.parametrize(("table", "sentence"), [
    ("", "The table is empty."),
    ("participant,crp\n", "The table has no line for a participant."),
    ("patient,crp\nS-01,1", "Line 1: the first column must be called participant."),
    ("participant\nS-01", "Line 1: there is no column beside participant."),
    ("participant,crp\nS-01,1\nS-09,2", "Line 3, column participant: there is no participant S-09 in this study."),
    ("participant,crp\n,1", "Line 2, column participant: the participant is missing in this study."),
    ("participant,crp\nS-01,1\n\nS-01,1", "Line 4, column participant: S-01 stands in line 2 already."),
    ("participant,crp\nS-01,1,2", "Line 2 has 3 cells, the first line has 2."),
    ("participant,,crp\nS-01,1,2", "Line 1, column 2: give it a heading such as CRP [mg/dl]."),
    ("participant,CRP,crp\nS-01,1,2", "Line 1, column crp: there is a column CRP already."),
])  # fmt: skip
def test_a_table_that_is_none_is_refused_with_line_and_column(table, sentence):
    assert refusal_of(table) == sentence


@pytest.mark.parametrize("wrong", ["<0.3", "0,5", "1 000", "1_000", "inf", "high", "0x10", "1e"])
def test_what_is_not_a_number_among_numbers_is_refused(wrong):
    sentence = refusal_of(f'participant,diagnosis,CRP\nS-01,RA,0.4\nS-02,AS,"{wrong}"')
    assert sentence.startswith(f"Line 3, column CRP: {wrong} is not a number")


def test_decimal_commas_throughout_are_no_names_of_groups():
    """A German spreadsheet writes 1,2: taken for a group, a median would become shares."""
    sentence = refusal_of("participant;crp [mg/dl];diagnosis\nS-01;1,2;RA\nS-02;0,4;AS")
    assert sentence == (
        "Line 2, column crp: 1,2 is not a number. Write a decimal point, and nothing where a number is missing."
    )


def test_a_column_that_is_called_a_category_may_hold_commas():
    assert columns_of("participant;level [category]\nS-01;4,5\nS-02;5,6")["level"].values == {
        "S-01": "4,5",
        "S-02": "5,6",
    }


@pytest.mark.parametrize("word", ["NA", "n/a", "NaN", "-", ".", "missing"])
def test_a_word_for_missing_is_refused_so_that_it_becomes_no_group(word):
    assert refusal_of(f"participant,diagnosis\nS-01,{word}") == (
        "Line 2, column diagnosis: leave the cell empty where a value is missing."
    )


@pytest.mark.parametrize("heading", [
    "Name", "last name", "Surname", "Date of birth", "birthDate", "DateOfBirth", "DOB", "Geburtsdatum", "MRN", "E-mail",
    "Visit date", "PatientID", "Hospital number", "Initials", "Postcode", "Nachname",
])  # fmt: skip
def test_a_heading_that_names_people_or_days_is_refused(heading):
    assert refusal_of(f"participant,{heading}\nS-01,1") == (
        f"Line 1, column {heading}: this looks as if it named people or days. Take it out or rename it."
    )


@pytest.mark.parametrize("day", [
    "1967-05-12", "12.5.1967", "12/05/67", "5-12-1967", "19670512", "1967/5", "12 May 1967", "May 12, 1967", "Mai 67",
    "1967-05-12T10:15", "3. März 1967", "1967.05.12",
])  # fmt: skip
def test_what_looks_like_a_date_is_refused(day):
    sentence = refusal_of(f'participant,Onset\nS-01,"{day}"')
    assert sentence.startswith(f"Line 2, column Onset: {day} looks like a date.")


@pytest.mark.parametrize("text", ["1234.5", "12.5", "-3", "+0.25", "1e-3", "2011", "999999"])
def test_a_number_is_no_date(text):
    assert columns_of(f"participant,Platelets\nS-01,{text}")["platelets"].values == {"S-01": float(text)}


def test_a_group_may_be_called_what_only_begins_like_a_month():
    assert columns_of("participant,Change\nS-01,marked 12")["change"].kind == CATEGORY


@pytest.mark.parametrize(("cell", "says"), [
    ("87654321", "87654321 is no measurement"),
    ("ada@example.org", "this is neither a number nor the short name of a group"),
    ("x" * 41, "this is neither a number nor the short name of a group"),
    ("a\x00b", "this is neither a number nor the short name of a group"),
])  # fmt: skip
def test_what_could_be_somebodys_is_refused(cell, says):
    assert says in refusal_of(f"participant,CRP\nS-01,{cell}")


def test_a_rare_age_is_refused():
    assert "write 90 for 90 and more" in refusal_of("participant,Age [years]\nS-01,93")
    assert columns_of("participant,Age\nS-01,90")["age"].values == {"S-01": 90.0}


def test_a_text_about_everybody_is_no_category():
    everybody = [f"P-{place}" for place in range(21)]
    lines = "\n".join(f"{name},word {name}" for name in everybody)
    with pytest.raises(Unreadable, match="Line 22, column History: up to here there are 21 different words"):
        read(f"participant,History\n{lines}", participants=everybody)


@pytest.fixture
def enrolled(study, people):
    for name in PEOPLE:
        scene.make_case(study, name)
    return study


def path_of(study):
    return f"/api/studies/{study.code}/covariates"


def test_a_coordinator_enters_a_table_and_finds_it_again(enrolled, people):
    answer = client_of(people.dora).put(path_of(enrolled), {"csv": TABLE})
    assert answer.status_code == 200, answer.content
    told = client_of(people.dora).get(path_of(enrolled)).json()
    assert told == answer.json()
    assert [(one["name"], one["unit"], one["n"]) for one in told["covariates"]] == [
        ("diagnosis", "", 3), ("crp", "mg/dl", 2), ("neck_pain", "", 2),
    ]  # fmt: skip
    assert told["rows"][1] == {"participant": "S-02", "cells": ["AS", "", "6"]}
    assert (told["version"], told["entered_by"], told["without"]) == (1, "Dora Duarte", [])


def test_before_a_table_there_are_no_covariates(enrolled, people):
    told = client_of(people.dora).get(path_of(enrolled)).json()
    assert (told["version"], told["entered_at"], told["rows"], told["without"]) == (0, None, [], list(PEOPLE))


def test_a_statistician_sees_them_and_does_not_enter_any(enrolled, people):
    covariates.enter(enrolled, table=TABLE, actor=people.dora)
    sam = client_of(people.sam)
    assert sam.get(path_of(enrolled)).json()["version"] == 1
    assert sam.put(path_of(enrolled), {"csv": TABLE}).status_code == 404


@pytest.mark.parametrize("name", ["ana", "clara", "eve"])
def test_who_is_blinded_or_outside_finds_nothing_there(enrolled, people, name):
    person = client_of(getattr(people, name))
    assert person.get(path_of(enrolled)).status_code == 404
    assert person.put(path_of(enrolled), {"csv": TABLE}).status_code == 404


@pytest.mark.parametrize("role", [READER, ADJUDICATOR])
@pytest.mark.parametrize("model", [CovariateTable, Covariate, CovariateValue])
def test_the_database_refuses_them_to_who_is_blinded(enrolled, people, role, model):
    covariates.enter(enrolled, table=TABLE, actor=people.dora)
    refused = pytest.raises(ProgrammingError, match=r"permission denied|does not exist")
    with blinding.acting_as(role, people.ana), refused, transaction.atomic():
        model.objects.exists()


def test_a_table_that_is_refused_leaves_what_was_there(enrolled, people):
    covariates.enter(enrolled, table=TABLE, actor=people.dora)
    answer = client_of(people.dora).put(path_of(enrolled), {"csv": "participant,crp\nS-01,1\nS-77,2"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unknown_participant")
    assert covariates.newest(enrolled).version == 1


def test_a_new_table_replaces_the_old_one_which_is_kept(enrolled, people):
    covariates.enter(enrolled, table=TABLE, actor=people.dora)
    covariates.enter(enrolled, table="participant,diagnosis\nS-01,AS", actor=people.dora)
    told = covariates.summary(enrolled)
    assert (told["version"], told["rows"]) == (2, [{"participant": "S-01", "cells": ["AS"]}])
    assert told["without"] == ["S-02", "S-03"]
    first = CovariateTable.objects.get(study=enrolled, version=1)
    assert CovariateValue.objects.filter(covariate__table=first).count() == 7


def test_the_same_table_again_is_the_same_version(enrolled, people):
    first = covariates.enter(enrolled, table=TABLE, actor=people.dora)
    head, *lines = TABLE.splitlines()
    again = covariates.enter(enrolled, table="\n".join([head, *reversed(lines)]), actor=people.dora)
    assert again == first
    assert AuditEvent.objects.filter(action="covariates.entered").count() == 1


def test_the_audit_trail_says_what_was_entered_by_pseudonym(enrolled, people):
    covariates.enter(enrolled, table=TABLE, actor=people.dora)
    covariates.enter(enrolled, table="participant,ESR\nS-01,12", actor=people.dora)
    event = AuditEvent.objects.filter(action="covariates.entered").latest("pk")
    assert (event.actor, event.study_code) == (people.dora, enrolled.code)
    assert (event.before["covariates"], event.after["covariates"]) == (["diagnosis", "crp", "neck_pain"], ["esr"])
    assert event.after["columns"] == [{"name": "esr", "label": "ESR", "unit": "", "kind": "number"}]
    assert event.after["values"] == {"S-01": {"esr": 12.0}}


def test_a_practice_set_has_none(people):
    practice_set = charter.found_study(title="Practice", instrument=INSTRUMENT, actor=people.dora, is_practice=True)
    with pytest.raises(Refusal, match="practice set"):
        covariates.enter(practice_set, table=TABLE, actor=people.dora)


def test_a_participant_without_images_is_none(enrolled, people):
    Subject.objects.create(study=enrolled, key="left over", pseudonym="S-04")
    with pytest.raises(Refusal, match="there is no participant S-04"):
        covariates.enter(enrolled, table="participant,crp\nS-04,1", actor=people.dora)


def test_they_follow_the_participant_through_a_new_pseudonym(enrolled, people):
    covariates.enter(enrolled, table=TABLE, actor=people.dora)
    Subject.objects.filter(study=enrolled, pseudonym="S-02").update(pseudonym="T-02")
    assert covariates.summary(enrolled)["rows"][2] == {"participant": "T-02", "cells": ["AS", "", "6"]}


@pytest.mark.parametrize("change", [{"number": 2.0}, {"category": "x", "number": None}])
def test_the_database_refuses_to_change_or_delete_one(enrolled, people, change):
    covariates.enter(enrolled, table=TABLE, actor=people.dora)
    with pytest.raises(DatabaseError, match="never changes or deletes"), transaction.atomic():
        CovariateValue.objects.update(**change)
    with pytest.raises(DatabaseError, match="never changes or deletes"), transaction.atomic():
        CovariateValue.objects.all().delete()


@pytest.mark.parametrize("value", [
    {"number": float("nan")}, {"number": float("inf")}, {"number": 1.0, "category": "RA"}, {"number": None},
])  # fmt: skip
def test_the_database_takes_a_number_or_a_category_and_nothing_else(enrolled, people, value):
    table = covariates.enter(enrolled, table="participant,crp\nS-01,1", actor=people.dora)
    other = Subject.objects.get(study=enrolled, pseudonym="S-02")
    with pytest.raises(IntegrityError), transaction.atomic():
        CovariateValue.objects.create(covariate=table.covariates.get(), subject=other, **value)


def test_a_long_heading_of_letters_and_digits_fits(enrolled, people):
    heading = "a1" * 20
    covariates.enter(enrolled, table=f"participant,{heading}\nS-01,1", actor=people.dora)
    assert Covariate.objects.get().name == "_".join(heading)


def test_a_heading_that_is_too_long_is_refused():
    for heading in ("x" * 41, "CRP [" + "m" * 21 + "]", "\u00bd" * 40):
        assert "a heading has at most 40 characters" in refusal_of(f"participant,{heading}\nS-01,1")
