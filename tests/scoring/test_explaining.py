"""Sam asks of a number where it comes from: what counts, who decided, what each reader said and when, and from what."""

import pytest
from django.db import connection
from django.utils import timezone

from scoring import consensus, gathering, reopening, submission
from scoring.bundle import tables
from scoring.models import Consensus, FinalScore, Score
from studies.models import Study
from tests import cast, explained, scene
from tests.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(once):
    return cast.invite()


@pytest.fixture(scope="module")
def told_of(people):
    """The study that is asked about: five cases, read; no decision yet."""
    study = cast.open_study(people)
    explained.read(study, people)
    return study


@pytest.fixture
def study(told_of):
    return Study.objects.get(pk=told_of.pk)


@pytest.fixture
def cases(study):
    return list(study.cases.order_by("pk"))


@pytest.fixture
def fresh(people):
    """Another study of theirs, in which nothing has happened yet."""
    return cast.open_study(people)


@pytest.fixture
def decided(cases, people):
    explained.decide(people)
    return cases


def ask(people, study, rest, **query):
    return client_of(people.sam).get(f"/api/studies/{study.code}/explain/{rest}{as_query(query)}")


def as_query(query):
    return "?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""


def explain(people, case, what, **query):
    answer = ask(people, case.study, f"{case.code}/{what}", **query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def sentences(shown):
    return [step["sentence"] for step in shown["steps"]]


def test_what_both_say_counts_as_agreed(people, cases):
    told = explain(people, cases[0], "SP_C2")
    assert (told["value"], told["method"], told["counting"]) == ("3", "agreed", ["The readings agree."])
    assert told["meaning"] == "67-100 % of the site"
    assert [(one["reader"], one["value"], one["counts"]) for one in told["readings"]] == [
        ("R1", "3", True), ("R2", "3", True),
    ]  # fmt: skip
    assert told["decisions"] == []


def test_it_names_the_rules_it_came_about_under(people, study, cases):
    told = explain(people, cases[0], "SP_C2")["rule"]
    charter = study.charters.get()
    assert (told["charter_version"], told["charter_sha256"]) == (1, charter.sha256)
    assert (told["instrument"], told["instrument_sha256"]) == (cast.INSTRUMENT, charter.instrument.sha256)


def test_a_decision_tells_which_side_was_taken_and_why(people, decided):
    told = explain(people, decided[0], "VB_C4")
    [decision] = told["decisions"]
    right = next(one for one in decision["sides"] if one["place"] == "right")
    assert (told["value"], told["method"]) == (right["value"], "adjudicated")
    assert decision["who"] == "ADJ1"
    assert decision["sentence"] == f"The answer on the right was taken: {right['value']}. Reason: extent of the signal."
    assert [one["is_taken"] for one in decision["sides"]] == [False, True]


def test_a_change_of_mind_of_the_adjudicator_is_told_in_its_order(people, decided):
    [decision] = explain(people, decided[0], "VB_C4")["decisions"]
    assert sentences(decision) == [
        "Put before an adjudicator", "Drew the adjudicator", "The answer on the left was taken (extent of the signal)",
        "Changed the decision: the answer on the right was taken (extent of the signal)", "Signed the decisions",
    ]  # fmt: skip
    left, right = decision["sides"]
    assert (decision["steps"][3]["before"], decision["steps"][3]["after"]) == (left["value"], right["value"])
    assert decision["steps"][2]["note"] == "Faint."


def test_each_change_of_a_reading_is_told_with_who_and_when(people, decided):
    ana, ben = explain(people, decided[0], "VB_C4")["readings"]
    assert sentences(ana) == ["Put a pin", "Answered", "Changed the answer", "Signed the reading"]
    assert (ana["steps"][2]["before"], ana["steps"][2]["after"], ana["steps"][2]["who"]) == ("1", "2", "R1")
    assert ana["steps"][0]["after"] == "STIR sagittal, slice 2"
    assert sentences(ben) == ["Answered", "Signed the reading"]


def test_pins_and_images_viewed_stand_beside_the_answer(people, decided):
    ana, ben = explain(people, decided[0], "VB_C4")["readings"]
    assert ana["pins"] == [{"series": "STIR sagittal", "slice": 2, "x_mm": 0.0, "y_mm": 4.0, "z_mm": 8.0}]
    assert (ana["views"]["active_ms"], ana["views"]["devices"]) == (40_000, ["Firefox 140, Linux, 1920x1080"])
    stir, t1 = ana["views"]["series"]
    assert (stir["label"], stir["ms"], stir["n_never"]) == ("STIR sagittal", [0, 30_000, 0], 2)
    assert stir["windows"] == [{"low": 0.0, "high": 900.0, "ms": 9_000}]
    assert (t1["ms"], t1["n_never"]) == ([0, 0, 0], 3)
    assert (ben["pins"], ben["views"]["active_ms"]) == ([], 0)


def test_a_signature_is_recomputed_and_stands(people, decided):
    told = explain(people, decided[0], "VB_C4")
    given = [*told["readings"][0]["signatures"], *told["decisions"][0]["signatures"]]
    assert [(one["name"], one["standing"]) for one in given] == [("R1", "stands"), ("ADJ1", "stands")]
    assert given[0]["meaning"] == submission.MEANING


def test_a_signature_over_something_else_does_not_hold(people, decided):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Score.objects.filter(reading=scene.reading_of(decided[0], people.ben), item__code="VB_C4").update(grade=3)
        cursor.execute("SET LOCAL session_replication_role = origin")
    ana, ben = explain(people, decided[0], "VB_C4")["readings"]
    assert [one["standing"] for one in (*ana["signatures"], *ben["signatures"])] == ["stands", "altered"]


def test_each_step_bears_its_number_in_the_chain(people, decided):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    steps = explain(people, decided[0], "VB_C4")["readings"][0]["steps"]
    seqs = [step["seq"] for step in steps]
    assert all(seqs)
    assert seqs == sorted(seqs)
    assert all(len(step["hash"]) == 64 for step in steps)


def test_not_assessable_is_told_with_its_reason(people, decided):
    agreed, given = (explain(people, decided[0], item) for item in ("VB_C5", "SP_C7"))
    assert (agreed["value"], agreed["method"]) == ("not assessable (artefact)", "agreed")
    assert (given["value"], given["method"]) == ("not assessable (surgery or variant anatomy)", "adjudicated")
    assert given["decisions"][0]["sentence"].startswith("Another answer was given: not assessable")


def test_a_sum_is_told_as_what_was_added_and_what_was_left_out(people, decided):
    told = explain(people, decided[0], "total")
    by_code = {part["code"]: part for part in told["parts"]}
    c4 = by_code["VB_C4"]["value"]
    assert told["value"] == str(3 + int(c4))
    assert len(by_code) == 19
    assert (by_code["VB_C5"]["is_added"], by_code["VB_C5"]["note"]) == (False, "Left out; never taken for 0.")
    assert any("2 sites not assessable, left out." in sentence for sentence in told["counting"])
    assert [one["value"] for one in told["readings"]] == ["5", "5"]


def test_a_column_of_a_file_is_explained_by_its_name(people, decided):
    scored = explain(people, decided[0], "n_scored")
    assert (scored["what"], scored["value"], scored["column"]) == ("total", "17", "n_scored: Total: sites scored")
    assert explain(people, decided[0], "VB_C4_method")["what"] == "VB_C4"
    assert len(explain(people, decided[0], "subtotal_SP")["parts"]) == 6


def test_presence_is_told_by_its_rule(people, decided):
    told = explain(people, decided[0], "bme_present")
    assert (told["value"], told["label"]) == ("yes", "BME present")
    assert "1 or more" in told["counting"][0]


def test_an_unsettled_case_has_no_sum_yet(people, cases):
    told = explain(people, cases[0], "total")
    assert (told["value"], told["parts"]) == ("", [])
    [sentence] = explain(people, cases[0], "VB_C4")["counting"]
    assert sentence == "Unresolved: the readings differ, and nobody has decided."


def test_what_one_reading_says_has_a_history_of_its_own(people, decided):
    reading = scene.reading_of(decided[0], people.ana)
    told = explain(people, decided[0], "VB_C4", reading=reading.code)
    assert (told["value"], told["reading"], told["decisions"]) == ("2", reading.code, [])
    assert [one["code"] for one in told["readings"]] == [reading.code]
    whole = explain(people, decided[0], "reading", reading=reading.code)
    assert whole["counting"][0] == "25 answers and 1 pin, signed."


def test_a_reopened_reading_keeps_what_was_signed_before(people, fresh):
    cases = scene.allot(fresh, people, cases=5)
    anas = scene.sign(scene.fill(scene.reading_of(cases[0], people.ana), VB_C4=2))
    asked = reopening.ask(anas, reason="Swapped.", actor=people.ana, now=timezone.now())
    reopening.decide(asked, grant=True, note="By phone.", actor=people.dora, now=timezone.now())
    anas.refresh_from_db()
    explained.say(anas, "VB_C4", 0)
    scene.sign(anas)
    scene.sign(scene.fill(scene.reading_of(cases[0], people.ben)))
    consensus.compare(cases[0], now=timezone.now())
    for case in cases[1:]:
        scene.read(case, people)
    ana, _ = explain(people, cases[0], "VB_C4")["readings"]
    assert [(one["version"], one["standing"]) for one in ana["signatures"]] == [(1, "superseded"), (2, "stands")]
    assert [(one["number"], one["value"]) for one in ana["earlier"]] == [(1, "2")]
    opened = next(step for step in ana["steps"] if "Opened the reading again" in step["sentence"])
    assert (opened["who"], opened["note"]) == ("coordinator", "By phone.")


def supersede(case, people):
    """Ana's reading is opened again although it was compared, signed as it was, and compared anew."""
    reading = scene.reading_of(case, people.ana)
    cast.amend(case.study, people, reopens_compared=True)
    asked = reopening.ask(reading, reason="Swapped.", actor=people.ana, now=timezone.now())
    reopening.decide(asked, grant=True, note="By phone.", actor=people.dora, now=timezone.now())
    scene.sign(reading)
    consensus.compare(case, now=timezone.now())


def test_a_consensus_that_was_replaced_is_listed(people, decided):
    case, found = decided[0], Consensus.objects.get(case=decided[0])
    value = FinalScore.objects.get(consensus=found, item__code="VB_C4").value
    supersede(case, people)
    told = explain(people, case, "VB_C4")
    assert (told["value"], told["method"]) == ("", "unresolved")
    assert [(one["number"], one["value"], one["method"]) for one in told["earlier"]] == [
        (1, str(value), "decided by the adjudicator")
    ]
    assert [(one["counts"], one["superseded_at"] != "") for one in told["decisions"]] == [(False, True), (True, False)]


def test_the_table_of_a_case_has_every_item_and_sum(people, study, decided):
    table = ask(people, study, decided[0].code).json()
    lines = {line["what"]: line for region in table["regions"] for line in region["lines"]}
    assert len(lines) == 25
    assert [one["reader"] for one in table["looks"]] == ["R1", "R2"]
    assert (lines["VB_C4"]["values"], lines["VB_C4"]["method"], lines["VB_C4"]["is_disputed"]) == (
        ["2", "1"], "adjudicated", True,
    )  # fmt: skip
    assert {"total", "VB", "bme_present"} <= {line["what"] for line in table["sums"]}


def test_cases_are_found_by_what_a_file_calls_them(people, study, decided):
    case, reading = decided[0], scene.reading_of(decided[0], people.ben)
    assert ask(people, study, "cases").json()["count"] == 5
    row = ask(people, study, "cases", search=f"{case.code},S-01,VB_C4,VB,C4,2").json()
    assert ([one["code"] for one in row["cases"]], row["what"]) == ([case.code], "VB_C4")
    read = ask(people, study, "cases", search=f"{reading.code} total").json()
    assert [one["code"] for one in read["cases"]] == [case.code]
    assert (read["what"], read["reading"]) == ("total", reading.code)
    assert [one["subject"] for one in ask(people, study, "cases", search="S-03").json()["cases"]] == ["S-03"]


def test_a_case_is_found_by_an_adjudication_that_was_superseded(people, study, decided):
    code = decided[0].consensus.adjudication.code
    supersede(decided[0], people)
    assert [one["code"] for one in ask(people, study, "cases", search=code).json()["cases"]] == [decided[0].code]


def test_every_column_of_every_table_of_an_export_is_explained(people, study, decided):
    header, records = gathering.header(study), list(gathering.cases(study))
    record = next(one for one in records if one.code == decided[0].code)
    asked = set()
    for sheet in tables.of(header):
        for row in sheet.of_case(record):
            names = [row["item"]] if row.get("item") else names_of(sheet, row)
            asked |= {(name, row.get("reading") or "") for name in names}
    assert len(asked) > 200
    for what, reading in sorted(asked):
        explain(people, decided[0], what, **({"reading": reading} if reading else {}))


def names_of(sheet, row):
    """What the columns of a table of whole cases or readings are explained by; the others say whose row it is."""
    about = {"case", "subject", "state", "charter_version", "reader_1", "reader_2"}
    return ["reading"] if row.get("reading") else [name for name in sheet.names if name not in about]


def test_nobody_is_named(people, study, decided):
    said = "".join(
        ask(people, study, f"{decided[0].code}{rest}").content.decode() for rest in ("", "/VB_C4", "/total")
    )
    for person in people:
        assert person.full_name.split()[1] not in said
        assert f'"{person.username}"' not in said


def test_before_disclosure_it_says_why_there_is_nothing(people, fresh):
    case = scene.allot(fresh, people, cases=2)[0]
    scene.read(case, people)
    listed = ask(people, fresh, "cases").json()
    assert (listed["cases"], "once every reading is signed" in listed["withheld"]) == ([], True)
    for rest in (case.code, f"{case.code}/VB_C4"):
        refused = ask(people, fresh, rest)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "withheld")


@pytest.mark.parametrize("rest", ["cases", "{case}", "{case}/VB_C4"])
def test_only_who_may_export_is_told(people, study, cases, rest):
    path = f"/api/studies/{study.code}/explain/{rest.format(case=cases[0].code)}"
    told = {name: client_of(getattr(people, name)).get(path).status_code for name in vars(people)}
    assert told == {
        "ana": 404, "ben": 404, "clara": 404, "dora": 404, "eve": 404, "sam": 200, "ada": 200,
    }  # fmt: skip


@pytest.mark.parametrize("rest", ["NOSUCHCASE12", "{case}/VB_C9", "{case}/reading", "{case}/VB_C4?reading=NOSUCH"])
def test_what_is_not_there_is_not_found(people, study, cases, rest):
    assert ask(people, study, rest.format(case=cases[0].code)).status_code == 404
