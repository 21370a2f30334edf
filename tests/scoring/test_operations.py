"""No lost grade: what browsers send is merged once each, in its order, and nothing is overwritten unseen."""

import json
import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from readers.models import AuditEvent
from scoring import review, submission
from scoring.models import Operation, Pin, ReadingState
from tests import cast, scene
from tests.cast import PASSWORD, client_of

FIRST_DESK, SECOND_DESK = str(uuid4()), str(uuid4())
MADE_AT = "2026-11-23T14:03:22.123Z"
PLACE: dict[str, Any] = {
    "series": 1,
    "slice": 2,
    "point": [4.5, -20.25, 31],
    "view": {"centre": [4.5, 0, 0], "mm_per_pixel": 0.3, "low": 10, "high": 900.5},
}
NOTHING = {"grade": None, "not_assessable": ""}


@pytest.fixture
def reading(study, people):
    [case] = scene.allot(study, people)
    return scene.reading_of(case, people.ana)


@pytest.fixture
def ana(people):
    return client_of(people.ana)


def change(kind, value, *, item="VB_C4", pin=None, after=None, made_at=MADE_AT):
    """An operation as a browser makes it. `after`: the operation it followed."""
    followed = after["key"] if after else None
    key = str(uuid4())
    return {"key": key, "kind": kind, "item": item, "pin": pin, "value": value, "after": followed, "made_at": made_at}


def answer(grade, **options):
    return change("answer", {"grade": grade, "not_assessable": ""}, **options)


def comment(text, **options):
    return change("comment", {"text": text}, **options)


def send(browser, reading, *operations, desk=FIRST_DESK):
    return browser.post(f"/api/readings/{reading.code}/operations", {"desk": desk, "operations": list(operations)})


def outcomes(response):
    assert response.status_code == 200, response.content
    return [one["outcome"] for one in response.json()["outcomes"]]


def take_over(browser, reading, desk):
    return browser.put(f"/api/readings/{reading.code}/desk", {"desk": desk, "take": True})


def grade_of(reading, item="VB_C4"):
    return reading.scores.get(item__code=item).grade


def saves():
    return AuditEvent.objects.filter(action="score.saved").count()


# --- what may be said ---


def test_an_answer_is_applied_and_starts_the_reading(reading, ana):
    before = timezone.now()
    response = send(ana, reading, answer(2))
    assert outcomes(response) == ["applied"]
    assert response.json()["saved_at"] >= before.isoformat()[:23]
    reading.refresh_from_db()
    assert (grade_of(reading), reading.state) == (2, ReadingState.STARTED)


def test_a_comment_is_kept_and_answers_nothing(reading, ana):
    assert outcomes(send(ana, reading, comment("Chemical shift?\nSee T1."))) == ["applied"]
    score = reading.scores.get()
    assert (score.comment, score.grade, score.not_assessable) == ("Chemical shift?\nSee T1.", None, "")
    assert "VB_C4" in [item.code for item in submission.missing_items(reading)]
    assert AuditEvent.objects.get(action="comment.saved").after == {"item": "VB_C4", "comment": score.comment}


def test_an_answer_and_a_comment_of_one_item_stand_beside_each_other(reading, ana):
    assert outcomes(send(ana, reading, answer(1), comment("Faint."), answer(0, item="VB_C5"))) == ["applied"] * 3
    score = reading.scores.get(item__code="VB_C4")
    assert (score.grade, score.comment) == (1, "Faint.")


def test_a_comment_loses_what_cannot_be_printed(reading, ana):
    send(ana, reading, comment(" a\x00b\x1b[31mc\ud800\r\nd\t "))
    assert reading.scores.get().comment == "ab[31mc\nd"


def test_a_comment_has_an_end(reading, ana):
    too_long = send(ana, reading, comment("x" * 1001)).json()["outcomes"][0]
    assert (too_long["outcome"], too_long["message"]) == (
        "refused",
        "A comment has at most 1000 characters. Shorten it.",
    )
    assert outcomes(send(ana, reading, comment("x" * 1000))) == ["applied"]


