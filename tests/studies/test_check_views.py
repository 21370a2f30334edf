"""The doors of quality control: who may, what comes back, what is refused."""

import pytest

from readers.models import User
from studies.models import Case, CaseState, Centre, ExamFacts, Membership, Query, Role
from tests import scene
from tests.cast import client_of

pytestmark = pytest.mark.django_db

YES = {"coverage": True, "no_burned_in_text": True}


@pytest.fixture
def dora(people, study):
    return client_of(people.dora)


@pytest.fixture
def case(study):
    return scene.make_unchecked(study, "S-01")


@pytest.fixture
def monitor(study):
    mona = User.objects.create_user("mona", password="x" * 14, full_name="Mona Marsh")
    Membership.objects.create(study=study, user=mona, role=Role.MONITOR)
    return client_of(mona)


def sheet_of(browser, case):
    return browser.get(f"/api/cases/{case.code}/check").json()


def decision(sheet, **changes):
    answers = {question["name"]: True for question in sheet["questions"]}
    return {"decision": "accepted", "answers": answers, "seen": sheet["seen"], **changes}


def test_the_sheet_of_a_case(dora, case):
    sheet = sheet_of(dora, case)
    assert set(sheet) == {
        "code", "subject", "state", "seen", "findings", "questions", "checks", "queries", "series",
    }  # fmt: skip
    assert (sheet["code"], sheet["subject"], sheet["state"]) == (case.code, "S-01", "to_check")
    assert (sheet["checks"], sheet["queries"]) == ([], [])
    assert sheet["findings"][0] == {
        "name": "sagittal_stir", "series": 1, "state": "pass", "sentence": "A sagittal STIR is there.",
    }  # fmt: skip
    assert sheet["questions"][:2] == [
        {"name": "coverage", "sentence": "The sagittal images show C1/2 to C7/T1."},
        {"name": "no_burned_in_text", "sentence": "No text is burnt into any image."},
    ]


def test_a_series_is_found_among_the_images_by_its_other_number(dora, case):
    case.exam.series.filter(role="STIR").update(role="T2")
    sheet, images = sheet_of(dora, case), dora.get(f"/api/cases/{case.code}/images").json()["series"]
    assert [(one["number"], one["role"], one["images_number"]) for one in sheet["series"]] == [
        (1, "T2", 2), (2, "T1", 1),
    ]  # fmt: skip
    assert [(one["number"], one["role"]) for one in images] == [(1, "T1"), (2, "T2")]


def test_a_case_is_accepted(dora, case):
    answer = dora.post(f"/api/cases/{case.code}/check", decision(sheet_of(dora, case)))
    assert (answer.status_code, answer.json()["state"]) == (200, "ready")
    [check] = answer.json()["checks"]
    assert (check["decision"], check["reason"], check["checked_by"]) == ("accepted", "", "Dora Duarte")
    assert check["answers"].items() >= YES.items()


def test_an_unanswered_question_is_named(dora, case):
    answer = dora.post(f"/api/cases/{case.code}/check", decision(sheet_of(dora, case), answers=YES))
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (400, "unanswered")
    assert error["message"].startswith("Not answered yet: Series 1 ")
    assert "height_1" in error["unanswered"]


def test_a_case_is_refused_with_a_reason(dora, case):
    sheet = sheet_of(dora, case)
    assert dora.post(f"/api/cases/{case.code}/check", decision(sheet, decision="refused")).status_code == 400
    refused = dora.post(f"/api/cases/{case.code}/check", decision(sheet, decision="refused", reason="Moved.")).json()
    assert (refused["state"], refused["checks"][0]["reason"]) == ("refused", "Moved.")


def test_a_decision_says_what_was_seen(dora, case):
    sheet = sheet_of(dora, case)
    assert dora.post(f"/api/cases/{case.code}/check", {"decision": "accepted", "answers": YES}).status_code == 400
    answer = dora.post(f"/api/cases/{case.code}/check", decision(sheet, seen="0" * 64))
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "images_changed")


def test_an_allotted_case_answers_with_a_conflict(dora, case):
    body = decision(sheet_of(dora, case))
    Case.objects.update(state=CaseState.ALLOTTED)
    assert dora.post(f"/api/cases/{case.code}/check", body).status_code == 409
    assert sheet_of(dora, case)["state"] == "allotted"


