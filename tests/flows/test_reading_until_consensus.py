"""The whole story through the API: Dora assigns, Ana and Ben read, Clara decides, Sam exports."""

import csv
import io
import zipfile
from uuid import uuid4

import pytest
from django.utils import timezone

from readers.models import AuditEvent
from scoring import tasks
from scoring.adjudication import MEANING as DECIDED
from scoring.models import Adjudication, Export
from scoring.submission import MEANING as READ
from studies.models import Case
from tests import scene
from tests.cast import PASSWORD, client_of


@pytest.fixture
def browsers(people):
    return {name: client_of(getattr(people, name)) for name in ("ana", "ben", "clara", "dora", "sam")}


def change(item, grade):
    """The first answer to an item, as a browser sends it."""
    answer = {"grade": grade, "not_assessable": ""}
    made_at = timezone.now().isoformat()
    return {"key": str(uuid4()), "kind": "answer", "item": item, "value": answer, "after": None, "made_at": made_at}


def send(browser, code, *changes):
    return browser.post(f"/api/readings/{code}/operations", {"desk": str(uuid4()), "operations": changes})


def score_everything(browser, code, **grades):
    """Grade every item of a reading by the API: 0, or what is named."""
    form = browser.get(f"/api/readings/{code}").json()["instrument"]
    items = [item["code"] for region in form["regions"] for item in region["items"]]
    answer = send(browser, code, *(change(item, grades.get(item, 0)) for item in items))
    assert {one["outcome"] for one in answer.json()["outcomes"]} == {"applied"}


def sign_reading(browser, code):
    """Sign what the review shows."""
    path = f"/api/readings/{code}"
    shown = browser.get(f"{path}/review").json()
    signature = {"password": PASSWORD, "meaning": READ, "content_sha256": shown["content_sha256"]}
    return browser.post(f"{path}/sign", signature)


def sign_decisions(browser, path):
    return browser.post(f"{path}/sign", {"password": PASSWORD, "meaning": DECIDED})


def worklist(browser):
    [group] = browser.get("/api/readings").json()
    return group["readings"]


def test_reading_until_consensus(study, people, browsers):
    ana, ben, clara, dora, sam = (browsers[name] for name in ("ana", "ben", "clara", "dora", "sam"))
    for name in ("S-01", "S-02"):
        scene.make_case(study, name)

    # Dora assigns
    assert dora.get(f"/api/studies/{study.code}/allocation").json()["ready_cases"] == 2
    assert dora.post(f"/api/studies/{study.code}/allocation").json()["n_readings"] == 4

    # Ana and Ben each have a list of their own
    assert [row["position"] for row in worklist(ana)] == [1, 2]
    assert not {row["code"] for row in worklist(ana)} & {row["code"] for row in worklist(ben)}

    # both read both cases; they differ at one site of each
    for browser, grade in ((ana, 2), (ben, 1)):
        for row in worklist(browser):
            score_everything(browser, row["code"], VB_C5=grade, SP_C7=1)
            assert sign_reading(browser, row["code"]).json()["state"] == "signed"
    for case in Case.objects.all():
        tasks.compare(case.pk)

    # Dora sees completion, and no value
    progress = dora.get(f"/api/studies/{study.code}/progress").json()
    assert progress["cards"] == {
        "cases_to_check": 0,
        "cases_ready": 0,
        "readings_required": 4,
        "readings_signed": 4,
        "adjudications_open": 2,
        "cases_settled": 0,
    }

    # Clara decides
    [queue] = clara.get("/api/adjudications").json()
    for row in queue["adjudications"]:
        path = f"/api/adjudications/{row['code']}"
        [dispute] = clara.get(path).json()["disputes"]
        assert dispute["item"] == "VB_C5"
        decision = {"choice": "other", "grade": 3, "reason": "extent"}
        assert clara.put(f"{path}/disputes/VB_C5", decision).json()["decision"]["grade"] == 3
        assert sign_decisions(clara, path).json()["state"] == "signed"
    assert not Adjudication.objects.exclude(state="signed").exists()

    # agreement is computed and withheld, for of two cases it would tell; Dora locks the study and sees it
    tasks.compute_agreement(study.pk)
    assert dora.get(f"/api/studies/{study.code}/agreement").json()["state"] == "withheld"
    assert dora.post(f"/api/studies/{study.code}/lock", {"reason": "All is read."}).status_code == 204
    agreement = dora.get(f"/api/studies/{study.code}/agreement").json()
    assert (agreement["state"], agreement["n_cases"]) == ("ready", 2)

    # Sam exports
    code = sam.post(f"/api/studies/{study.code}/exports").json()["code"]
    tasks.build_export(Export.objects.get(code=code).pk)
    content = b"".join(sam.get(f"/api/exports/{code}/file").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        table = list(csv.DictReader(io.StringIO(archive.read("consensus.csv").decode())))
    decided = [row for row in table if row["item"] == "VB_C5"]
    assert [(row["value"], row["method"]) for row in decided] == [("3", "adjudicated")] * 2
    assert {row["value"] for row in table if row["item"] == "SP_C7"} == {"1"}

    # and every act has been recorded
    recorded = set(AuditEvent.objects.values_list("action", flat=True))
    assert {
        "cases.allotted", "score.saved", "reading.signed", "case.compared", "adjudication.opened", "dispute.decided",
        "adjudication.signed", "case.settled", "export.requested", "export.built", "export.downloaded", "study.locked",
    } <= recorded  # fmt: skip


def test_a_reload_loses_no_grade(study, people, browsers):
    [case] = scene.allot(study, people)
    code = scene.reading_of(case, people.ana).code
    answer = send(browsers["ana"], code, change("VB_C5", 2))
    assert answer.json()["saved_at"] <= timezone.now().isoformat()
    again = client_of(people.ana).get(f"/api/readings/{code}").json()["scores"]
    assert [(score["item"], score["grade"]) for score in again] == [("VB_C5", 2)]


def test_an_incomplete_reading_is_refused_with_what_is_missing(study, people, browsers):
    [case] = scene.allot(study, people)
    code = scene.reading_of(case, people.ana).code
    refused = sign_reading(browsers["ana"], code)
    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "incomplete"
    assert len(refused.json()["error"]["missing"]) == 25