def test_a_pin_is_put_moved_taken_out_and_put_back(reading, ana):
    key = str(uuid4())
    put = change("pin", PLACE, pin=key)
    moved = change("pin", {**PLACE, "slice": 0}, pin=key, after=put)
    out = change("pin", None, pin=key, after=moved)
    back = change("pin", PLACE, pin=key, after=out)
    assert outcomes(send(ana, reading, put, moved, out)) == ["applied"] * 3
    assert ana.get(f"/api/readings/{reading.code}").json()["pins"] == []
    assert outcomes(send(ana, reading, back)) == ["applied"]
    [shown] = ana.get(f"/api/readings/{reading.code}").json()["pins"]
    assert shown == {"key": key, "item": "VB_C4", **PLACE, "operation": back["key"]}
    events = AuditEvent.objects.filter(action__startswith="pin.").order_by("pk")
    assert [event.action for event in events] == ["pin.saved", "pin.saved", "pin.removed", "pin.saved"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"series": 3},
        {"series": 0},
        {"series": "1"},
        {"slice": 3},
        {"slice": -1},
        {"slice": True},
        {"slice": 1.5},
        {"point": [1, 2]},
        {"point": [1, 2, "3"]},
        {"point": [1, 2, 1e7]},
        {"point": None},
        {"view": None},
        {"view": {**PLACE["view"], "centre": [0, 0, None]}},
        {"view": {**PLACE["view"], "mm_per_pixel": 0}},
        {"view": {**PLACE["view"], "low": 900.5}},
        {"view": {"centre": [0, 0, 0]}},
    ],
)
def test_a_pin_that_is_no_place_in_the_images_is_refused_by_itself(reading, ana, wrong):
    response = send(ana, reading, change("pin", {**PLACE, **wrong}, pin=str(uuid4())), answer(2))
    assert outcomes(response) == ["refused", "applied"]
    assert response.json()["outcomes"][0]["message"].endswith("again.")
    assert not Pin.objects.exists()


def test_a_number_beyond_all_numbers_is_refused(reading, people):
    """JSON of other people may say 1e999, which is infinity."""
    far = change("pin", {**PLACE, "point": [4711, 0, 0]}, pin=str(uuid4()))
    body = json.dumps({"desk": FIRST_DESK, "operations": [far]}).replace("4711", "1e999")
    path = f"/api/readings/{reading.code}/operations"
    response = client_of(people.ana).client.post(path, body, content_type="application/json")
    assert outcomes(response) == ["refused"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (answer(4), "BME at vertebral body C4 has the grades 0 to 3."),
        (answer("2"), "This is not an answer. Give it again."),
        (answer(True), "This is not an answer. Give it again."),
        (change("answer", None), "This is not an answer. Give it again."),
        (change("answer", {"grade": 1, "not_assessable": "artefact"}), "An item has a grade or is not assessable"),
        (change("answer", {"grade": None, "not_assessable": "tired"}), "Choose one of the reasons of the instrument."),
        (answer(1, item="VB_C9"), "The instrument of this reading has nothing like this."),
        (answer(1, pin=str(uuid4())), "The instrument of this reading has nothing like this."),
        (change("pin", PLACE), "The instrument of this reading has nothing like this."),
        (change("pin", None, pin=str(uuid4())), "There is no such pin at this item."),
        (change("comment", {"text": 5}), "This is not a comment. Write it again."),
        (change("comment", ["text"]), "This is not a comment. Write it again."),
    ],
)
def test_what_no_instrument_knows_is_refused_with_a_sentence_and_not_kept(reading, ana, wrong, sentence):
    [told] = send(ana, reading, wrong).json()["outcomes"]
    assert (told["outcome"], told["key"]) == ("refused", wrong["key"])
    assert told["message"].startswith(sentence)
    assert not Operation.objects.exists()
    assert not reading.scores.exists()


def test_a_pin_stays_with_its_item(reading, ana):
    key = str(uuid4())
    send(ana, reading, change("pin", PLACE, pin=key))
    [told] = send(ana, reading, change("pin", PLACE, pin=key, item="VB_C5")).json()["outcomes"]
    assert (told["outcome"], told["message"]) == ("refused", "This pin belongs to another item. Put a new one.")
    assert Pin.objects.get().item.code == "VB_C4"


# --- repeated, reordered, late ---


def test_the_same_request_twice_applies_once_and_is_answered_the_same(reading, ana):
    operations = [answer(2), comment("Faint."), answer(9, item="VB_C5")]
    first, second = send(ana, reading, *operations), send(ana, reading, *operations)
    assert outcomes(first) == ["applied", "applied", "refused"]
    assert second.json()["outcomes"] == first.json()["outcomes"]
    assert (saves(), Operation.objects.count()) == (1, 2)


def test_the_same_operation_twice_in_one_request_applies_once(reading, ana):
    given = answer(2)
    assert outcomes(send(ana, reading, given, given)) == ["applied", "applied"]
    assert saves() == 1


def test_what_comes_too_early_is_sent_again_and_then_fits(reading, ana):
    first = answer(1)
    second = answer(2, after=first)
    early = send(ana, reading, second)
    assert outcomes(early) == ["early"]
    assert early.json()["outcomes"][0]["current"] == {"value": NOTHING, "operation": None}
    assert not reading.scores.exists()
    assert outcomes(send(ana, reading, first)) == ["applied"]
    assert outcomes(send(ana, reading, second)) == ["applied"]
    assert grade_of(reading) == 2