def test_a_query_is_asked_answered_and_closed(dora, study, case):
    asked = dora.post(f"/api/cases/{case.code}/queries", {"question": "Was the patient moved?"})
    assert asked.status_code == 201
    query = asked.json()
    assert (query["state"], query["asked_by"], query["answer"], query["answered_by"]) == (
        "open", "Dora Duarte", "", None,
    )  # fmt: skip
    assert dora.get(f"/api/studies/{study.code}/cases").json()[0]["open_queries"] == 1
    refused = dora.post(f"/api/cases/{case.code}/check", decision(sheet_of(dora, case)))
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "query_open")
    answered = dora.patch(f"/api/queries/{query['code']}", {"answer": "Yes."}).json()
    assert (answered["state"], answered["answered_by"], answered["closed_by"]) == ("answered", "Dora Duarte", None)
    closed = dora.post(f"/api/queries/{query['code']}/close").json()
    assert (closed["state"], closed["closed_by"]) == ("closed", "Dora Duarte")
    assert sheet_of(dora, case)["queries"] == [closed]
    assert dora.get(f"/api/studies/{study.code}/cases").json()[0]["open_queries"] == 0


@pytest.mark.parametrize("text", ["", "x" * 501])
def test_a_question_of_no_words_or_too_many_is_refused(dora, case, text):
    assert dora.post(f"/api/cases/{case.code}/queries", {"question": text}).status_code == 400


def test_a_doubt_is_told_in_words(dora, study, case):
    case.exam.series.filter(number=1).update(role_doubt="one of an earlier version")
    series = dora.get(f"/api/studies/{study.code}/cases").json()[0]["series"]
    assert [one["doubt"] for one in series] == ["It is not sure what kind of series this is.", ""]


def test_facts_of_a_study(dora, study, case):
    centre = Centre.objects.create(study=study, name="Centre 3")
    ExamFacts.objects.create(exam=case.exam, age_years=90, sex="F", shifted_day=5, vendor="GE", centre=centre)
    assert dora.get(f"/api/studies/{study.code}/facts").json() == [{
        "case": case.code, "subject": "S-01", "age_years": 90, "sex": "F", "days_from_baseline": 0,
        "centre": "Centre 3", "vendor": "GE", "field_strength_t": None,
    }]  # fmt: skip


def test_a_monitor_sees_the_check_and_changes_nothing(monitor, dora, study, case):
    query = dora.post(f"/api/cases/{case.code}/queries", {"question": "Was the patient moved?"}).json()["code"]
    sheet = sheet_of(monitor, case)
    assert (sheet["state"], len(sheet["queries"])) == ("to_check", 1)
    for answer in (
        monitor.post(f"/api/cases/{case.code}/check", decision(sheet)),
        monitor.post(f"/api/cases/{case.code}/queries", {"question": "Why?"}),
        monitor.patch(f"/api/queries/{query}", {"answer": "So."}),
        monitor.post(f"/api/queries/{query}/close"),
        monitor.get(f"/api/studies/{study.code}/facts"),
    ):
        assert answer.status_code == 404
    assert Query.objects.get().state == "open"


def test_a_statistician_sees_facts_and_decides_nothing(people, study, case):
    sam = client_of(people.sam)
    assert sam.get(f"/api/studies/{study.code}/facts").status_code == 200
    assert sam.post(f"/api/cases/{case.code}/check", decision(sheet_of(sam, case))).status_code == 404


@pytest.mark.parametrize("name", ["ana", "clara", "eve"])
def test_readers_adjudicators_and_outsiders_find_nothing(people, study, dora, case, name):
    query = dora.post(f"/api/cases/{case.code}/queries", {"question": "Was the patient moved?"}).json()["code"]
    browser = client_of(getattr(people, name))
    for answer in (
        browser.get(f"/api/cases/{case.code}/check"),
        browser.post(f"/api/cases/{case.code}/check", {}),
        browser.post(f"/api/cases/{case.code}/queries", {"question": "Who?"}),
        browser.patch(f"/api/queries/{query}", {"answer": "I."}),
        browser.post(f"/api/queries/{query}/close"),
        browser.get(f"/api/studies/{study.code}/facts"),
    ):
        assert answer.status_code == 404