def test_two_in_the_wrong_order_in_one_request(reading, ana):
    first = answer(1)
    second = answer(2, after=first)
    assert outcomes(send(ana, reading, second, first)) == ["early", "applied"]
    assert outcomes(send(ana, reading, second, first)) == ["applied", "applied"]
    assert grade_of(reading) == 2


def test_a_late_duplicate_does_not_bring_an_old_value_back(reading, ana):
    first = answer(1)
    second = answer(2, after=first)
    send(ana, reading, first)
    send(ana, reading, second)
    assert outcomes(send(ana, reading, first)) == ["applied"]
    assert grade_of(reading) == 2
    assert saves() == 2


def test_a_long_offline_hour_comes_in_with_one_request(reading, ana):
    chain = [answer(0)]
    for place in range(1, 30):
        chain.append(answer(place % 4, after=chain[-1]))
    assert outcomes(send(ana, reading, *chain)) == ["applied"] * 30
    assert (grade_of(reading), saves()) == (29 % 4, 30)


def test_there_is_an_end_to_one_request(reading, ana):
    assert send(ana, reading, *(answer(0) for _ in range(201))).status_code == 400
    assert send(ana, reading).status_code == 400
    assert not Operation.objects.exists()


@pytest.mark.parametrize("clock", ["1970-01-01T00:00:00Z", "2099-12-31T23:59:59.999Z", "9999-12-31T23:59:59+14:00"])
def test_a_wrong_clock_changes_nothing(reading, ana, clock):
    first = answer(1)
    second = answer(2, after=first, made_at=clock)
    assert outcomes(send(ana, reading, first)) == ["applied"]
    assert outcomes(send(ana, reading, second)) == ["applied"]
    third = answer(3, after=second)
    assert outcomes(send(ana, reading, third)) == ["applied"]
    score = reading.scores.get()
    assert (score.grade, score.saved_at.year) == (3, timezone.now().year)


# --- two desks ---


def test_one_desk_holds_the_reading_and_the_other_is_told(reading, ana):
    send(ana, reading, answer(1))
    refused = send(ana, reading, answer(2, item="VB_C5"), desk=SECOND_DESK)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "open_elsewhere")
    assert not reading.scores.filter(item__code="VB_C5").exists()


def test_another_desk_may_ask_again_for_what_is_there_already(reading, ana):
    given = answer(1)
    send(ana, reading, given)
    assert outcomes(send(ana, reading, given, desk=SECOND_DESK)) == ["applied"]
    assert send(ana, reading, given, answer(0, item="VB_C5"), desk=SECOND_DESK).status_code == 409


def test_after_a_takeover_what_the_first_desk_had_not_sent_overwrites_nothing(reading, ana):
    seen_by_both = answer(1)
    send(ana, reading, seen_by_both)
    unsent = answer(3, after=seen_by_both)
    unsent_too = answer(2, after=unsent)
    elsewhere = answer(0, item="VB_C5")
    take_over(ana, reading, SECOND_DESK)
    newer = answer(2, after=seen_by_both)
    assert outcomes(send(ana, reading, newer, desk=SECOND_DESK)) == ["applied"]

    take_over(ana, reading, FIRST_DESK)
    response = send(ana, reading, unsent, unsent_too, elsewhere)
    assert outcomes(response) == ["superseded", "superseded", "applied"]
    told = response.json()["outcomes"][0]
    assert told["message"].startswith("Something else has been said here")
    assert told["current"] == {"value": {"grade": 2, "not_assessable": ""}, "operation": newer["key"]}
    assert (grade_of(reading), grade_of(reading, "VB_C5")) == (2, 0)

    # nothing is lost: the superseded values are kept, and the reader's choice comes after what stands
    assert [one.value["grade"] for one in Operation.objects.filter(outcome="superseded")] == [3, 2]
    assert outcomes(send(ana, reading, answer(3, after=newer))) == ["applied"]
    assert grade_of(reading) == 3


def test_two_desks_that_both_began_with_nothing(reading, ana):
    first, second = answer(1), answer(2)
    send(ana, reading, first)
    take_over(ana, reading, SECOND_DESK)
    [told] = send(ana, reading, second, desk=SECOND_DESK).json()["outcomes"]
    assert (told["outcome"], told["current"]["operation"]) == ("superseded", first["key"])
    assert grade_of(reading) == 1


def test_a_superseded_pin_is_told_where_it_stands(reading, ana):
    key = str(uuid4())
    put = change("pin", PLACE, pin=key)
    moved = change("pin", {**PLACE, "slice": 0}, pin=key, after=put)
    out = change("pin", None, pin=key, after=put)
    send(ana, reading, put, moved)
    [told] = send(ana, reading, out).json()["outcomes"]
    assert told["outcome"] == "superseded"
    assert told["current"] == {"value": {**PLACE, "slice": 0}, "operation": moved["key"]}
    assert not Pin.objects.get().is_removed


def test_what_was_saved_before_there_were_operations_comes_first(reading, ana):
    scene.fill(reading, VB_C4=3)
    assert outcomes(send(ana, reading, answer(1))) == ["applied"]
    assert grade_of(reading) == 1


# --- and the signature ---


def test_nothing_new_comes_in_after_the_signature(reading, ana):
    scene.sign(scene.fill(reading))
    refused = send(ana, reading, answer(1))
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "signed")
    assert grade_of(reading) == 0


def test_a_lost_answer_to_the_last_operation_before_the_signature(reading, ana):
    scene.fill(reading)
    last = answer(2)
    send(ana, reading, last)  # and the answer never arrives
    scene.sign(reading)
    assert outcomes(send(ana, reading, last)) == ["applied"]
    both = send(ana, reading, last, answer(3, after=last))
    assert (both.status_code, both.json()["error"]["code"]) == (409, "signed")
    assert grade_of(reading) == 2


def test_a_reload_knows_what_comes_next(reading, ana):
    given, said = answer(2), comment("Faint.")
    send(ana, reading, given, said, answer(0, item="VB_C5"))
    [score, other] = ana.get(f"/api/readings/{reading.code}").json()["scores"]
    assert (score["answer_operation"], score["comment_operation"]) == (given["key"], said["key"])
    assert (score["comment"], other["comment_operation"]) == ("Faint.", None)


def test_what_is_signed_is_what_was_shown(reading, ana):
    scene.fill(reading)
    send(ana, reading, comment("Faint."), change("pin", PLACE, pin=str(uuid4())))
    shown = ana.get(f"/api/readings/{reading.code}/review").json()
    [pin], [said] = shown["content"]["pins"], [one["comment"] for one in shown["content"]["scores"] if one["comment"]]
    assert (pin["point"], said) == (PLACE["point"], "Faint.")
    signature = {"password": PASSWORD, "meaning": submission.MEANING, "content_sha256": shown["content_sha256"]}
    signed = ana.post(f"/api/readings/{reading.code}/sign", signature).json()
    assert signed["signature"]["content_sha256"] == shown["content_sha256"]


def test_what_has_changed_since_it_was_shown_is_not_signed(reading, ana):
    scene.fill(reading)
    shown = ana.get(f"/api/readings/{reading.code}/review").json()
    send(ana, reading, answer(3), desk=SECOND_DESK)
    signature = {"password": PASSWORD, "meaning": submission.MEANING, "content_sha256": shown["content_sha256"]}
    refused = ana.post(f"/api/readings/{reading.code}/sign", signature)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "changed_since_shown")
    reading.refresh_from_db()
    assert reading.state == ReadingState.STARTED


# --- the gate, and two at once ---


def test_ben_finds_none_of_anas_doors(reading, people):
    ben, path = client_of(people.ben), f"/api/readings/{reading.code}"
    assert send(ben, reading, answer(1)).status_code == 404
    assert ben.put(f"{path}/desk", {"desk": FIRST_DESK}).status_code == 404
    assert ben.get(f"{path}/review").status_code == 404
    assert not Operation.objects.exists()


def test_the_key_of_an_operation_is_known_in_one_reading_only(study, people):
    """Ben learns nothing from a key of Ana's."""
    [case] = scene.allot(study, people)
    given = answer(2)
    anas, bens = scene.reading_of(case, people.ana), scene.reading_of(case, people.ben)
    send(client_of(people.ana), anas, given)
    ben = client_of(people.ben)
    assert outcomes(send(ben, bens, answer(1, after=given))) == ["early"]
    assert outcomes(send(ben, bens, given)) == ["applied"]


@pytest.mark.django_db(transaction=True)
def test_the_same_request_from_two_threads_applies_once():
    people = cast.invite()
    [case] = scene.allot(cast.open_study(people), people)
    reading = scene.reading_of(case, people.ana)
    first = answer(1)
    operations = [first, answer(2, after=first), comment("Faint."), change("pin", PLACE, pin=str(uuid4()))]
    start, answers = threading.Barrier(2), []

    def post():
        try:
            start.wait()
            answers.append(send(client_of(people.ana), reading, *operations))
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [outcomes(response) for response in answers] == [["applied"] * 4] * 2
    assert (grade_of(reading), saves(), Operation.objects.count(), Pin.objects.count()) == (2, 2, 4, 1)
    assert review.of(reading)["content"]["scores"][0]["comment"] == "Faint."
